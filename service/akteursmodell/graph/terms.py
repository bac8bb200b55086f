"""The RDF terms that the whole program speaks; nobody else imports the store library."""

from typing import TypeAlias

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    Variable,
    parse_query_results,
    serialize,
)

from akteursmodell.vocabulary import PREFIXES, RDF

__all__ = [
    "TYPE",
    "BlankNode",
    "DefaultGraph",
    "Graph",
    "Literal",
    "NamedNode",
    "Quad",
    "QueryBoolean",
    "QueryResultsFormat",
    "QuerySolutions",
    "QueryTriples",
    "RdfFormat",
    "Subject",
    "Term",
    "Triple",
    "Variable",
    "local_name",
    "read_rows",
    "serialize",
    "write_quads",
    "write_triples",
]

Subject: TypeAlias = NamedNode | BlankNode | Triple
Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Graph: TypeAlias = NamedNode | BlankNode | DefaultGraph

TYPE = NamedNode(RDF + "type")


def local_name(iri: str) -> str:
    """Return what stands after the last slash or hash of an IRI."""
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1] or iri


def read_rows(body: bytes) -> QuerySolutions | QueryBoolean:
    """Read an answer that was written as JSON (https://www.w3.org/TR/sparql11-results-json/)."""
    return parse_query_results(body, format=QueryResultsFormat.JSON)


def write_triples(triples: "list[Triple]", form: RdfFormat) -> bytes:
    """Write triples in an RDF format, with the known prefixes where it has some."""
    return serialize(triples, format=form, prefixes=PREFIXES) or b""


def write_quads(quads: "list[Quad]", form: RdfFormat) -> bytes:
    """Write quads in an RDF format that has graphs, sorted, with the known prefixes."""
    order = sorted(quads, key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate)))
    return serialize(order, format=form, prefixes=PREFIXES) or b""
