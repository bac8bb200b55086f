"""Bridge from the store's quads to the rdflib graphs that pySHACL reads."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from akteursmodell.graph.terms import BlankNode, Literal, NamedNode, Quad, Term

__all__ = ["PreparedGraph", "read_graph", "to_graph"]


class PreparedGraph(rdflib.Graph):
    """A graph that parses each query text once.

    pySHACL sends the text of a SPARQL constraint anew for each focus node, and rdflib needs 50 to
    80 ms to parse it: 16 of 25 s in a profile of the shipped data.
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(bind_namespaces="none")
        self._prepared: dict[str, Query] = {}

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> rdflib.query.Result:
        """Answer a query as rdflib does."""
        if isinstance(query_object, str):
            text = query_object
            if text not in self._prepared:
                self._prepared[text] = prepareQuery(text)
            query_object = self._prepared[text]
        return super().query(query_object, *args, **kwargs)


def to_graph(quads: Iterable[Quad]) -> rdflib.Graph:
    """Merge quads of all graphs into one rdflib graph."""
    graph = PreparedGraph()
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
