"""The matrix as a table: which rows a view has, what is folded, and where the lines run."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from akteursmodell.analysis.lines import Course, Place, course
from akteursmodell.analysis.matrix import Cell, Matrix
from akteursmodell.analysis.relations import Kind, Pill, Relation
from akteursmodell.analysis.selection import Selection, drawn

__all__ = ["ORGANISATIONS", "Table", "alike", "table"]

ORGANISATIONS: Final = "organisations"


@dataclass(frozen=True)
class Table:
    """The rows of a view by name, from top to bottom, and the lines between them.

    `bands` are the relations that have a row; in a compact view only the drawn ones, and of the
    cells only the chips that a line reaches (`reached`, by row and column). `folded` are levels
    told in one line.
    """

    rows: tuple[str, ...]
    bands: dict[Kind, tuple[Relation, ...]]
    course: Course
    drawn: tuple[Relation, ...]
    reached: Mapping[tuple[str, int], frozenset[str]] | None
    folded: frozenset[str]
    left_out: int

    @property
    def compact(self) -> bool:
        """Whether only what a line reaches is shown."""
        return self.reached is not None

    def shown(self, cell: Cell, row: str, column: int) -> Cell:
        """Return a cell with the chips that this view shows."""
        if self.reached is None:
            return cell
        return only(cell, self.reached.get((row, column), frozenset()))


Cells = list[tuple[str, tuple[Cell, ...]]]


def table(matrix: Matrix, selection: Selection) -> Table:
    """Return the rows and lines of a view."""
    lined = drawn(matrix.every, selection)
    named = {relation.iri for relation in lined}
    bands = {
        kind: tuple(r for r in band if r.iri in named) if selection.compact else band
        for kind, band in matrix.bands.items()
    }
    rows = [ORGANISATIONS]
    for kind, band in bands.items():
        if band:
            rows += [f"band-{kind}", *(relation.anchor for relation in band)]
    rows += [f"level-{row.level.name}" for row in matrix.rows]
    cells: Cells = [(ORGANISATIONS, matrix.organisations)]
    cells += [(f"level-{row.level.name}", row.cells) for row in matrix.rows]
    lines = run(matrix, lined, rows, cells)
    reached = None
    if selection.compact:
        reached = ends(lines, rows, cells)
        cells = [
            (
                name,
                tuple(
                    only(cell, reached.get((name, column), frozenset()))
                    for column, cell in enumerate(there)
                ),
            )
            for name, there in cells
        ]
        lines = run(matrix, lined, rows, cells)
    return Table(
        rows=tuple(rows),
        bands=bands,
        course=lines,
        drawn=lined,
        reached=reached,
        folded=frozenset(
            name.removeprefix("level-")
            for name, there in cells[1:]
            if selection.compact and not any(cell.chips for cell in there)
        ),
        left_out=matrix.relations - sum(map(len, bands.values())),
    )


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
