"""The pages of the questions: forms, answers with evidence, downloads, and wrong requests."""

import ast
import csv
import io
import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from akteursmodell.questions.catalogue import catalogue
from akteursmodell.questions.finding import THEMES, USERS


def test_the_list_shows_every_question_with_its_theme(client: FlaskClient) -> None:
    page = client.get("/questions").text
    for question in catalogue().values():
        assert f'href="/questions/{question.id}"' in page
    assert f"{len(catalogue())} geprüfte Fragen an die Daten" in page
    assert {tag for question in catalogue().values() for tag in question.tags} <= set(THEMES)
    assert "Orte und Anlaufstellen" in page


@pytest.mark.parametrize("question", catalogue())
@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_question_has_an_answer_page(client: FlaskClient, question: str, lang: str) -> None:
    answer = client.get(f"/questions/{question}", query_string={"lang": lang})
    assert answer.status_code == 200
    assert re.search(r"<h2 id=\"answer\">(Antwort|Answer): ", answer.text)
    assert "In der Abfrageseite öffnen" in answer.text or "Open in the query page" in answer.text


def test_an_answer_has_labels_with_links_dates_in_words_and_evidence(client: FlaskClient) -> None:
    page = client.get("/questions/CQ16?district=district-duelken").text
    assert '<a href="/doc/site-dueno">DüNo</a>' in page
    assert '<option value="district-duelken" selected>Dülken</option>' in page
    assert "Januar 2011" in page
    assert "2011-01" not in page
    assert "aus anderer Quelle" in page
    assert "Wie vollständig ist das?" in page
    assert 'name="lang"' not in page


def test_the_number_of_rows_is_told_in_words(client: FlaskClient) -> None:
    page = client.get("/questions/CQ16?district=district-duelken").text
    rows = page.count('<tr role="row">') - 1
    assert f"Antwort: {rows} Zeilen" in page


def test_an_empty_answer_says_that_nothing_is_documented_not_that_there_is_nothing(
    client: FlaskClient,
) -> None:
    page = client.get("/questions/CQ09?task=org-gwg").text
    assert "Antwort: keine Zeile" in page
    assert "nicht dass es nichts gibt" in page
    assert '<a href="/questions/CQ09">Ohne Auswahl fragen</a>' in page
    assert '<option value="org-gwg" selected>' in page
    assert "Wie vollständig ist das?" in client.get("/questions/CQ13").text


@pytest.mark.parametrize("typed", ["district-dulken", "duelken", "Dülken"])
def test_a_value_that_nobody_knows_is_said_with_the_nearest_choices(
    client: FlaskClient, typed: str
) -> None:
    page = client.get("/questions/CQ16", query_string={"district": typed})
    assert page.status_code == 200
    assert f"„{typed}“ kennen die Daten nicht" in page.text
    assert '<li><a href="/questions/CQ16?district=district-duelken">Dülken</a></li>' in page.text
    assert "Antwort: keine Zeile" in page.text
    for ending in ("csv", "json"):
        answer = client.get(f"/questions/CQ16.{ending}", query_string={"district": typed})
        assert answer.status_code == 400
        assert "district-duelken (Dülken)" in answer.text


def test_where_nothing_is_near_some_choices_are_told(client: FlaskClient) -> None:
    page = client.get("/questions/CQ16?district=nowhere").text
    assert "Meinten Sie:" in page
    assert page.count('<li><a href="/questions/CQ16?district=district-') == 3
    assert "kennen die Daten nicht" not in client.get("/questions/CQ16?district=org-gwg").text


