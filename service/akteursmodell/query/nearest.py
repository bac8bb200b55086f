"""Terms of our vocabulary that a query names but nobody knows, and what may have been meant."""

import re
from difflib import get_close_matches

from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.vocabulary import AKM, BASE, ID, compact

__all__ = ["strange_terms", "unknown_terms"]

NAMED = re.compile(rf"\b(?P<prefix>akm|id):(?P<name>[\w-]+)|<(?P<iri>{re.escape(BASE)}[^<>\s]*)>")
BEGINNINGS = (BASE, "akm:", "id:")
OURS = {"akm": AKM, "id": ID}
REDECLARED = re.compile(r"\bprefix\s+(?:akm|id)\s*:\s*<(?P<iri>[^<>]*)>", re.IGNORECASE)
MOST = 5


def unknown_terms(store: Store, text: str) -> tuple[tuple[str, str], ...]:
    """Return pairs of an unknown term and the nearest known one, empty where none is near.

    A term is known where any statement or graph has it.
    """
    strange = strange_terms(store, text)
    return tuple((compact(iri), nearest(store, iri)) for iri in strange)


def strange_terms(store: Store, text: str) -> list[str]:
    """Return the first terms of our vocabulary that a query names and no statement has."""
    if not any(each in text for each in BEGINNINGS):
        return []
    if any(match["iri"] not in OURS.values() for match in REDECLARED.finditer(text)):
        return []
    named = dict.fromkeys(
        match["iri"] or OURS[match["prefix"]] + match["name"] for match in NAMED.finditer(text)
    )
    return [iri for iri in named if iri not in OURS.values() and not known(store, iri)][:MOST]


def known(store: Store, iri: str) -> bool:
    """Whether anything is said of, with or in a term."""
    term = NamedNode(iri)
    patterns = (
        (term, None, None),
        (None, term, None),
        (None, None, term),
        (None, None, None, term),
    )
    return any(next(store.quads(*pattern), None) is not None for pattern in patterns)


def nearest(store: Store, iri: str) -> str:
    """Return the known term of the same namespace that looks most alike, empty where none does."""
    namespace = next((space for space in OURS.values() if iri.startswith(space)), None)
    if namespace is None:
        return ""
    subjects = {quad.subject for quad in store.quads() if isinstance(quad.subject, NamedNode)}
    names = [s.value.removeprefix(namespace) for s in subjects if s.value.startswith(namespace)]
    found = get_close_matches(iri.removeprefix(namespace), sorted(names), 1)
    return compact(namespace + found[0]) if found else ""
