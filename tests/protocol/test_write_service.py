"""Writing over HTTP: who may, what is refused, and that every reader sees what was stored."""

import http.client
import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.serving import serving

TOKEN = "a-token-for-tests"
GRAPH = "https://w3id.org/akteursmodell/data/test"
PREFIXES = """
PREFIX akm: <https://w3id.org/akteursmodell/ontology/>
PREFIX id: <https://w3id.org/akteursmodell/id/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Client(NamedTuple):
    """A client of one service; without a token it only reads."""

    host: str
    token: str = TOKEN

    def send(
        self, method: str, path: str, body: bytes = b"", kind: str = "", accept: str = "*/*"
    ) -> Answer:
        headers = {"Accept": accept, "Accept-Language": "en"}
        if kind:
            headers["Content-Type"] = kind
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        with closing(http.client.HTTPConnection(self.host, timeout=60)) as connection:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read())

    def update(self, text: str, **given: str) -> Answer:
        body = (PREFIXES + text).encode()
        return self.send("POST", "/update", body, "application/sparql-update", **given)

    def count(self, pattern: str) -> int:
        query = urllib.parse.quote(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
        found = self.send("GET", f"/sparql?query={query}", accept="text/csv")
        return int(found.text.split()[1])


@pytest.fixture(scope="module")
def plain() -> Iterator[Client]:
    """An empty store by the standard, where writing is quick."""
    with serving(
        "--empty",
        *("--default-graph", "strict", "--workers", "3"),
        AKTEURSMODELL_TOKEN=TOKEN,
        AKTEURSMODELL_WRITE_TIMEOUT="3",
    ) as base:
        yield Client(base.removeprefix("http://"))


@pytest.fixture(scope="module")
def ours() -> Iterator[Client]:
    """The shipped data, which are validated."""
    with serving(AKTEURSMODELL_TOKEN=TOKEN) as base:
        yield Client(base.removeprefix("http://"))


def test_without_the_token_nothing_is_written(plain: Client) -> None:
    before = plain.count("?s ?p ?o")
    for token in ("", "wrong", TOKEN + "x"):
        other = Client(plain.host, token)
        answers = [
            other.update("INSERT DATA { <urn:a> <urn:b> 1 }"),
            other.send("PUT", "/data?default", b"<urn:a> <urn:b> 2 .", "text/turtle"),
            other.send("POST", "/data", b"<urn:a> <urn:b> 2 .", "text/turtle"),
            other.send("DELETE", "/data?default"),
        ]
        assert {answer.status for answer in answers} == {401}
        assert {answer.headers["www-authenticate"] for answer in answers} == {
            'Bearer realm="akteursmodell"'
        }
    assert plain.count("?s ?p ?o") == before


def test_a_service_without_a_token_only_reads() -> None:
    with serving("--empty") as base:
        reader = Client(base.removeprefix("http://"), "")
        for client in (reader, Client(reader.host, "anything")):
            refused = client.update("INSERT DATA { <urn:a> <urn:b> 1 }")
            assert refused.status == 403
            assert "AKTEURSMODELL_TOKEN" in refused.text


def test_every_reader_sees_a_change_once_it_is_acknowledged(plain: Client) -> None:
    for number in range(30):
        told = json.loads(plain.update(f"INSERT DATA {{ <urn:read> <urn:n> {number} }}").body)
        assert (told["inserted"], told["deleted"]) == (1, 0)
        found = [plain.count("<urn:read> <urn:n> ?o") for _ in range(4)]
        assert found == [number + 1] * 4


def test_writers_at_the_same_time_lose_nothing(plain: Client) -> None:
    failed: list[Answer] = []

    def write(name: int) -> None:
        for number in range(10):
            answer = plain.update(f"INSERT DATA {{ <urn:many> <urn:{name}> {number} }}")
            if answer.status != 200:
                failed.append(answer)

    threads = [threading.Thread(target=write, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert plain.count("<urn:many> ?p ?o") == 60


def test_an_update_that_would_not_end_is_ended_and_others_write_on(plain: Client) -> None:
    plain.update("INSERT DATA { <urn:s> <urn:p> 0 }")
    rows = " ".join(f"({number})" for number in range(200))
    join = " ".join(f"VALUES (?v{number}) {{ {rows} }}" for number in range(6))
    began = time.monotonic()
    ended = plain.update(f"INSERT {{ ?s <urn:q> ?v0 }} WHERE {{ ?s <urn:p> ?o . {join} }}")
    assert ended.status == 503
    assert time.monotonic() - began < 5
    assert plain.update("DELETE DATA { <urn:s> <urn:p> 0 }").status == 200
    assert plain.count("?s <urn:q> ?o") == 0


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        ("INSERT DATA { <urn:a> }", 400, "line 5, column"),
        ("SELECT * { ?s ?p ?o }", 400, "cannot be read"),
        (
            "INSERT { <urn:a> <urn:b> ?x } WHERE { SERVICE <http://127.0.0.1:9/> {} }",
            403,
            "SERVICE",
        ),
        ("LOAD <http://127.0.0.1:9/x>", 403, "calls no other"),
        ("CREATE GRAPH <urn:g> ; CREATE GRAPH <urn:g>", 400, "urn:g"),
    ],
)
def test_what_cannot_be_done_leaves_no_trace(
    plain: Client, text: str, status: int, told: str
) -> None:
    before = plain.count("?s ?p ?o")
    answer = plain.update(text)
    assert (answer.status, told in answer.text) == (status, True), answer.text
    assert plain.count("?s ?p ?o") == before
    assert plain.send("GET", "/data?graph=urn:g").status == 404


def test_load_silent_of_a_refused_host_is_a_success_that_does_nothing(plain: Client) -> None:
    told = json.loads(plain.update("LOAD SILENT <http://127.0.0.1:9/x>").body)
    assert (told["inserted"], told["deleted"]) == (0, 0)


def test_a_graph_is_put_read_and_deleted(plain: Client) -> None:
    path = "/data?graph=urn:test:put"
    made = plain.send("PUT", path, b"<#x> <urn:b> 2 , [] .", "text/turtle")
    again = plain.send("PUT", path, b"<#x> <urn:b> 3 .", "text/turtle")
    more = plain.send("POST", path, b'<urn:y> <urn:b> "\xc3\xbc" .', "application/n-triples")
    assert [made.status, again.status, more.status] == [201, 200, 200]
    read = plain.send("GET", path, accept="application/n-triples")
    assert sorted(read.text.splitlines()) == [
        '<urn:test:put#x> <urn:b> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '<urn:y> <urn:b> "ü" .',
    ]
    assert plain.send("HEAD", path).headers["content-type"] == "text/turtle; charset=utf-8"
    assert plain.send("DELETE", path).status == 200
    assert plain.send("GET", path).status == 404
    assert plain.send("DELETE", path).status == 404


def test_a_graph_is_patched_by_an_update_that_sees_it_alone(plain: Client) -> None:
    path, kind = "/data?graph=urn:patched", "application/sparql-update"
    other = "INSERT DATA { GRAPH <urn:other> { <urn:o> <urn:n> 1 } }"
    assert plain.update(other).status == 200
    made = plain.send("PATCH", path, b"INSERT DATA { <urn:a> <urn:n> 1, 2 ; <urn:m> [] }", kind)
    assert (made.status, json.loads(made.body)["inserted"]) == (201, 3)
    moved = b"DELETE { ?s <urn:n> ?o } INSERT { ?s <urn:seen> ?o } WHERE { ?s <urn:n> ?o }"
    told = json.loads(plain.send("PATCH", path, moved, kind).body)
    assert (told["inserted"], told["deleted"]) == (2, 2)
    assert plain.count("GRAPH <urn:patched> { ?s <urn:seen> ?o }") == 2
    assert plain.count("GRAPH <urn:patched> { ?s <urn:m> ?blank }") == 1
    assert plain.count("GRAPH <urn:other> { <urn:o> <urn:n> 1 }") == 1
    assert plain.send("PATCH", path, b"CLEAR DEFAULT", kind).status == 200
    assert plain.count("GRAPH <urn:patched> { ?s ?p ?o }") == 0


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 1 } }", "application/sparql-update", 400),
        (b"CREATE GRAPH <urn:g>", "application/sparql-update", 400),
        (b"INSERT DATA { <urn:a> <urn:p> }", "application/sparql-update", 400),
        (b"LOAD <http://127.0.0.1:9/>", "application/sparql-update", 403),
        (b"<urn:a> <urn:p> 1 .", "text/turtle", 415),
    ],
)
def test_a_patch_of_more_than_its_graph_changes_nothing(
    body: bytes, kind: str, status: int, plain: Client
) -> None:
    refused = plain.send("PATCH", "/data?graph=urn:refused", body, kind)
    assert refused.status == status
    assert plain.count("GRAPH ?g { <urn:a> <urn:p> 1 }") == 0


def test_a_posted_graph_gets_an_address_that_can_be_read(plain: Client) -> None:
    made = plain.send("POST", "/data", b"<urn:a> <urn:b> 1 .", "text/turtle")
    path = urllib.parse.urlsplit(made.headers["location"]).path
    assert made.status == 201
    assert path.startswith("/data/")
    assert b"<urn:a>" in plain.send("GET", path, accept="text/turtle").body


@pytest.mark.parametrize(("second", "status", "stored"), [(".", 200, 4), ("", 400, 0)])
def test_the_parts_of_a_form_are_stored_together_or_not_at_all(
    plain: Client, second: str, status: int, stored: int
) -> None:
    path = f"/data?graph=urn:test:form{status}"
    parts = ["<urn:a> <urn:b> [ <urn:c> 1 ] .", f"<urn:d> <urn:b> [ <urn:c> 2 ] {second}"]
    form = "".join(
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{number}.ttl"\r\n'
        f"Content-Type: text/turtle; charset=utf-8\r\n\r\n{part}\r\n"
        for number, part in enumerate(parts)
    )
    plain.send("PUT", path, b"", "text/turtle")
    body = f"{form}--x--\r\n".encode()
    answer = plain.send("POST", path, body, "multipart/form-data; boundary=x")
    assert answer.status == status, answer.text
    found = plain.send("GET", path, accept="application/n-triples").text
    assert len(found.splitlines()) == stored


@pytest.mark.parametrize(
    ("path", "body", "kind", "status"),
    [
        ("/data?default&graph=urn:g", b"", "text/turtle", 400),
        ("/data?graph=no%20iri", b"", "text/turtle", 400),
        ("/data?default", b"<a> <b> .", "text/turtle", 400),
        ("/data?default", b"<a> <b> <c> .", "image/png", 415),
        ("/data?default", b"\xff", "text/turtle", 400),
        ("/data?default", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "application/rdf+xml", 400),
        ("/data?default", b'{"@context": "http://127.0.0.1:9/x"}', "application/ld+json", 400),
    ],
)
def test_a_body_that_cannot_be_read_changes_nothing(
    plain: Client, path: str, body: bytes, kind: str, status: int
) -> None:
    before = plain.count("?s ?p ?o")
    assert plain.send("PUT", path, body, kind).status == status
    assert plain.count("?s ?p ?o") == before


def test_a_change_that_breaks_a_rule_is_refused_with_the_report(ours: Client) -> None:
    text = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ id:task-test a akm:Task }} }}"
    for accept, expected in (
        ("text/plain", "What to do"),
        ("application/json", '"report"'),
        ("text/turtle", "sh:ValidationReport"),
        ("application/ld+json", '"http://www.w3.org/ns/shacl#ValidationReport"'),
        ("text/html", "So geht es weiter"),
    ):
        refused = ours.update(text, accept=accept)
        assert refused.status == 422
        assert refused.headers["content-type"].partition(";")[0] == accept
        assert expected in refused.text
    assert ours.count("id:task-test ?p ?o") == 0


def test_a_note_comes_back_with_the_change_that_was_stored(ours: Client) -> None:
    text = f"""INSERT DATA {{ GRAPH <{GRAPH}> {{
        id:task-noted a akm:Task ; skos:prefLabel "Treff"@de , "meeting"@en ;
            akm:evidence id:ev-title-slide-2 .
        id:obligation-noted a akm:Obligation ; skos:prefLabel "Treff, frei"@de , "free"@en ;
            akm:forTask id:task-noted ; akm:obligatedBody id:org-town-viersen ;
            akm:obligationKind akm:obligation-voluntary ; akm:evidence id:ev-title-slide-2 }} }}"""
    done = ours.update(text)
    assert done.status == 200, done.text
    (note,) = json.loads(done.body)["warnings"]
    assert note["code"].endswith("VoluntaryFunded")
    assert "„Treff“, freiwillig für „Stadt Viersen“" in note["message"]["de"]
    assert ours.send("DELETE", "/data?graph=" + urllib.parse.quote(GRAPH)).status == 200


def test_an_operator_may_have_notes_refused() -> None:
    with serving(AKTEURSMODELL_TOKEN=TOKEN, AKTEURSMODELL_LEVELS="VoluntaryFunded=violation") as at:
        client = Client(at.removeprefix("http://"))
        refused = client.update(
            f"""INSERT DATA {{ GRAPH <{GRAPH}> {{ id:obligation-noted a akm:Obligation ;
            skos:prefLabel "Treff, frei"@de , "free"@en ; akm:forTask id:task-integrated-planning ;
            akm:obligatedBody id:org-town-viersen ; akm:evidence id:ev-title-slide-2 ;
            akm:obligationKind akm:obligation-voluntary }} }}"""
        )
        assert refused.status == 422
        assert "is not saved" in refused.text


def test_what_follows_from_a_change_is_seen_with_it(ours: Client) -> None:
    text = f"""INSERT DATA {{ GRAPH <{GRAPH}> {{
        id:site-test-1 owl:sameTestAs id:site-test-2 .
        id:task-followed a akm:Task ; skos:prefLabel "Aufgabe"@de , "task"@en ;
            akm:evidence id:ev-title-slide-2 }} }}"""
    done = ours.update(text)
    assert done.status == 200, done.text
    inferred = "GRAPH <https://w3id.org/akteursmodell/inferred> { id:task-followed a ?class }"
    assert ours.count(inferred) > 0
    gone = ours.send("DELETE", "/data?graph=" + urllib.parse.quote(GRAPH))
    assert gone.status == 200, gone.text
    assert ours.count(inferred) == 0


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        ("INSERT DATA { id:a skos:prefLabel 1 }", 400, "GRAPH"),
        ("DELETE { ?s skos:prefLabel ?o } WHERE { ?s skos:prefLabel ?o }", 400, "GRAPH"),
        ("CLEAR GRAPH <https://w3id.org/akteursmodell/ontology/tasks>", 403, "new release"),
    ],
)
def test_an_update_that_would_do_nothing_or_what_a_release_does_is_refused(
    ours: Client, text: str, status: int, told: str
) -> None:
    answer = ours.update(text)
    assert (answer.status, told in answer.text) == (status, True), answer.text


def test_what_was_stored_is_there_after_a_restart(tmp_path: Path) -> None:
    folder = str(tmp_path / "store")
    for expected in (0, 1):
        with serving("--store", folder, "--empty", AKTEURSMODELL_TOKEN=TOKEN) as base:
            client = Client(base.removeprefix("http://"))
            assert client.count("GRAPH ?g { <urn:kept> ?p _:b }") == expected
            told = json.loads(
                client.update("INSERT DATA { GRAPH <urn:g> { <urn:kept> <urn:p> [] } }").body
            )
            assert told["revision"] == expected + 1


def test_data_beyond_memory_are_read_from_checkpoints(tmp_path: Path) -> None:
    folder = str(tmp_path / "store")
    with serving(
        "--store", folder, AKTEURSMODELL_TOKEN=TOKEN, AKTEURSMODELL_REPLICA="disk"
    ) as base:
        client = Client(base.removeprefix("http://"))
        assert client.count("?s a akm:Sector") == 6
        assert client.count("GRAPH <https://w3id.org/akteursmodell/system> { ?s ?p ?o }") == 0
        inferred = "GRAPH <https://w3id.org/akteursmodell/inferred> { ?s ?p ?o }"
        query = urllib.parse.quote(f"ASK {{ {inferred} }}")
        for inference, expected in (("on", b"true"), ("off", b"false")):
            path = f"/sparql?query={query}&inference={inference}"
            assert expected in client.send("GET", path, accept="application/json").body
        for number in range(5):
            text = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:disk> <urn:n> {number} }} }}"
            assert client.update(text).status == 200
            assert [client.count("<urn:disk> <urn:n> ?o") for _ in range(3)] == [number + 1] * 3
        assert client.send("GET", "/", accept="text/html").status == 200
    assert {each.name for each in tmp_path.iterdir()} == {*("store", "store.journal", "store.runs")}
