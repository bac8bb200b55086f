"""How each kind of thing is told in a sentence, read from sentences.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from akteursmodell.errors import Lang
from akteursmodell.graph.terms import NamedNode
from akteursmodell.vocabulary import akm, expand

__all__ = ["Forms", "Part", "Pattern", "Slot", "Step", "Steps", "Token", "patterns"]

FILE = Path(__file__).parent / "sentences.toml"
TOKEN = re.compile(
    r"\{(?P<slot>[^}]*)\}|(?P<sign>[\[\]])|<(?P<forms>[^>]*)>|(?P<text>[^{}\[\]<>]+)"
)
ITSELF = "."

Step = tuple[NamedNode, bool]
"""A property, and whether it is followed backwards."""
Steps = tuple[Step, ...]


@dataclass(frozen=True)
class Slot:
    """A place in a sentence for the values of paths; no path stands for the thing itself."""

    paths: tuple[Steps, ...]


@dataclass(frozen=True)
class Forms:
    """A word for one, for several, and both again for what has ended."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A stretch of a sentence that is left out where a value is missing."""

    tokens: tuple["Token", ...]


Token = str | Slot | Forms | Part


@dataclass(frozen=True)
class Pattern:
    """How the things of a class are told, and for which of them this holds."""

    cls: NamedNode
    inherit: bool
    only: tuple[tuple[Steps, frozenset[str]], ...]
    without: tuple[Steps, ...]
    tokens: Mapping[Lang, tuple[Token, ...]]


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return all patterns in their order; what is inherited comes after the kind."""
    read: dict[str, list[dict[str, Any]]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found = (pattern(cls, each) for cls, group in read.items() for each in group)
    return tuple(sorted(found, key=lambda each: each.inherit))


def pattern(cls: str, read: Mapping[str, Any]) -> Pattern:
    """Return one pattern as it stands in the file."""
    return Pattern(
        cls=named(cls),
        inherit=read.get("inherit", False),
        only=tuple((path(name), frozenset(v)) for name, v in read.get("only", {}).items()),
        without=tuple(path(name) for name in read.get("without", ())),
        tokens={"de": tokens(read["de"]), "en": tokens(read["en"])},
    )


def named(name: str) -> NamedNode:
    """Return the term of a name, one of our ontology where it has no prefix."""
    iri = expand(name) if ":" in name else akm(name)
    if iri is None:
        raise ValueError(name)
    return NamedNode(iri)


def path(text: str) -> Steps:
    """Return the steps of a path."""
    return tuple((named(name.removeprefix("^")), name.startswith("^")) for name in text.split("/"))


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a pattern; raises ValueError where brackets do not match."""
    stack: list[list[Token]] = [[]]
    end = 0
    for match in TOKEN.finditer(text):
        if match.start() != end:
            raise ValueError(text)
        end = match.end()
        if match["sign"] == "[":
            stack.append([])
        elif match["sign"] == "]" and len(stack) > 1:
            part = Part(tuple(stack.pop()))
            stack[-1].append(part)
        elif match["sign"]:
            raise ValueError(text)
        elif match["slot"] is not None:
            names = [] if match["slot"] == ITSELF else match["slot"].split("|")
            stack[-1].append(Slot(tuple(path(name) for name in names)))
        else:
            stack[-1].append(match["text"] or Forms(tuple(match["forms"].split("|"))))
    if end != len(text) or len(stack) != 1:
        raise ValueError(text)
    return tuple(stack[0])
