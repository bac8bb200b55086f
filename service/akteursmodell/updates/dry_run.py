"""A dry run: what a change would entail, what it would break, and which answers it would move.

The change has been done on a trial replica, and is taken back in the end. Shapes see what was
entered; the questions see what follows too, so both states are made up for them on the replica.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import nsmallest
from time import perf_counter

from akteursmodell.errors import Lang
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import DefaultGraph, NamedNode, Quad, Term
from akteursmodell.query.labels import labels
from akteursmodell.questions.catalogue import Question
from akteursmodell.questions.difference import Difference, difference
from akteursmodell.updates.inference import INFERRED, Inference
from akteursmodell.updates.trial import NONE, Trial
from akteursmodell.validation.report import Report, Result

__all__ = ["Measures", "Rehearsal", "rehearse", "shown", "without_inferred"]

MOST = 500
"""Statements of a kind whose words are looked up; a larger change is told by its size."""


@dataclass(frozen=True)
class Rehearsal:
    """What would become of a change; nothing of it is stored.

    `change` is the effective part of what was asked for, `committed` has with it what would follow
    and no longer follow. The answers are those after the change even where it would be refused.
    `revision` is the data state on which it was tried. `before` and `after` have words for the
    terms of what goes and of what comes. `seconds` is how long the shapes took.
    """

    change: ChangeSet
    committed: ChangeSet
    report: Report
    difference: Difference
    questions: int
    revision: int
    lang: Lang
    before: Mapping[Term, str]
    after: Mapping[Term, str]
    seconds: float

    @property
    def entailed(self) -> ChangeSet:
        """What would follow and does not yet, and what would no longer follow."""
        return ChangeSet(
            self.committed.deletes - self.change.deletes,
            self.committed.inserts - self.change.inserts,
            "",
            "",
        )

    @property
    def findings(self) -> tuple[Result, ...]:
        """The errors, and what is found about entries that the change touches."""
        touched = {
            term.value
            for quad in (*self.change.deletes, *self.change.inserts)
            for term in (quad.subject, quad.object)
            if isinstance(term, NamedNode)
        }
        return tuple(
            result
            for result in self.report.results
            if result.severity == "violation" or result.focus in touched
        )


@dataclass(frozen=True)
class Measures:
    """What a change is measured by: what follows, the shapes, the questions."""

    inference: Inference
    validator: Callable[[EmbeddedStore, ChangeSet], Report]
    questions: Collection[Question]


def rehearse(
    trial: Trial, inferred: Iterable[Quad], measures: Measures, revision: int, lang: Lang
) -> Rehearsal:
    """Tell what would become of the change that was done on a replica; it is taken back.

    `inferred` are the quads that follow before the change; the replica is without them.
    """
    replica, present = trial.replica, frozenset(inferred)
    change = trial.change("", "", revision)
    started = perf_counter()
    report = measures.validator(replica, change)
    seconds = perf_counter() - started
    trial.undo()

    @contextmanager
    def changed() -> Iterator[None]:
        replica.replay(committed)
        try:
            yield
        finally:
            replica.replay(committed.inverse())

    replica.replay(ChangeSet(NONE, present, "", "", created=frozenset({INFERRED})))
    try:
        committed = measures.inference.extended(change)
        moving = (*committed.deletes, *committed.inserts)
        moved = difference(replica, changed, moving, measures.questions, lang)
        before = labels(replica, terms(change.deletes, committed.deletes - change.deletes), lang)
        with changed():
            after = labels(replica, terms(change.inserts, committed.inserts - change.inserts), lang)
    finally:
        replica.forget(INFERRED)
    return Rehearsal(
        change,
        committed,
        report,
        moved,
        len(measures.questions),
        revision,
        lang,
        before,
        after,
        seconds,
    )


def shown(quads: Iterable[Quad]) -> list[Quad]:
    """Return the statements to be told in words, in order."""
    return nsmallest(MOST, quads, key=str)


def terms(*told: Iterable[Quad]) -> set[Term]:
    """Return what needs words."""
    return {
        term
        for quads in told
        for quad in shown(quads)
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if not isinstance(term, DefaultGraph)
    }


@contextmanager
def without_inferred(store: EmbeddedStore) -> Iterator[frozenset[Quad]]:
    """Take what only follows out of a replica for a while, and yield it."""
    inferred = frozenset(store.quads(graph=INFERRED))
    store.forget(INFERRED)
    try:
        yield inferred
    finally:
        store.replay(ChangeSet(NONE, inferred, "", "", created=frozenset({INFERRED})))
