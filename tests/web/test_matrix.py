"""The page of the matrix: each relation a row, each partner in its sector's column."""

from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

NO_TEXT = {"svg", "use", "symbol", "path", "circle"}


class Rows(HTMLParser):
    """The cells of each table row that has a name, as plain text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: dict[str, list[str]] = {}
        self.classes: dict[str, str] = {}
        self._row: list[str] | None = None
        self._open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "tr":
            name = given.get("id")
            self._row = self.rows.setdefault(name, []) if name else None
        if given.get("id"):
            self.classes[given["id"] or ""] = given.get("class") or ""
        if tag in ("td", "th"):
            self._open = self._row is not None
            if self._row is not None:
                self._row.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open and self._row:
            self._row[-1] += " ".join(data.replace("\N{SOFT HYPHEN}", "").split()) + " "


@pytest.fixture
def page(client: FlaskClient) -> Rows:
    return Rows(client.get("/matrix").text)


def test_a_relation_has_its_partners_in_the_columns_of_their_sectors(page: Rows) -> None:
    head, county, town, providers, housing, groups, citizens = page.rows[
        "cooperation-heimer-park-treff"
    ]
    assert "Heimer-Park-Treff" in head
    assert "zuletzt belegt 2015" in head
    assert not county.strip() + groups.strip() + citizens.strip()
    assert "Stadt Viersen" in town
    assert "ASB Gemeinsam" in providers
    assert "betreibt" in providers
    assert "VAB" in housing
    assert "beauftragt" in housing


def test_a_partner_whom_nobody_documents_is_an_open_end(page: Rows) -> None:
    head = page.rows["agreement-duelkenbuero"][0]
    assert "nicht belegt" in head
    assert "von 2023 bis Ende 2026" in head


def test_an_ended_relation_says_so(page: Rows) -> None:
    assert "beendet" in page.rows["agreement-suechtelnbuero-stadt-handel"][0]
    assert "state-ended" in page.classes["agreement-suechtelnbuero-stadt-handel"]


def test_law_names_its_norm(page: Rows) -> None:
    found = [cells for name, cells in page.rows.items() if "care-planning-municipal" in name]
    assert any("§ 7 APG" in cells[0] and "einzubeziehen" in cells[2] for cells in found)


def test_numbered_slots_share_a_chip_with_a_link_each(client: FlaskClient) -> None:
    html = client.get("/matrix").text
    for number in range(1, 5):
        assert f'<a href="/doc/slot-county-directorate-{number}" aria-label="Dezernat' in html


def test_an_ambiguous_slot_stands_in_both_cells(page: Rows) -> None:
    contact = page.rows["level-contact"]
    assert "Gemeinwesenarbeit" in contact[3]
    assert "bevorzugte Lesart" in contact[3]
    assert "Gemeinwesenarbeit" in contact[4]
    assert "andere Lesart" in contact[4]


def test_an_organisation_without_a_level_stands_above_the_levels_only(client: FlaskClient) -> None:
    html = client.get("/matrix").text
    levels = html[html.index('class="levels"') :]
    organisations = html[html.index('class="organisations"') : html.index('id="relations"')]
    assert 'href="/doc/org-vab"' in organisations
    assert 'href="/doc/org-vab"' not in levels


def test_an_empty_cell_says_that_no_slide_fills_it(page: Rows) -> None:
    assert "leer : auf keiner der fünf Folien besetzt" in page.rows["level-associations"][3]


@pytest.mark.parametrize(
    ("name", "tinted", "plain"),
    [
        ("administration", "cell-town-department", "cell-providers-department"),
        ("operational-cooperation", "cell-providers-contact", "cell-county-contact"),
    ],
)
def test_a_perspective_tints_what_it_looks_at_and_says_that_the_arrows_are_lost(
    client: FlaskClient, name: str, tinted: str, plain: str
) -> None:
    answer = client.get("/matrix", query_string={"perspektive": name})
    page = Rows(answer.text)
    assert "sind die Pfeile verloren" in answer.text
    assert "tint-1" in page.classes[tinted]
    assert "tint" not in page.classes[plain]
    assert "tint" not in Rows(client.get("/matrix").text).classes[tinted]


def test_an_unknown_perspective_is_told_with_those_that_exist(client: FlaskClient) -> None:
    answer = client.get("/matrix?perspektive=nope")
    assert answer.status_code == 404
    assert "administration" in answer.text


def test_the_small_matrix_counts_and_leads_to_the_cells(client: FlaskClient) -> None:
    html = client.get("/matrix").text
    mini = html[html.index('class="mini"') : html.index('class="matrix"')]
    assert 'href="#cell-county-associations">1</a>' in mini
    assert mini.count("<tr>") == 8
