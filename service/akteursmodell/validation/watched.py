"""A validator whose runs are kept."""

from collections.abc import Callable
from time import perf_counter

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.validation.report import Report
from akteursmodell.validation.runs import Kind, Run, Runs

__all__ = ["watched"]


def watched(
    validator: Callable[[EmbeddedStore, ChangeSet], Report],
    runs: Runs,
    kind: Kind,
    revision: Callable[[], int],
) -> Callable[[EmbeddedStore, ChangeSet], Report]:
    """Return a validator whose runs are kept, each with the data state that it begins from."""

    def validate(store: EmbeddedStore, change: ChangeSet) -> Report:
        began, started = revision(), perf_counter()
        report = validator(store, change)
        seconds = perf_counter() - started
        errors, notes = len(report.of("violation")), len(report.of("warning"))
        runs.keep(Run.now(kind, began, seconds, errors, notes))
        return report

    return validate
