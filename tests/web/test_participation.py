"""Participation from two sides: stages, processes, rights, and what is not documented."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from tests.graphs import graph
from tests.web.conftest import application

from akteursmodell.config import Settings
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import catalogue, find
from akteursmodell.questions.tables import merged
from akteursmodell.vocabulary import ID

PROCESS = """
akm:strassburger-rieger skos:prefLabel "Pyramide"@de .
akm:stage-sr-institution-4 a akm:ParticipationStage ; skos:prefLabel "Mitbestimmung zulassen"@de ;
    akm:position 4 ; skos:inScheme akm:strassburger-rieger .
akm:stage-sr-citizens-4 a akm:ParticipationStage ; skos:prefLabel "mitwirken"@de ;
    akm:position 4 ; skos:inScheme akm:strassburger-rieger .
akm:stage-sr-institution-1 a akm:ParticipationStage ; skos:prefLabel "informieren"@de ;
    akm:position 1 ; skos:inScheme akm:strassburger-rieger .
akm:stage-arnstein-3 a akm:ParticipationStage ; skos:prefLabel "Information"@de ;
    akm:position 3 ; skos:inScheme akm:arnstein .
akm:arnstein skos:prefLabel "Arnstein"@de .
id:process a akm:ParticipationProcess ; skos:prefLabel "Werkstatt"@de ;
    akm:organisedBy id:org ; akm:targetGroup akm:target-families ; akm:heldIn id:site ;
    akm:concernsSpace id:quarter ; akm:beganOn "2020-01-05"^^xsd:date .
id:org skos:prefLabel "Amt A"@de . id:site skos:prefLabel "Saal"@de .
id:quarter skos:prefLabel "Quartier Q"@de . akm:target-families skos:prefLabel "Familien"@de .
id:claim a akm:Assessment ; akm:assesses id:process ; akm:assessedBySide akm:side-administration ;
    akm:stage akm:stage-sr-institution-4 .
id:other a akm:ParticipationProcess ; skos:prefLabel "Andere"@de .
"""


@pytest.fixture
def page(store: EmbeddedStore) -> Iterator[str]:
    """The page over one process that only the administration has assessed, and an empty one."""
    graph(store, PROCESS)
    with application(store, Settings()).test_client() as visitor:
        yield visitor.get("/participation", headers={"Accept": "text/html"}).text


def section(html: str, anchor: str) -> str:
    return html.partition(f'<h2 id="{anchor}">')[2].partition("</section>")[0]


def cells(row: str) -> list[str]:
    found = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
    texts = (" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in found)
    return [each.replace(" ,", ",") for each in texts]


def test_a_process_tells_who_invites_who_takes_part_and_both_stages(page: str) -> None:
    rows = section(page, "processes").split('<tr role="row">')[2:]
    assert [cells(row) for row in rows] == [
        ["Andere", *["nicht belegt"] * 3, "nicht belegt; nicht belegt", *["nicht belegt"] * 2],
        [
            *("Werkstatt", "Amt A", "Familien", "Saal, Quartier Q"),
            *("05.01.2020; nicht belegt", "Mitbestimmung zulassen", "nicht belegt"),
        ],
    ]


def test_a_stage_has_a_name_from_each_side_and_the_processes_that_reach_it(page: str) -> None:
    rows = re.findall(r'<tr role="row" data-stage="(\d)">(.*?)</tr>', page, re.DOTALL)
    assert [(number, cells(row)) for number, row in rows] == [
        ("4", ["Mitbestimmung zulassen erreicht: Werkstatt", "mitwirken kein Verfahren belegt"]),
        ("1", ["informieren kein Verfahren belegt", "aus dieser Sicht nicht erfasst"]),
    ]
    assert "Arnstein" in section(page, "sides")
    assert "Kein einzelnes Verfahren" not in page


def test_without_a_process_the_page_says_so_and_what_was_searched(client: FlaskClient) -> None:
    html = client.get("/participation").text
    assert "Kein einzelnes Verfahren ist belegt" in section(html, "processes")
    # Once for all stages, not at each of them.
    assert "Für keine Stufe ist ein Verfahren belegt" in section(html, "sides")
    assert "kein Verfahren belegt" not in section(html, "sides")
    unknown = section(html, "unknown")
    assert "/doc/gap-participation-processes" in unknown
    assert "/tell/gap-participation-processes" in unknown
    assert "Standort der Quartiersarbeit in Boisheim" not in unknown
    assert "Beteiligung muss nahräumlich und zeitnah erfolgen" in html


@pytest.mark.parametrize(
    ("anchor", "question", "column"),
    [("carried", "CQ42", "cooperation"), ("rights", "CQ51", "kind")],
)
def test_the_tables_are_the_answers_of_the_questions(
    client: FlaskClient, shipped: EmbeddedStore, anchor: str, question: str, column: str
) -> None:
    answer = ask(shipped, find(question), {})
    place = answer.columns.index(column)
    rows = [group[0] for group in merged(answer) if answer.rows[group[0]][place] is not None]
    part = section(client.get("/participation").text, anchor)
    shown = part.partition("<tbody")[2].split('<tr role="row">')[1:]
    assert len(shown) == len(rows) > 0
    for row, number in zip(shown, rows, strict=True):
        fact = answer.facts[number]
        assert fact is not None
        assert f'href="/doc/{fact.value.removeprefix(ID)}"' in row


def test_every_question_on_participation_is_offered(client: FlaskClient) -> None:
    html = client.get("/participation?lang=en").text
    theme = {each.id for each in catalogue().values() if "participation" in each.tags}
    assert theme
    assert {q for q in theme if f'href="/questions/{q}"' in html} == theme
    assert "From the administration’s side and from the side of those involved" in html
    assert 'href="/participation"' in client.get("/").text
