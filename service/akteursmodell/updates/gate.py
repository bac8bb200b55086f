"""The gate: a change is validated as a whole before any of it is stored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import NamedTuple, TypeAlias

from akteursmodell.errors import AkteursmodellError, InputError, Text
from akteursmodell.graph.changeset import ChangeSet, skolemise
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_file
from akteursmodell.graph.shipped import INFERRED, INTERNAL
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import Graph, NamedNode, Quad
from akteursmodell.updates.inference import Inference
from akteursmodell.updates.trial import Trial
from akteursmodell.validation.engine import Validator
from akteursmodell.validation.report import Report

__all__ = ["ChangeRejectedError", "Gate", "Judge", "Outcome", "Signature", "is_internal"]


class ChangeRejectedError(AkteursmodellError):
    """The change breaks a rule; carries the report."""

    status = 422
    exit_code = 1

    def __init__(self, report: Report) -> None:
        """Take the report that tells which."""
        super().__init__(
            Text(
                f"Die Änderung wird nicht gespeichert: {report.counts('de')}.",
                f"The change is not stored: {report.counts('en')}.",
            )
        )
        self.report = report


class Signature(NamedTuple):
    """Who makes a change, and why."""

    author: str
    reason: str


@dataclass(frozen=True)
class Outcome:
    """What became of a change: the effective part of it, what is stored, report and revision.

    `committed` is `change` with what it entails and no longer entails; replicas replay it.
    """

    change: ChangeSet
    committed: ChangeSet
    report: Report
    revision: int


Judge: TypeAlias = Callable[[EmbeddedStore, ChangeSet], Report]
"""Says what is wrong with the data that a change concerns; they have undergone it."""


class Gate:
    """Owns a store, and the replica on which each change is tried before it is stored.

    What is refused leaves both as they were. The replica holds what somebody entered and the
    ontology, not what is inferred: so updates see it, and so the shapes do. One change at a time.
    """

    def __init__(
        self,
        store: Store,
        *,
        validator: Judge | None = None,
        replica: EmbeddedStore | None = None,
    ) -> None:
        """Copy the store into memory, and compile the rules of its ontology.

        `validator` judges a change that the replica has undergone, by default by the shipped
        shapes; `replica` is a copy made elsewhere, where memory does not suffice: equal to the
        store but for `INTERNAL` graphs.
        """
        self._store = store
        self._trial = Trial(replica or EmbeddedStore.replica_of(store, without=is_internal))
        self._inference = Inference(self._trial.replica)
        self._validator = validator or Validator()
        self._lock = RLock()

    @property
    def replica(self) -> EmbeddedStore:
        """The copy on which changes are tried; it equals the store but for what is inferred."""
        return self._trial.replica

    @property
    def revision(self) -> int:
        """The number of changes applied so far."""
        return self._store.revision

    def load_file(
        self, file: Path, graph: NamedNode, *, replace_graph: bool, signature: Signature
    ) -> Outcome:
        """Add a file to a graph, or make the graph equal to it.

        Blank nodes become names that depend on the content, so that loading twice adds nothing.
        """
        if not signature.reason.strip():
            raise InputError(
                Text("Eine Änderung braucht eine Begründung.", "A change needs a reason."),
                Text("Geben Sie sie mit -m an.", "Give it with -m."),
            )
        wanted = self._store.canonical(skolemise(read_file(file, graph)))
        with self._lock:
            present = self._quads_of(graph) if replace_graph else frozenset()
            return self._try(signature, present - wanted, wanted)

    def submit(self, change: ChangeSet) -> Outcome:
        """Validate what a change concerns and commit it, or raise and store nothing.

        Raises ForbiddenError for graphs that only a release changes, ChangeRejectedError with the
        report.
        """
        with self._lock:
            return self._try(
                Signature(change.author, change.reason),
                change.deletes.union(*map(self._quads_of, change.dropped)),
                change.inserts,
                created=change.created,
                dropped=change.dropped,
            )

    def _quads_of(self, graph: NamedNode) -> frozenset[Quad]:
        return frozenset(self._trial.replica.quads(graph=graph))

    def _try(
        self,
        signature: Signature,
        deletes: frozenset[Quad],
        inserts: frozenset[Quad],
        *,
        created: Iterable[NamedNode] = (),
        dropped: Iterable[NamedNode] = (),
    ) -> Outcome:
        """Do a change on the replica and decide about it."""
        with self._lock:
            try:
                self._trial.step(deletes, inserts, created=created, dropped=dropped)
                return self._decide(signature)
            finally:
                self._trial.undo()

    def _decide(self, signature: Signature) -> Outcome:
        """Commit what was done on the replica, or raise ChangeRejectedError.

        The one road of every write.
        """
        revision = self._store.revision
        change = self._trial.change(signature.author, signature.reason, revision)
        replica = self._trial.replica
        report = self._validator(replica, change)
        if not report.conforms:
            raise ChangeRejectedError(report)
        if change.is_empty:
            return Outcome(change, change, report, revision)
        committed = change
        if self._inference.concerns(change):
            inferred = self._store.quads(graph=NamedNode(INFERRED))
            committed = self._inference.extended(change, replica.quads(), inferred)
        revision = self._store.apply(committed)
        self._trial.keep()
        return Outcome(change, committed, report, revision)


def is_internal(graph: Graph) -> bool:
    """Whether a graph is kept by the service itself, and stays out of the replica."""
    return isinstance(graph, NamedNode) and graph.value.startswith(INTERNAL)
