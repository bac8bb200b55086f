"""A worker that answers about earlier data states, on a replica that it moves through time."""

from pathlib import Path

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.history.as_of import difference
from akteursmodell.history.journal import Journal
from akteursmodell.history.revisions import restricted
from akteursmodell.query.jobs import Job
from akteursmodell.query.worker import Outlet, answer
from akteursmodell.serving.replicas import Replica
from akteursmodell.vocabulary import SYSTEM_GRAPH

__all__ = ["Past"]

SYSTEM = NamedNode(SYSTEM_GRAPH)


class Past:
    """A replica of one's own, and the data state that it has by now."""

    def __init__(
        self,
        store: EmbeddedStore,
        replica: Replica,
        journal: Path,
        not_entered: frozenset[NamedNode],
    ) -> None:
        """Take a store that may be changed, what tells the present data state, and the journal.

        `not_entered` are the graphs that a query without inference does not see.
        """
        self._store = store
        self._replica = replica
        self._journal = journal
        self._not_entered = not_entered
        self._position = replica.revision

    def learn(self, change: bytes) -> EmbeddedStore:
        """Know that there is a new data state; the journal has its change."""
        self._replica.revision += 1
        del change
        return self._store

    def answer(self, _: EmbeddedStore, job: Job, outlet: Outlet) -> None:
        """Answer a query about the data state that it names; raises NotFoundError."""
        self._move(self._replica.revision if job.options.revision is None else job.options.revision)
        self._store.hidden = frozenset({SYSTEM}) if job.options.inference else self._not_entered
        answer(self._store, job, outlet)

    def _move(self, number: int) -> None:
        """Bring the store to a data state that readers have."""
        with Journal.reading(self._journal) as journal:
            if number > self._replica.revision:
                raise journal.unknown(number)
            way = difference(journal, self._position, number)
        self._store.replay(restricted(way, is_shown))
        self._position = number


def is_shown(quad: Quad) -> bool:
    """Whether a statement is none of the service's own."""
    return quad.graph_name != SYSTEM
