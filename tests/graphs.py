"""Small graphs for tests that need exact facts."""

from pyoxigraph import RdfFormat

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.files import read_text
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.vocabulary import BASE, PREFIXES

TEST_GRAPH = NamedNode(BASE + "data/test")


def graph(store: Store, turtle: str) -> None:
    """Put Turtle into the test graph of a store; the usual prefixes need no declaration."""
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    quads = read_text(prefixes + turtle, RdfFormat.TURTLE, TEST_GRAPH, name="test")
    store.apply(ChangeSet(frozenset(), store.canonical(quads), "test", "test"))
