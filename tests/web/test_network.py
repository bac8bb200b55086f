"""The network: picture, tables and files show the same points and lines, whatever is chosen."""

import csv
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from akteursmodell.analysis.netfiles import GEXF, GRAPHML
from akteursmodell.analysis.relations import KINDS
from akteursmodell.web.netpictures import light

VIEWS = [
    "",
    "um=org-vab",
    "um=org-vab&schritte=2",
    "art=funding&art=seat&art=stake&beendet=1",
    "&".join(f"art={kind}" for kind in KINDS) + "&beendet=1",
    "art=contract&stichtag=2001-01-01",
    "farbe=bindeglied&groesse=beziehungen",
    "farbe=ebene&groesse=partner",
    "art=contract&um=org-gwg&stichtag=1990-01-01&beendet=1",
]
Lines = set[tuple[str, str]]


class Seen(HTMLParser):
    """What a page shows: points and lines of its picture, rows of its tables."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.drawn_points: dict[str, str] = {}
        self.drawn: Lines = set()
        self.told_points: set[str] = set()
        self.told: Lines = set()
        self.relations: set[str] = set()
        self.row = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        node, relation = given.get("data-node", ""), given.get("data-relation", "")
        if tag == "g" and node:
            self.drawn_points[node] = given["data-shape"]
        elif tag == "line" and relation:
            ends = {given["data-source"], given["data-target"]} - {relation}
            self.drawn |= {(relation, end) for end in ends}
        elif tag == "tr":
            self.row = relation
            self.relations |= {relation} - {""}
            self.told_points |= {node} - {""}
        elif tag == "li" and node:
            self.told.add((self.row, node))


def seen(client: FlaskClient, view: str) -> Seen:
    answer = client.get(f"/network?{view}")
    assert answer.status_code == 200
    return Seen(answer.text)


@pytest.mark.parametrize("view", VIEWS)
def test_the_picture_shows_what_the_tables_say(client: FlaskClient, view: str) -> None:
    page = seen(client, view)
    assert page.drawn == page.told
    actors = {node for node, shape in page.drawn_points.items() if shape == "actor"}
    assert actors == page.told_points
    hubs = {node for node, shape in page.drawn_points.items() if shape == "relation"}
    assert hubs <= page.relations
    assert {relation for relation, _ in page.told} <= page.relations


@pytest.mark.parametrize("view", VIEWS)
def test_each_file_holds_the_points_and_lines_of_the_page(client: FlaskClient, view: str) -> None:
    page = seen(client, view)
    svg = Seen(client.get(f"/network.svg?{view}").text)
    assert (svg.drawn_points, svg.drawn) == (page.drawn_points, page.drawn)
    for ending, space in (("gexf", GEXF), ("graphml", GRAPHML)):
        root = ElementTree.fromstring(client.get(f"/network.{ending}?{view}").data)
        points = {node.attrib["id"] for node in root.iter(f"{{{space}}}node")}
        assert points == set(page.drawn_points)
        lines = [(e.attrib["source"], e.attrib["target"]) for e in root.iter(f"{{{space}}}edge")]
        assert all(end in points for line in lines for end in line)
        assert len(lines) == len(list(drawn_lines(client, view)))


def drawn_lines(client: FlaskClient, view: str) -> Iterator[str]:
    return iter(re.findall(r"<line [^>]*data-relation", client.get(f"/network?{view}").text))


@pytest.mark.parametrize("view", VIEWS)
def test_kumu_finds_each_end_of_a_connection_by_its_label(client: FlaskClient, view: str) -> None:
    points = rows(client, f"/network.elements.csv?{view}")
    labels = [row["Label"] for row in points]
    assert len(labels) == len(set(labels)) == len(seen(client, view).drawn_points)
    for row in rows(client, f"/network.connections.csv?{view}"):
        assert {row["From"], row["To"]} <= set(labels)
        assert row["Type"]


def rows(client: FlaskClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).text)))


def test_the_same_view_is_drawn_in_the_same_way(client: FlaskClient) -> None:
    assert client.get("/network.svg").text == client.get("/network.svg").text


@pytest.mark.parametrize("view", VIEWS)
def test_the_pictures_to_take_along_say_what_they_show(client: FlaskClient, view: str) -> None:
    svg = ElementTree.fromstring(client.get(f"/network.svg?{view}").data)
    told = " ".join(
        "".join(text.itertext()) for text in svg.iter("{http://www.w3.org/2000/svg}text")
    )
    assert all(words in told for words in ("Zusammenarbeit", "Stichtag", "Datenstand", "CC BY 4.0"))
    png = client.get(f"/network.png?{view}").data
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) == pytest.approx(2 * float(svg.attrib["width"]), abs=2)


def test_the_png_has_the_colours_of_the_picture_written_out() -> None:
    style = light()
    assert "var(" not in style
    assert ".net .tie.law { stroke: #8a4300; }" in style


def test_colour_and_size_follow_the_attribute_that_was_chosen(client: FlaskClient) -> None:
    """The colour of a level is that of the level in the table; more partners, a larger point."""
    page = client.get("/network?farbe=ebene&groesse=partner").text
    groups = dict(re.findall(r'data-node="([^"]+)" data-shape="actor".*? data-group="(\d)"', page))
    radii = dict(
        re.findall(
            r'data-node="([^"]+)" data-shape="actor".*?<circle [^>]*r="([\d.]+)"', page, re.DOTALL
        )
    )
    cells = re.findall(
        r'<tr role="row" data-node="([^"]+)">.*?data-head="Ebene">([^<]+)<.*?'
        r'data-head="Partner">(\d+)<',
        page,
        re.DOTALL,
    )
    assert len(cells) == len(groups) == len(radii) > 40
    assert {(level, groups[node]) for node, level, _ in cells} >= {("nicht belegt", "0")}
    assert len({groups[node] for node, _, _ in cells}) == len({level for _, level, _ in cells}) > 2
    by_partners = sorted(cells, key=lambda cell: int(cell[2]))
    assert [float(radii[node]) for node, *_ in by_partners] == sorted(map(float, radii.values()))


def test_each_view_around_an_actor_has_its_own_title(client: FlaskClient) -> None:
    assert "<title>Zusammenarbeit rund um VAB – " in client.get("/network?um=org-vab").text
    assert "<title>Cooperation around GWG – " in client.get("/network?um=org-gwg&lang=en").text


def test_a_partner_that_nobody_documents_is_a_point_of_its_own(client: FlaskClient) -> None:
    page = seen(client, "art=contract")
    (open_end,) = [node for node, shape in page.drawn_points.items() if shape == "open"]
    assert open_end == "agreement-duelkenbuero-open"


def test_a_network_without_documented_members_is_listed_and_not_drawn(
    client: FlaskClient,
) -> None:
    page = seen(client, "art=funding")
    listed = page.relations - {relation for relation, _ in page.told}
    assert len(listed) == 1
    assert not listed & set(page.drawn_points)


def test_ended_relations_are_shown_only_where_they_are_asked_for(client: FlaskClient) -> None:
    ended = seen(client, "beendet=1").relations - seen(client, "").relations
    assert len(ended) == 2
    assert seen(client, "").relations < seen(client, "beendet=1").relations


def test_a_view_around_an_actor_grows_with_its_steps(client: FlaskClient) -> None:
    one, two = (seen(client, f"um=org-gwg&schritte={steps}") for steps in (1, 2))
    assert one.told_points == {"org-gwg", "org-caritas"} or "org-gwg" in one.told_points
    assert one.relations < two.relations < seen(client, "").relations
    assert all((relation, "org-gwg") in one.told for relation in one.relations)


def test_brokers_stand_with_their_basis_and_without_rank(client: FlaskClient) -> None:
    page = client.get("/network").text
    section = page[page.index('id="brokers-head"') : page.index('id="gaps-head"')]
    names = re.findall(r"<strong><a href=\"/doc/([^\"]+)\"", section)
    assert names == ["org-asb-gemeinsam", "org-town-viersen", "org-town-viersen"]
    for basis in section.split("<details>")[1:]:
        assert all("<li>" in side for side in basis.split('class="eyebrow"')[1:])


def test_gaps_say_that_nothing_is_documented_not_that_there_is_nothing(
    client: FlaskClient,
) -> None:
    page = client.get("/network").text
    gaps = re.findall(r"<li>([^<]*): keine Verbindung belegt", page)
    assert "Kreis – Wohnungswirtschaft" in gaps
    assert "das heißt nicht, dass es keine gibt" in page.lower()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("um=nobody", 404),
        ("stichtag=gestern", 400),
        ("schritte=99&um=org-vab", 200),
        ("art=x", 200),
    ],
)
def test_what_cannot_be_shown_is_said(client: FlaskClient, query: str, status: int) -> None:
    assert client.get(f"/network?{query}").status_code == status
