"""The page of the matrix: each relation a row, each partner in its sector's column."""

from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import Literal, local_name
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import find

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
    return Rows(client.get("/matrix?beziehungen=alle").text)


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
    ("name", "slide", "tinted", "plain"),
    [
        ("administration", 3, "cell-town-department", "cell-providers-department"),
        ("operational-cooperation", 8, "cell-providers-contact", "cell-county-contact"),
    ],
)
def test_a_perspective_tints_what_it_looks_at_and_says_that_the_arrows_are_lost(
    client: FlaskClient, name: str, slide: int, tinted: str, plain: str
) -> None:
    answer = client.get("/matrix", query_string={"perspektive": name})
    page = Rows(answer.text)
    assert f"Pfeile und Farben der Folie {slide}" in answer.text
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


def shown_by(shipped: EmbeddedStore) -> dict[str, set[str]]:
    """The relations of each perspective, as CQ64 tells."""
    found: dict[str, set[str]] = {}
    for row in ask(shipped, find("CQ64"), {}).rows:
        perspective, relation = (local_name(str(term).strip("<>")) for term in row[:2])
        found.setdefault(perspective.removeprefix("perspective-"), set()).add(relation)
    return found


def test_each_of_the_five_perspectives_lists_its_relations_and_no_other(
    client: FlaskClient, shipped: EmbeddedStore
) -> None:
    perspectives = shown_by(shipped)
    assert len(perspectives) == 5
    for name, relations in perspectives.items():
        asked = {"perspektive": name, "beziehungen": "alle"}
        page = Rows(client.get("/matrix", query_string=asked).text)
        listed = {row for row in page.rows if page.classes[row].startswith("relation ")}
        assert listed == relations, name
        assert relations, name


def test_the_number_in_the_sentence_is_that_of_the_comparison_and_leads_to_the_list(
    client: FlaskClient, shipped: EmbeddedStore
) -> None:
    counted = {
        local_name(str(row[0]).strip("<>")): (row[1].value, row[2].value)
        for row in ask(shipped, find("CQ31"), {}).rows
        if isinstance(row[1], Literal) and isinstance(row[2], Literal)
    }
    assert len(counted) == 5
    for perspective, (number, law) in counted.items():
        name = perspective.removeprefix("perspective-")
        html = client.get("/matrix", query_string={"perspektive": name}).text
        link = f'<a href="/questions/CQ64?perspective={perspective}">'
        told = f"{link}{number} belegte Beziehungen</a>, davon {law} nur gesetzlich vorgesehen"
        assert told in html, name


def test_a_perspective_numbers_its_own_relations_from_one(client: FlaskClient) -> None:
    page = Rows(client.get("/matrix?perspektive=new-public-management").text)
    numbers = [
        int(cells[0].split("Beziehung ")[1].split()[0])
        for name, cells in page.rows.items()
        if page.classes[name].startswith("relation ")
    ]
    assert numbers == list(range(1, 10))


def test_what_belongs_to_what_is_listed_for_the_administration_only(client: FlaskClient) -> None:
    row = "belonging-unit-50-3-county"
    assert row not in Rows(client.get("/matrix").text).rows
    cells = Rows(client.get("/matrix?perspektive=administration").text).rows[row]
    assert "Abteilung 50/3" in cells[1]
    assert "gehört dazu" in cells[1]
    assert "umfasst" in cells[1]


def test_subject_space_and_kind_of_planning_are_laid_over_the_relations_of_a_perspective(
    client: FlaskClient,
) -> None:
    html = client.get("/matrix?perspektive=new-public-management").text
    head = Rows(html).rows["agreement-heimer-park-treff"][0]
    assert "Sachbezug: Quartiersarbeit" in head
    assert "Raumbezug: Heimer-Park-Treff" in head
    assert "Planungsart: operativ" in head
    assert 'href="/doc/site-heimer-park-treff"' in html
    plain = Rows(client.get("/matrix").text).rows["agreement-heimer-park-treff"][0]
    assert "bezug" not in plain
    assert "Planungsart" not in plain


def test_what_only_the_law_provides_for_is_counted_apart(client: FlaskClient) -> None:
    html = client.get("/matrix?beziehungen=alle").text
    page = Rows(html)
    law = [row for row, cls in page.classes.items() if cls.startswith("relation relation-law")]
    every = [row for row, cls in page.classes.items() if cls.startswith("relation ")]
    lived = len(every) - len(law)
    assert law
    assert f"{lived} belegte Beziehungen; {len(law)} weitere sieht nur das Gesetz vor." in html
