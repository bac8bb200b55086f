"""The W3C validation report of findings (https://www.w3.org/TR/shacl/#validation-report)."""

from collections.abc import Iterable

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from akteursmodell.errors import Text
from akteursmodell.validation.model import Finding
from akteursmodell.validation.paths import Choice, Inverse, Path, Repeat, Sequence, Step
from akteursmodell.validation.rdf import to_node

__all__ = ["report_graph"]

SEVERITIES = {"violation": SH.Violation, "warning": SH.Warning, "info": SH.Info}
REPEATED = {
    (0, False): SH.zeroOrMorePath,
    (1, False): SH.oneOrMorePath,
    (0, True): SH.zeroOrOnePath,
}


def report_graph(results: Iterable[tuple[Finding, Text, str]]) -> rdflib.Graph:
    """Return the report of findings with their messages and levels.

    Warnings make data non-conforming there, as the standard has it.
    """
    graph = rdflib.Graph(bind_namespaces="none")
    graph.bind("sh", SH)
    report = rdflib.BNode()
    graph.add((report, RDF.type, SH.ValidationReport))
    conforms = True
    for finding, message, severity in results:
        conforms = False
        node = rdflib.BNode()
        graph.add((report, SH.result, node))
        graph.add((node, RDF.type, SH.ValidationResult))
        graph.add((node, SH.focusNode, to_node(finding.focus)))
        graph.add((node, SH.resultSeverity, SEVERITIES[severity]))
        graph.add((node, SH.sourceConstraintComponent, to_node(finding.component)))
        graph.add((node, SH.sourceShape, to_node(finding.shape)))
        if finding.path is not None:
            graph.add((node, SH.resultPath, add_path(graph, finding.path)))
        if finding.value is not None:
            graph.add((node, SH.value, to_node(finding.value)))
        if finding.constraint is not None:
            graph.add((node, SH.sourceConstraint, to_node(finding.constraint)))
        graph.add((node, SH.resultMessage, rdflib.Literal(message.de, lang="de")))
        graph.add((node, SH.resultMessage, rdflib.Literal(message.en, lang="en")))
    graph.add((report, SH.conforms, rdflib.Literal(conforms)))
    return graph


def add_path(graph: rdflib.Graph, path: Path) -> rdflib.term.Node:
    """Write a path and return its node."""
    if isinstance(path, Step):
        return rdflib.URIRef(path.predicate.value)
    node = rdflib.BNode()
    if isinstance(path, Inverse):
        graph.add((node, SH.inversePath, add_path(graph, path.path)))
    elif isinstance(path, Sequence):
        Collection(graph, node, [add_path(graph, part) for part in path.paths])
    elif isinstance(path, Choice):
        members = rdflib.BNode()
        Collection(graph, members, [add_path(graph, part) for part in path.paths])
        graph.add((node, SH.alternativePath, members))
    elif isinstance(path, Repeat):
        graph.add((node, REPEATED[path.least, path.once], add_path(graph, path.path)))
    return node
