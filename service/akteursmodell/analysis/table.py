"""The matrix as a table: which rows a view has, what is folded, and where the lines run."""

from collections import defaultdict
from dataclasses import dataclass
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
    cells only what they reach. `folded` are levels told in one line.
    """

    rows: tuple[str, ...]
    bands: dict[Kind, tuple[Relation, ...]]
    course: Course
    drawn: tuple[Relation, ...]
    folded: frozenset[str]
    left_out: int
    compact: bool

    def shown(self, cell: Cell) -> Cell:
        """Return a cell with the chips that this view shows."""
        return reached(cell, {r.iri for r in self.drawn}) if self.compact else cell


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
    number = {name: index for index, name in enumerate(rows)}
    places: dict[str, list[Place]] = defaultdict(list)
    folded = set()
    lines = [(ORGANISATIONS, matrix.organisations)]
    lines += [(f"level-{row.level.name}", row.cells) for row in matrix.rows]
    for name, cells in lines:
        shown = [reached(cell, named) if selection.compact else cell for cell in cells]
        if selection.compact and name != ORGANISATIONS and not any(cell.chips for cell in shown):
            folded.add(name.removeprefix("level-"))
        for column, cell in enumerate(shown):
            for position, chip in enumerate(cell.chips):
                for relation in chip.relations:
                    places[relation.iri].append(Place(number[name], column, position))
    return Table(
        rows=tuple(rows),
        bands=bands,
        course=course(
            lined,
            {relation.iri: number[relation.anchor] for relation in lined},
            [sector.iri for sector in matrix.sectors],
            places,
        ),
        drawn=lined,
        folded=frozenset(folded),
        left_out=matrix.relations - sum(map(len, bands.values())),
        compact=selection.compact,
    )


def reached(cell: Cell, relations: set[str]) -> Cell:
    """Return a cell with only those chips that take part in one of some relations."""
    return Cell(
        cell.sector,
        cell.level,
        tuple(chip for chip in cell.chips if any(r.iri in relations for r in chip.relations)),
        cell.tint,
    )


def alike(relation: Relation, sector: str) -> tuple[tuple[Pill, ...], ...]:
    """Return the partners of a relation in a sector, those together that do the same."""
    groups: dict[tuple[tuple[str, ...], bool, bool], list[Pill]] = defaultdict(list)
    for pill in relation.in_sector(sector):
        groups[pill.roles, pill.ended, pill.is_open].append(pill)
    return tuple(tuple(pills) for pills in groups.values())
