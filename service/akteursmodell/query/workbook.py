"""An answer as a spreadsheet for those who go on in Excel or LibreOffice.

Numbers, dates and truth values are cells of that kind; everything else is text, so that nothing in
it is taken for a formula.
"""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

from akteursmodell.graph.store import Answer
from akteursmodell.graph.terms import Literal, NamedNode, QueryBoolean, QuerySolutions, Term
from akteursmodell.vocabulary import PREFIXES

__all__ = ["MAX_ROWS", "Sink", "write_workbook"]

XSD: Final = PREFIXES["xsd"]
MAX_ROWS: Final = 1_048_575  # below the heads: what the format holds
MAX_TEXT: Final = 32_767  # characters in a cell, as the format has it
Value = str | float | date | bool
READERS: Final[dict[str, Callable[[str], Value]]] = {
    XSD + "integer": float,
    XSD + "decimal": float,
    XSD + "double": float,
    XSD + "date": date.fromisoformat,
    XSD + "boolean": "true".__eq__,
}
FIRST_YEAR = 1900  # of the calendar of spreadsheets
EXACT = 10**15  # beyond this a spreadsheet rounds whole numbers


class Sink(Protocol):
    """Where an answer is written."""

    def write(self, data: bytes, /) -> int:
        """Take the next bytes."""
        ...

    def flush(self) -> None:
        """Know that no more comes for now."""
        ...


def write_workbook(answer: Answer, sink: Sink) -> None:
    """Write rows, or the answer of an ASK, as XLSX."""
    whole = BytesIO()
    options = {"in_memory": True, "default_date_format": "yyyy-mm-dd"}
    import xlsxwriter  # noqa: PLC0415 -- slow import, seldom wanted

    with xlsxwriter.Workbook(whole, options) as book:
        sheet = book.add_worksheet("SPARQL")
        if isinstance(answer, QueryBoolean):
            sheet.write_boolean(0, 0, bool(answer))
        elif isinstance(answer, QuerySolutions):
            names = [variable.value for variable in answer.variables]
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(names):
                sheet.write_string(0, column, name)
            for number, row in enumerate(answer, 1):
                for column, name in enumerate(names):
                    write_cell(sheet, number, column, row[name])
    sink.write(whole.getvalue())


def write_cell(sheet: "Worksheet", row: int, column: int, term: Term | None) -> None:
    """Write a term into a cell; without one the cell stays empty."""
    if term is None:
        return
    found = value(term)
    if isinstance(found, bool):
        sheet.write_boolean(row, column, found)
    elif isinstance(found, float):
        sheet.write_number(row, column, found)
    elif isinstance(found, date):
        sheet.write_datetime(row, column, found)
    else:
        sheet.write_string(row, column, found[:MAX_TEXT])


def value(term: Term) -> Value:
    """Return what a term is for a spreadsheet."""
    if not isinstance(term, Literal | NamedNode):
        return str(term)
    reader = READERS.get(term.datatype.value) if isinstance(term, Literal) else None
    if reader is None:
        return term.value
    try:
        found = reader(term.value)
    except ValueError:
        return term.value
    rounded = isinstance(found, float) and not abs(found) < EXACT
    early = isinstance(found, date) and found.year < FIRST_YEAR
    return term.value if rounded or early else found
