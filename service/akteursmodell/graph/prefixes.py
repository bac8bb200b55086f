"""Known prefixes that a query uses without declaring them, and those that nobody knows."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from akteursmodell.graph.tokens import Token, tokens
from akteursmodell.vocabulary import PREFIXES

__all__ = ["nearest_prefix", "undeclared", "unknown_prefix"]

GAP = r"(?:[ \t\r\n]|\#[^\n\r]*[\n\r])*"
DECLARATION = re.compile(
    rf"{GAP}PREFIX[ \t\r\n]{GAP}([A-Za-z][\w-]*):{GAP}<[^<>\"{{}}|^`\\\x00-\x20]*>",
    re.ASCII | re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def undeclared(text: str) -> tuple[str, ...]:
    """Return the known prefixes that a query or update uses but does not declare, sorted."""
    first = set(declared_first(text))
    if not any(f"{name}:" in text for name in PREFIXES if name not in first):
        return ()
    used, declared = names(text)
    return tuple(sorted(name for name in used if name in PREFIXES and name not in declared))


def declared_first(text: str) -> Iterator[str]:
    """Iterate over the prefixes that the prologue declares, up to what is not a plain declaration.

    To cut a whole query into tokens takes longer than to answer many a one.
    """
    match = DECLARATION.match(text)
    while match:
        yield match[1]
        match = DECLARATION.match(text, match.end())


def unknown_prefix(text: str) -> Token | None:
    """Return the first prefixed name whose prefix is neither declared nor known."""
    used, declared = names(text)
    strange = [token for name, token in used.items() if not {name} & (declared | PREFIXES.keys())]
    return min(strange, key=lambda token: token.start, default=None)


def nearest_prefix(name: str) -> str:
    """Return the known prefix that looks most like a name, empty where none does."""
    return next(iter(get_close_matches(name, PREFIXES, 1)), "")


def names(text: str) -> tuple[dict[str, Token], set[str]]:
    """Return the first use of each prefix, and the prefixes that are declared."""
    used: dict[str, Token] = {}
    declared: set[str] = set()
    declares = False
    for token in tokens(text):
        if token.kind in ("space", "comment"):
            continue
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if declares:
                declared.add(prefix)
            else:
                used.setdefault(prefix, token)
        declares = token.kind == "word" and token.text.upper() == "PREFIX"
    return used, declared
