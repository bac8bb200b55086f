"""What is not known, contradictory, old or lost, and how a visitor says what they know."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from tests.graphs import graph
from tests.web.conftest import application

from akteursmodell.analysis.open_points import open_points, stale_statements
from akteursmodell.analysis.unknowns import knowledge_gaps
from akteursmodell.config import Settings
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import local_name
from akteursmodell.vocabulary import ID
from akteursmodell.web.paging import LENGTH

HTML = {"Accept": "text/html"}


def listed(client: FlaskClient, path: str) -> list[str]:
    """Return the entries that all parts of a list offer a way to speak about."""
    found: list[str] = []
    while path:
        html = client.get(path).text
        found += re.findall(r'<a class="know" href="/tell/([^"]+)"', html)
        after = re.search(r'<a href="([^"]+)" rel="next">', html)
        path = after[1].replace("&amp;", "&") if after else ""
    return found


def test_every_gap_is_listed_once_with_a_way_to_speak_about_it(
    client: FlaskClient, shipped: EmbeddedStore
) -> None:
    gaps = [local_name(gap.name.iri) for gap in knowledge_gaps(shipped, "de")]
    assert len(gaps) > LENGTH
    assert sorted(listed(client, "/gaps")) == sorted(gaps)


@pytest.mark.parametrize(("show", "kind"), [("conflict", "conflict"), ("lost", "lost")])
def test_contradictions_and_losses_are_listed_too(
    client: FlaskClient, shipped: EmbeddedStore, show: str, kind: str
) -> None:
    expected = [p.name.iri for p in open_points(shipped, "de") if p.kind == kind]
    assert expected
    assert sorted(listed(client, f"/gaps?show={show}")) == sorted(map(local_name, expected))


def test_old_statements_are_listed_the_oldest_first_and_undated_ones_last(
    client: FlaskClient, shipped: EmbeddedStore
) -> None:
    old = stale_statements(shipped, "de", date.today())
    dated = [each.attested for each in old if each.attested]
    assert dated == sorted(dated)
    assert [bool(each.attested) for each in old].index(False) == len(dated)
    names = listed(client, "/gaps?show=stale")
    assert names == [local_name(each.name.iri) for each in old]


def test_a_contract_with_a_later_end_is_not_an_old_statement(shipped: EmbeddedStore) -> None:
    names = {local_name(e.name.iri) for e in stale_statements(shipped, "de", date(2026, 11, 25))}
    assert "agreement-heimer-park-treff" in names
    assert "agreement-duelkenbuero" not in names
    assert "agreement-suechtelnbuero-stadt-handel" not in names


def test_words_and_who_could_know_narrow_the_list(
    client: FlaskClient, shipped: EmbeddedStore
) -> None:
    found = listed(client, "/gaps?q=duelkenbuero&who=org-town-viersen")
    assert "gap-duelkenbuero-after-2026" in found
    assert "gap-gwg-figures-after-2019" not in found
    could = {local_name(g.name.iri) for g in knowledge_gaps(shipped, "de")
             if ID + "org-gwg" in {piece.iri for piece in g.could_know}}  # fmt: skip
    assert could
    assert set(listed(client, "/gaps?who=org-gwg")) == could


def test_an_empty_list_does_not_say_that_everything_is_known(client: FlaskClient) -> None:
    page = client.get("/gaps?q=xyzzy").text
    assert "Das heißt nicht, dass alles bekannt ist." in page


def test_an_unknown_kind_and_a_page_beyond_the_end_are_met_kindly(client: FlaskClient) -> None:
    assert client.get("/gaps?show=x").status_code == 404
    last = client.get("/gaps?page=9999").text
    assert "nächste Seite" not in last
    assert 'class="unknowns"' in last
    assert client.get("/gaps?page=%C2%B2").status_code == 200


def test_without_an_address_nobody_is_led_to_believe_that_a_message_arrives(
    client: FlaskClient,
) -> None:
    page = client.get("/tell/gap-duelkenbuero-after-2026").text
    assert "hat keine Adresse für Hinweise angegeben" in page
    assert "mailto:" not in page
    assert "<textarea" in page
    assert "hat noch keine Adresse angegeben" in client.get("/gaps").text


def test_a_prepared_message_names_the_entry_and_asks_for_the_source(visit: FlaskClient) -> None:
    page = visit.get("/tell/gap-1", headers=HTML).text
    href = re.search(r'<a class="button" href="(mailto:[^"]+)"', page)
    assert href
    parts = urlsplit(href[1].replace("&amp;", "&"))
    assert parts.path == "daten@example.org"
    query = parse_qs(parts.query)
    assert query["subject"] == ["Hinweis zu: Wer das bezahlt"]
    assert "https://w3id.org/akteursmodell/id/gap-1" in query["body"][0]
    assert "Woher ich es weiß" in query["body"][0]
    assert "Verein &lt;b&gt;Süd&lt;/b&gt;" in page
    assert "hat noch keine Adresse" not in visit.get("/gaps", headers=HTML).text


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        ("https://example.org/melden", "Zur Adresse für Hinweise"),
        ("Rathaus", "nimmt entgegen: Rathaus"),
    ],
)
def test_other_kinds_of_address_are_told_too(
    store: EmbeddedStore, contact: str, words: str
) -> None:
    graph(store, 'id:gap-1 a akm:KnowledgeGap ; skos:prefLabel "Wer zahlt"@de .')
    page = (
        application(store, Settings(contact=contact)).test_client().get("/tell/gap-1", headers=HTML)
    )
    assert words in page.text


def test_there_is_nothing_to_tell_about_what_does_not_exist(client: FlaskClient) -> None:
    assert client.get("/tell/nothing").status_code == 404
