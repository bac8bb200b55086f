"""Clients that write: rdflib's update store and SPARQLWrapper, with the operator's token."""

from collections.abc import Iterator
from urllib.error import HTTPError

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore
from SPARQLWrapper import JSON, POST, POSTDIRECTLY, URLENCODED, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, Unauthorized
from tests.serving import serving

TOKEN = "a-token-for-tests"
GRAPH = URIRef("urn:test:graph")
ONE = (URIRef("urn:test:a"), URIRef("urn:test:p"), Literal("Grüße €", lang="de"))
TWO = (URIRef("urn:test:b"), URIRef("urn:test:p"), Literal(2))


@pytest.fixture(scope="module")
def writable() -> Iterator[str]:
    """A server of its own, empty, that takes changes."""
    with serving("--empty", AKTEURSMODELL_TOKEN=TOKEN) as address:
        yield address


def remote(writable: str, token: str = TOKEN) -> Graph:
    store = SPARQLUpdateStore(
        writable + "/sparql",
        writable + "/update",
        method="POST",
        headers={"Authorization": f"Bearer {token}"},
    )
    return Graph(store, identifier=GRAPH)


@pytest.fixture
def graph(writable: str) -> Iterator[Graph]:
    """A named graph on the server, empty before and after."""
    there = remote(writable)
    there.update(f"CLEAR SILENT GRAPH <{GRAPH}>")
    yield there
    there.update(f"CLEAR SILENT GRAPH <{GRAPH}>")


def test_what_rdflib_adds_it_reads_back(graph: Graph) -> None:
    graph.add(ONE)
    graph.addN([(*TWO, graph)])
    assert set(graph) == {ONE, TWO}
    assert len(graph) == 2


def test_what_rdflib_removes_is_gone(graph: Graph) -> None:
    graph.add(ONE)
    graph.add(TWO)
    graph.remove((URIRef("urn:test:a"), None, None))
    assert set(graph) == {TWO}


def test_an_update_of_several_operations_is_one_change(graph: Graph) -> None:
    graph.add(ONE)
    # rdflib itself puts each block into GRAPH.
    graph.update(
        "DELETE WHERE { <urn:test:a> ?p ?o } ; INSERT DATA { <urn:test:b> <urn:test:p> 2 }"
    )
    assert set(graph) == {TWO}


def test_without_the_token_nothing_changes(writable: str, graph: Graph) -> None:
    graph.add(TWO)
    with pytest.raises(HTTPError) as refused:
        remote(writable, "another-token").add(ONE)
    assert refused.value.code in (401, 403)
    refused.value.close()
    assert set(graph) == {TWO}


def updating(writable: str, text: str, way: str, token: str | None = TOKEN) -> SPARQLWrapper:
    client = SPARQLWrapper(writable + "/update", returnFormat=JSON)
    client.setMethod(POST)
    client.setRequestMethod(way)
    if token:
        client.addCustomHttpHeader("Authorization", f"Bearer {token}")
    client.setQuery(text)
    return client


ways = pytest.mark.parametrize("way", [URLENCODED, POSTDIRECTLY])
INSERT = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:test:b> <urn:test:p> 2 }} }}"


@ways
def test_sparqlwrapper_writes_by_form_and_by_body(writable: str, graph: Graph, way: str) -> None:
    updating(writable, INSERT, way).query()
    assert set(graph) == {TWO}


@ways
def test_sparqlwrapper_is_told_that_the_token_is_missing(
    writable: str, graph: Graph, way: str
) -> None:
    with pytest.raises(Unauthorized):
        updating(writable, INSERT, way, token=None).query()
    assert set(graph) == set()


@ways
def test_a_broken_update_is_a_badly_formed_query(writable: str, graph: Graph, way: str) -> None:
    with pytest.raises(QueryBadFormed):
        updating(writable, INSERT.replace("}", ""), way).query()
    assert set(graph) == set()
