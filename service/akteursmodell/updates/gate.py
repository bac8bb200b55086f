"""The gate: a change is validated as a whole before any of it is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from akteursmodell.errors import AkteursmodellError, ForbiddenError, InputError, Text
from akteursmodell.graph.changeset import ChangeSet, skolemise
from akteursmodell.graph.files import read_file
from akteursmodell.graph.shipped import READ_ONLY
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.updates.inference import INFERRED, with_inferred
from akteursmodell.validation.engine import validate
from akteursmodell.validation.report import Report

__all__ = ["ChangeRejectedError", "Outcome", "Signature", "change_from_file", "submit"]


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
    """What became of a change: the effective part of it, the report, and the revision."""

    change: ChangeSet
    report: Report
    revision: int


def change_from_file(
    store: Store, file: Path, graph: NamedNode, *, replace_graph: bool, signature: Signature
) -> ChangeSet:
    """Turn a file into the change that adds it to a graph, or makes the graph equal to it."""
    if not signature.reason.strip():
        raise InputError(
            Text("Eine Änderung braucht eine Begründung.", "A change needs a reason."),
            Text("Geben Sie sie mit -m an.", "Give it with -m."),
        )
    wanted = store.canonical(skolemise(read_file(file, graph)))
    present = frozenset(store.quads(graph=graph)) if replace_graph else frozenset()
    return ChangeSet(present - wanted, wanted, signature.author, signature.reason)


def submit(store: Store, change: ChangeSet) -> Outcome:
    """Validate a change against everything and commit it, or raise and store nothing.

    Raises ForbiddenError for graphs that only a release changes, ChangeRejectedError with the
    report.
    """
    refuse_read_only(change.graphs)
    change = effective(store, change)
    report = validate(after(store, change))
    if not report.conforms:
        raise ChangeRejectedError(report)
    revision = store.revision
    if not change.is_empty:
        revision = store.apply(with_inferred(store, change))
    return Outcome(change, report, revision)


def refuse_read_only(graphs: Iterable[NamedNode]) -> None:
    """Refuse changes to the ontology, the shapes and the system's own graph."""
    for graph in graphs:
        if graph.value.startswith(READ_ONLY):
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


def effective(store: Store, change: ChangeSet) -> ChangeSet:
    """Drop what is already there, and deletions of what is not."""
    inserts = frozenset(q for q in change.inserts if not holds(store, q))
    deletes = frozenset(q for q in change.deletes - change.inserts if holds(store, q))
    return replace(change, inserts=inserts, deletes=deletes)


def holds(store: Store, quad: Quad) -> bool:
    """Whether the store has this quad."""
    found = store.quads(quad.subject, quad.predicate, quad.object, quad.graph_name)
    return next(found, None) is not None


def after(store: Store, change: ChangeSet) -> list[Quad]:
    """Return all quads as they would be after the change, as somebody entered them.

    What is inferred stays out: a domain or range would make a thing of the class that a shape asks
    for, and hide that it was never described.
    """
    kept = [q for q in store.quads() if q not in change.deletes and q.graph_name != INFERRED]
    return [*kept, *change.inserts]
