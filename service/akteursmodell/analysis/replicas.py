"""Copies of the data of single places, kept in step with a store that holds those of many.

To ask the union of a small store costs a fraction of asking some graphs of a large one.
"""

import threading
from collections.abc import Iterable

from akteursmodell.analysis.scope import Place
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.shipped import INFERRED
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode, Quad, Subject

__all__ = ["Replicas", "replica"]

MOST = 16


def replica(store: Store, place: Place) -> EmbeddedStore:
    """Return a store in memory with what belongs to a place, and what follows from it."""
    made = EmbeddedStore.in_memory()
    made.fill(quad for graph in place.graphs for quad in store.quads(graph=graph))
    subjects = {quad.subject for quad in made.quads()}
    made.fill([quad for subject in subjects for quad in inferred(store, subject)])
    return made


class Replicas:
    """Keeps the copies asked for last; after a change only what it touched is copied anew."""

    def __init__(self) -> None:
        """Begin without any."""
        self._lock = threading.Lock()
        self._known: dict[str, tuple[int, Place, EmbeddedStore]] = {}

    def get(self, store: Store, place: Place) -> Store:
        """Return the copy of a place as the store stands now."""
        with self._lock:
            revision = store.revision
            known = self._known.pop(place.name, None)
            found = brought_up(store, place, *known) if known else None
            copy = found or replica(store, place)
            while len(self._known) >= MOST:
                self._known.pop(next(iter(self._known)))
            self._known[place.name] = (revision, place, copy)
            return copy


def brought_up(
    store: Store, place: Place, revision: int, before: Place, copy: EmbeddedStore
) -> EmbeddedStore | None:
    """Copy again what changed since a revision; None where only a new copy is sure to be right."""
    if before != place:
        return None
    if store.revision == revision:
        return copy
    touched = store.touched_since(revision) if isinstance(store, EmbeddedStore) else None
    if touched is None:
        return None
    copy.exchange(list(about(copy, touched)), list(belonging(store, place, touched)))
    return copy


def about(store: Store, subjects: Iterable[Subject]) -> Iterable[Quad]:
    """Yield what a store holds about subjects."""
    for subject in subjects:
        yield from store.quads(subject=subject)


def belonging(store: Store, place: Place, subjects: Iterable[Subject]) -> Iterable[Quad]:
    """Yield what belongs to a place about subjects: what was entered there, and what follows."""
    graphs = frozenset(place.graphs)
    for subject in subjects:
        own = [quad for quad in store.quads(subject=subject) if quad.graph_name in graphs]
        yield from own
        if own:
            yield from inferred(store, subject)


def inferred(store: Store, subject: Subject) -> Iterable[Quad]:
    """Yield what follows about a subject."""
    return store.quads(subject=subject, graph=NamedNode(INFERRED))
