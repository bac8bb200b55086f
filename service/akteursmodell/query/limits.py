"""Limits that a query's text can tell: how deep it nests, and how many rows it may give.

The engine recurses for every bracket: some thousands of them would end the process (a worker's
stack of 64 MB bears what is allowed here).
"""

import re

from akteursmodell.errors import InputError, Text
from akteursmodell.graph.tokens import CLOSING, OPENING, nested_beyond, tokens

__all__ = ["MAX_DEPTH", "check_depth", "limit_rows"]

MAX_DEPTH = 500
LIMIT = re.compile(r"\blimit\s*(?P<number>\d+)", re.IGNORECASE)
OFFSET = re.compile(r"\boffset\s*(?P<number>\d+)", re.IGNORECASE)


def check_depth(text: str) -> None:
    """Raise InputError for a query whose brackets nest deeper than the service answers."""
    bracket = nested_beyond(text, MAX_DEPTH)
    if bracket is None:
        return
    line = text.count("\n", 0, bracket.start) + 1
    raise InputError(
        Text(
            f"Die Abfrage verschachtelt mehr als {MAX_DEPTH} Klammern (Zeile {line}).",
            f"The query nests deeper than {MAX_DEPTH} brackets (line {line}).",
        ),
        Text("Teilen Sie sie auf, etwa mit VALUES.", "Split it, for instance by VALUES."),
    )


def limit_rows(text: str, limit: int, offset: int = 0) -> str:
    """Return a SELECT that gives at most `limit` of its rows, from the row `offset` on.

    A LIMIT or OFFSET of its own is taken into account. The text must be one that the engine takes.
    """
    start, end = modifiers(text)
    shown = masked(text)
    own_limit, own_offset = LIMIT.search(shown, start, end), OFFSET.search(shown, start, end)
    rows, skipped = limit, offset
    if own_limit:
        rows = max(0, min(limit, int(own_limit["number"]) - offset))
    if own_offset:
        skipped += int(own_offset["number"])
    kept = list(text)
    for match in filter(None, (own_limit, own_offset)):
        kept[match.start() : match.end()] = " " * (match.end() - match.start())
    head = "".join(kept[:end])
    return f"{head}\nLIMIT {rows} OFFSET {skipped}\n{text[end:]}"


def modifiers(text: str) -> tuple[int, int]:
    """Return where the solution modifiers of a SELECT begin and end (SPARQL 1.1, rule 18)."""
    depth, start = 0, 0
    for token in tokens(text):
        if token.kind == "other":
            depth += (token.text in OPENING) - (token.text in CLOSING)
            if token.text == "}" and depth == 0 and not start:
                start = token.start + 1
        elif start and depth == 0 and token.kind == "word" and token.text.upper() == "VALUES":
            return start, token.start
    return start, len(text)


def masked(text: str) -> str:
    """Return the text with blanks for strings, addresses and comments."""
    hidden = ("string", "iri", "comment")
    return "".join(
        " " * len(token.text) if token.kind in hidden else token.text for token in tokens(text)
    )