def test_the_query_can_be_opened_with_its_values_in_it(client: FlaskClient) -> None:
    page = client.get("/questions/CQ16?district=district-duelken").text
    match = re.search(r'href="(/sparql\?query=[^"]+)"', page)
    assert match
    answer = client.get(match[1].replace("&amp;", "&"))
    assert answer.status_code == 200
    assert "district-duelken" in answer.text
    assert "#+" not in answer.text


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/questions/CQ99", 404, "CQ16"),
        ("/questions/CQ99.csv", 404, "CQ16"),
        ("/questions/CQ16?colour=red", 400, "district"),
        ("/questions/CQ16.json?colour=red", 400, "district"),
        ("/questions/CQ16?district=%3Cscript%3E", 400, "district-duelken"),
        ("/questions/CQ16?district=x%3E%20%3Fa%20%3Fb", 400, "district-duelken"),
    ],
)
def test_a_wrong_request_is_told_with_what_exists(
    client: FlaskClient, path: str, status: int, words: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert words in answer.text
    assert "<script" not in answer.text


def test_an_empty_field_asks_for_all(client: FlaskClient) -> None:
    all_rows = client.get("/questions/CQ16.csv").text
    assert client.get("/questions/CQ16.csv?district=").text == all_rows


def test_the_csv_is_the_answer_with_headings_and_evidence(client: FlaskClient) -> None:
    answer = client.get("/questions/CQ16.csv?district=district-duelken&lang=en")
    assert answer.mimetype == "text/csv"
    assert 'filename="CQ16.csv"' in answer.headers["Content-Disposition"]
    head, *rows = csv.reader(io.StringIO(answer.text))
    assert head[0] == "site"
    assert head[-1] == "Evidence"
    assert all(len(row) == len(head) for row in rows)
    assert any(row[0].startswith("DüNo") for row in rows)
    assert all("from another source" in row[-1] for row in rows)


def test_the_json_keeps_addresses_beside_labels(client: FlaskClient) -> None:
    body = json.loads(client.get("/questions/CQ16.json?district=district-duelken").data)
    assert body["question"] == "CQ16"
    assert body["parameters"] == {"district": "district-duelken"}
    assert body["revision"] == 1
    sites = {row["site"][0]["iri"].rsplit("/", 1)[-1] for row in body["rows"]}
    assert {"site-dueno", "site-duelkenbuero"} <= sites
    assert all(row["evidence"] and row["fact"] for row in body["rows"])


def test_a_long_answer_has_pages_that_hold_each_row_once(client: FlaskClient) -> None:
    path, found, total = "/questions/CQ43", 0, 0
    while path:
        html = client.get(path).text
        found += html.count('<tr role="row">') - 1
        total = int(re.search(r"Antwort: ([\d.]+) Zeile", html)[1].replace(".", ""))  # type: ignore[index]
        after = re.search(r'<a href="([^"]+)" rel="next">', html)
        path = after[1].replace("&amp;", "&") if after else ""
    assert total > 60
    assert found == total


def test_the_lines_for_curl_and_r_fetch_this_answer(client: FlaskClient) -> None:
    html = client.get("/questions/CQ16?district=district-duelken").text
    addresses = re.findall(r"http://localhost(/questions/CQ16\.csv\?[^&#'\"]+)", html)
    assert len(addresses) == 2
    wanted = client.get("/questions/CQ16.csv?district=district-duelken").text
    assert all(client.get(address).text == wanted for address in addresses)


@pytest.mark.parametrize("question", catalogue())
def test_the_lines_for_python_are_python_with_the_query_unchanged(
    client: FlaskClient, question: str
) -> None:
    html = client.get(f"/questions/{question}").text
    lines = re.search(r">Python .*?</p>\s*<pre tabindex=\"0\"><code>(.+?)</code>", html, re.DOTALL)
    assert lines
    read = ast.parse(unescape(lines[1]))
    texts = [n.value for n in ast.walk(read) if isinstance(n, ast.Constant) and n.value]
    shown = re.findall(r"<pre tabindex=\"0\"><code>(.+?)</code>", html, re.DOTALL)[-1]
    assert unescape(shown).strip() in [str(text).strip() for text in texts]


def test_the_permanent_link_names_day_and_data_state_and_answers_the_same(
    client: FlaskClient,
) -> None:
    page = client.get("/questions/CQ16?district=district-duelken").text
    link = re.search(r'class="permanent" href="http://localhost([^"]+)"', page)
    assert link
    path = unescape(link[1])
    assert "revision=1" in path
    assert re.search(r"day=\d{4}-\d\d-\d\d", path)
    again = client.get(path).text
    table = re.compile(r"<tbody.*?</tbody>", re.DOTALL)
    assert re.sub(r"&amp;day=[\d-]+", "", table.findall(again)[0]) == table.findall(page)[0]
    assert "Alter Stand" not in again
    assert client.get("/questions/CQ16?revision=7").status_code == 404
    assert client.get("/questions/CQ16?revision=x").status_code == 400


def listed(client: FlaskClient, **asked: str) -> list[str]:
    page = client.get("/questions", query_string=asked).text
    main = page[page.index("<main") : page.index("</main>")]
    return re.findall(r'href="/questions/(CQ\d\d)"', main)


def test_the_list_can_be_searched_in_words_and_narrowed(client: FlaskClient) -> None:
    assert "CQ16" in listed(client, q="Standorte im Quartier")[:3]
    assert set(listed(client, theme="places")) == {
        question.id for question in catalogue().values() if "places" in question.tags
    }
    for user in USERS:
        some = listed(client, user=user)
        assert 0 < len(some) < len(catalogue())
        assert set(listed(client, user=user, q="Aufgabe")) <= set(some)
    assert len(listed(client, user="nobody", theme="nothing")) == len(catalogue())
    page = client.get("/questions?q=Raumschiff").text
    assert "Keine Frage hat eines dieser Wörter" in page
    assert 'href="/search?q=Raumschiff"' in page
    assert "<script" not in client.get("/questions?q=<script>alert(1)</script>").text
