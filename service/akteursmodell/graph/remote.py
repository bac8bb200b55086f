"""Any SPARQL 1.1 service by its address, asked through SPARQLWrapper."""

from urllib.error import URLError

import pyoxigraph as oxigraph
from SPARQLWrapper import JSON, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from akteursmodell.errors import EndpointError, Text
from akteursmodell.graph.store import Answer
from akteursmodell.graph.terms import NamedNode, QueryResultsFormat, RdfFormat
from akteursmodell.graph.tokens import tokens
from akteursmodell.vocabulary import PREFIXES

__all__ = ["RemoteEndpoint"]

ROWS = {"SELECT": QueryResultsFormat.JSON, "ASK": QueryResultsFormat.JSON}
TIMEOUT = 60


class RemoteEndpoint:
    """Answers queries like a store does; changes nothing."""

    def __init__(self, address: str, timeout: int = TIMEOUT) -> None:
        """Take the address of the service and the seconds to wait for an answer."""
        self.address = address
        self.timeout = timeout

    def query(
        self,
        text: str,
        *,
        default_graphs: list[NamedNode] | None = None,
        named_graphs: list[NamedNode] | None = None,
    ) -> Answer:
        """Send a query and read the answer; raises EndpointError."""
        request = SPARQLWrapper(self.address, agent="akteursmodell")
        request.setTimeout(self.timeout)
        request.setMethod("POST")
        request.setQuery(with_prefixes(text))
        for graph in default_graphs or []:
            request.addParameter("default-graph-uri", graph.value)
        for graph in named_graphs or []:
            request.addParameter("named-graph-uri", graph.value)
        rows = ROWS.get(request.queryType or "")
        request.setReturnFormat(JSON if rows else TURTLE)
        request.setOnlyConneg(True)
        try:
            body = request.query().response.read()
            return oxigraph.parse_query_results(body, format=rows) if rows else triples(body)
        except QueryBadFormed as fault:
            raise EndpointError(
                Text(
                    f"{self.address} lehnt die Abfrage ab: {reason(fault)}",
                    f"{self.address} refuses the query: {reason(fault)}",
                )
            ) from None
        except (SPARQLWrapperException, URLError, OSError, SyntaxError) as fault:
            raise EndpointError(
                Text(
                    f"{self.address} antwortet nicht wie ein SPARQL-Dienst: {reason(fault)}",
                    f"{self.address} does not answer like a SPARQL service: {reason(fault)}",
                ),
                Text("Prüfen Sie die Adresse.", "Check the address."),
            ) from None


def with_prefixes(text: str) -> str:
    """Declare the known prefixes, which the embedded store knows by itself, and drop comments.

    SPARQLWrapper guesses the kind of a query and can take a word of a comment for it.
    """
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return declared + "".join(token.text for token in tokens(text) if token.kind != "comment")


def triples(body: bytes) -> Answer:
    """Return triples read from the wire as an answer of the engine."""
    scratch = oxigraph.Store()
    scratch.load(body, format=RdfFormat.TURTLE)
    return scratch.query("CONSTRUCT WHERE { ?s ?p ?o }")


def reason(fault: Exception) -> str:
    """Return the first words of a fault on one line."""
    return " ".join(str(fault).split())[:300]
