"""pySHACL, the reference: slow, always in full, and what every other engine must equal."""

import pyshacl
import rdflib
from rdflib.namespace import RDF, SH

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import BlankNode, Literal, NamedNode, Quad, Term
from akteursmodell.validation.model import Finding
from akteursmodell.validation.paths import Path, read_path
from akteursmodell.validation.rdf import to_graph
from akteursmodell.validation.views import View

__all__ = ["ReferenceEngine"]


class ReferenceEngine:
    """Runs pySHACL over everything."""

    def __init__(self, shapes: EmbeddedStore) -> None:
        """Take the graph of shapes."""
        self._shapes = to_graph(shapes.quads())

    def full(self, data: EmbeddedStore) -> list[Finding]:
        """Return every result about the union of all graphs."""
        graph = to_graph(data.quads())
        _, report, text = pyshacl.validate(graph, shacl_graph=self._shapes, inference="none")
        if not isinstance(report, rdflib.Graph):
            raise TypeError(text)
        paths = View(from_graph(report))
        # What a blank node of the data says is repeated in the report, reports of others included.
        own = set(report.subjects(RDF.type, SH.ValidationReport)) - set(graph.subjects())
        return [
            finding(report, node, paths) for one in own for node in report.objects(one, SH.result)
        ]


def from_graph(graph: rdflib.Graph) -> EmbeddedStore:
    """Return a graph of rdflib as a store, with its blank nodes."""
    store = EmbeddedStore.in_memory()
    quads = []
    for triple in graph:
        subject, predicate, value = map(to_term, triple)
        if isinstance(subject, NamedNode | BlankNode) and isinstance(predicate, NamedNode):
            quads += [Quad(subject, predicate, value)] if value else []
    store.fill(quads)
    return store


def finding(report: rdflib.Graph, node: rdflib.term.Node, paths: View) -> Finding:
    """Read one result."""
    component = to_term(report.value(node, SH.sourceConstraintComponent))
    shape = to_term(report.value(node, SH.sourceShape))
    focus = to_term(report.value(node, SH.focusNode))
    severity = to_term(report.value(node, SH.resultSeverity))
    path = report.value(node, SH.resultPath)
    value = report.value(node, SH.value)
    if not isinstance(component, NamedNode) or not (shape and focus and severity):
        raise TypeError(node)
    return Finding(
        shape=shape,
        focus=focus,
        component=component,
        severity=severity,
        path=path_of(to_term(path), paths),
        value=to_term(value),
        texts=tuple(str(text) for text in report.objects(node, SH.resultMessage)),
    )


def path_of(node: Term | None, paths: View) -> Path | None:
    """Read the path of a result."""
    return None if node is None else read_path(paths, node)


def to_term(node: rdflib.term.Node | None) -> Term | None:
    """Return the store's term for a node of rdflib."""
    if isinstance(node, rdflib.Literal):
        datatype = NamedNode(str(node.datatype)) if node.datatype else None
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=datatype) if datatype else Literal(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    return None if node is None else NamedNode(str(node))
