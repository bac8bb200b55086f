"""The start page: three entries, and the state of knowledge in figures and bars."""

import gzip
import re
from collections import Counter
from datetime import date

import pytest
from flask.testing import FlaskClient

from akteursmodell.analysis.knowledge import WIDTH, bars, knowledge
from akteursmodell.analysis.open_points import open_points, stale_statements
from akteursmodell.analysis.overview import age, overview
from akteursmodell.graph.embedded import EmbeddedStore

BAR = re.compile(
    r'<span class="number">(\d+)</span><svg[^>]*><rect data-value="(\d+)" width="([\d.]+)"'
)
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_each_bar_says_what_its_row_of_the_table_says(client: FlaskClient, lang: str) -> None:
    html = client.get("/", query_string={"lang": lang}).text
    tables = html.split('<table class="bars"')[1:]
    assert len(tables) == 3
    for table in tables:
        found = [
            (int(n), int(v), float(w)) for n, v, w in BAR.findall(table.partition("</table>")[0])
        ]
        assert len(found) == table.partition("</table>")[0].count('<th scope="row"')
        most = max(number for number, _, _ in found)
        for number, value, width in found:
            assert number == value
            assert width == pytest.approx(WIDTH * number / most, abs=0.01)


def test_the_figures_are_those_of_the_data(shipped: EmbeddedStore) -> None:
    found = knowledge(shipped, "de", TODAY)
    assert {bar.name: bar.count for bar in found.ages} == {
        name: count for name, count in age(shipped, TODAY).states.items() if count
    }
    statuses = {piece.text: count for piece, count in overview(shipped, "de").statuses}
    shown = {bar.label: bar.count for bar in found.evidence}
    assert {label: count for label, count in shown.items() if count} == statuses
    assert shown["bestätigt durch die Stelle"] == found.confirmed == 0


def test_old_and_undated_bars_count_what_the_list_of_old_statements_holds(
    shipped: EmbeddedStore,
) -> None:
    counts = {bar.name: bar.count for bar in knowledge(shipped, "de", TODAY).ages}
    assert counts["attested"] + counts["undated"] == len(stale_statements(shipped, "de", TODAY))


def test_what_is_open_is_counted_as_its_page_counts_it(
    client: FlaskClient, shipped: EmbeddedStore
) -> None:
    points = Counter(point.kind for point in open_points(shipped, "de"))
    assert {bar.name: bar.count for bar in knowledge(shipped, "de", TODAY).open} == points
    html = client.get("/").text
    assert all(f'href="/gaps?show={kind}"' in html for kind in points)


def test_bars_of_nothing_have_no_width() -> None:
    assert [bar.width for bar in bars([("a", "A", 0)])] == [0]


def test_the_first_page_with_all_it_loads_is_below_100_kilobytes(client: FlaskClient) -> None:
    html = client.get("/").data
    assets = set(re.findall(rb'(?:href|src)="(/static/[^"]+)"', html))
    assert assets
    total = len(gzip.compress(html))
    for path in assets:
        with client.get(path.decode()) as asset:
            total += len(gzip.compress(asset.data))
    assert total < 100_000


def test_what_ends_next_is_told_with_its_sum(client: FlaskClient) -> None:
    part = client.get("/").text.partition("Was als Nächstes endet")[2]
    assert "DülkenBüro" in part
    assert "mindestens 90.000 Euro im Jahr" in part


@pytest.mark.parametrize("lang", ["de", "en"])
def test_each_entry_of_the_menu_is_offered_under_a_name_of_its_own(
    client: FlaskClient, lang: str
) -> None:
    html = client.get("/", query_string={"lang": lang}).text
    menu = html.partition('id="menu"')[2].partition("</nav>")[0]
    main, foot = html.partition("<main")[2].split("</main>")
    offered = re.findall(r'<a href="(/[a-z]+)"[^>]*>', menu)
    assert len(offered) == 7
    assert [path for path in offered if f'href="{path}"' not in main] == []
    # One page, one name: the glossary is not called something else in the foot.
    (name,) = re.findall(r'href="/glossary">([^<]+)<', main)
    assert f'href="/glossary">{name}<' in foot
