"""A replica of the store on which a change is tried, step by step, and taken back."""

from collections.abc import Iterable

from akteursmodell.errors import ForbiddenError, Text
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.shipped import READ_ONLY
from akteursmodell.graph.terms import Graph, NamedNode, Quad

__all__ = ["NONE", "Trial", "refuse_read_only", "writable"]

NONE: frozenset[Quad] = frozenset()


class Trial:
    """A replica, what was changed on it since it last equalled the store, and the way back.

    Costs follow the size of the change, not of the store.
    """

    def __init__(self, replica: EmbeddedStore) -> None:
        """Take a replica that equals the store."""
        self.replica = replica
        self._minus: set[Quad] = set()
        self._plus: set[Quad] = set()
        self._existed: dict[NamedNode, bool] = {}
        self._wanted: set[NamedNode] = set()

    def step(
        self,
        deletes: Iterable[Quad] = (),
        inserts: Iterable[Quad] = (),
        *,
        created: Iterable[NamedNode] = (),
        dropped: Iterable[NamedNode] = (),
    ) -> None:
        """Do a change on the replica: deletions first, then insertions.

        The quads of a dropped graph must be among the deletions. Raises ForbiddenError for graphs
        that only a release changes.
        """
        deletes, inserts = frozenset(deletes), frozenset(inserts)
        created, dropped = frozenset(created), frozenset(dropped)
        step = ChangeSet(deletes, inserts, "", "", created=created, dropped=dropped)
        refuse_read_only(step.graphs)
        for graph in step.graphs:
            self._existed.setdefault(graph, self.replica.has_graph(graph))
        holds = self.replica.holds
        gone = frozenset(quad for quad in deletes - inserts if holds(quad))
        new = frozenset(quad for quad in inserts if not holds(quad))
        self.replica.replay(ChangeSet(gone, new, "", "", created=created, dropped=dropped))
        for quad in gone:
            (self._plus.remove if quad in self._plus else self._minus.add)(quad)
        for quad in new:
            (self._minus.remove if quad in self._minus else self._plus.add)(quad)
        self._wanted = (self._wanted - dropped) | created

    def change(self, author: str, reason: str, base: int | None) -> ChangeSet:
        """Return what is changed by now, without what came and went."""
        self._sweep()
        there = {graph for graph in self._existed if self.replica.has_graph(graph)}
        return ChangeSet(
            deletes=frozenset(self._minus),
            inserts=frozenset(self._plus),
            author=author,
            reason=reason,
            base=base,
            created=frozenset(g for g in there if not self._existed[g]),
            dropped=frozenset(g for g, had in self._existed.items() if had and g not in there),
        )

    def undo(self) -> None:
        """Make the replica what it was before the first step."""
        self.replica.replay(self.change("", "", None).inverse())
        self.keep()

    def keep(self) -> None:
        """Take what was changed as the state of the store."""
        self._minus, self._plus, self._existed, self._wanted = set(), set(), {}, set()

    def _sweep(self) -> None:
        """Remove the graphs that came into being with quads which are gone again."""
        passing = frozenset(
            graph
            for graph, had in self._existed.items()
            if not had and graph not in self._wanted and self.replica.has_graph(graph)
            if next(self.replica.quads(graph=graph), None) is None
        )
        if passing:
            self.replica.replay(ChangeSet(NONE, NONE, "", "", dropped=passing))


def writable(graph: Graph) -> bool:
    """Whether data maintainers change a graph; the others belong to the release or the system."""
    return not (isinstance(graph, NamedNode) and graph.value.startswith(READ_ONLY))


def refuse_read_only(graphs: Iterable[NamedNode]) -> None:
    """Refuse changes to the ontology, the shapes and the system's own graph."""
    for graph in graphs:
        if not writable(graph):
            raise ForbiddenError(
                Text(
                    f"{graph.value} ändert sich nur mit einer neuen Version der Software.",
                    f"{graph.value} changes only with a new release.",
                ),
                Text(
                    "Daten gehören in einen eigenen Graphen, etwa …/data/viersen/sites.",
                    "Data belong into a graph of their own, such as …/data/viersen/sites.",
                ),
            )
