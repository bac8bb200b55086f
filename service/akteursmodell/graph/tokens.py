"""A SPARQL tokeniser: enough to find keywords and variables, never to judge a query.

Grammar: https://www.w3.org/TR/sparql11-query/#sparqlGrammar (terminals). The engine is the judge of
a query; where `<` begins no IRI it is an operator, as there.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Token", "keywords", "tokens"]

TERMINALS = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<string>\"\"\"(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"\"\"
             |'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
             |\"(?:[^\"\\\n\r]|\\.)*\"
             |'(?:[^'\\\n\r]|\\.)*')
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:[\w.\-]+)
  | (?P<name>(?:[^\W\d_][\w.\-]*)?:(?:[\w:%]|\\.|[.\-](?=[\w:%\\.\-]))*)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<word>[^\W\d_]\w*)
  | (?P<space>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """One terminal: its kind, its text, and where it begins."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """Cut a query into its terminals; joined again they are the query."""
    for match in TERMINALS.finditer(text):
        yield Token(match.lastgroup or "other", match.group(), match.start())


def keywords(text: str) -> Iterator[Token]:
    """Return the bare words of a query: keywords, function names, `a`, `true`."""
    return (token for token in tokens(text) if token.kind == "word")
