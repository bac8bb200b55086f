"""The map: what has a point is drawn and told, all else is listed, and no one else is asked."""

import re

import pytest
from flask.testing import FlaskClient
from tests.conftest import ROOT
from tests.graphs import graph
from tests.web.conftest import application

from akteursmodell.analysis.atlas import NARROW, WIDE, Format, atlas, sheet
from akteursmodell.config import Settings
from akteursmodell.errors import SettingError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.query.rows import rows, text
from akteursmodell.vocabulary import ID

TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
DRAWN = re.compile(
    r'<(?:rect|circle) data-point="([^"]+)" data-longitude="([^"]+)" data-latitude="([^"]+)"'
)
SPACES = "SELECT DISTINCT ?space { ?space a/rdfs:subClassOf* akm:Space }"
POINTS = "SELECT ?point ?wkt { ?space geo:hasGeometry ?point . ?point geo:asWKT ?wkt }"


def test_exactly_the_points_of_the_data_are_drawn_and_told(
    client: FlaskClient, shipped: EmbeddedStore
) -> None:
    page = client.get("/map").text
    drawn = {(point, f"POINT({lon} {lat})") for point, lon, lat in DRAWN.findall(page)}
    known = {(text(row, "point"), text(row, "wkt")) for row in rows(shipped, POINTS)}
    assert drawn == known
    assert drawn
    assert set(re.findall(r'<tr [^>]*data-point="([^"]+)"', page)) == {p for p, _ in known}


def test_each_place_is_either_on_the_map_or_listed_beside_it(
    client: FlaskClient, shipped: EmbeddedStore
) -> None:
    page = client.get("/map").text
    shown = set(re.findall(r'<tr [^>]*data-place="([^"]+)"', page))
    missing = set(re.findall(r'data-missing="([^"]+)"', page))
    assert not shown & missing
    assert shown | missing == {text(row, "space") for row in rows(shipped, SPACES)}


def test_each_site_is_listed_once_with_its_address(client: FlaskClient) -> None:
    page = client.get("/map").text
    sites = re.findall(r'data-site="([^"]+)"', page)
    assert len(sites) == len(set(sites)) == 12
    assert "Straelener Weg 20, Viersen" in page
    assert "keine Quelle Koordinaten" in page


@pytest.mark.parametrize("form", [WIDE, NARROW], ids=["wide", "narrow"])
def test_no_name_on_the_map_covers_another_or_leaves_it(
    shipped: EmbeddedStore, form: Format
) -> None:
    drawn = sheet(atlas(shipped, "de").shown, form)
    assert drawn is not None
    assert len(drawn.labels) > 10
    boxes: list[tuple[float, float, float]] = []
    for label in drawn.labels:
        long = len(label.text) * form.letter
        left = label.x - {"start": 0, "middle": long / 2, "end": long}[label.anchor]
        assert 0 <= left <= left + long <= form.width, label.text
        assert all(
            left + long <= other_left or other_right <= left or abs(label.y - y) >= form.line - 1
            for other_left, other_right, y in boxes
        ), label.text
        boxes.append((left, left + long, label.y))


def test_a_site_that_gets_a_point_stands_on_the_map(store: EmbeddedStore) -> None:
    graph(
        store,
        """
        akm:ContactPoint rdfs:subClassOf akm:Site . akm:Site rdfs:subClassOf akm:Space .
        id:site-a a akm:ContactPoint ; skos:prefLabel "Treff"@de ; geo:hasGeometry id:point-a .
        id:point-a geo:asWKT "POINT(6.39 51.25)"^^geo:wktLiteral .
        id:site-b a akm:ContactPoint ; skos:prefLabel "Haus"@de ; geo:hasGeometry id:point-b .
        id:point-b geo:asWKT "POLYGON((6 51, 7 51, 7 52, 6 51))"^^geo:wktLiteral .
        """,
    )
    page = application(store, Settings()).test_client().get("/map").text
    assert [point for point, _, _ in DRAWN.findall(page)] == [ID + "point-a"]
    assert re.findall(r'data-missing="([^"]+)"', page) == [ID + "site-b"]
    assert "keine Quelle Koordinaten" not in page


def test_without_tiles_of_an_operator_no_host_but_ours_may_be_asked(client: FlaskClient) -> None:
    answer = client.get("/map")
    assert "img-src 'self';" in answer.headers["Content-Security-Policy"]
    assert "data-tiles" not in answer.text
    assert "Nichts auf diesen Seiten kommt von anderen Servern." in client.get("/privacy").text


def test_with_tiles_the_map_alone_may_ask_their_host_and_says_who_sees_the_visitor(
    shipped: EmbeddedStore,
) -> None:
    visitor = application(shipped, Settings(map_tiles=TILES, map_credit="Land")).test_client()
    answer = visitor.get("/map", headers={"Accept": "text/html"})
    policy = answer.headers["Content-Security-Policy"]
    assert "img-src 'self' https://tiles.example.org;" in policy
    assert policy.count("tiles.example.org") == 1
    assert "kommt von tiles.example.org" in answer.text
    assert f'data-tiles="{TILES}"' in answer.text
    assert "kommt von tiles.example.org" in visitor.get("/privacy").text
    other = visitor.get("/about", headers={"Accept": "text/html"})
    assert "tiles" not in other.headers["Content-Security-Policy"]


def test_the_tiles_that_the_manual_gives_as_an_example_are_accepted() -> None:
    manual = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    given = dict(re.findall(r"^AKTEURSMODELL_(MAP_\w+)=(.+)$", manual, re.MULTILINE))
    assert given["MAP_TILES"].startswith("https://sgx.geodatenzentrum.de/")
    settings = Settings(map_tiles=given["MAP_TILES"], map_credit=given["MAP_CREDIT"])
    assert settings.map_credit == "© basemap.de / BKG"


@pytest.mark.parametrize(
    "tiles",
    [
        "tiles.example.org/{z}/{x}/{y}",
        "https://x/{z}/{x}.png",
        "https://x/{z}/{x}/{y}; script-src *",
        "javascript:{z}{x}{y}",
        "https://a'b/{z}/{x}/{y}",
    ],
)
def test_an_address_of_tiles_that_is_none_is_refused(tiles: str) -> None:
    with pytest.raises(SettingError):
        Settings(map_tiles=tiles)
