"""My district: where one can go, who is in charge, what is under way, what is not known."""

import re

import pytest
from flask.testing import FlaskClient
from tests.graphs import graph
from tests.web.conftest import application

from akteursmodell.config import Settings
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import TYPE, NamedNode
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import find
from akteursmodell.vocabulary import ID, akm

HTML = {"Accept": "text/html"}


def section(html: str, title: str) -> str:
    """Return the part of a page under a heading of the second level."""
    return html.partition(title)[2].partition("<h2")[0]


def test_every_district_is_listed_with_what_is_documented(client: FlaskClient) -> None:
    html = client.get("/places").text
    listed = re.findall(r'<a href="/places/(district-[^"]+)"', html)
    assert listed == [
        "district-alt-viersen",
        "district-boisheim",
        "district-duelken",
        "district-suechteln",
    ]
    assert re.search(r"Boisheim: kein Standort belegt", html)
    assert "Dülken: 2 Standorte belegt" in html


@pytest.mark.parametrize("district", ["duelken", "alt-viersen", "suechteln", "boisheim"])
def test_the_sites_of_a_district_are_those_of_the_question(
    client: FlaskClient, shipped: EmbeddedStore, district: str
) -> None:
    answer = ask(shipped, find("CQ16"), {"district": f"district-{district}"})
    column = answer.columns.index("site")
    expected = {str(row[column]).strip("<>").removeprefix(ID) for row in answer.rows}
    html = client.get(f"/places/district-{district}").text
    part = section(html, '<h2 id="points">')
    shown = set(
        re.findall(r'<h3><a href="/doc/(site-[^"]+)"', part.partition("Für die ganze Stadt")[0])
    )
    assert shown <= expected
    assert expected - shown <= set(re.findall(r'<h3><a href="/doc/(site-[^"]+)"', part))


def test_a_site_has_address_provider_and_how_old_that_is(client: FlaskClient) -> None:
    html = client.get("/places/district-suechteln").text
    part = section(html, '<h2 id="points">')
    assert "Tönisvorster Straße 6, Viersen" in part
    assert "Stadt + Handel" in part
    assert "<strong>beendet</strong>" in part
    assert part.count("Für die ganze Stadt") <= 1


def test_a_district_without_a_site_is_not_said_to_have_none(client: FlaskClient) -> None:
    html = client.get("/places/district-boisheim").text
    assert "kein Standort belegt. Das heißt nicht, dass es keinen gibt." in html
    assert "Standort der Quartiersarbeit in Boisheim" in section(html, '<h2 id="list">')


def test_who_is_in_charge_is_told_with_the_task(client: FlaskClient) -> None:
    part = section(client.get("/places/district-duelken").text, "Wer ist zuständig?")
    assert "Jugendhilfeplanung" in part
    assert "freiwillige Aufgabe" in part
    assert "org-kempen" not in part
    assert "Wer über einzelne Anlaufstellen beschließt, ist nicht belegt" in part


def test_what_ends_at_a_place_is_told_there(client: FlaskClient) -> None:
    part = section(client.get("/places/district-duelken").text, "Was ist geplant")
    assert "Haushaltsmittel der Stadt für das DülkenBüro 2023 bis 2026" in part
    assert "mindestens 90.000 Euro im Jahr" in part
    assert "DülkenBüros" not in section(
        client.get("/places/district-suechteln").text, "Was ist geplant"
    )


def test_smaller_places_have_pages_too(client: FlaskClient) -> None:
    html = client.get("/places/district-alt-viersen").text
    for name in re.findall(
        r'href="(/places/(?:locality|neighbourhood|planning-area)-[^"]+)"', html
    ):
        assert client.get(name).status_code == 200
    assert "Heimer-Park-Treff" in client.get("/places/locality-heimer").text


@pytest.mark.parametrize("name", ["site-dueno", "org-town-viersen", "nothing", "a b", "district-x"])
def test_what_is_no_place_is_not_shown_as_one(client: FlaskClient, name: str) -> None:
    assert client.get(f"/places/{name}").status_code == 404


def test_unknown_operators_and_addresses_are_said_to_be_unknown(store: EmbeddedStore) -> None:
    graph(
        store,
        """
        akm:District rdfs:subClassOf akm:Space . akm:Site rdfs:subClassOf akm:Space .
        id:d a akm:District ; skos:prefLabel "Ort <i>"@de .
        id:s a akm:Site ; skos:prefLabel "Laden"@de ; akm:within id:d .
        id:o a akm:SiteOperation ; akm:operatedSite id:s .
        """,
    )
    html = application(store, Settings()).test_client().get("/places/d", headers=HTML).text
    assert "Ort &lt;i&gt;" in html
    assert "Anschrift nicht belegt" in html
    assert "Träger nicht belegt" in html
    assert "Standort, keine Anlaufstelle" in html


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_place_answers_where_who_what_is_planned_and_what_is_not_known(
    client: FlaskClient, shipped: EmbeddedStore, lang: str
) -> None:
    asked = {
        "de": ("Wohin kann ich gehen?", "Wer ist zuständig?", "Was ist geplant, was läuft?"),
        "en": ("Where can I go?", "Who is in charge?", "What is planned, what is under way?"),
    }[lang]
    unknown, decider = {
        "de": ("Was wir nicht wissen", "Wer über einzelne Anlaufstellen beschließt"),
        "en": ("What we do not know", "Who decides on single contact points"),
    }[lang]
    places = [
        str(quad.subject).strip("<>").removeprefix(ID)
        for kind in ("District", "Neighbourhood", "Locality", "PlanningArea")
        for quad in shipped.quads(predicate=TYPE, object=NamedNode(akm(kind)))
    ]
    assert len(places) > 30
    for place in places:
        answer = client.get(f"/places/{place}?lang={lang}")
        assert answer.status_code == 200, place
        for title in (*asked, unknown):
            part = re.sub(r"<[^>]+>", " ", section(answer.text.partition("<h1>")[2], title))
            assert len(part.split()) > 5, (place, title)
        assert decider in answer.text, place
        assert not re.search(r">\s*(None|[a-z]+-[a-z-]+)\s*<", answer.text.partition("<h1>")[2])


def test_every_contact_point_of_a_place_names_its_provider_or_that_none_is_documented(
    client: FlaskClient,
) -> None:
    for place in ("district-alt-viersen", "district-duelken", "district-suechteln"):
        sites = client.get(f"/places/{place}").text.partition('<ul class="sites">')[2]
        cards = sites.partition("</section>")[0].split('<h3><a href="/doc/site-')[1:]
        assert cards, place
        for card in cards:
            assert "/doc/operation-" in card or "ist nicht belegt" in card, card
