"""Bridge from the store's quads to the rdflib graphs that pySHACL reads."""

from collections.abc import Iterable
from pathlib import Path

import rdflib

from akteursmodell.graph.terms import BlankNode, Literal, NamedNode, Quad, Term

__all__ = ["read_graph", "to_graph"]


def to_graph(quads: Iterable[Quad]) -> rdflib.Graph:
    """Merge quads of all graphs into one rdflib graph."""
    graph = rdflib.Graph(bind_namespaces="none")
    for quad in quads:
        graph.add((to_node(quad.subject), to_node(quad.predicate), to_node(quad.object)))
    return graph


def to_node(term: Term) -> rdflib.term.Identifier:
    """Return the rdflib term, with the lexical form untouched."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        if term.datatype.value.endswith("#string"):
            return rdflib.Literal(term.value)
        datatype = rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, datatype=datatype, normalize=False)
    raise TypeError(type(term).__name__)


def read_graph(files: Iterable[Path]) -> rdflib.Graph:
    """Read Turtle files into one rdflib graph."""
    graph = rdflib.Graph(bind_namespaces="none")
    for file in files:
        graph.parse(file, format="turtle")
    return graph
