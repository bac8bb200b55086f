"""The pages as a whole: languages, headers, errors, and the small ones."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from akteursmodell.config import Settings
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.web import create_app
from akteursmodell.web.hyphens import soften
from akteursmodell.web.links import correction

PAGES = {
    "/": ("Wer macht was in Viersen?", "Who does what in Viersen?"),
    "/matrix": ("Akteursmatrix", "Actor matrix"),
    "/questions": ("Fragen und Antworten", "Questions and answers"),
    "/validation": ("Prüfbericht", "Data check"),
    "/preview": ("Probelauf: Was würde sich ändern?", "Preview: what would change?"),
    "/search": ("Suche", "Search"),
    "/about": ("Über die Daten", "About the data"),
    "/network": ("Zusammenarbeit", "Cooperation"),
    "/map": ("Orte und Anlaufstellen", "Places and contact points"),
    "/libraries": (
        "Programme anderer auf diesen Seiten",
        "Software of others on these pages",
    ),
    "/sparql": ("Abfrage (SPARQL)", "Query (SPARQL)"),
    "/ontology": ("Begriffe und Datenmodell", "Terms and data model"),
    "/tasks": ("Aufgaben und Zuständigkeiten", "Tasks and responsibilities"),
    "/deadlines": ("Fristen", "Deadlines"),
    "/places": ("Stadtteile und Anlaufstellen", "Districts and contact points"),
    "/history": ("Änderungen", "Changes"),
    "/gaps": ("Was wir nicht wissen", "What we do not know"),
    "/glossary": ("Wörter einfach erklärt", "Glossary"),
    "/accessibility": ("Barrierefreiheit", "Accessibility"),
    "/imprint": ("Impressum", "Imprint"),
    "/privacy": ("Datenschutz", "Privacy"),
}


# The one line below the title; a page may say more after it.
LEADS = {
    "/tasks": ("Wer muss, wer darf, wer wird gehört, wer zahlt", "Who must, who may, who is heard"),
    "/network": ("Wer arbeitet mit wem, auf welcher Grundlage", "Who works with whom"),
    "/map": ("Wohin kann ich mich wenden?", "Where can I turn to?"),
    "/places": ("Was gibt es in meinem Stadtteil?", "What is there in my district?"),
    "/deadlines": ("Was läuft aus, was ist zu beschließen", "What ends, what is to be decided"),
    "/gaps": ("Nicht überliefert, nicht belegt, widersprüchlich", "Lost, not documented"),
    "/about": ("Herkunft, Stand, Vollständigkeit, Lizenz", "Origin, state, completeness, licence"),
    "/sparql": ("Für Forschung und Entwicklung", "For research and development"),
}


@pytest.mark.parametrize(("path", "leads"), LEADS.items())
def test_the_line_below_a_title_tells_what_the_page_answers(
    client: FlaskClient, path: str, leads: tuple[str, str]
) -> None:
    for lang, lead in zip(("de", "en"), leads, strict=True):
        page = client.get(path, query_string={"lang": lang}).text
        assert re.search(rf'</h1>\s*<p class="lead">{re.escape(lead)}', page)


@pytest.mark.parametrize(("path", "titles"), PAGES.items())
def test_each_page_has_its_title_in_both_languages(
    client: FlaskClient, path: str, titles: tuple[str, str]
) -> None:
    for lang, title in zip(("de", "en"), titles, strict=True):
        answer = client.get(path, query_string={"lang": lang})
        assert answer.status_code == 200
        assert f'<html lang="{lang}">' in answer.text
        assert re.search(rf"<h1[^>]*>\s*{re.escape(title)}\s*</h1>", answer.text)
        assert f"<title>{title} – " in answer.text
        assert answer.headers["Content-Language"] == lang
        assert "Cookie" in answer.headers["Vary"]


def test_the_language_is_german_until_one_is_chosen_and_then_remembered(app: Flask) -> None:
    visitor = app.test_client()
    html = {"Accept": "text/html"}
    assert '<html lang="de">' in visitor.get("/about", headers=html).text
    assert '<html lang="en">' in visitor.get("/about?lang=en", headers=html).text
    assert '<html lang="en">' in visitor.get("/", headers=html).text
    assert '<html lang="en">' in visitor.get("/?lang=fr", headers=html).text


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/search?q=a%26b&lang=de", "/search?q=a%26b&amp;lang=en"),
        ("/questions/CQ16?district=district-duelken", "?district=district-duelken&amp;lang=en"),
        ("/about?endpoint=x&_external=1&_scheme=javascript", "_scheme=javascript&amp;lang=en"),
        ("/doc/org-vab?name=other", "/doc/org-vab?name=other&amp;lang=en"),
    ],
)
def test_the_switch_keeps_the_page_with_all_that_was_chosen(
    client: FlaskClient, path: str, link: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert f'{link}" lang="en"' in answer.text


def test_the_switch_never_leaves_the_host(client: FlaskClient) -> None:
    assert 'href="//' not in client.get("//example.org/x").text


def test_headers_allow_nothing_foreign(client: FlaskClient) -> None:
    headers = client.get("/matrix").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_an_unknown_page_is_told_in_the_reader_s_language(client: FlaskClient) -> None:
    german = client.get("/nope")
    assert german.status_code == 404
    assert "Diese Seite gibt es nicht." in german.text
    assert "There is no such page." in client.get("/nope?lang=en").text
    assert client.get("/nope", headers={"Accept": "application/json"}).json["status"] == 404  # type: ignore[index]


@pytest.mark.parametrize("accept", ["text/html", "application/json", "text/plain"])
def test_an_error_inside_tells_nothing_of_the_inside(
    store: EmbeddedStore,
    accept: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("/secret/path is gone")

    visitor = create_app(store, Settings()).test_client()
    monkeypatch.setattr(store, "query", broken)
    answer = visitor.get("/", headers={"Accept": accept})
    assert answer.status_code == 500
    assert answer.mimetype == accept
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "secret" in caplog.text


def test_pages_stand_on_an_empty_graph_too(store: EmbeddedStore) -> None:
    visitor = create_app(store, Settings(empty=True)).test_client()
    for path in (*set(PAGES) - {"/validation"}, "/questions/CQ16", "/deadlines.ics"):
        assert visitor.get(path, headers={"Accept": "text/html"}).status_code == 200, path


def test_health_tells_the_data_state(client: FlaskClient) -> None:
    answer = client.get("/health")
    assert answer.json == {"status": "ok", "revision": 1}


def test_robots_leave_queries_alone(client: FlaskClient) -> None:
    assert "Disallow: /sparql" in client.get("/robots.txt").text


def test_the_start_page_counts_and_is_honest_about_age(client: FlaskClient) -> None:
    page = client.get("/").text
    assert re.search(r"<dt>Standorte der Quartiersarbeit</dt>\s*<dd>12</dd>", page)
    assert "Vieles davon ist alt." in page
    assert 'href="/places/district-duelken"' in page


def test_about_names_sources_files_and_licence(client: FlaskClient) -> None:
    page = client.get("/about").text
    assert "CC BY 4.0" in page
    assert "data/viersen/sites.ttl" in page
    assert "Rheinische Post" in page
    assert "keine Adresse für Korrekturen" in page


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("", ""),
        ("Rathaus, Zimmer 1", ""),
        ("https://example.org/melden", "https://example.org/melden"),
        (
            "daten@example.org",
            "mailto:daten@example.org?subject=Korrektur%3A%20a%26b&body=https%3A//x/1%0A%0A",
        ),
    ],
)
def test_a_correction_goes_where_the_operator_says(contact: str, address: str) -> None:
    href = correction(contact, "Korrektur: a&b", "https://x/1")
    assert href.replace("https%3A%2F%2Fx%2F1", "https%3A//x/1") == address


def test_a_correction_names_the_thing(visit: FlaskClient) -> None:
    page = visit.get("/doc/site-treff").text
    assert "mailto:daten@example.org?subject=Korrektur%3A%20Treff" in page
    assert "site-treff%0A%0A" in page
    assert "data/test.ttl" in page


@pytest.mark.parametrize(
    ("text", "soft"),
    [
        ("Wohnungswirtschaft", "Wohnungs|wirtschaft"),
        ("Gemeinwesenarbeit in Quartier A", "Gemein|wesen|arbeit in Quartier A"),
        ("Rat", "Rat"),
        ("Süchtelnbüro", "Süchtelnbüro"),
    ],
)
def test_long_words_may_break_at_their_joints(text: str, soft: str) -> None:
    assert soften(text) == soft.replace("|", "\N{SOFT HYPHEN}")


def test_a_query_that_fails_stays_in_the_form_with_what_is_wrong(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": "SELECT * {\n  ?s amk:p <x> }"})
    assert answer.status_code == 400
    assert "?s amk:p &lt;x&gt; }</textarea>" in answer.text
    assert "<pre>  ?s amk:p &lt;x&gt; }\n     ^</pre>" in answer.text
    assert "vielleicht akm:?" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_graph_and_what_was_added_or_is_unknown_are_shown(client: FlaskClient) -> None:
    query = "CONSTRUCT WHERE { akm:Actr ?p ?o }"
    page = client.get("/sparql", query_string={"query": query}).text
    assert "Ergebnis: ein Graph" in page
    assert "Meinten Sie akm:Actor?" in page
    assert "<code>akm:</code>" in page
    rows = client.get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"}).text
    assert "mehr als 500 Zeilen" in rows
