"""The actor matrix: sectors, levels, what stands in each cell, and the relations between."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from akteursmodell.analysis.axes import Line, levels, sectors
from akteursmodell.analysis.chips import Cells, Chip, chips
from akteursmodell.analysis.drawn_rows import drawn_rows
from akteursmodell.analysis.facets import Facets, facets
from akteursmodell.analysis.missing import Gap, gaps
from akteursmodell.analysis.perspectives import Perspective, perspectives
from akteursmodell.analysis.relations import KINDS, Kind, Relation, relations
from akteursmodell.analysis.selection import Selection, kept
from akteursmodell.analysis.unknowns import Lost, lost_elements
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store

__all__ = ["Cell", "Ground", "LevelRow", "Matrix", "arrange", "ground", "matrix"]


@dataclass(frozen=True)
class Cell:
    """One cell: its sector and level, what stands there, and which reading tints it."""

    sector: Line
    level: str
    chips: tuple[Chip, ...]
    tint: int = 0

    @property
    def anchor(self) -> str:
        """The name under which a link finds the cell."""
        return f"cell-{self.sector.name}-{self.level}" if self.level else f"org-{self.sector.name}"

    @property
    def count(self) -> int:
        """The number of actors in the cell."""
        return sum(max(1, len(chip.members)) for chip in self.chips)

    @property
    def look(self) -> str:
        """How the small matrix shows the cell."""
        if not self.chips:
            return "empty"
        if any(chip.reading for chip in self.chips):
            return "ambiguous"
        return "documented" if any(chip.documented for chip in self.chips) else "template"


@dataclass(frozen=True)
class LevelRow:
    """One level with its cells, in the order of the sectors."""

    level: Line
    cells: tuple[Cell, ...]

    @property
    def empty_sectors(self) -> tuple[str, ...]:
        """The sectors in which nothing stands on this level."""
        return tuple(cell.sector.label for cell in self.cells if not cell.chips)


@dataclass(frozen=True)
class Ground:
    """What the graph tells for one day in one language, whatever a view shows of it."""

    sectors: tuple[Line, ...]
    levels: tuple[Line, ...]
    relations: tuple[Relation, ...]
    cells: Cells
    perspectives: tuple[Perspective, ...]
    lost: tuple[Lost, ...]
    facets: Facets
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Matrix:
    """Everything that the page of the matrix shows."""

    sectors: tuple[Line, ...]
    organisations: tuple[Cell, ...]
    bands: Mapping[Kind, tuple[Relation, ...]]
    rows: tuple[LevelRow, ...]
    perspectives: tuple[Perspective, ...]
    perspective: Perspective | None
    lost: tuple[Lost, ...]
    templates: int
    documented: int

    @property
    def every(self) -> tuple[Relation, ...]:
        """The relations shown, in their order."""
        return tuple(relation for band in self.bands.values() for relation in band)

    @property
    def relations(self) -> int:
        """The number of relations shown."""
        return len(self.every)

    @property
    def law(self) -> int:
        """How many of them only the law provides for."""
        return len(self.bands["law"])


def matrix(
    store: Store,
    lang: Lang,
    today: date,
    perspective: str = "",
    selected: Collection[str] | None = None,
) -> Matrix:
    """Return the matrix, tinted for a perspective if one is named.

    Of the relations only the selected ones are there, without a selection those that say who works
    with whom; they are numbered in the order of this view.
    """
    named = perspective if selected is not None else ""
    found = ground(store, lang, today)
    shown = kept(found.relations, Selection(today, named), found.facets, selected)
    return arrange(found, Selection(today, perspective), shown)


def ground(store: Store, lang: Lang, today: date) -> Ground:
    """Read from the graph what all views of a day share; no relation without any evidence."""
    known = relations(store, lang, today)
    about = facets(store, lang, known)
    return Ground(
        sectors=sectors(store, lang),
        levels=levels(store, lang),
        relations=tuple(each for each in known if about.about("evidence", each.iri)),
        cells=chips(store, lang, today),
        perspectives=perspectives(store, lang),
        lost=lost_elements(store, lang),
        facets=about,
        gaps=gaps(store, lang),
    )


def arrange(found: Ground, selection: Selection, shown: Iterable[Relation]) -> Matrix:
    """Return the matrix of a view that shows some of the relations."""
    shown = tuple(shown)
    chosen = next((v for v in found.perspectives if v.name == selection.perspective), None)
    marks = badges(shown)

    def cell(sector: Line, row: Line | None, there: Iterable[Chip], levels: Iterable[Line]) -> Cell:
        tints = [chosen.tint(sector.iri, each.iri) for each in levels] if chosen else []
        return Cell(
            sector,
            row.name if row else "",
            tuple(
                replace(chip, relations=marks.get(chip.iri, ()))
                for chip in there
                if selection.slots or chip.documented
            ),
            max(tints, default=0) if selection.tinted else 0,
        )

    def of_level(sector: Line, level: Line | None) -> Cell:
        there = found.cells.get((sector.iri, level.iri if level else ""), ())
        return cell(sector, level, there, [level] if level else [])

    def of_row(sector: Line, row: Line, placed: Iterable[tuple[Line, Chip]]) -> Cell:
        placed = tuple(placed)
        return cell(sector, row, (chip for _, chip in placed), (level for level, _ in placed))

    everything = {
        (chip.iri, chip.documented, member.iri)
        for there in found.cells.values()
        for chip in there
        for member in chip.members or (chip.as_member,)
    }
    return Matrix(
        sectors=found.sectors,
        organisations=tuple(of_level(sector, None) for sector in found.sectors),
        bands={kind: tuple(r for r in shown if r.kind == kind) for kind in KINDS},
        rows=tuple(
            LevelRow(row, tuple(of_row(s, row, placed.get(s.iri, ())) for s in found.sectors))
            for row, placed in drawn_rows(found.cells, found.levels)
        )
        if selection.as_drawn
        else tuple(
            LevelRow(level, tuple(of_level(sector, level) for sector in found.sectors))
            for level in found.levels
        ),
        perspectives=found.perspectives,
        perspective=chosen,
        lost=found.lost,
        templates=sum(1 for _, documented, _ in everything if not documented),
        documented=sum(1 for _, documented, _ in everything if documented),
    )


def badges(found: Iterable[Relation]) -> Mapping[str, tuple[Relation, ...]]:
    """Return the relations in which each actor or site takes part."""
    part_in: dict[str, list[Relation]] = defaultdict(list)
    for relation in found:
        for iri in dict.fromkeys([*(p.iri for p in relation.pills if p.iri), *relation.sites]):
            part_in[iri].append(relation)
    return {iri: tuple(each) for iri, each in part_in.items()}
