"""With the data of several towns a page asks those of one, says so, and links keep the choice."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from tests.towns import add_towns

from akteursmodell.config import Settings
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.updates.inference import bring_up
from akteursmodell.web import create_app

NOTE = "Diese Seite zeigt nur diesen Bestand."
PAGES = (
    *("/", "/tasks", "/deadlines", "/gaps", "/network", "/map", "/places", "/search?q=viersen"),
    *("/questions/CQ16", "/questions/CQ52"),
)


@pytest.fixture(scope="module")
def several() -> Iterator[FlaskClient]:
    store = EmbeddedStore.in_memory()
    bring_up(store)
    add_towns(store, 2)
    yield create_app(store, Settings()).test_client()
    store.close()


@pytest.fixture(scope="module")
def alone(shipped: EmbeddedStore) -> FlaskClient:
    return create_app(shipped, Settings()).test_client()


def get(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    return answer.text


def shown(page: str) -> list[str]:
    """What a page shows in tables, without the town's mark in names of things."""
    return [re.sub(r"town-\d{3}-", "", row) for row in re.findall(r"<td.*?</td>", page, re.DOTALL)]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_tells_whose_data_it_shows_and_offers_the_others(
    several: FlaskClient, alone: FlaskClient, path: str
) -> None:
    page = get(several, path)
    assert NOTE in page
    offered = re.findall(r"<option[^>]*>(viersen|town-00\d)</option>", page)
    assert offered == ["viersen", "town-001", "town-002"]
    assert "<option selected>viersen</option>" in page
    assert NOTE not in get(alone, path)
    assert "bestand" not in get(alone, path)


@pytest.mark.parametrize("path", ["/questions/CQ16", "/questions/CQ52", "/tasks", "/map"])
def test_a_town_shows_of_itself_what_it_would_show_alone(
    several: FlaskClient, alone: FlaskClient, path: str
) -> None:
    expected = shown(get(alone, path))
    assert expected
    assert len(shown(get(several, path))) == len(expected)
    other = get(several, f"{path}?bestand=town-001")
    assert len(shown(other)) == len(expected)
    assert "town-001-" in other
    assert "town-002-" not in other


def test_the_thing_that_the_address_names_chooses_the_data(several: FlaskClient) -> None:
    page = get(several, "/questions/CQ16?district=town-002-district-duelken")
    assert "<option selected>town-002</option>" in page
    assert "town-002-site" in page
    assert "<option selected>town-001</option>" in get(
        several, "/tasks?body=town-001-org-town-viersen"
    )


def test_all_data_together_are_asked_where_a_reader_or_a_program_wants_them(
    several: FlaskClient, alone: FlaskClient
) -> None:
    together = get(several, "/questions/CQ16?bestand=alle")
    assert NOTE not in together
    rows = len(alone.get("/questions/CQ16.csv").text.splitlines()) - 1
    assert len(several.get("/questions/CQ16.csv").text.splitlines()) - 1 == 3 * rows
    one = several.get("/questions/CQ16.csv?bestand=town-001").text.splitlines()
    assert len(one) - 1 == rows


def test_links_and_forms_keep_the_data_that_were_chosen(several: FlaskClient) -> None:
    page = get(several, "/questions/CQ16?bestand=town-001")
    assert "/questions/CQ16.csv?bestand=town-001" in page
    assert '<input type="hidden" name="bestand" value="town-001">' in page
    assert "/tasks?kind=obligation-voluntary&amp;bestand=town-001" in get(
        several, "/tasks?bestand=town-001"
    )


def test_the_head_of_the_start_page_names_the_files_of_one_town_only(
    several: FlaskClient, alone: FlaskClient
) -> None:
    def items(client: FlaskClient, path: str) -> int:
        return client.get(path, headers={"Accept": "text/html"}).headers["Link"].count('"item"')

    assert items(alone, "/") > 5
    assert items(several, "/") == items(alone, "/")
    assert items(several, "/?bestand=alle") == 0


@pytest.mark.parametrize("path", ["/tasks?bestand=nope", "/matrix?bestand=alle"])
def test_what_is_no_data_set_of_a_page_is_not_found(several: FlaskClient, path: str) -> None:
    answer = several.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "viersen, town-001, town-002" in answer.text
