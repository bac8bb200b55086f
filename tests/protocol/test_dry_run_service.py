"""A dry run over HTTP: told in the form asked for, for who may write, and nothing is stored."""

import html
import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from tests.protocol.test_write_service import GRAPH, PREFIXES, TOKEN, Answer, Client
from tests.serving import serving

NEW_SITE = (Path(__file__).parent.parent / "updates/changes/new-site.ttl").read_bytes()
AT = f"graph={urllib.parse.quote(GRAPH)}"
BOISHEIM = "<https://w3id.org/akteursmodell/id/district-boisheim>"
UPDATE = "application/sparql-update"
TURTLE = "text/turtle"
SHIPPED = "https://w3id.org/akteursmodell/data/viersen/sites"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def ours() -> Iterator[Client]:
    with serving(AKTEURSMODELL_TOKEN=TOKEN) as base:
        yield Client(base.removeprefix("http://"))


@pytest.fixture(scope="module")
def plain() -> Iterator[Client]:
    """A service without shapes and questions, where a dry run is quick."""
    with serving("--empty", AKTEURSMODELL_TOKEN=TOKEN) as base:
        client = Client(base.removeprefix("http://"))
        for name in ("a", "b", "c"):
            client.update(f"INSERT DATA {{ GRAPH <{SHIPPED}> {{ <urn:{name}> <urn:p> 1 }} }}")
        yield client


def told(answer: Answer) -> dict[str, Any]:
    assert answer.status == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    found: dict[str, Any] = json.loads(answer.body)
    assert found["stored"] is False
    return found


def state(client: Client) -> tuple[str, str, int]:
    everything = urllib.parse.quote("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
    answer = client.send("GET", f"/sparql?query={everything}", accept="application/n-triples")
    revision = json.loads(client.send("GET", "/health").body)["revision"]
    return answer.headers["etag"], "\n".join(sorted(answer.text.splitlines())), revision


def test_every_kind_of_write_is_tried_and_nothing_is_stored(plain: Client) -> None:
    before = state(plain)
    insert = PREFIXES + f"INSERT DATA {{ GRAPH <{GRAPH}> {{ id:x akm:within id:y }} }}"
    typed = urllib.parse.urlencode({"update": insert, "dry-run": "true"}).encode()
    file = urllib.parse.quote(SHIPPED)
    for method, path, body, kind, sizes in (
        ("POST", "/update?dry-run", insert.encode(), UPDATE, (1, 0)),
        ("POST", "/update", typed, FORM, (1, 0)),
        ("POST", f"/data?{AT}&dry-run=true", NEW_SITE, TURTLE, (20, 0)),
        ("POST", "/data?dry-run", NEW_SITE, TURTLE, (20, 0)),
        ("PUT", "/data/test?dry-run=1", NEW_SITE, TURTLE, (20, 0)),
        ("PUT", f"/data?graph={file}&dry-run=1", NEW_SITE, TURTLE, (20, 3)),
        ("DELETE", f"/data?graph={file}&dry-run", b"", "", (0, 3)),
    ):
        found = told(plain.send(method, path, body, kind, accept="application/json"))
        assert (found["change"]["inserted"], found["change"]["deleted"]) == sizes
        assert found["revision"] == before[2]
        assert len(found["change"]["inserts"]) == sizes[0]
    assert state(plain) == before
    assert plain.send("GET", f"/data?{AT}").status == 404
    stored = plain.send("POST", "/update?dry-run=false", insert.encode(), UPDATE)
    assert json.loads(stored.body)["inserted"] == 1
    assert state(plain) != before


def test_a_dry_run_comes_in_the_form_asked_for(plain: Client) -> None:
    path = f"/data?{AT}&dry-run"
    for accept, kind, part in (
        ("*/*", "application/json", '"stored": false'),
        ("text/plain", "text/plain", "Preview: what would change?"),
        ("text/html", "text/html", "Probelauf: Was würde sich ändern?"),
        ("text/turtle", "text/turtle", "sh:conforms true"),
    ):
        answer = plain.send("PUT", path, NEW_SITE, TURTLE, accept=accept)
        assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, kind)
        assert part in answer.text
    assert plain.send("PUT", path, NEW_SITE, TURTLE, accept="image/png").status == 406


def test_a_new_site_changes_exactly_these_rows_of_cq16_and_cq17(ours: Client) -> None:
    before = state(ours)
    path = f"/data?{AT}&dry-run"
    found = told(ours.send("PUT", path, NEW_SITE, TURTLE, accept="application/json"))
    assert found["conforms"] is True
    assert found["entailed"]["inserted"] > 0
    answers = {each["id"]: each for each in found["answers"]}
    assert answers["CQ17"]["lost"]["bindings"] == [{"space": BOISHEIM, "fact": BOISHEIM}]
    assert answers["CQ17"]["gained"]["count"] == 0
    assert [row["district"] for row in answers["CQ16"]["gained"]["bindings"]] == [BOISHEIM]
    assert answers["CQ16"]["lost"]["count"] == 0
    assert state(ours) == before


def test_what_would_be_refused_is_no_error_but_told(ours: Client) -> None:
    operation = "id:test a akm:SiteOperation ; akm:operatedSite id:site-dueno"
    insert = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ {operation} }} }}"
    body = (PREFIXES + insert).encode()
    found = told(ours.send("POST", "/update?dry-run", body, UPDATE, accept="application/json"))
    assert found["conforms"] is False
    assert found["report"]["violations"] == len(
        [each for each in found["findings"] if each["severity"] == "violation"]
    )
    assert "CQ16" in {each["id"] for each in found["answers"]}
    assert ours.update(insert).status == 422


