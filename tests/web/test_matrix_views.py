"""Views of the matrix by address: filters, layers, gaps, compact; all without script."""

import re

import pytest
from flask.testing import FlaskClient

from akteursmodell.analysis.selection import MOST_DRAWN
from akteursmodell.web.emphasis import rules

RELATION = re.compile(r'<tr role="row" id="([\w-]+)" class="relation ')


def listed(client: FlaskClient, query: str) -> set[str]:
    answer = client.get(f"/matrix?{query}&beziehungen=alle")
    assert answer.status_code == 200
    return set(RELATION.findall(answer.text))


def test_a_district_filters_and_the_line_of_filters_says_so(client: FlaskClient) -> None:
    html = client.get("/matrix?ort=district-duelken").text
    line = html[html.index('<details class="filters"') :]
    summary = line[: line.index("</summary>")]
    assert "Dülken" in summary
    found = listed(client, "ort=district-duelken")
    assert "agreement-duelkenbuero" in found
    assert "cooperation-rahser-treff" not in found


def test_layers_switch_kinds(client: FlaskClient) -> None:
    assert all(n.startswith("agreement-") for n in listed(client, "schicht=contract"))
    assert listed(client, "schicht=contract&schicht=law") == listed(
        client, "schicht=contract"
    ) | listed(client, "schicht=law")


def test_the_layer_of_our_reading_tints_or_not(client: FlaskClient) -> None:
    path = "/matrix?perspektive=administration&schicht=law"
    assert "im Blick der Perspektive" not in client.get(path).text
    assert "im Blick der Perspektive" in client.get(path + "&schicht=reading").text


def test_the_reference_date_changes_states_and_stands_apart_from_the_data_state(
    client: FlaskClient,
) -> None:
    name = "agreement-suechtelnbuero-stadt-handel"
    then, now = (
        client.get(f"/matrix?beziehungen=alle{q}").text for q in ("&stichtag=2025-06-01", "")
    )
    assert f'id="{name}" class="relation relation-contract state-ended' in now
    assert f'id="{name}" class="relation relation-contract state-ended' not in then
    assert "Stichtag 01.06.2025" in then
    assert "Datenstand: Revision" in then


def test_a_day_that_is_none_is_told(client: FlaskClient) -> None:
    answer = client.get("/matrix?stichtag=gestern")
    assert answer.status_code == 400
    assert "gestern" in answer.text


@pytest.mark.parametrize("query", ["ort=nope", "thema=nope", "aufgabe=nope", "bestand=nope"])
def test_a_value_that_does_not_exist_is_told_with_those_that_do(
    client: FlaskClient, query: str
) -> None:
    answer = client.get(f"/matrix?{query}")
    assert answer.status_code == 404
    assert "Vorhanden:" in answer.text


def test_compact_lists_the_drawn_relations_and_leads_to_the_rest(client: FlaskClient) -> None:
    html = client.get("/matrix?kompakt=1").text
    rows = len(RELATION.findall(html))
    assert 2 <= rows < 12
    assert f"{rows} von 33 Beziehungen" in html
    assert f"{33 - rows} von 33 Beziehungen ohne Zeile" in html
    assert 'class="folded"' in html
    assert 'class="folded"' not in client.get("/matrix").text


def test_gaps_say_that_nothing_is_documented_and_never_that_there_is_none(
    client: FlaskClient,
) -> None:
    plain, gaps = client.get("/matrix").text, client.get("/matrix?luecken=1").text
    assert 'class="notch"' not in plain
    assert "keine Verbindung belegt" in gaps
    assert "Belegt arbeiten 5 von 15 Sektorpaaren zusammen, 2 weitere verbindet nur das Gesetz" in (
        gaps
    )
    assert "keine Beziehung belegt" in gaps
    assert "line-gap" not in gaps


def test_no_notch_stands_where_only_slots_of_the_slide_stand(client: FlaskClient) -> None:
    html = client.get("/matrix?luecken=1").text
    cells = re.split(r'<td role="cell" id="', html)[1:]
    notched = {cell.split('"')[0] for cell in cells if 'class="notch"' in cell}
    assert notched == {
        "cell-county-politics",
        "cell-county-department",
        "cell-town-politics",
    }


def test_a_link_to_another_perspective_keeps_the_filters(client: FlaskClient) -> None:
    html = client.get("/matrix?ort=district-duelken&kompakt=1").text
    assert "/matrix?ort=district-duelken&amp;kompakt=1&amp;perspektive=administration" in html


def test_without_slots_only_what_really_exists_is_shown(client: FlaskClient) -> None:
    html = client.get("/matrix?platzhalter=0").text
    assert 'class="chip template' not in html[: html.index('class="legend"')]
    assert 'class="chip documented' in html


