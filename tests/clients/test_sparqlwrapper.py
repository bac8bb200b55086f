"""SPARQLWrapper, the client that Python users know."""

import time
from collections.abc import Callable
from csv import reader
from urllib.error import URLError
from xml.dom.minidom import Document

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed
from tests.clients.queries import (
    AKM,
    ASK_NO,
    ASK_YES,
    BROKEN,
    CONSTRUCT,
    DESCRIBE,
    ROWS,
    SECTORS,
    SKOS,
    SLOW,
)

WAYS = {
    "get": (GET, URLENCODED),
    "form": (POST, URLENCODED),
    "body": (POST, POSTDIRECTLY),
}
ways = pytest.mark.parametrize("way", WAYS)


def client(endpoint: str, query: str, form: str, way: str = "get") -> SPARQLWrapper:
    asked = SPARQLWrapper(endpoint, returnFormat=form)
    method, encoding = WAYS[way]
    asked.setMethod(method)
    asked.setRequestMethod(encoding)
    asked.setQuery(query)
    return asked


def texts(document: Document, tag: str) -> list[str]:
    return [node.firstChild.data for node in document.getElementsByTagName(tag)]  # type: ignore[union-attr]


def of_json(found: dict[str, dict[str, list[dict[str, dict[str, str]]]]]) -> list[tuple[str, str]]:
    return [(row["s"]["value"], row["n"]["value"]) for row in found["results"]["bindings"]]


def of_xml(found: Document) -> list[tuple[str, str]]:
    return list(zip(texts(found, "uri"), texts(found, "literal"), strict=True))


def of_csv(found: bytes) -> list[tuple[str, str]]:
    head, *rows = reader(found.decode().splitlines())
    assert head == ["s", "n"]
    return [(s, n) for s, n in rows]


def of_tsv(found: bytes) -> list[tuple[str, str]]:
    head, *rows = (line.split("\t") for line in found.decode().splitlines())
    assert head == ["?s", "?n"]
    return [(s.strip("<>"), n) for s, n in rows]


@ways
@pytest.mark.parametrize(
    ("form", "read"), [(JSON, of_json), (XML, of_xml), (CSV, of_csv), (TSV, of_tsv)]
)
def test_rows_arrive_in_each_format_by_each_way(
    endpoint: str, way: str, form: str, read: Callable[[object], list[tuple[str, str]]]
) -> None:
    assert read(client(endpoint, SECTORS, form, way).queryAndConvert()) == ROWS


@ways
@pytest.mark.parametrize(("query", "truth"), [(ASK_YES, True), (ASK_NO, False)])
def test_yes_and_no_arrive_by_each_way(endpoint: str, way: str, query: str, truth: bool) -> None:
    in_json = client(endpoint, query, JSON, way).queryAndConvert()
    assert isinstance(in_json, dict)
    assert in_json["boolean"] is truth
    in_xml = client(endpoint, query, XML, way).queryAndConvert()
    assert isinstance(in_xml, Document)
    assert texts(in_xml, "boolean") == [str(truth).lower()]


def parsed(answer: object, form: str) -> Graph:
    """Return what SPARQLWrapper gives for a graph as a graph; Turtle and N3 stay text with it."""
    if isinstance(answer, Graph):
        return answer
    assert isinstance(answer, bytes)
    return Graph().parse(data=answer, format={TURTLE: "turtle", N3: "n3"}[form])


@ways
@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # of rdflib's N3
@pytest.mark.parametrize("form", [TURTLE, JSONLD, N3, RDFXML, XML])
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_graphs_arrive_in_each_format_by_each_way(endpoint: str, way: str, form: str) -> None:
    expected = Graph()
    for sector, number in ROWS:
        expected.add((URIRef(sector), URIRef("urn:next"), Literal(int(number))))
    found = parsed(client(endpoint, CONSTRUCT, form, way).queryAndConvert(), form)
    assert isomorphic(found, expected)


@ways
def test_a_description_tells_of_the_thing(endpoint: str, way: str) -> None:
    found = parsed(client(endpoint, DESCRIBE, TURTLE, way).queryAndConvert(), TURTLE)
    town = URIRef(AKM + "sector-town")
    assert set(found.subjects()) == {town}
    assert found.value(town, URIRef(AKM + "position")) == Literal(2)
    labels = list(found.objects(town, URIRef(SKOS + "prefLabel")))
    assert {label.language for label in labels if isinstance(label, Literal)} == {"de", "en"}


@ways
def test_a_syntax_error_is_a_badly_formed_query_with_our_text(endpoint: str, way: str) -> None:
    with pytest.raises(QueryBadFormed) as raised:
        client(endpoint, BROKEN, JSON, way).query()
    told = str(raised.value)
    assert BROKEN in told
    assert '"line":1' in told


def test_a_client_that_stops_waiting_leaves_the_service_answering(endpoint: str) -> None:
    impatient = client(endpoint, SLOW, JSON)
    impatient.setTimeout(1)
    begun = time.monotonic()
    with pytest.raises((TimeoutError, URLError)):
        impatient.query()
    assert time.monotonic() - begun < 10
    answer = client(endpoint, ASK_YES, JSON).queryAndConvert()
    assert isinstance(answer, dict)
    assert answer["boolean"] is True
