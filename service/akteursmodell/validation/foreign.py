"""Validation against shapes that somebody sends, without any call to the outside.

Foreign shapes hold foreign SPARQL, which pySHACL gives to rdflib: so this belongs into a process
that may be ended. What shapes could fetch is refused: `owl:imports` is not followed, SERVICE and
FROM do nothing, and while this runs no connection can be made.
"""

import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyshacl
import rdflib
from rdflib.namespace import RDF, SH
from rdflib.plugins import sparql

from akteursmodell.errors import ForbiddenError, InputError, Text
from akteursmodell.graph.terms import Quad
from akteursmodell.validation.rdf import to_graph

__all__ = ["ForeignReport", "validate_against"]

OUTSIDE = ("socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.Popen", "os.system")
PARTS = {
    "focusNode": SH.focusNode,
    "resultPath": SH.resultPath,
    "value": SH.value,
    "sourceShape": SH.sourceShape,
    "sourceConstraintComponent": SH.sourceConstraintComponent,
}


@dataclass(frozen=True)
class ForeignReport:
    """A W3C validation report (https://www.w3.org/TR/shacl/#validation-report)."""

    graph: rdflib.Graph

    @property
    def conforms(self) -> bool:
        """Whether there is no result of whatever severity, as the standard has it."""
        return not self.results

    @property
    def results(self) -> list[rdflib.term.Node]:
        """The nodes of the results that are not details of another one."""
        return sorted(set(self.graph.objects(None, SH.result)), key=self._order)

    def count(self, severity: rdflib.URIRef) -> int:
        """Return how many results have a severity."""
        return sum((node, SH.resultSeverity, severity) in self.graph for node in self.results)

    def as_data(self) -> dict[str, Any]:
        """Return the report as JSON has it: terms as text, severities by their local names."""
        return {
            "conforms": self.conforms,
            "violations": self.count(SH.Violation),
            "warnings": self.count(SH.Warning),
            "results": [
                {
                    "severity": str(self.graph.value(node, SH.resultSeverity)).rpartition("#")[2],
                    **{
                        name: None if found is None else str(found)
                        for name, predicate in PARTS.items()
                        for found in [self.graph.value(node, predicate)]
                    },
                    "messages": sorted(map(str, self.graph.objects(node, SH.resultMessage))),
                }
                for node in self.results
            ],
        }

    def as_ntriples(self) -> str:
        """Return the report as N-Triples."""
        return self.graph.serialize(format="nt")

    def _order(self, node: rdflib.term.Node) -> tuple[str, ...]:
        return tuple(str(self.graph.value(node, predicate)) for predicate in PARTS.values())


def validate_against(
    data: Iterable[Quad], shapes: Iterable[Quad], focus: str | None = None
) -> ForeignReport:
    """Validate data against shapes; with `focus`, that node only, by the shapes that target it.

    Raises InputError where pySHACL cannot use the shapes, ForbiddenError where they call outside.
    """
    rules = to_graph(shapes)
    try:
        with offline(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the shapes of somebody else
            _, report, _ = pyshacl.validate(
                to_graph(data),
                shacl_graph=rules,
                inference="none",
                focus_nodes=None if focus is None else [rdflib.URIRef(focus)],
            )
    except (MemoryError, ForbiddenError):
        raise
    except Exception as fault:  # noqa: BLE001 -- of whatever kind, it is the shapes' fault
        raise unusable(str(fault)) from None
    if not isinstance(report, rdflib.Graph):
        raise unusable(str(report))
    if (None, RDF.type, SH.ValidationReport) not in report:
        raise unusable("no report")
    return ForeignReport(report)


def unusable(detail: str) -> InputError:
    """Say that nothing can be checked by these shapes, and why."""
    told = " ".join(detail.split())[:300]
    return InputError(
        Text(
            f"Mit diesen Shapes lässt sich nicht prüfen: {told}",
            f"These shapes cannot be used: {told}",
        )
    )


@contextmanager
def offline() -> Iterator[None]:
    """Let nothing in this process reach outside by Python for a while."""
    guard()["on"] = True
    loads, sparql.SPARQL_LOAD_GRAPHS = sparql.SPARQL_LOAD_GRAPHS, False
    try:
        yield
    finally:
        sparql.SPARQL_LOAD_GRAPHS = loads
        guard()["on"] = False


@cache
def guard() -> dict[str, bool]:
    """Install the guard, which cannot be removed again, and return its switch.

    https://docs.python.org/3/library/audit_events.html
    """
    switch = {"on": False}

    def refuse(event: str, _: tuple[Any, ...]) -> None:
        if switch["on"] and event in OUTSIDE:
            raise ForbiddenError(
                Text(
                    "Shapes rufen hier keine fremden Adressen auf.",
                    "Shapes call no other addresses here.",
                )
            )

    sys.addaudithook(refuse)
    return switch
