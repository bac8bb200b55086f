"""The terms of the ontology: listed by module, and how much each is used."""

from collections.abc import Iterable
from dataclasses import dataclass

from akteursmodell.analysis.documents import Document, find
from akteursmodell.analysis.modules import DEFINED, KINDS, terms_of, uses
from akteursmodell.analysis.pieces import Piece
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import TYPE, NamedNode
from akteursmodell.query.labels import labels

__all__ = ["Listed", "Used", "listed", "used"]


@dataclass(frozen=True)
class Listed:
    """A module of the ontology with its terms by name."""

    document: Document
    classes: tuple[Piece, ...]
    properties: tuple[Piece, ...]


def listed(store: Store, modules: Iterable[Document], lang: Lang) -> tuple[Listed, ...]:
    """Return modules with their terms, all by label."""
    found = []
    for each in modules:
        terms = terms_of(store, each.iri)
        properties = [*terms["ObjectProperty"], *terms["DatatypeProperty"]]
        found.append(
            Listed(each, by_label(store, terms["Class"], lang), by_label(store, properties, lang))
        )
    return tuple(found)


def by_label(store: Store, terms: list[NamedNode], lang: Lang) -> tuple[Piece, ...]:
    """Return terms by label."""
    words = labels(store, terms, lang)
    named = (Piece(words[term], term.value) for term in terms)
    return tuple(sorted(named, key=lambda piece: (piece.text.casefold(), piece.iri)))


@dataclass(frozen=True)
class Used:
    """Where a class or property is defined, and how many entries or statements use it."""

    is_class: bool
    count: int
    module: Document | None


def used(store: Store, iri: str, lang: Lang) -> Used | None:
    """Return how a class or property is used; None for any other thing."""
    term = NamedNode(iri)
    types = {quad.object for quad in store.quads(subject=term, predicate=TYPE)}
    if not types & set(KINDS.values()):
        return None
    defined = next(store.quads(subject=term, predicate=DEFINED), None)
    of = defined.object if defined is not None else None
    return Used(
        is_class=KINDS["Class"] in types,
        count=uses(store, [term]).get(term, 0),
        module=find(store, of.value, lang) if isinstance(of, NamedNode) else None,
    )
