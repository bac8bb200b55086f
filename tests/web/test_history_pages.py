"""The pages of the history: list, difference, forms for machines, and since when."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from flask.testing import FlaskClient
from tests.updates.writing import WritingGate
from tests.web.conftest import SMALL
from tests.web.test_crawl import Page

from akteursmodell.config import Settings
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.history.journal import Journal
from akteursmodell.history.ledger import Ledger
from akteursmodell.updates.gate import Signature
from akteursmodell.validation.report import nothing_to_check
from akteursmodell.vocabulary import ID, PREFIXES
from akteursmodell.web import create_app

ATOM = "{http://www.w3.org/2005/Atom}"
G = "https://w3id.org/akteursmodell/data/test"
LOCAL = "http://localhost/history"
BLOCK = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
CHANGE = (
    f'DELETE DATA {{ GRAPH <{G}> {{ id:site-treff skos:altLabel "Alter Treff"@de }} }} ; '
    f'INSERT DATA {{ GRAPH <{G}> {{ id:site-treff skos:altLabel "<b>Neu</b>"@de }} }}'
)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[WritingGate, FlaskClient]]:
    """Three data states: a small graph, a change of one name, and its undoing."""
    file = tmp_path / "journal"
    ledger = Ledger(EmbeddedStore.in_memory(), Journal.open(file))
    gate = WritingGate(ledger, validator=lambda *_: nothing_to_check())
    start = f"INSERT DATA {{ GRAPH <{G}> {{ {SMALL} }} }}"
    gate.update(
        BLOCK + start, signature=Signature("anna", "Erste Fassung", "https://example.org/s")
    )
    gate.update(BLOCK + CHANGE, signature=Signature("ben", "Neuer Name"))
    gate.undo(2, Signature("anna", "Doch nicht"))
    app = create_app(ledger.engine, Settings(), file)
    with app.test_client() as visitor:
        visitor.environ_base["HTTP_ACCEPT"] = "text/html"
        yield gate, visitor
    ledger.close()


@pytest.fixture
def visitor(made: tuple[WritingGate, FlaskClient]) -> FlaskClient:
    return made[1]


def text(visitor: FlaskClient, path: str, **headers: str) -> str:
    answer = visitor.get(path, headers=headers)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def listed(html: str) -> list[str]:
    return re.findall(r'data-head="(?:Datenstand|Data state)"><a href="/history/(\d+)">', html)


def test_the_list_is_newest_first_and_can_be_filtered(visitor: FlaskClient) -> None:
    assert listed(text(visitor, "/history")) == ["3", "2", "1"]
    assert listed(text(visitor, "/history?author=ben")) == ["2"]
    assert listed(text(visitor, "/history?before=3")) == ["2", "1"]
    assert listed(text(visitor, f"/history?graph={G}")) == ["3", "2", "1"]
    assert listed(text(visitor, "/history?graph=urn:other")) == []
    assert "Neuer Name" in text(visitor, "/history")


def test_long_lists_have_pages(made: tuple[WritingGate, FlaskClient]) -> None:
    gate, visitor = made
    for number in range(60):
        change = f'INSERT DATA {{ GRAPH <{G}> {{ <urn:x> <urn:y> "{number}" }} }}'
        gate.update(change, signature=Signature("ben", f"Nummer {number}"))
    first = text(visitor, "/history")
    assert len(listed(first)) == 50
    (older,) = re.findall(r'rel="next" href="([^"]+)"', first)
    assert listed(text(visitor, older.replace("&amp;", "&")))[0] == "13"


def test_a_data_state_shows_what_was_added_and_removed_with_names(visitor: FlaskClient) -> None:
    html = text(visitor, "/history/2")
    assert re.search(r"<h3><a href=\"/doc/site-treff\">Treff</a></h3>", html)
    assert re.search(r"<del>Alter Treff</del>", html)
    assert re.search(r"<ins>&lt;b&gt;Neu&lt;/b&gt;</ins>", html)
    assert "ben" in html
    assert "Neuer Name" in html
    assert "https://example.org/s" in text(visitor, "/history/1")
    assert re.search(r"nimmt zurück</dt><dd><a href=\"/history/2\">", text(visitor, "/history/3"))


def test_two_data_states_can_be_compared(visitor: FlaskClient) -> None:
    html = text(visitor, "/history/3?since=1")
    assert "<ins>" not in html
    assert "<ins>" in text(visitor, "/history/2?since=0")
    assert visitor.get("/history/3?since=99").status_code == 404


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("path", ["/history", "/history/1", "/history/3", "/doc/site-treff"])
def test_pages_are_whole_in_both_languages(visitor: FlaskClient, path: str, lang: str) -> None:
    html = text(visitor, f"{path}?lang={lang}")
    assert Page(html).faults == []
    assert f'<html lang="{lang}">' in html
    assert not re.search(r">\s*None\s*<|Undefined", html)


@pytest.mark.parametrize(
    "path", ["/history/9", "/history/0", "/history/9.ttl", "/history/9/data.nq"]
)
def test_what_does_not_exist_is_not_found(visitor: FlaskClient, path: str) -> None:
    assert visitor.get(f"/history/{path}").status_code == 404


def test_a_change_is_given_as_rdf_patch(visitor: FlaskClient) -> None:
    patch = text(visitor, "/history/2.rdfp")
    thing, name = f"<{ID}site-treff>", "<http://www.w3.org/2004/02/skos/core#altLabel>"
    assert patch.splitlines() == [
        f"H id <{LOCAL}/2> .",
        f"H prev <{LOCAL}/1> .",
        "TX .",
        f'D {thing} {name} "Alter Treff"@de <{G}> .',
        f'A {thing} {name} "<b>Neu</b>"@de <{G}> .',
        "TC .",
    ]
    asked = visitor.get("/history/2", headers={"Accept": "application/rdf-patch"})
    assert asked.mimetype == "application/rdf-patch"
    assert asked.get_data(as_text=True) == patch


def test_a_data_state_is_described_in_prov(visitor: FlaskClient) -> None:
    prov = rdflib.PROV
    graph = rdflib.Graph().parse(
        data=text(visitor, "/history/3", Accept="text/turtle"), format="turtle"
    )
    state, before = rdflib.URIRef(f"{LOCAL}/3"), rdflib.URIRef(f"{LOCAL}/2")
    assert graph.value(state, prov.wasRevisionOf) == before
    work = graph.value(state, prov.wasGeneratedBy)
    assert graph.value(work, rdflib.RDFS.comment) == rdflib.Literal("Doch nicht")
    assert set(graph.objects(work, prov.used)) == {before}
    agent = graph.value(state, prov.wasAttributedTo)
    assert graph.value(agent, rdflib.RDFS.label) == rdflib.Literal("anna")
    first = rdflib.Graph().parse(data=text(visitor, "/history/1.ttl"), format="turtle")
    source = first.value(rdflib.URIRef(f"{LOCAL}/1"), prov.hadPrimarySource)
    assert source == rdflib.URIRef("https://example.org/s")


def test_the_feed_names_each_data_state(visitor: FlaskClient) -> None:
    feed = ET.fromstring(text(visitor, "/history.atom"))
    entries = feed.findall(f"{ATOM}entry")
    assert [each.findtext(f"{ATOM}id") for each in entries] == [f"{LOCAL}/{n}" for n in (3, 2, 1)]
    assert [each.findtext(f"{ATOM}author/{ATOM}name") for each in entries] == [
        "anna",
        "ben",
        "anna",
    ]
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")


def test_all_data_of_a_data_state_can_be_had(visitor: FlaskClient) -> None:
    first, second, third = (
        set(text(visitor, f"/history/{number}/data.nq").splitlines()) for number in (1, 2, 3)
    )
    assert first == third
    assert len(first) > 20
    assert {re.sub(r".*> (.*) <.*", r"\1", line) for line in first ^ second} == {
        '"Alter Treff"@de',
        '"<b>Neu</b>"@de',
    }


def test_a_thing_says_since_when_its_statements_stand_there(visitor: FlaskClient) -> None:
    html = text(visitor, "/doc/site-treff")
    section = html[html.index("Verlauf: seit wann") :]
    now, _, changes = section.partition("Änderungen an diesem Eintrag")
    assert now.index("Doch nicht") < now.index("Erste Fassung")
    assert "Neuer Name" not in now
    assert re.findall(r'href="/history/(\d)"', changes) == ["3", "2", "1"]
    assert "ben: Neuer Name" in changes
    told = visitor.get(f"/history/blame?thing={ID}site-treff").get_json()
    assert [each["revision"] for each in told] == [3, 1]
    assert told[0]["author"] == "anna"
    assert [re.findall('"(.*)"', line) for line in told[0]["statements"]] == [["Alter Treff"]]
    assert visitor.get("/history/blame?thing=urn:nobody").status_code == 404
    assert visitor.get("/history/blame").status_code == 400


def test_a_page_tells_how_a_data_state_is_undone_where_nobody_may_write(
    visitor: FlaskClient,
) -> None:
    assert 'href="/history/1/undo"' in text(visitor, "/history/1")
    html = text(visitor, "/history/1/undo?lang=en")
    assert "This service is read-only" in html
    assert 'akteursmodell undo 1 -m "…"' in html
    assert 'method="post"' not in html
    assert visitor.get("/history/9/undo").status_code == 404


def test_what_was_changed_since_cannot_be_undone_and_the_page_says_so(
    made: tuple[WritingGate, FlaskClient],
) -> None:
    _, visitor = made
    html = text(visitor, "/history/2/undo")
    assert 'role="alert"' in html
    assert "Inzwischen geändert" in html


def test_a_release_offers_no_undo(made: tuple[WritingGate, FlaskClient]) -> None:
    gate, visitor = made
    change = f'INSERT DATA {{ GRAPH <{G}> {{ <urn:x> <urn:y> "z" }} }}'
    gate.update(change, signature=Signature("release", "Version 2"))
    assert "/history/4/undo" not in text(visitor, "/history/4")
    html = text(visitor, "/history/4/undo")
    assert "kam mit der Software" in html
    assert "akteursmodell undo" not in html


def test_an_undo_needs_the_token(visitor: FlaskClient) -> None:
    assert visitor.post("/history/2/undo").status_code == 403
