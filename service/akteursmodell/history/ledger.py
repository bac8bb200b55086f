"""Store and journal as one: what is stored is in the journal first, and on the disk.

The store carries its revision number in the transaction of each change, but its commits are not
synced. After a loss of power it may be some revisions behind; it is then brought up to date from
the journal.
"""

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from akteursmodell.errors import AkteursmodellError, StoreError, Text
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.store import Answer
from akteursmodell.graph.terms import Graph, NamedNode, Quad, Subject, Term
from akteursmodell.history.as_of import quads_at
from akteursmodell.history.journal import Journal, journal_beside

__all__ = ["BrokenLedgerError", "Ledger"]

LOG = logging.getLogger("akteursmodell")
MANY = 20_000
"""Quads after which the store writes what it holds in memory, so that the next start is quick."""


class BrokenLedgerError(AkteursmodellError):
    """Journal and store differ, and nobody knows which holds: the process must end.

    The next start decides by the journal.
    """

    def __init__(self, number: int) -> None:
        """Take the data state of which it is not known whether it holds."""
        super().__init__(
            Text(
                f"Ob der Datenstand {number} gespeichert ist, zeigt erst der nächste Start.",
                f"Only the next start will tell whether data state {number} is stored.",
            )
        )


class Ledger:
    """A store, every change of which is written to its journal first."""

    def __init__(self, store: EmbeddedStore, journal: Journal) -> None:
        """Bring a store up to date with its journal; raises StoreError where they do not fit."""
        self.engine = store
        self.journal = journal
        self._pending = 0
        self._catch_up()

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> "Ledger":
        """Open the store in a folder with the journal beside it; raises StoreError."""
        store = EmbeddedStore.open(folder, create=create)
        try:
            return cls(store, Journal.open(journal_beside(folder)))
        except BaseException:
            store.close()
            raise

    def _catch_up(self) -> None:
        """Replay what the store lacks, in order; each step carries its number, so none twice."""
        present, latest = self.engine.revision, self.journal.latest
        if latest == 0:
            self.journal.set_mark("begins", str(present))
            return
        if not self.journal.begins <= present <= latest:
            raise do_not_fit(present, self.journal)
        for number, change in self.journal.changes(present):
            if self.engine.apply(change, flush=False) != number:
                raise do_not_fit(present, self.journal)
        if present < latest:
            self.engine.flush()
            LOG.warning("replayed data states %d to %d from the journal", present + 1, latest)

    def commit(self, change: ChangeSet, findings: str = "") -> int:
        """Write a change to the journal, then apply it; return the new revision.

        On return it is safe. Where it raises, neither holds it; BrokenLedgerError says that this is
        not certain. `findings` are the notes that the rules had.
        """
        number = self.engine.revision + 1
        self.journal.append(number, change, findings)
        try:
            self.engine.apply(change, flush=False)
        except BaseException:
            if not self._holds(number):
                self._retract(number)
                raise
        self._pending += len(change.deletes) + len(change.inserts)
        if self._pending > MANY:
            self.engine.flush()
            self._pending = 0
        return number

    def as_of(self, number: int) -> EmbeddedStore:
        """Return the data as they were at a data state, in memory; raises NotFoundError."""
        past = EmbeddedStore.in_memory()
        past.fill(quads_at(self.engine, self.journal, self.engine.revision, number))
        return past

    def apply(self, change: ChangeSet) -> int:
        """Commit a change about which the rules had nothing to say."""
        return self.commit(change)

    def _holds(self, number: int) -> bool:
        try:
            return self.engine.revision >= number
        except Exception as fault:
            raise BrokenLedgerError(number) from fault

    def _retract(self, number: int) -> None:
        try:
            self.journal.retract(number)
        except Exception as fault:
            raise BrokenLedgerError(number) from fault

    def query(
        self,
        text: str,
        *,
        default_graphs: list[NamedNode] | None = None,
        named_graphs: list[NamedNode] | None = None,
    ) -> Answer:
        """Answer a query; see Queryable."""
        return self.engine.query(text, default_graphs=default_graphs, named_graphs=named_graphs)

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        """Iterate over the quads that match a pattern."""
        return self.engine.quads(subject, predicate, object, graph)

    def graphs(self) -> list[NamedNode]:
        """Return the named graphs that hold something."""
        return self.engine.graphs()

    def named_graphs(self) -> list[NamedNode]:
        """Return all named graphs."""
        return self.engine.named_graphs()

    @property
    def revision(self) -> int:
        """The number of changes applied so far."""
        return self.engine.revision

    def size(self) -> int:
        """Return the number of quads."""
        return self.engine.size()

    def canonical(self, quads: Iterable[Quad]) -> frozenset[Quad]:
        """Return the quads as the store would keep them."""
        return self.engine.canonical(quads)

    def close(self) -> None:
        """Close both."""
        self.engine.close()
        self.journal.close()


def do_not_fit(present: int, journal: Journal) -> StoreError:
    """Say that store and journal are not of one kind."""
    return StoreError(
        Text(
            f"Daten und Verlauf passen nicht zusammen: Die Daten haben den Stand {present}, "
            f"der Verlauf reicht von {journal.begins} bis {journal.latest}.",
            f"Store and journal do not fit: the store is at data state {present}, the journal "
            f"reaches from {journal.begins} to {journal.latest}.",
        ),
        Text(
            "Stellen Sie den Verlauf (ORDNER.journal) wieder her, der dazugehört. Ohne die Datei "
            "beginnt mit den vorhandenen Daten ein neuer.",
            "Restore the journal (DIR.journal) that belongs to it. Without the file a new one "
            "begins with the data that are there.",
        ),
    )
