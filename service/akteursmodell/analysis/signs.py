"""The signs that occur in a view of the matrix, so that its legend explains these and no others."""

from collections.abc import Iterator

from akteursmodell.analysis.chips import Chip
from akteursmodell.analysis.matrix import Matrix
from akteursmodell.analysis.relations import Relation
from akteursmodell.analysis.table import ORGANISATIONS, Table

__all__ = ["signs"]


def signs(matrix: Matrix, table: Table) -> frozenset[str]:
    """Return the names of the signs: of cells, of kinds of actors, of lines and open ends."""
    found: set[str] = set()
    for row, cells in (
        (ORGANISATIONS, matrix.organisations),
        *((f"level-{each.level.name}", each.cells) for each in matrix.rows),
    ):
        for column, cell in enumerate(cells):
            if not cell.chips:
                found.add("blank" if row == ORGANISATIONS else "empty")
            elif row.removeprefix("level-") not in table.folded:
                for chip in table.shown(cell, row, column).chips:
                    found.update(of_chip(chip))
    for band in table.bands.values():
        for relation in band:
            found.update(of_relation(relation))
    return frozenset(found)


def of_chip(chip: Chip) -> Iterator[str]:
    """Yield the signs on a chip."""
    yield chip.glyph
    yield "documented" if chip.documented else "template"
    if chip.reading:
        yield "ambiguous"


def of_relation(relation: Relation) -> Iterator[str]:
    """Yield the signs in a relation's row."""
    yield relation.kind
    yield "ending" if relation.ends_soon else relation.state
    if any(pill.is_open for pill in relation.pills):
        yield "open"
