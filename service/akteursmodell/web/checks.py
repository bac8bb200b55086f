"""`/validation`: the report of the data as they are served, made once for each data state."""

import json
import threading
from dataclasses import asdict
from itertools import groupby
from time import perf_counter

from flask import Blueprint, Response, current_app, render_template

from akteursmodell.analysis.unknowns import knowledge_gaps
from akteursmodell.errors import AkteursmodellError, Text
from akteursmodell.graph.store import Store
from akteursmodell.query.rows import is_entered
from akteursmodell.validation.report import Report, Result, Severity
from akteursmodell.validation.runs import Run, Runs
from akteursmodell.web import context
from akteursmodell.web.language import lang
from akteursmodell.web.trend import KINDS, runs, trend

__all__ = ["BusyError", "Reports", "blueprint"]

blueprint = Blueprint("checks", __name__)

HEADINGS: dict[Severity, Text] = {
    "violation": Text("Fehler", "Errors"),
    "warning": Text("Hinweise", "Notes"),
    "info": Text("Beobachtungen", "Observations"),
}
BASES = {
    "law": Text("Gesetz", "law"),
    "thesis": Text("These der Folie", "statement of the deck"),
    "persons": Text("Schutz von Personen", "protection of persons"),
    "model": Text("Logik des Modells", "logic of the model"),
}


PATIENCE = 15.0
MOST_RUNS = 200


class BusyError(AkteursmodellError):
    """The data are being checked right now, for another visitor."""

    status = 503

    def __init__(self) -> None:
        """Say that it takes a moment."""
        super().__init__(
            Text("Die Daten werden gerade geprüft.", "The data are being checked right now."),
            Text(
                "Das dauert einige Sekunden; laden Sie die Seite dann noch einmal.",
                "This takes some seconds; then load the page again.",
            ),
        )


class Reports:
    """Keeps the report of the present data state; only one request at a time makes it."""

    def __init__(self, runs: Runs | None = None) -> None:
        """Begin without a report; `runs` is where the checks are noted."""
        self._runs = runs or Runs()
        self._lock = threading.Lock()
        self._kept: tuple[int, Report] | None = None

    def current(self, store: Store) -> Report:
        """Return the report; waits for another request that makes it, or raises BusyError."""
        revision = store.revision
        if not self._lock.acquire(timeout=PATIENCE):
            raise BusyError
        try:
            if self._kept is not None and self._kept[0] == revision:
                return self._kept[1]
            from akteursmodell.validation.engine import validate  # noqa: PLC0415 -- rdflib

            started = perf_counter()
            report = validate(quad for quad in store.quads() if is_entered(quad))
            seconds = perf_counter() - started
            errors, notes = len(report.of("violation")), len(report.of("warning"))
            self._runs.keep(Run.now("data", revision, seconds, errors, notes))
            self._kept = (revision, report)
        finally:
            self._lock.release()
        return report


def report() -> Report:
    """Return the report of the data that this application serves."""
    reports: Reports = current_app.extensions["akteursmodell"]["reports"]
    return reports.current(context.store())


@blueprint.get("/validation")
def page() -> str:
    """Show findings by severity and rule, and what is not known."""
    found = report()
    return render_template(
        "validation.html",
        report=found,
        levels=[
            (severity, words, by_rule(found.of(severity))) for severity, words in HEADINGS.items()
        ],
        bases=BASES,
        gaps=knowledge_gaps(context.store(), lang()),
        revision=context.store().revision,
        trend=trend(runs().latest(MOST_RUNS)),
        run_kinds=KINDS,
    )


@blueprint.get("/validation.ttl")
def turtle() -> Response:
    """Return the W3C validation report."""
    return Response(report().as_turtle(), content_type="text/turtle; charset=utf-8")


@blueprint.get("/validation.json")
def as_json() -> Response:
    """Return the findings as JSON, with the data state they are about."""
    body = {"revision": context.store().revision, **json.loads(report().as_json())}
    text = json.dumps(body, ensure_ascii=False, indent=2)
    return Response(text, content_type="application/json")


@blueprint.get("/validation/runs.json")
def runs_as_json() -> Response:
    """Return the latest validation runs, the newest first."""
    kept = [asdict(run) for run in runs().latest(MOST_RUNS)]
    return Response(json.dumps({"runs": kept}, indent=2), content_type="application/json")


def by_rule(results: tuple[Result, ...]) -> list[tuple[Result, list[Result]]]:
    """Group findings by their rule; the first finding of each speaks for the rule."""
    groups = [list(group) for _, group in groupby(results, key=lambda result: result.shape)]
    return [(group[0], group) for group in groups]
