"""Full validation with pySHACL, the reference engine."""

from collections.abc import Iterable, Mapping

import pyshacl
import rdflib
from rdflib.namespace import RDF, RDFS, SH, SKOS

from akteursmodell.errors import Text
from akteursmodell.graph.terms import Quad
from akteursmodell.validation.rdf import to_graph
from akteursmodell.validation.report import Report, Result, Severity
from akteursmodell.validation.shapes import shape_words, shapes_graph
from akteursmodell.vocabulary import compact

__all__ = ["validate"]

SEVERITIES: dict[rdflib.term.Node, Severity] = {
    SH.Violation: "violation",
    SH.Warning: "warning",
    SH.Info: "info",
}
ORDER: list[Severity] = ["violation", "warning", "info"]


def validate(quads: Iterable[Quad], places: Mapping[str, str] | None = None) -> Report:
    """Validate quads (data and ontology together) against the shipped shapes.

    `places` tells for a focus node in which file and line it stands.
    """
    data = to_graph(quads)
    _, report, _ = pyshacl.validate(
        data, shacl_graph=shapes_graph(), inference="none", allow_warnings=True
    )
    if not isinstance(report, rdflib.Graph):
        raise TypeError(report)
    results = [
        read_result(data, report, node, places or {})
        for node in report.subjects(RDF.type, SH.ValidationResult)
    ]
    results.sort(key=lambda r: (ORDER.index(r.severity), r.shape, r.focus_label.de, r.focus))
    return Report(tuple(results), report)


def read_result(
    data: rdflib.Graph, report: rdflib.Graph, node: rdflib.term.Node, places: Mapping[str, str]
) -> Result:
    """Read one result, and give its messages their languages back in the report graph."""
    shape = report.value(node, SH.sourceShape)
    focus = report.value(node, SH.focusNode)
    words = shape_words(str(shape))
    engine_texts = [str(text) for text in report.objects(node, SH.resultMessage)]
    value = report.value(node, SH.value)
    names = {"this": label(data, focus)} | ({"value": label(data, value)} if value else {})
    message = words.message(engine_texts, names)
    report.remove((node, SH.resultMessage, None))
    for lang in ("de", "en"):
        report.add((node, SH.resultMessage, rdflib.Literal(message.in_(lang), lang=lang)))
    path = report.value(node, SH.resultPath)
    return Result(
        severity=SEVERITIES[report.value(node, SH.resultSeverity) or SH.Violation],
        focus=str(focus),
        focus_label=label(data, focus),
        shape=str(shape),
        title=words.title,
        message=message,
        fixes=words.fixes,
        basis=words.basis,
        path=compact(str(path)) if isinstance(path, rdflib.URIRef) else None,
        value=str(value) if value is not None else None,
        place=places.get(str(focus)),
    )


def label(data: rdflib.Graph, node: rdflib.term.Node | None) -> Text:
    """Return the name of an entry, or its short IRI."""
    words = {
        str(o.language): str(o)
        for predicate in (RDFS.label, SKOS.prefLabel)
        for o in data.objects(node, predicate)
        if isinstance(o, rdflib.Literal)
    }
    short = compact(str(node))
    return Text(words.get("de", words.get("en", short)), words.get("en", words.get("de", short)))