def test_a_line_tells_that_its_relation_ends_within_a_year_of_the_reference_date(
    client: FlaskClient,
) -> None:
    soon = "line-contract line-ending"
    path = "/matrix?schicht=contract&ort=district-duelken&stichtag="
    assert soon in client.get(path + "2026-06-01").text
    assert soon not in client.get(path + "2024-06-01").text
    assert "12 3 2 3" in client.get(path.replace("matrix", "matrix.svg") + "2026-06-01").text


def test_evidence_narrows_a_view_to_what_it_rests_on(client: FlaskClient) -> None:
    read, old = listed(client, "beleg=evidence-interpreted"), listed(client, "beleg=evidence-old")
    everything = listed(client, "")
    assert read
    assert old
    assert read < everything
    assert old < everything
    assert "cooperation-heimer-park-treff" in old
    assert "agreement-duelkenbuero" not in old
    # No body has confirmed anything yet.
    assert listed(client, "beleg=evidence-unconfirmed") == everything


def test_rows_as_drawn_are_those_of_the_slides_and_say_that_they_mean_no_rank(
    client: FlaskClient,
) -> None:
    html = client.get("/matrix?gezeichnet=1").text
    assert "das ist kein Rangunterschied" in html
    assert "kein Rangunterschied" not in client.get("/matrix").text
    rows = re.findall(r'<tr role="row" id="level-row-(\d)"', html)
    assert rows == [str(number) for number in range(9)]
    cell = re.compile(r'<td role="cell" id="cell-(\w+)-row-(\d)"(.*?)</td>', re.DOTALL)
    stands = {
        (sector, row) for sector, row, inside in cell.findall(html) if "-department-1" in inside
    }
    assert stands == {("county", "3"), ("town", "4")}


@pytest.mark.parametrize("query", ["", "kompakt=1", "gezeichnet=1", "beziehungen=alle"])
def test_a_view_tells_how_many_of_all_relations_it_shows(client: FlaskClient, query: str) -> None:
    html = client.get(f"/matrix?{query}").text
    rows = len(RELATION.findall(html))
    told = re.search(r'<li id="shown">(\d+) von (\d+) Beziehungen', html)
    assert told is not None
    assert told.groups() == (str(rows), "33")
    left = re.findall(r'linie=([\w-]+)#\1">Zeile zeigen', html)
    assert len(set(left)) == 33 - rows
    assert not set(left) & set(RELATION.findall(html))


def test_the_panel_tells_of_relations_and_actors_alike(client: FlaskClient) -> None:
    of_actor = client.get("/matrix/thing/org-vab").text
    assert 'href="/doc/cooperation-heimer-park-treff"' in of_actor
    assert "eine Ebene nennt keine Quelle" in of_actor
    assert "geprüft am" in of_actor
    of_relation = client.get("/matrix/thing/agreement-duelkenbuero").text
    assert "nicht belegt ?" in of_relation
    assert "von 2023 bis Ende 2026" in of_relation
    ended = "/matrix/thing/agreement-suechtelnbuero-stadt-handel"
    assert "<p>beendet" in client.get(ended).text
    assert "<p>beendet" not in client.get(ended + "?stichtag=2025-06-01").text
    assert client.get("/matrix/thing/nope").status_code == 404


def test_every_line_can_be_emphasised_however_many_are_asked_for(client: FlaskClient) -> None:
    names = sorted(listed(client, "platzhalter=1"))
    for count in (0, MOST_DRAWN + 2, len(names)):
        html = client.get("/matrix?" + "&".join(f"linie={name}" for name in names[:count])).text
        lines = max(map(int, re.findall(r" row-(\d+)\"", html)))
        (found,) = re.findall(r'href="(/matrix/lines-\d+\.css)"', html)
        answer = client.get(found)
        assert answer.mimetype == "text/css"
        assert all(rule in answer.text for n in range(1, lines + 1) for rule in rules(n))
        assert f".row-{lines + 1}:" not in answer.text
    assert lines > MOST_DRAWN + 2


@pytest.mark.parametrize("count", [0, 1001])
def test_there_is_no_style_sheet_for_no_line(client: FlaskClient, count: int) -> None:
    assert client.get(f"/matrix/lines-{count}.css").status_code == 404


@pytest.mark.parametrize(
    ("lang", "words", "more"),
    [
        ("de", "fehlt an den Beziehungen: Planungsart, Raumbezug, Sachbezug.", "Volle Ansicht"),
        ("en", "leaves out of the relations: ", "Full view"),
    ],
)
def test_a_compact_view_says_which_overlays_of_the_perspective_it_leaves_out(
    client: FlaskClient, lang: str, words: str, more: str
) -> None:
    path = f"/matrix?perspektive=new-public-management&lang={lang}"
    full, compact = client.get(path).text, client.get(path + "&kompakt=1").text
    assert words in compact
    assert more in compact[compact.index(words) :][:400]
    assert words not in full
    assert 'class="overlay"' in full
    assert 'class="overlay"' not in compact
    assert words not in client.get(f"/matrix?kompakt=1&lang={lang}").text
