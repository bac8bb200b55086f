"""Arguments of the command line that are more than a word: queries, parameters, graphs."""

import sys
from pathlib import Path

from akteursmodell.errors import InputError, Text
from akteursmodell.graph.terms import NamedNode

__all__ = ["read_iri", "read_param", "read_query"]


def read_query(text: str) -> str:
    """Return the query itself, from the argument, a file or standard input."""
    if text == "-":
        return sys.stdin.read()
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(
            Text(
                f"{text[1:]} lässt sich nicht lesen: {fault}", f"{text[1:]} cannot be read: {fault}"
            )
        ) from None


def read_param(param: str) -> tuple[str, str]:
    """Read NAME=VALUE."""
    name, equals, value = param.partition("=")
    if not equals:
        raise InputError(
            Text(f"„{param}“ ist kein NAME=WERT.", f'"{param}" is not NAME=VALUE.'),
            Text("Beispiel: --param district=district-duelken",
                 "Example: --param district=district-duelken"),
        )  # fmt: skip
    return name, value


def read_iri(text: str) -> NamedNode:
    """Read an IRI."""
    try:
        iri = NamedNode(text)
    except ValueError:
        iri = None
    if iri is None or ":" not in text:
        raise InputError(
            Text(f"„{text}“ ist keine ganze Adresse (IRI).", f'"{text}" is no absolute IRI.'),
            Text("Beispiel: https://w3id.org/akteursmodell/data/viersen/sites",
                 "Example: https://w3id.org/akteursmodell/data/viersen/sites"),
        )  # fmt: skip
    return iri
