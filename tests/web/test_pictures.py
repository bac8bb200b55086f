"""What a view of the matrix is taken along as: its picture says what its table says."""

import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser

import pypdf
import pytest
from flask.testing import FlaskClient

from akteursmodell.vocabulary import ID

SVG = "{http://www.w3.org/2000/svg}"
VIEWS = [
    "",
    "perspektive=administration",
    "perspektive=new-public-management",
    "ort=district-duelken",
    "thema=theme-age-care",
    "stichtag=2015-06-01",
    "schicht=belonging&schicht=space",
    "schicht=funding",
]
# What a view shows, and the same with a row for each relation.
SHOWN = [
    f"{query}{more}"
    for query in VIEWS
    for more in ("", "&beziehungen=alle", "&kompakt=1", "&lang=en")
]
Ties = set[tuple[str, str, str]]


class Pills(HTMLParser):
    """Who takes part in which relation, as the rows of the table say."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[tuple[str, str]] = set()
        self._row = ""
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        names = given.get("class", "").split()
        if tag == "tr":
            self._row = given.get("id", "") if "relation" in names else ""
        if self._row and (
            (tag == "li" and "pill" in names) or (tag == "span" and "partner" in names)
        ):
            self._inside = True
            if "open" in names:
                self.found.add((self._row, ""))
        if self._inside and tag == "a" and given["href"].startswith("/doc/"):
            self.found.add((self._row, given["href"].removeprefix("/doc/")))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("li", "td", "th"):
            self._inside = False


def in_table(client: FlaskClient, query: str) -> set[tuple[str, str]]:
    return Pills(client.get(f"/matrix?{query}").text).found


def in_picture(client: FlaskClient, query: str) -> Ties:
    answer = client.get(f"/matrix.svg?{query}")
    assert answer.mimetype == "image/svg+xml"
    return {
        (e.get("data-relation", ""), e.get("data-partner", ""), e.get("data-role", ""))
        for e in ET.fromstring(answer.text).iter(f"{SVG}rect")
        if e.get("data-relation")
    }


def in_data(client: FlaskClient, query: str) -> Ties:
    """Return the partners of the relations that the data call shown."""
    return {
        (relation["iri"].removeprefix(ID), partner["iri"] or "", "; ".join(partner["roles"]))
        for relation in json.loads(client.get(f"/matrix.json?{query}").text)["relations"]
        for partner in relation["partners"]
        if relation["shown"]
    }


@pytest.mark.parametrize("query", SHOWN)
def test_picture_table_and_data_name_the_same_partners(client: FlaskClient, query: str) -> None:
    picture = in_picture(client, query)
    assert picture
    assert picture == in_data(client, query)
    names = {(relation, partner.removeprefix(ID)) for relation, partner, _ in picture}
    assert names == in_table(client, query)


@pytest.mark.parametrize("query", VIEWS)
def test_the_data_have_every_relation_of_the_view_and_number_those_shown_first(
    client: FlaskClient, query: str
) -> None:
    few, full = (
        json.loads(client.get(f"/matrix.json?{query}{more}").text)["relations"]
        for more in ("", "&beziehungen=alle")
    )
    assert {each["iri"] for each in few} == {each["iri"] for each in full}
    assert all(each["shown"] for each in full)
    assert [each["number"] for each in few] == list(range(1, len(few) + 1))
    assert [each["shown"] for each in few] == sorted((e["shown"] for e in few), reverse=True)
    assert sum(each["shown"] for each in few) == min(12, len(few))


TINTS = {"#fdf0df": "tint-1", "#e4f2f0": "tint-2"}


@pytest.mark.parametrize("perspective", ["administration", "new-public-management"])
@pytest.mark.parametrize("more", ["", "&kompakt=1"])
def test_a_picture_tints_the_cells_that_the_page_tints(
    client: FlaskClient, perspective: str, more: str
) -> None:
    query = f"perspektive={perspective}{more}"
    page = client.get(f"/matrix?{query}").text
    tints = re.findall(r'<td role="cell" id="[^"]+" class="[^"]*(tint-\d)', page)
    root = ET.fromstring(client.get(f"/matrix.svg?{query}").text)
    cells = [e for e in root.iter(f"{SVG}rect") if e.get("fill") in TINTS]
    assert all(float(e.get("height", 0)) > 0 for e in cells)
    assert sorted(TINTS[e.get("fill", "")] for e in cells) == sorted(tints)
    assert tints


def test_a_line_is_drawn_only_for_a_relation_of_the_table(client: FlaskClient) -> None:
    for query in VIEWS:
        root = ET.fromstring(client.get(f"/matrix.svg?{query}").text)
        lined = {e.get("data-line") for e in root.iter(f"{SVG}path") if e.get("data-line")}
        assert lined
        table = client.get(f"/matrix?{query}").text
        assert all(f'<tr role="row" id="{name}" class="relation ' in table for name in lined)


def boxes(root: ET.Element) -> list[tuple[float, float, float, float]]:
    return [
        (x, y, x + float(e.get("width", 0)), y + float(e.get("height", 0)))
        for e in root.iter(f"{SVG}rect")
        if e.get("rx") == "4" and e.get("stroke") != "none"
        for x, y in [(float(e.get("x", 0)), float(e.get("y", 0)))]
    ]


@pytest.mark.parametrize("query", SHOWN)
def test_no_line_crosses_a_chip_a_pill_or_a_word(client: FlaskClient, query: str) -> None:
    root = ET.fromstring(client.get(f"/matrix.svg?{query}").text)
    words = [
        (
            float(e.get("x", 0)),
            float(e.get("y", 0)) - 9,
            float(e.get("x", 0)) + 5,
            float(e.get("y", 0)),
        )
        for e in root.iter(f"{SVG}text")
    ]
    pieces = 0
    for path in root.iter(f"{SVG}path"):
        (x1, y1), (x2, y2) = [
            tuple(map(float, point))
            for point in re.findall(r"([\d.]+) ([\d.]+)", path.get("d", ""))
        ]
        pieces += 1
        left, right = sorted((x1, x2))
        top, bottom = sorted((y1, y2))
        for a, b, c, d in boxes(root) + words:
            crosses = left < c - 1 and right > a + 1 and top < d - 1 and bottom > b + 1
            assert not crosses, (path.get("d"), (a, b, c, d))
    assert pieces


def test_the_paper_has_its_picture_on_one_page_and_every_source_after_it(
    client: FlaskClient,
) -> None:
    pages = pypdf.PdfReader(io.BytesIO(client.get("/matrix.pdf").data)).pages
    first, *others = [page.extract_text() for page in pages]
    for words in (
        "Akteursmatrix Viersen",
        "Stichtag",
        "Datenstand",
        "nicht überliefert",
        "CC BY 4.0",
        "/matrix",
        "gestrichelt",
        "Gezeigt sind 7 von 33 Beziehungen; 26 weitere stehen in der Tabelle",
        "Akteure ohne Linie sind gezählt, wo es viele sind",
    ):
        assert words in " ".join(first.split()), words
    assert "6 Person" in first
    assert "Heimer-Park-Treff" in " ".join(others)
    assert "Die Beziehungen mit ihren Belegen" in others[0]
    assert round(float(pages[0].mediabox.height) * 25.4 / 72) == 420


PERSPECTIVES = (
    "actor-model",
    "administration",
    "theme-networks",
    "new-public-management",
    "operational-cooperation",
)
PAPERS = [
    *VIEWS,
    "beziehungen=alle",
    *(
        f"perspektive={name}{more}&lang={lang}"
        for name in ("", *PERSPECTIVES)
        for more in ("", "&kompakt=1")
        for lang in ("de", "en")
    ),
]


@pytest.mark.parametrize("query", PAPERS)
def test_the_picture_takes_one_page_on_which_its_letters_can_be_read(
    client: FlaskClient, query: str
) -> None:
    pages = pypdf.PdfReader(io.BytesIO(client.get(f"/matrix.pdf?{query}").data)).pages
    page, *tables = pages
    width, height = (round(float(size) * 25.4 / 72) for size in page.mediabox[2:])
    assert (width, height) == ((297, 210) if "kompakt" in query else (297, 420))
    # The title stands once, and the second page begins with the table.
    title = "Actor matrix of Viersen" if "lang=en" in query else "Akteursmatrix Viersen"
    table = "The relations with" if "lang=en" in query else "Die Beziehungen mit"
    assert title in page.extract_text()
    assert table in tables[0].extract_text()
    shown = json.loads(client.get(f"/matrix.json?{query}").text)["relations"]
    first = " ".join(page.extract_text().split())
    of_all = re.search(r"(?:Gezeigt sind|Shown are) (\d+) (?:von|of) (\d+)", first)
    if of_all:
        assert int(of_all[2]) == len(shown)
    else:
        assert all(each["shown"] for each in shown)
    sizes: list[float] = []

    def note(text: str, outer: list[float], inner: list[float], _: object, size: float) -> None:
        if text.strip():
            sizes.append(abs(size * outer[0] * inner[0]))

    page.extract_text(visitor_text=note)
    assert min(sizes) > 6.99


def slots(client: FlaskClient, query: str) -> list[str]:
    """Return what stands in the cells of the whole frame, as the page tells it."""
    html = client.get(f"/matrix?{query}").text
    levels = html[
        html.index('<tbody role="rowgroup" class="levels">') : html.index("</table>\n<svg")
    ]
    names = re.findall(r'class="chip template.*?class="chip-name"[^>]*>(.*?)<', levels, re.DOTALL)
    return [name.replace("\xad", "").replace("&shy;", "").strip() for name in names]


@pytest.mark.parametrize("query", ["", *(f"perspektive={name}" for name in PERSPECTIVES)])
def test_the_usual_paper_has_the_whole_frame(client: FlaskClient, query: str) -> None:
    page = pypdf.PdfReader(io.BytesIO(client.get(f"/matrix.pdf?{query}").data)).pages[0]
    text = re.sub(r"[\s\xad\u2010-]", "", page.extract_text())
    names = slots(client, query)
    assert len(names) == 35
    assert [name for name in names if re.sub(r"[\s-]", "", name) not in text] == []
    assert "Zellensinddiegezeigt" not in text


def test_a_paper_of_named_relations_has_these_and_leaves_cells_out(client: FlaskClient) -> None:
    relations = json.loads(client.get("/matrix.json?beziehungen=alle").text)["relations"]
    names = [each["iri"].removeprefix(ID) for each in relations if each["state"] != "ended"][:12]
    query = "&".join(f"linie={name}" for name in names)
    page = pypdf.PdfReader(io.BytesIO(client.get(f"/matrix.pdf?{query}").data)).pages[0]
    text = " ".join(page.extract_text().split())
    assert "Gezeigt sind 12 von 33 Beziehungen" in text
    assert "Von den Zellen sind die gezeigt, in denen eine Linie endet" in text


def test_a_paper_is_tagged_and_has_a_title_and_a_language(client: FlaskClient) -> None:
    reader = pypdf.PdfReader(io.BytesIO(client.get("/matrix.pdf?lang=en").data))
    assert reader.root_object.get("/MarkInfo") == {"/Marked": True, "/Suspects": False}
    assert reader.root_object.get("/Lang") == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Actor matrix of Viersen"


def test_the_pixels_are_those_of_the_picture_twice(client: FlaskClient) -> None:
    answer = client.get("/matrix.png?kompakt=1")
    assert answer.mimetype == "image/png"
    assert answer.data.startswith(b"\x89PNG")
    assert int.from_bytes(answer.data[16:20], "big") == 2 * 1376


def test_the_worksheet_is_one_page_with_the_slots_and_nothing_else(client: FlaskClient) -> None:
    (page,) = pypdf.PdfReader(io.BytesIO(client.get("/matrix/worksheet.pdf").data)).pages
    text = page.extract_text()
    assert "Sachbearbeiter" in text
    assert "nicht erfasst" not in text
    assert "VAB" not in text
    assert "Heimer-Park" not in text
    assert [round(float(size) * 25.4 / 72) for size in page.mediabox[2:]] == [297, 420]


def test_the_worksheet_as_a_spreadsheet_has_a_row_for_each_level(client: FlaskClient) -> None:
    answer = client.get("/matrix/worksheet.xlsx?lang=en")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
        words = book.read("xl/sharedStrings.xml").decode()
    rows = sheet.findall(".//{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row")
    assert len(rows) == 8
    assert "5 Local contact point" in words
    assert "VAB" not in words


def test_nothing_in_a_picture_can_run(client: FlaskClient) -> None:
    answer = client.get("/matrix.svg")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "<script" not in answer.text
    assert "style=" not in answer.text
