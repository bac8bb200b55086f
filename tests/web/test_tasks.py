"""Tasks and responsibilities: the table of letters, what is open, and the tasks one by one."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from tests.graphs import graph
from tests.web.conftest import application

from akteursmodell.analysis.responsibilities import board
from akteursmodell.config import Settings
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import find
from akteursmodell.vocabulary import ID

HTML = {"Accept": "text/html"}
TODAY = date(2026, 11, 25)
ON = "day=2026-11-25"


class Table(HTMLParser):
    """The letters of the table by task and actor, and all the words of the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.letters: dict[tuple[str, str], list[str]] = {}
        self._task = self._actor = ""
        self._in = ""
        self.feed(html.partition('<table class="rows board"')[2].partition("</table>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "th" and given.get("scope") == "row":
            self._in, self._task = "row", ""
        elif tag == "span" and self._in == "row":
            self._in = ""
        elif tag == "td":
            self._actor = given.get("data-head") or ""
        elif tag == "abbr":
            self._in = "letter"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "abbr"):
            self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "row":
            self._task = (self._task + data).strip()
        elif self._in == "letter":
            self.letters.setdefault((self._task, self._actor), []).append(data)


def table(client: FlaskClient, query: str = ON) -> dict[tuple[str, str], list[str]]:
    return Table(client.get(f"/tasks?{query}").text).letters


def test_the_letters_are_those_of_the_model(client: FlaskClient) -> None:
    found = table(client)
    assert found["Örtliche Planung (Pflege)", "Kreis Viersen"] == ["G", "P", "Ab"]
    assert found[
        "Örtliche Planung (Pflege)", "Kreisangehörige Städte und Gemeinden des Kreises Viersen"
    ] == ["E"]
    assert found["Jugendhilfeplanung", "Stadt Viersen"] == ["G", "P"]
    assert found["Quartiersmanagement", "Stadt Viersen"] == ["F"]
    assert found["Gemeinwesenarbeit", "Caritas"] == ["A"]


def test_every_responsibility_of_the_day_stands_in_table_or_list(
    client: FlaskClient, shipped: EmbeddedStore
) -> None:
    html = client.get(f"/tasks?{ON}").text
    facts = {entry.fact for task in board(shipped, "de", TODAY).tasks for entry in task.entries}
    assert len(facts) > 30
    for fact in facts:
        assert f'href="/doc/{fact.removeprefix(ID)}"' in html


def test_raci_is_a_second_view_and_says_where_it_does_not_fit(client: FlaskClient) -> None:
    found = table(client, f"{ON}&view=raci")
    assert found["Jugendhilfeplanung", "Stadt Viersen"] == ["A", "[P]"]
    assert found["Gemeinwesenarbeit", "Caritas"] == ["R"]
    assert "die Zuordnung ist eine Annäherung" in client.get("/tasks?view=raci").text


def test_the_table_is_that_of_the_day(client: FlaskClient) -> None:
    planning = "Jugendhilfeplanung"
    assert (planning, "Stadt Nettetal") in table(client)
    assert (planning, "Stadt Nettetal") not in table(client, "day=2010-01-01")
    assert ("Quartiersmanagement", "Stadt Viersen") not in table(client, "day=2028-01-01")


def test_a_county_or_town_narrows_the_table_to_its_own(client: FlaskClient) -> None:
    found = table(client, f"{ON}&body=org-county-viersen")
    actors = {actor for _, actor in found}
    assert "Kreis Viersen" in actors
    assert any(actor.startswith("Abteilung 50/3") for actor in actors)
    assert "Kreisangehörige Städte und Gemeinden des Kreises Viersen" in actors
    assert "Stadt Kempen" not in actors


def test_the_title_names_what_was_chosen(client: FlaskClient) -> None:
    for query, title in (
        ("", "Aufgaben und Zuständigkeiten – "),
        ("kind=obligation-voluntary", "Aufgaben und Zuständigkeiten: freiwillige Aufgabe – "),
        (
            "body=org-town-viersen&view=raci",
            "Aufgaben und Zuständigkeiten, Stadt Viersen (RACI) – ",
        ),
    ):
        assert f"<title>{title}" in client.get(f"/tasks?{query}").text


def test_kind_of_obligation_and_of_planning_narrow_the_tasks(client: FlaskClient) -> None:
    voluntary = client.get(f"/tasks?{ON}&kind=obligation-voluntary").text
    assert 'id="task-neighbourhood-work"' in voluntary
    assert 'id="task-care-planning"' not in voluntary
    strategic = client.get(f"/tasks?{ON}&mode=planning-strategic").text
    assert 'id="task-health-reporting"' in strategic
    assert 'id="task-care-planning"' not in strategic


def test_tasks_without_anyone_responsible_are_those_of_the_question(
    client: FlaskClient, shipped: EmbeddedStore
) -> None:
    answer = ask(shipped, find("CQ14"), {"day": "2026-11-25"})
    tasks = {
        str(row[answer.columns.index("task")]).strip("<>").removeprefix(ID) for row in answer.rows
    }
    assert tasks
    html = client.get(f"/tasks?{ON}").text
    part = html.partition('<h2 id="open">')[2].partition("<h3>Zwei")[0]
    assert set(re.findall(r'<li><strong><a href="/doc/([^"]+)"', part)) == tasks
    assert html.count("⊘ niemand als zuständig belegt") == len(answer.facts)


SMALL = """
akm:responsibility-overall skos:inScheme akm:responsibility-kinds ; skos:notation "G" ;
    akm:position 1 ; skos:prefLabel "trägt die Gesamtverantwortung"@de .
akm:obligation-mandatory akm:imposesDuty true ; skos:prefLabel "Pflicht"@de .
akm:Municipality rdfs:subClassOf akm:TerritorialAuthority .
id:org-a a akm:Municipality ; skos:prefLabel "Stadt A"@de .
id:org-b a akm:Municipality ; skos:prefLabel "Stadt <b>B</b>"@de .
id:area-a a akm:AdministrativeArea .
id:task-x a akm:Task ; skos:prefLabel "Aufgabe X"@de .
id:law-1 a akm:LegalResource ; akm:citation "§ 1 Gesetz" .
id:law-2 a akm:LegalResource ; akm:citation "§ 2 Satzung" .
id:obligation-x a akm:Obligation ; akm:forTask id:task-x ; akm:obligatedBody id:org-a ;
    akm:obligationKind akm:obligation-mandatory .
id:responsibility-a a akm:Responsibility ; akm:forTask id:task-x ; akm:bearer id:org-a ;
    akm:responsibilityKind akm:responsibility-overall ; akm:inSpace id:area-a ;
    akm:legalBasis id:law-1 .
id:responsibility-b a akm:Responsibility ; akm:forTask id:task-x ; akm:bearer id:org-b ;
    akm:responsibilityKind akm:responsibility-overall ; akm:inSpace id:area-a ;
    akm:legalBasis id:law-2 .
"""


@pytest.fixture
def small(store: EmbeddedStore) -> FlaskClient:
    graph(store, SMALL)
    return application(store, Settings()).test_client()


def test_two_leads_are_shown_with_both_norms(small: FlaskClient) -> None:
    part = small.get("/tasks", headers=HTML).text.partition("Zwei Gesamtverantwortungen")[2]
    part = part.partition("<h3>")[0]
    assert '<span class="amount">1</span>' in part
    for words in (
        "Aufgabe X",
        "Stadt A",
        "§ 1 Gesetz",
        "Stadt &lt;b&gt;B&lt;/b&gt;",
        "§ 2 Satzung",
    ):
        assert words in part


def test_a_duty_without_a_norm_is_marked(small: FlaskClient) -> None:
    part = small.get("/tasks", headers=HTML).text.partition("Pflicht ohne Norm")[2]
    assert "keine Rechtsgrundlage belegt" in part.partition("<h3>")[0]


def test_money_that_ends_is_told_with_its_task(client: FlaskClient) -> None:
    part = client.get(f"/tasks?{ON}").text.partition("Geld, das in 24 Monaten endet")[2]
    assert "Haushaltsmittel der Stadt für das DülkenBüro 2023 bis 2026" in part.partition("<h2")[0]
    assert "Quartiersmanagement" in part.partition("<h2")[0]


def test_an_empty_choice_does_not_say_that_nobody_is_responsible(client: FlaskClient) -> None:
    html = client.get("/tasks?kind=obligation-nowhere&body=org-nowhere").text
    assert "Das heißt nicht, dass niemand zuständig ist." in html
    assert client.get("/tasks?day=x").status_code == 400


def test_each_letter_has_its_words_for_those_who_hear_the_page(client: FlaskClient) -> None:
    html = client.get(f"/tasks?{ON}").text
    letters = re.findall(
        r'<a class="letter[^>]*><abbr>([^<]+)</abbr><span class="words">([^<]*)', html
    )
    assert letters
    assert all(len(words) > 4 for _, words in letters)
