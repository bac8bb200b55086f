"""The SPARQL protocol at `/sparql`, spoken by real clients to a real server."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from email.message import Message

import pytest
from SPARQLWrapper import JSON, SPARQLWrapper
from tests.serving import serving

AKM = "https://w3id.org/akteursmodell/ontology/"
COUNT = "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { %s }"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving() as base:
        yield base + "/sparql"


def send(url: str, data: bytes | None = None, **headers: str) -> tuple[int, Message, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data=data, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def get(address: str, query: str, **headers: str) -> tuple[int, Message, bytes]:
    return send(f"{address}?query={urllib.parse.quote(query)}", None, **headers)


def count(address: str, pattern: str) -> int:
    _, _, body = get(address, COUNT % pattern, Accept="application/sparql-results+json")
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


def slots(sector: str, level: str, more: str = "") -> str:
    """Template actors with a certain or preferred placement in a cell."""
    return (
        f"?x a akm:TemplateActor . ?p akm:placedActor ?x ; akm:inSector akm:{sector} ; "
        f"akm:atLevel akm:{level} ; akm:placementStatus ?status . "
        f"FILTER(?status != akm:placement-alternative) {more}"
    )


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("?x a akm:Sector", 6),
        ("?x a akm:Level", 7),
        ("?x a akm:LocalAuthorityAssociation , akm:TemplateActor", 3),
        (slots("sector-county", "level-associations"), 1),
        (slots("sector-town", "level-associations"), 2),
        (slots("sector-county", "level-politics"), 2),
        (slots("sector-town", "level-politics"), 2),
        (slots("sector-citizens", "level-politics"), 1),
        (slots("sector-county", "level-management"), 4),
        (slots("sector-county", "level-department"), 3),
        (slots("sector-county", "level-section"), 2),
        (slots("sector-town", "level-management"), 4),
        (slots("sector-town", "level-department"), 3),
        (slots("sector-town", "level-section"), 2),
        (slots("sector-providers", "level-management"), 1),
        (slots("sector-housing", "level-management"), 1),
        (slots("sector-providers", "level-department"), 4),
        (slots("sector-providers", "level-contact"), 2),
        (slots("sector-groups", "level-contact"), 2),
        (slots("sector-county", "level-person"), 1),
        (slots("sector-town", "level-person"), 1),
        (slots("sector-providers", "level-person"), 2),
        (slots("sector-housing", "level-person"), 1),
        (slots("sector-groups", "level-person"), 2),
        (slots("sector-citizens", "level-person"), 2),
        ("?x akm:placementStatus akm:placement-alternative", 5),
        ("?x a akm:TemplateActor", 45),
        ("?x a akm:Perspective", 5),
        ("?x a akm:Statement", 10),
    ],
)
def test_the_matrix_counts_as_the_slide_does(address: str, pattern: str, number: int) -> None:
    assert count(address, pattern) == number


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("?o akm:operatedSite ?x", 12),
        ("?x akm:areaOf ?m . ?m a akm:Municipality", 9),
        ("?x a akm:District", 4),
        (
            "?o akm:operatedSite ?x ; akm:operator id:org-asb-gemeinsam . "
            "?c akm:atSite ?x . ?p akm:inCooperation ?c ; akm:partner id:org-vab",
            5,
        ),
        ("?x akm:operatedSite id:site-junkershuette ; akm:succeeds ?before", 1),
        ("?x a akm:Agreement ; akm:regulates id:cooperation-hoehenstrasse", 1),
    ],
)
def test_the_sites_count_as_the_research_notes_do(address: str, pattern: str, number: int) -> None:
    assert count(address, pattern) == number


def test_sparqlwrapper_is_answered(address: str) -> None:
    client = SPARQLWrapper(address)
    client.setQuery(f"SELECT ?s {{ ?s a <{AKM}Sector> ; <{AKM}position> ?n }} ORDER BY ?n")
    client.setReturnFormat(JSON)
    found = client.queryAndConvert()
    assert isinstance(found, dict)
    names = [b["s"]["value"].removeprefix(AKM) for b in found["results"]["bindings"]]
    assert names == [
        "sector-county", "sector-town", "sector-providers",
        "sector-housing", "sector-groups", "sector-citizens",
    ]  # fmt: skip


def test_a_query_comes_by_get_by_form_and_by_body(address: str) -> None:
    query = "ASK { akm:Actor a owl:Class }"
    form = urllib.parse.urlencode({"query": query}).encode()
    answers = [
        get(address, query, Accept="text/csv"),
        send(address, form, Accept="text/csv"),
        send(address, query.encode(), Accept="text/csv", Content_Type="application/sparql-query"),
        get(address.replace("/sparql", "/query"), query, Accept="text/csv"),
    ]
    assert {(status, body) for status, _, body in answers} == {(200, b"true")}


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("*/*", "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("text/*", "text/csv; charset=utf-8"),
        ("TEXT/CSV; header=present", "text/csv; charset=utf-8"),
        ("text/csv;q=0, */*", "application/sparql-results+json"),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_rows_come_in_the_format_accepted(address: str, accept: str, media_type: str) -> None:
    status, headers, _ = get(address, "SELECT * { ?s a akm:Sector }", Accept=accept)
    assert (status, headers["Content-Type"]) == (200, media_type)
    assert "Accept" in headers["Vary"]
    assert headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
        ("text/turtle;charset=utf-8", "text/turtle; charset=utf-8"),
        ("*/*", "text/turtle; charset=utf-8"),
    ],
)
def test_graphs_come_in_the_format_accepted(address: str, accept: str, media_type: str) -> None:
    query = "CONSTRUCT { ?s a akm:Sector } WHERE { ?s a akm:Sector }"
    status, headers, body = get(address, query, Accept=accept)
    assert (status, headers["Content-Type"]) == (200, media_type)
    assert b"sector-county" in body


def test_a_format_by_name_wins_over_accept(address: str) -> None:
    query = urllib.parse.quote("SELECT * { ?s a akm:Sector }")
    status, headers, _ = send(f"{address}?query={query}&format=csv", Accept="text/html")
    assert (status, headers["Content-Type"]) == (200, "text/csv; charset=utf-8")


def test_a_format_that_does_not_exist_is_406_with_the_list(address: str) -> None:
    status, _, body = get(address, "ASK {}", Accept="image/png")
    assert status == 406
    assert b"application/sparql-results+json" in body


def test_a_syntax_error_is_400_with_line_column_and_text(address: str) -> None:
    status, _, body = get(address, "SELECT *\nWHERE { ?s ?p }", Accept="application/json")
    answer = json.loads(body)
    assert status == 400
    assert (answer["line"], answer["column"], answer["text"]) == (2, 15, "WHERE { ?s ?p }")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { sErViCe #\n SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:9/>",
        "INSERT DATA { <http://a/> <http://a/> 1 }",
    ],
)
def test_service_is_refused_and_updates_are_no_queries(address: str, query: str) -> None:
    assert get(address, query)[0] == (403 if "SELECT" in query else 400)
    form = urllib.parse.urlencode({"update": query}).encode()
    assert send(address, form)[0] == 400
    body = send(address, query.encode(), Content_Type="application/sparql-update")
    assert body[0] == 400


def test_a_request_without_or_with_two_queries_is_400(address: str) -> None:
    assert send(address, b"format=csv")[0] == 400
    assert send(f"{address}?query=")[0] == 400
    assert send(f"{address}?query=ASK%7B%7D&query=ASK%7B%7D")[0] == 400
    assert (
        send(f"{address}?query=ASK%7B%7D", b"ASK{}", Content_Type="application/sparql-query")[0]
        == 400
    )
    assert send(address, b"\xff", Content_Type="application/sparql-query")[0] == 400


def test_the_dataset_may_be_chosen_by_the_protocol(address: str) -> None:
    query = urllib.parse.quote("SELECT (COUNT(*) AS ?n) { ?s a akm:Statement }")
    graph = urllib.parse.quote("https://w3id.org/akteursmodell/data/viersen/statements")
    other = urllib.parse.quote("https://w3id.org/akteursmodell/data/viersen/sites")
    base = f"{address}?query={query}&format=csv&default-graph-uri="
    assert send(base + graph)[2] == b"n\r\n10\r\n"
    assert send(base + other)[2] == b"n\r\n0\r\n"
    assert send(base + "no%20iri")[0] == 400
