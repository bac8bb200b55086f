"""The matrix as a table: which rows a view has, what is folded, and where the lines run."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from akteursmodell.analysis.chips import Chip
from akteursmodell.analysis.lines import Course, Place, course
from akteursmodell.analysis.matrix import Cell, Matrix
from akteursmodell.analysis.relations import Kind, Pill, Relation
from akteursmodell.analysis.selection import Selection, drawn, listed

__all__ = ["ORGANISATIONS", "Table", "alike", "table"]

ORGANISATIONS: Final = "organisations"
# So many actors without a line stand open in a cell; more are folded.
FEW: Final = 2
# So long may the names of slots in a folded cell be, in a narrow column and in others.
SHORT, LONG = 22, 44


@dataclass(frozen=True)
class Table:
    """The rows of a view by name, from top to bottom, and the lines between them.

    `bands` are the relations that have a row, `left_out` is the number of the others. `visible` are
    the chips that stand open, by row and column; the others of their cell are told by number, or
    one click away. `folded` are levels told in one line, `narrow` columns in which nothing stands.
    """

    rows: tuple[str, ...]
    bands: dict[Kind, tuple[Relation, ...]]
    course: Course
    drawn: tuple[Relation, ...]
    visible: Mapping[tuple[str, int], frozenset[str]] | None
    folded: frozenset[str]
    left_out: int
    compact: bool = False
    narrow: frozenset[int] = frozenset()

    @cached_property
    def listed(self) -> frozenset[str]:
        """The relations that have a row, by address."""
        return frozenset(relation.iri for band in self.bands.values() for relation in band)

    def shown(self, cell: Cell, row: str, column: int) -> Cell:
        """Return a cell with the chips that stand open."""
        if self.visible is None:
            return cell
        there = only(cell, self.visible.get((row, column), frozenset()))
        return together(there, self.listed) if self.compact else there

    def names(self, cell: Cell, column: int) -> str:
        """Return the slots of a folded cell in one line, empty where they would not fit."""
        told = " · ".join(chip.in_line for chip in cell.chips if not chip.documented)
        return told if len(told) <= (SHORT if column in self.narrow else LONG) else ""

    def rest(self, cell: Cell, row: str, column: int) -> tuple[Chip, ...]:
        """Return the chips of a cell that do not stand open."""
        if self.visible is None:
            return ()
        there = self.visible.get((row, column), frozenset())
        return tuple(chip for chip in cell.chips if chip.iri not in there)


Cells = list[tuple[str, tuple[Cell, ...]]]


def table(matrix: Matrix, selection: Selection) -> Table:
    """Return the rows and lines of a view."""
    lined = drawn(matrix.every, selection)
    named = frozenset(relation.iri for relation in listed(matrix.every, selection))
    bands = {kind: tuple(r for r in band if r.iri in named) for kind, band in matrix.bands.items()}
    rows = [ORGANISATIONS]
    for kind, band in bands.items():
        if band:
            # Compact rows name their kind themselves.
            heads = [] if selection.compact else [f"band-{kind}"]
            rows += [*heads, *(relation.anchor for relation in band)]
    rows += [f"level-{row.level.name}" for row in matrix.rows]
    cells: Cells = [(ORGANISATIONS, matrix.organisations)]
    cells += [(f"level-{row.level.name}", row.cells) for row in matrix.rows]
    lines = run(matrix, lined, rows, cells)
    visible = None
    if selection.compact or not selection.everything:
        reached = ends(lines, rows, cells)
        visible = {
            (name, column): reached.get((name, column), frozenset())
            if selection.compact
            else opened(cell, reached.get((name, column), frozenset()))
            for name, there in cells
            for column, cell in enumerate(there)
        }
        cells = [
            (name, tuple(only(cell, visible[name, n]) for n, cell in enumerate(there)))
            for name, there in cells
        ]
        if selection.compact:
            cells = [(name, tuple(together(c, named) for c in there)) for name, there in cells]
        lines = run(matrix, lined, rows, cells)
    return Table(
        rows=tuple(rows),
        bands=bands,
        course=lines,
        drawn=lined,
        visible=visible,
        folded=frozenset(
            name.removeprefix("level-")
            for name, there in cells[1:]
            if selection.compact and not any(cell.chips for cell in there)
        ),
        left_out=matrix.relations - len(named),
        compact=selection.compact,
        narrow=bare(lines, cells) if selection.compact else frozenset(),
    )


def bare(lines: Course, cells: Cells) -> frozenset[int]:
    """Return the columns in which neither a chip nor a partner of a relation stands."""
    used = {n for _, there in cells for n, cell in enumerate(there) if cell.chips}
    used = used.union(*lines.bars.values())
    return frozenset(range(len(cells[0][1]))) - used


def together(cell: Cell, named: Collection[str]) -> Cell:
    """Return a cell in which actors that take part in the same relations share a chip."""
    groups: dict[tuple[object, ...], list[Chip]] = defaultdict(list)
    for chip in cell.chips:
        shown = tuple(r.iri for r in chip.relations if r.iri in named)
        groups[(chip.glyph, shown) if chip.documented and shown else (chip.iri,)].append(chip)
    return replace(cell, chips=tuple(shared(chips) for chips in groups.values()))


def shared(chips: Sequence[Chip]) -> Chip:
    """Return the chip that several share; one alone stays as it is."""
    first = chips[0]
    if len(chips) == 1:
        return first
    members = tuple(chip.as_member for chip in chips)
    return replace(first, text="", iri="", members=members, placement="", reading="")


def opened(cell: Cell, reached: Collection[str]) -> frozenset[str]:
    """Return the chips of a cell that stand open: slots, what a line reaches, and a few others."""
    others = [c.iri for c in cell.chips if c.documented and c.iri not in reached]
    few = others if len(others) <= FEW else []
    return frozenset([*(c.iri for c in cell.chips if not c.documented), *reached, *few])


def run(matrix: Matrix, lined: Sequence[Relation], rows: list[str], cells: Cells) -> Course:
    """Return the course of the lines between the chips of some cells."""
    number = {name: index for index, name in enumerate(rows)}
    places: dict[str, list[Place]] = defaultdict(list)
    for name, there in cells:
        for column, cell in enumerate(there):
            for position, chip in enumerate(cell.chips):
                for relation in chip.relations:
                    places[relation.iri].append(Place(number[name], column, position))
    return course(
        lined,
        {relation.iri: number[relation.anchor] for relation in lined},
        [sector.iri for sector in matrix.sectors],
        places,
    )


def ends(lines: Course, rows: Sequence[str], cells: Cells) -> dict[tuple[str, int], frozenset[str]]:
    """Return the chips at which a line ends, by row and column."""
    there = dict(cells)
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for trunk in lines.trunks:
        for dock in trunk.docks:
            name, column = rows[dock.place.row], dock.place.column
            found[name, column].add(there[name][column].chips[dock.place.position].iri)
    return {key: frozenset(iris) for key, iris in found.items()}


def only(cell: Cell, iris: Collection[str]) -> Cell:
    """Return a cell with some of its chips."""
    return replace(cell, chips=tuple(chip for chip in cell.chips if chip.iri in iris))


def alike(relation: Relation, sector: str) -> tuple[tuple[Pill, ...], ...]:
    """Return the partners of a relation in a sector, those together that do the same."""
    groups: dict[tuple[tuple[str, ...], bool, bool], list[Pill]] = defaultdict(list)
    for pill in relation.in_sector(sector):
        groups[pill.roles, pill.ended, pill.is_open].append(pill)
    return tuple(tuple(pills) for pills in groups.values())
