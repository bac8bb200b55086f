"""The gate: a change is validated as a whole before any of it is stored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from typing import NamedTuple, TypeAlias

from akteursmodell.errors import AkteursmodellError, InputError, Lang, StoreError, Text
from akteursmodell.graph.changeset import ChangeSet, skolemise
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_file
from akteursmodell.graph.shipped import INFERRED, is_internal
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.history.journal import Journal
from akteursmodell.history.ledger import Ledger
from akteursmodell.questions.catalogue import catalogue
from akteursmodell.updates.conflicts import refuse_overtaken
from akteursmodell.updates.dry_run import Measures, Rehearsal, rehearse
from akteursmodell.updates.inference import Inference
from akteursmodell.updates.trial import Trial
from akteursmodell.updates.undo import opposite
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
    """Who makes a change, why, from which source, and on which data state it was made up.

    `base` None means whichever is the newest; `undoes` is the data state that the change takes
    back.
    """

    author: str
    reason: str
    source: str = ""
    base: int | None = None
    undoes: int | None = None


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
        store but for graphs that are `is_internal`.
        """
        self._store = store
        self._trial = Trial(replica or EmbeddedStore.replica_of(store, without=is_internal))
        self.inference = Inference(store)
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
        with self._lock:
            deletes, inserts = self._of_file(file, graph, replace_graph=replace_graph)
            return self._try(signature, deletes, inserts)

    def rehearse_file(
        self, file: Path, graph: NamedNode, *, replace_graph: bool, lang: Lang
    ) -> Rehearsal:
        """Tell what would become of loading a file; nothing is stored."""
        with self._lock:
            deletes, inserts = self._of_file(file, graph, replace_graph=replace_graph)
            return self.rehearse(ChangeSet(deletes, inserts, "", ""), lang)

    def rehearse(self, change: ChangeSet, lang: Lang) -> Rehearsal:
        """Tell what would become of a change; nothing is stored.

        Raises ForbiddenError for graphs that only a release changes.
        """
        with self._lock:
            try:
                self._trial.step(
                    change.deletes.union(*map(self._quads_of, change.dropped)),
                    change.inserts,
                    created=change.created,
                    dropped=change.dropped,
                )
                return rehearse(
                    self._trial,
                    self._store.quads(graph=NamedNode(INFERRED)),
                    Measures(self.inference, self._validator, catalogue().values()),
                    self._store.revision,
                    lang,
                )
            finally:
                self._trial.undo()

    def _of_file(
        self, file: Path, graph: NamedNode, *, replace_graph: bool
    ) -> tuple[frozenset[Quad], frozenset[Quad]]:
        """Return what goes and what comes with a file."""
        wanted = self._store.canonical(skolemise(read_file(file, graph)))
        present = self._quads_of(graph) if replace_graph else frozenset()
        return present - wanted, wanted

    def submit(self, change: ChangeSet) -> Outcome:
        """Validate what a change concerns and commit it, or raise and store nothing.

        Raises ForbiddenError for graphs that only a release changes, ChangeRejectedError with the
        report, ConflictError where the change names a base that others have overtaken.
        """
        signature = Signature(
            change.author, change.reason, change.source, change.base, change.undoes
        )
        with self._lock:
            return self._try(
                signature,
                change.deletes.union(*map(self._quads_of, change.dropped)),
                change.inserts,
                created=change.created,
                dropped=change.dropped,
            )

    def undo(self, number: int, signature: Signature) -> Outcome:
        """Take a data state back as a new change, if nothing then breaks a rule.

        Raises NotFoundError, ForbiddenError for a release, ConflictError where later ones changed
        the same statements, ChangeRejectedError with the report.
        """
        with self._lock:
            change = opposite(self._known_journal(), number, self._trial.replica)
            return self.submit(
                replace(
                    change,
                    author=signature.author,
                    reason=signature.reason,
                    source=signature.source,
                    undoes=number,
                )
            )

    def _known_journal(self) -> Journal:
        if not isinstance(self._store, Ledger):
            raise StoreError(Text("Es gibt keinen Verlauf.", "There is no journal."))
        return self._store.journal

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
        replica = self._trial.replica
        base = revision if signature.base is None else signature.base
        change = replace(
            self._trial.change(signature.author, signature.reason, base),
            source=signature.source,
            undoes=signature.undoes,
        )
        if base != revision and not change.is_empty:
            refuse_overtaken(self._known_journal(), change, base, replica)
        report = self._validator(replica, change)
        if not report.conforms:
            raise ChangeRejectedError(report)
        if change.is_empty:
            return Outcome(change, change, report, revision)
        committed = self.inference.extended(change)
        revision = self._commit(committed, report)
        self._trial.keep()
        return Outcome(change, committed, report, revision)

    def _commit(self, change: ChangeSet, report: Report) -> int:
        """Store a change, with its notes in the journal where there is one."""
        if not isinstance(self._store, Ledger):
            return self._store.apply(change)
        return self._store.commit(change, report.as_json() if report.results else "")