def test_what_cannot_be_tried_is_an_error_as_for_a_write(plain: Client) -> None:
    ontology = "https://w3id.org/akteursmodell/ontology/actors"
    for text, status in (
        ("INSERT DATA { <urn:a> }", 400),
        (f"INSERT DATA {{ GRAPH <{ontology}> {{ <urn:a> <urn:b> 1 }} }}", 403),
        ("LOAD <http://example.org/x.ttl> INTO GRAPH <urn:g>", 403),
    ):
        assert plain.send("POST", "/update?dry-run", text.encode(), UPDATE).status == status
    body = b"INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }"
    assert plain.send("POST", "/update?dry-run=maybe", body, UPDATE).status == 400
    assert plain.send("DELETE", "/data/nothing-here?dry-run").status == 404


def test_who_may_not_write_may_not_try(plain: Client) -> None:
    body = b"INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }"
    for token in ("", "wrong"):
        other = Client(plain.host, token)
        assert other.send("POST", "/update?dry-run", body, UPDATE).status == 401
        assert other.send("PUT", "/data/test?dry-run", NEW_SITE, TURTLE).status == 401
        typed = urllib.parse.urlencode({"token": token, "text": "x", "way": "add"}).encode()
        assert other.send("POST", "/preview", typed, FORM).status == 401


def test_the_page_tries_what_is_typed_and_keeps_it_in_the_form(ours: Client) -> None:
    asker = Client(ours.host, "")
    empty = asker.send("GET", "/preview", accept="text/html")
    assert empty.status == 200
    assert 'name="token"' in empty.text
    fields = {"token": TOKEN, "way": "add", "graph": GRAPH, "text": NEW_SITE.decode()}
    shown = asker.send("POST", "/preview", urllib.parse.urlencode(fields).encode(), FORM)
    page = html.unescape(shown.text)
    assert shown.status == 200
    assert "The change would be stored" in page
    assert 'id="CQ17"' in page
    assert NEW_SITE.decode().strip() in page
    assert TOKEN not in page
    wrong = {**fields, "way": "update", "text": "INSERT NONSENSE"}
    faulty = asker.send("POST", "/preview", urllib.parse.urlencode(wrong).encode(), FORM)
    assert faulty.status == 400
    assert "INSERT NONSENSE" in html.unescape(faulty.text)
    nowhere = {**fields, "graph": "sites"}
    answer = asker.send("POST", "/preview", urllib.parse.urlencode(nowhere).encode(), FORM)
    assert answer.status == 400


def test_a_writer_does_not_wait_for_a_dry_run() -> None:
    with serving(
        "--empty", "--default-graph", "strict",
        AKTEURSMODELL_TOKEN=TOKEN, AKTEURSMODELL_WRITE_TIMEOUT="4",
    ) as base:  # fmt: skip
        client = Client(base.removeprefix("http://"))
        many = " . ".join(f"<urn:s{n}> <urn:p> {n}" for n in range(400))
        client.update(f"INSERT DATA {{ {many} }}")
        slow = "INSERT { <urn:x> <urn:y> ?a } WHERE { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"
        answers: list[Answer] = []
        tried = threading.Thread(
            target=lambda: answers.append(
                client.send("POST", "/update?dry-run", slow.encode(), UPDATE)
            )
        )
        tried.start()
        time.sleep(0.5)
        started = time.monotonic()
        assert client.update("INSERT DATA { <urn:a> <urn:b> 1 }").status == 200
        waited = time.monotonic() - started
        assert tried.is_alive()
        tried.join(20)
        assert waited < 2
        assert answers[0].status == 503, "the deadline ends it"
        again = client.send("POST", "/update?dry-run", b"INSERT DATA { <urn:a> <urn:b> 2 }", UPDATE)
        assert (again.status, json.loads(again.body)["change"]["inserted"]) == (200, 1)


def test_a_write_that_is_refused_is_noted_with_its_duration_and_counts(ours: Client) -> None:
    insert = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ id:test-noted a akm:Task }} }}"
    assert ours.update(insert).status == 422
    noted = json.loads(ours.send("GET", "/validation/runs.json").body)["runs"]
    assert (noted[0]["kind"], noted[0]["errors"] > 0) == ("write", True)
    assert noted[0]["seconds"] > 0


def test_on_disk_too_nothing_is_stored_and_the_runs_outlive_the_service(tmp_path: Path) -> None:
    folder = tmp_path / "store"

    def on_disk() -> AbstractContextManager[str]:
        return serving(
            "--store", str(folder), AKTEURSMODELL_TOKEN=TOKEN, AKTEURSMODELL_REPLICA="disk"
        )

    path = f"/data?{AT}&dry-run"
    with on_disk() as base:
        client = Client(base.removeprefix("http://"))
        before = client.count("?s ?p ?o")
        for _ in range(2):
            found = told(client.send("PUT", path, NEW_SITE, TURTLE, accept="application/json"))
            lost = {each["id"]: each["lost"]["bindings"] for each in found["answers"]}
            assert lost["CQ17"] == [{"space": BOISHEIM, "fact": BOISHEIM}]
        assert client.count("?s ?p ?o") == before
    with on_disk() as base:
        client = Client(base.removeprefix("http://"))
        noted = json.loads(client.send("GET", "/validation/runs.json").body)["runs"]
        assert [each["kind"] for each in noted] == ["dry-run", "dry-run"]
        assert client.count("?s ?p ?o") == before
