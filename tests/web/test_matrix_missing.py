"""What a view of the matrix lacks stands beside its first sentence, each with a way to tell it."""

import re

import pytest
from flask.testing import FlaskClient

KNOW = re.compile(r'<a class="know" href="/tell/([\w-]+)"')
ABOUT = re.compile(r'<a href="/doc/([\w-]+)"')


def missing(client: FlaskClient, query: str = "") -> str:
    html = client.get(f"/matrix?{query}").text
    found = html[html.index('<details class="missing"') :]
    return found[: found.index("</details>")]


def test_each_thing_that_is_missing_has_a_way_to_tell_what_one_knows(client: FlaskClient) -> None:
    found = missing(client)
    told = KNOW.findall(found)
    assert told == ABOUT.findall(found)
    assert "gap-duelkenbuero-after-2026" in told
    assert f'<span class="amount">{len(told)}</span>' in found
    assert all(client.get(f"/tell/{name}").status_code == 200 for name in told)


def test_without_a_perspective_all_losses_stand_there(client: FlaskClient) -> None:
    assert set(re.findall(r"Folie (\d)", missing(client))) == set("12345678")


@pytest.mark.parametrize(("name", "slide"), [("administration", "3"), ("theme-networks", "4")])
def test_a_perspective_lacks_what_its_own_slide_lost(
    client: FlaskClient, name: str, slide: str
) -> None:
    found = missing(client, f"perspektive={name}")
    assert set(re.findall(r'<span class="soft">Folie (\d)', found)) == {slide}


def test_a_gap_stands_there_only_where_its_relation_is_in_the_view(client: FlaskClient) -> None:
    name = "gap-duelkenbuero-after-2026"
    assert name in KNOW.findall(missing(client, "ort=district-duelken"))
    assert name not in KNOW.findall(missing(client, "ort=district-suechteln"))


def test_no_gap_recorded_is_not_called_complete(client: FlaskClient) -> None:
    found = missing(client, "schicht=law&ort=district-duelken&platzhalter=0")
    assert "Das heißt nicht, dass alles bekannt ist." in found
