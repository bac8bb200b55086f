"""Searching by name on the page."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("wanted", ["DÜLKEN", "duelken", "Dulken", "dülk"])
def test_umlauts_and_case_do_not_matter(client: FlaskClient, wanted: str) -> None:
    page = client.get("/search", query_string={"q": wanted}).text
    assert '<a href="/doc/district-duelken">Dülken</a>' in page


def test_other_names_laws_terms_and_questions_are_found(client: FlaskClient) -> None:
    assert "/doc/org-asb-gemeinsam" in client.get("/search?q=arbeiter-samariter-bund").text
    assert "/doc/law-apg-7" in client.get("/search", query_string={"q": "§ 7 APG"}).text
    assert "/questions/CQ16" in client.get("/search?q=standorten").text
    assert "/ontology/Obligation" in client.get("/search?q=obligation").text


def test_the_thing_itself_comes_before_what_stands_behind_it(client: FlaskClient) -> None:
    page = client.get("/search?q=heimer-park-treff").text
    assert page.index("/doc/site-heimer-park-treff") < page.index("/doc/partnership-heimer-park")


def test_nothing_and_no_hit_say_what_to_do(client: FlaskClient) -> None:
    assert "Geben Sie oben einen Namen" in client.get("/search").text
    assert "Geben Sie oben einen Namen" in client.get("/search?q=%20").text
    assert "Kein Eintrag heißt so." in client.get("/search?q=xyzzy").text


def test_what_is_typed_is_only_text(client: FlaskClient) -> None:
    answer = client.get("/search", query_string={"q": '"><script>alert(1)</script>{{7*7}}'})
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "49" not in answer.text
    assert client.get("/search", query_string={"q": "a" * 5000}).status_code == 200
