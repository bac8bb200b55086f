"""What the engine says about a text that it cannot read, with the place in the text as given."""

import re

from akteursmodell.errors import SourceSyntaxError, Text
from akteursmodell.graph.prefixes import nearest_prefix, unknown_prefix
from akteursmodell.graph.tokens import Token, keywords, one_reading

__all__ = ["QUERY", "UPDATE", "fault_at", "query_fault"]

PLACE = re.compile(r"at (?P<line>\d+):(?P<column>\d+): (?P<detail>.*)", re.DOTALL)
QUERY = Text("Die Abfrage", "The query")
UPDATE = Text("Die Änderung", "The update")
UPDATE_WORDS = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "COPY", "MOVE", "WITH")
)
IS_UPDATE = Text(
    "das ist eine Änderung, keine Abfrage; sie geht an /update oder durch `akteursmodell load`",
    "this is an update, no query; it goes to /update or through `akteursmodell load`",
)
ESCAPED = re.compile(r"\\u002[37]")


def fault_at(text: str, start: int, detail: str | Text, what: Text = UPDATE) -> SourceSyntaxError:
    """Return the fault that stands at a character of a text."""
    before = text[:start]
    line, column = before.count("\n") + 1, start - before.rfind("\n")
    return SourceSyntaxError(what, detail, line, column, text.split("\n")[line - 1])


def query_fault(
    text: str, fault: SyntaxError, what: Text = QUERY, inserted: tuple[int, int] = (0, 0)
) -> SourceSyntaxError:
    """Turn the engine's complaint into line, column and the offending line.

    `inserted` is a place in the text at which the engine saw that many characters more.
    """
    strange = unknown_prefix(text) if "Prefix not found" in str(fault) else None
    if strange is not None:
        return unknown_prefix_fault(text, strange, what)
    if what is QUERY and (start := update_begins(text)) is not None:
        return fault_at(text, start, IS_UPDATE, what)
    match = PLACE.search(str(fault))
    if match is None:
        return SourceSyntaxError(what, str(fault)[:300], 0, 0, "")
    line, column = int(match["line"]), int(match["column"])
    before = text[: inserted[0]]
    if inserted[1] and line == before.count("\n") + 1:
        here = inserted[0] - before.rfind("\n")
        column = column if column <= here else max(column - inserted[1], here)
    line, column = place(text, line, unescaped(text, line, column))
    shown = text.splitlines()[line - 1] if text.strip() else ""
    return SourceSyntaxError(what, " ".join(match["detail"].split())[:160], line, column, shown)


def update_begins(text: str) -> int | None:
    """Return where the first operation begins if a text is an update, else None."""
    words = (token for token in keywords(text) if token.text.upper() not in ("PREFIX", "BASE"))
    first = next(words, None)
    return first.start if first is not None and first.text.upper() in UPDATE_WORDS else None


def unknown_prefix_fault(text: str, name: Token, what: Text) -> SourceSyntaxError:
    """Say which prefix nobody declared, and which known one looks like it."""
    prefix = name.text.partition(":")[0]
    near = nearest_prefix(prefix)
    guess = Text(f", vielleicht {near}:?", f", perhaps {near}:?") if near else Text("", "")
    detail = Text(
        f"das Präfix {prefix}: ist nicht erklärt{guess.de}",
        f"the prefix {prefix}: is not declared{guess.en}",
    )
    return fault_at(text, name.start, detail, what)


def unescaped(text: str, line: int, column: int) -> int:
    """Return the column in the text as given, for one in the text of `one_reading`."""
    seen = one_reading(text).split("\n")
    before = seen[line - 1][: column - 1] if line <= len(seen) else ""
    given = text.split("\n")[line - 1] if before else ""
    return column if given.startswith(before) else len(ESCAPED.sub("#", before)) + 1


def place(text: str, line: int, column: int) -> tuple[int, int]:
    """Return a place that has text: at the end of a query, that of its last character."""
    lines = text.splitlines()
    if line <= len(lines) and lines[line - 1][column - 1 :].strip():
        return line, column
    for number in range(min(line, len(lines)), 0, -1):
        if lines[number - 1].strip():
            return number, len(lines[number - 1].rstrip())
    return 1, 1
