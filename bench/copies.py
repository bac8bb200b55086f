"""The shipped data many times over, for measuring only.

Each copy has its own things under names of their own. They tell nothing about any real body, and
are gone with the process.
"""

from collections.abc import Iterator

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.shipped import read_shipped
from akteursmodell.graph.terms import BlankNode, NamedNode, Quad, Term
from akteursmodell.resources import data_files, ontology_files
from akteursmodell.vocabulary import BASE, GENID, ID

__all__ = ["SIZES", "copied", "entered", "is_original", "multiplied"]

SIZES = (10_000, 100_000, 1_000_000)
"""At least so many statements; ontology and data alone are 18,600."""
DATA = f"{BASE}data/"


def multiplied(size: int) -> EmbeddedStore:
    """Return ontology and data with at least `size` statements."""
    store = EmbeddedStore.in_memory()
    store.fill(read_shipped(ontology_files()))
    original = read_shipped(data_files())
    number = 0
    while store.size() < size or not number:
        store.fill(copied(original, number))
        number += 1
    return store


def copied(quads: list[Quad], number: int) -> Iterator[Quad]:
    """Yield a copy of data under other names; number 0 is the original."""

    def renamed(term: Term) -> Term:
        if number and isinstance(term, NamedNode) and term.value.startswith((ID, GENID)):
            return NamedNode(f"{term.value}-copy-{number}")
        return BlankNode(f"{term.value}{number}") if isinstance(term, BlankNode) else term

    for quad in quads:
        subject = renamed(quad.subject)
        if isinstance(subject, NamedNode | BlankNode):
            yield Quad(subject, quad.predicate, renamed(quad.object), quad.graph_name)


def is_original(quad: Quad) -> bool:
    """Whether a quad is about a thing of the original, which is the same at each size."""
    return "-copy-" not in str(quad.subject)


def entered(store: EmbeddedStore, predicate: NamedNode | None = None) -> list[Quad]:
    """Return the quads of the data, without the ontology and what follows."""
    return [
        quad
        for quad in store.quads(None, predicate)
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(DATA)
    ]
