"""What a cell of the matrix says in words where it shows no chips."""

from akteursmodell.analysis.matrix import Cell
from akteursmodell.analysis.table import ORGANISATIONS, Table
from akteursmodell.analysis.wording import count
from akteursmodell.errors import Text

__all__ = ["folded", "nothing"]


def folded(table: Table, cell: Cell, column: int) -> Text:
    """Return what a folded cell says: the names of its slots or their number, and what is real."""
    real = sum(chip.documented for chip in cell.chips)
    slots, names = cell.count - real, table.names(cell, column)
    number = count(slots, Text("Platzhalter", "slot"), Text("Platzhalter", "slots"))
    parts = [Text(names, names) if names else number] if slots else []
    parts += [Text(f"{real} belegt", f"{real} documented")] if real else []
    return Text(" + ".join(p.de for p in parts), " + ".join(p.en for p in parts))


def nothing(row: str) -> Text:
    """Return the word for a cell without anything."""
    above = row == ORGANISATIONS
    return Text("nicht erfasst", "not recorded") if above else Text("leer", "empty")
