"""The actor matrix: sectors, levels, what stands in each cell, and the relations between."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from akteursmodell.analysis.axes import Line, levels, sectors
from akteursmodell.analysis.chips import Chip, chips
from akteursmodell.analysis.perspectives import Perspective, perspectives
from akteursmodell.analysis.relations import KINDS, TIES, Kind, Relation, relations
from akteursmodell.analysis.unknowns import Lost, lost_elements
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store

__all__ = ["Cell", "LevelRow", "Matrix", "matrix"]


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
    def relations(self) -> int:
        """The number of relations shown."""
        return sum(map(len, self.bands.values()))

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
    columns, lines = sectors(store, lang), levels(store, lang)
    views = perspectives(store, lang)
    chosen = next((view for view in views if view.name == perspective), None)
    found = shown(relations(store, lang, today), selected)
    placed = chips(store, lang, today, badges(found))
    everything = {
        (chip.iri, chip.documented, member.iri)
        for cell in placed.values()
        for chip in cell
        for member in chip.members or (chip.as_member,)
    }
    return Matrix(
        sectors=columns,
        organisations=tuple(Cell(c, "", placed.get((c.iri, ""), ())) for c in columns),
        bands={kind: tuple(r for r in found if r.kind == kind) for kind in KINDS},
        rows=tuple(
            LevelRow(
                line,
                tuple(
                    Cell(
                        c,
                        line.name,
                        placed.get((c.iri, line.iri), ()),
                        chosen.tint(c.iri, line.iri) if chosen else 0,
                    )
                    for c in columns
                ),
            )
            for line in lines
        ),
        perspectives=views,
        perspective=chosen,
        lost=lost_elements(store, lang),
        templates=sum(1 for _, documented, _ in everything if not documented),
        documented=sum(1 for _, documented, _ in everything if documented),
    )


def shown(found: Iterable[Relation], selected: Collection[str] | None) -> tuple[Relation, ...]:
    """Return the relations of a view, numbered anew."""
    if selected is None:
        kept = [each for each in found if each.kind in TIES]
    else:
        kept = [each for each in found if each.iri in selected]
    return tuple(replace(each, number=number) for number, each in enumerate(kept, start=1))


def badges(found: Iterable[Relation]) -> Mapping[str, tuple[Relation, ...]]:
    """Return the relations in which each actor or site takes part."""
    part_in: dict[str, list[Relation]] = defaultdict(list)
    for relation in found:
        for iri in dict.fromkeys([*(p.iri for p in relation.pills if p.iri), *relation.sites]):
            part_in[iri].append(relation)
    return {iri: tuple(each) for iri, each in part_in.items()}
