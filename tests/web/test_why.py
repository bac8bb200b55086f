"""The page that tells why a row stands in an answer."""

import re

import pyoxigraph
import pytest
from flask.testing import FlaskClient

from akteursmodell.graph.terms import RdfFormat
from akteursmodell.questions.catalogue import catalogue


def whys(client: FlaskClient, path: str) -> list[str]:
    html = client.get(path).text
    return [m.replace("&amp;", "&") for m in re.findall(r'class="why"[^>]*href="([^"]+)"', html)]


@pytest.mark.parametrize("question", catalogue())
def test_the_first_and_last_row_of_each_answer_can_be_explained(
    client: FlaskClient, question: str
) -> None:
    links = whys(client, f"/questions/{question}")
    for link, lang in [(links[0], "de"), (links[-1], "en")] if links else []:
        page = client.get(link, query_string={"lang": lang})
        assert page.status_code == 200
        assert 'class="about"' in page.text
        assert not re.search(r">\s*None\s*<|Undefined|rdflib|Path\(", page.text)


def test_a_row_is_explained_in_words_with_file_data_state_and_evidence(client: FlaskClient) -> None:
    link = whys(client, "/questions/CQ16?district=district-duelken")[0]
    assert "district=district-duelken" in link
    page = client.get(link).text
    assert '<h3><a href="/doc/operation-duelkenbuero-diakonie">' in page
    assert '<a href="/data/viersen/sites">data/viersen/sites</a>' in page
    assert "betriebener Standort:" in page
    assert "aus anderer Quelle" in page
    assert "Nicht belegt:" in page


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("de", "„Netzwerk“ ist ein Unterbegriff von „Kooperation“"),
        ("en", "“network” is a kind of “cooperation”"),
    ],
)
def test_what_follows_tells_the_rule_and_what_it_follows_from(
    client: FlaskClient, lang: str, words: str
) -> None:
    links = whys(client, "/questions/CQ28")
    pages = (client.get(link, query_string={"lang": lang}).text for link in links)
    derived = next(page for page in pages if "kind-inferred" in page)
    assert words + ' <span class="code">(cax-sco)</span>' in derived
    assert re.search(r"/doc/network-[\w-]+", derived)


def test_what_must_be_absent_is_told_in_words(client: FlaskClient) -> None:
    page = client.get(whys(client, "/questions/CQ14")[0]).text
    assert "Was dafür fehlen muss" in page
    assert re.search(r"X – für Aufgabe – \w+", page)
    assert "Y: trägt die Gesamtverantwortung oder plant" in page
    assert "etwa zum Stichtag" in page


def test_the_statements_come_as_a_file_with_their_graphs(client: FlaskClient) -> None:
    link = whys(client, "/questions/CQ16")[0]
    answer = client.get(link + ".trig")
    assert answer.mimetype == "application/trig"
    assert "data/viersen/sites> {" in answer.text
    page = client.get(link).text
    count = re.search(r"Diese (\d+) Angaben genügen", page)
    assert count
    assert len(list(pyoxigraph.parse(answer.data, format=RdfFormat.TRIG))) == int(count[1])


def test_a_row_that_is_gone_is_said_to_be_gone(client: FlaskClient) -> None:
    answer = client.get("/questions/CQ16/why/000000000000?district=district-duelken")
    assert answer.status_code == 404
    assert "haben sich wohl geändert" in answer.text
    assert "/questions/CQ16?district=district-duelken" in answer.text
    assert client.get("/questions/CQ99/why/000000000000").status_code == 404
