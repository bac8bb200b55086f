"""`POST /shacl` as Jena Fuseki has it: shapes in the body, the report in the format asked for."""

import http.server
import json
import threading
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.protocol.test_write_service import TOKEN, Answer, Client
from tests.serving import serving

TURTLE = "text/turtle"
PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix akm: <https://w3id.org/akteursmodell/ontology/> .
"""
AGE = (
    PREFIXES
    + """
<urn:shape> a sh:NodeShape ; sh:targetClass <urn:Person> ;
    sh:property [ sh:path <urn:age> ; sh:datatype xsd:integer ; sh:maxCount 1 ] .
"""
)
DATA = """
INSERT DATA {
  <urn:right> a <urn:Person> ; <urn:age> 1 .
  <urn:wrong> a <urn:Person> ; <urn:age> "old" .
  GRAPH <urn:g> { <urn:named> a <urn:Person> ; <urn:age> 1, 2 }
}"""


def constraint(select: str) -> str:
    return f"""{PREFIXES}
<urn:shape> a sh:NodeShape ; sh:targetClass <urn:Person> ;
    sh:sparql [ sh:message "found" ; sh:select '''{select}''' ] .
"""


@pytest.fixture(scope="module")
def plain() -> Iterator[Client]:
    with serving("--empty", "--default-graph", "strict", AKTEURSMODELL_TOKEN=TOKEN) as base:
        client = Client(base.removeprefix("http://"))
        client.update(DATA)
        yield Client(client.host, "")


def check(client: Client, shapes: str, accept: str = "application/json", **params: str) -> Answer:
    path = f"/shacl?{urllib.parse.urlencode(params)}"
    return client.send("POST", path, shapes.encode(), TURTLE, accept)


def foci(answer: Answer) -> set[str]:
    assert answer.status == 200, answer.text
    report: dict[str, Any] = json.loads(answer.body)
    assert report["conforms"] is not bool(report["results"])
    return {each["focusNode"] for each in report["results"]}


def test_the_graph_that_is_named_is_validated(plain: Client) -> None:
    assert foci(check(plain, AGE)) == {"urn:wrong"}
    assert foci(check(plain, AGE, graph="default")) == {"urn:wrong"}
    assert foci(check(plain, AGE, graph="union")) == {"urn:wrong", "urn:named"}
    assert foci(check(plain, AGE, graph="urn:g")) == {"urn:named"}
    assert check(plain, AGE, graph="urn:none").status == 404
    assert check(plain, AGE, graph="none").status == 400


def test_a_target_is_the_only_node_that_is_validated(plain: Client) -> None:
    assert foci(check(plain, AGE, graph="union", target="urn:named")) == {"urn:named"}
    assert foci(check(plain, AGE, graph="union", target="urn:right")) == set()
    assert foci(check(plain, AGE, graph="union", target="urn:nobody")) == set()
    assert check(plain, AGE, target="nobody").status == 400


@pytest.mark.parametrize(
    ("accept", "kind", "part"),
    [
        ("text/turtle", "text/turtle", "sh:conforms false"),
        ("*/*", "text/turtle", "sh:conforms false"),
        ("application/n-triples", "application/n-triples", "shacl#conforms> \"false\""),
        ("application/ld+json", "application/ld+json", "shacl#conforms"),
        ("application/rdf+xml", "application/rdf+xml", "sh:conforms"),
        ("application/json", "application/json", '"conforms": false'),
    ],
)  # fmt: skip
def test_the_report_comes_in_the_format_asked_for(
    plain: Client, accept: str, kind: str, part: str
) -> None:
    answer = check(plain, AGE, accept)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith(kind)
    assert part in answer.text


def test_a_request_that_cannot_be_used_is_told(plain: Client) -> None:
    assert check(plain, AGE, "image/png").status == 406
    assert plain.send("POST", "/shacl", AGE.encode(), "text/csv").status == 415
    assert plain.send("POST", "/shacl", b"no turtle", TURTLE).status == 400
    assert plain.send("GET", "/shacl").status == 405
    broken = PREFIXES + "<urn:s> sh:targetClass <urn:Person> ; sh:property [ sh:minCount 1 ] ."
    answer = check(plain, broken)
    assert answer.status == 400
    assert "cannot be used" in answer.text
    assert check(plain, constraint("SELECT NONSENSE")).status == 400
    assert foci(check(plain, AGE)) == {"urn:wrong"}


class Listener(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    do_POST = do_GET  # noqa: N815 -- the name that the library looks for

    def log_message(self, *_: object) -> None:
        """Be silent."""


def test_shapes_reach_nothing_outside(plain: Client, tmp_path: Path) -> None:
    asked: list[str] = []
    handler = type("Listening", (Listener,), {"asked": asked})
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:right> <urn:secret> 1 .")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        there = f"http://127.0.0.1:{server.server_address[1]}"
        imports = AGE + f"<urn:shapes> a owl:Ontology ; owl:imports <{there}/imported> ."
        assert foci(check(plain, imports)) == {"urn:wrong"}
        for select in (
            f"SELECT $this WHERE {{ SERVICE <{there}/service> {{ ?a ?b ?c }} }}",
            f"SELECT $this WHERE {{ sErViCe SILENT <{there}/silent> {{ ?a ?b ?c }} }}",
            f"SELECT $this FROM <{there}/from> WHERE {{ $this ?b ?c }}",
        ):
            check(plain, constraint(select))
        inside = f"SELECT $this FROM <{secret.as_uri()}> WHERE {{ $this <urn:secret> ?c }}"
        read = check(plain, constraint(inside))
        context = json.dumps({"@context": f"{there}/context", "@id": "urn:x"}).encode()
        answer = plain.send("POST", "/shacl", context, "application/ld+json")
        server.shutdown()
        thread.join()
    assert asked == []
    assert '"urn:right"' not in read.text
    assert answer.status == 400


def test_what_takes_too_long_is_ended_and_others_are_answered(plain: Client) -> None:
    slow = constraint(
        "SELECT $this WHERE { $this ?p ?o . "
        + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9))
        + " FILTER(?a1 = <urn:nobody>) }"
    )
    answers: list[Answer] = []
    thread = threading.Thread(
        target=lambda: answers.append(check(plain, slow, graph="union", timeout="3"))
    )
    thread.start()
    assert plain.count("?s ?p ?o") == 4
    thread.join(30)
    assert answers[0].status == 503
    assert foci(check(plain, AGE)) == {"urn:wrong"}


def test_what_only_follows_is_validated_unless_it_is_left_out() -> None:
    shapes = (
        PREFIXES
        + """@prefix geo: <http://www.opengis.net/ont/geosparql#> .
<urn:s> a sh:NodeShape ; sh:targetSubjectsOf geo:sfWithin ; sh:nodeKind sh:Literal ."""
    )
    with serving() as base:
        client = Client(base.removeprefix("http://"), "")
        assert len(foci(check(client, shapes))) > 20
        assert foci(check(client, shapes, inference="off")) == set()
