"""Copies of the shipped data as the data of other towns, for measuring only."""

from collections.abc import Iterator

from akteursmodell.analysis.scope import places
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.shipped import INFERRED
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode, Quad, Term
from akteursmodell.vocabulary import BASE, ID

__all__ = ["add_towns"]

FOLDER = BASE + "data/viersen/"


def add_towns(store: Store, count: int, first: int = 1) -> None:
    """Add the data of so many towns, each like Viersen, without the frame of the slides.

    `first` is the number of the first of them.
    """
    viersen, *_ = places(store, store.graphs())
    frame = {
        quad.subject
        for name in ("deck", "matrix", "perspectives")
        for quad in store.quads(graph=NamedNode(f"{FOLDER}{name}"))
    }
    own = {
        quad.subject
        for graph in viersen.graphs
        if graph.value.startswith(FOLDER)
        for quad in store.quads(graph=graph)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(ID)
    } - frame
    quads = [
        quad
        for graph in (*viersen.graphs, NamedNode(INFERRED))
        if graph.value.startswith(FOLDER) or graph.value == INFERRED
        for quad in store.quads(graph=graph)
        if quad.subject in own
    ]
    for number in range(first, first + count):
        made = frozenset(copied(quads, own, f"town-{number:03}"))
        store.apply(ChangeSet(frozenset(), made, "bench", "a town for measuring"))


def copied(quads: list[Quad], own: set[NamedNode], town: str) -> Iterator[Quad]:
    """Yield the quads with other names for what is a town's own."""

    def renamed(term: Term) -> Term:
        if term in own and isinstance(term, NamedNode):
            return NamedNode(f"{ID}{town}-{term.value.removeprefix(ID)}")
        return term

    for quad in quads:
        subject, graph = renamed(quad.subject), quad.graph_name
        if isinstance(graph, NamedNode) and graph.value.startswith(FOLDER):
            graph = NamedNode(graph.value.replace(FOLDER, f"{BASE}data/{town}/"))
        if isinstance(subject, NamedNode):
            yield Quad(subject, quad.predicate, renamed(quad.object), graph)
