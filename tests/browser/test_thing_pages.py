"""One entry of every kind in a real browser, and a data state undone by form."""

import csv
import io
import json
import urllib.parse
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.browser.test_pages import WIDTHS, barriers, fit, go, visiting
from tests.serving import serving

from akteursmodell.vocabulary import BASE, ID

TOKEN = "a-token-for-tests"
KINDS = f"""
SELECT (SAMPLE(?thing) AS ?one) WHERE {{
  {{ SELECT ?class (MIN(?each) AS ?thing) WHERE {{
    GRAPH ?graph {{ ?each a ?class }}
    FILTER(STRSTARTS(STR(?each), "{ID}") && STRSTARTS(STR(?graph), "{BASE}data/"))
  }} GROUP BY ?class }}
}} GROUP BY ?class ORDER BY ?one
"""


def rows(address: str, query: str) -> list[str]:
    """Return the first column of an answer."""
    asked = urllib.parse.urlencode({"query": query})
    request = urllib.request.Request(f"{address}/sparql?{asked}", headers={"Accept": "text/csv"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return [row[0] for row in csv.reader(io.TextIOWrapper(answer, "utf-8"))][1:]


@pytest.mark.parametrize(("width", "scheme"), [(WIDTHS[0], "dark"), (WIDTHS[-1], "light")])
def test_an_entry_of_every_kind_fits_and_can_be_used_by_all(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    things = [thing.removeprefix(ID) for thing in rows(address, KINDS)]
    assert len(things) > 50
    with visiting(browser, address, color_scheme=scheme) as (page, faults):
        page.set_viewport_size({"width": width, "height": 900})
        for thing in things:
            go(page, f"{address}/doc/{thing}")
            fit(page, width)
            assert page.locator(".told li").first.is_visible(), thing
            assert barriers(page) == "", thing
        assert faults == []


def test_pictures_can_be_read_on_a_phone_and_their_lists_work_without_script(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, java_script_enabled=False) as (page, faults):
        page.set_viewport_size({"width": 360, "height": 800})
        go(page, address + "/doc/org-asb-gemeinsam")
        picture = page.locator("svg.fan")
        box = picture.bounding_box()
        name = picture.locator("text").first.bounding_box()
        assert box is not None
        assert name is not None
        assert 300 <= box["width"] <= 360
        assert name["height"] >= 11
        listed = page.locator(".neighbours li")
        assert not listed.first.is_visible()
        page.get_by_text("Dasselbe als Liste").click()
        assert listed.first.is_visible()
        assert listed.count() == picture.locator("g").count()
        page.locator(".mini-place td a").click()
        page.wait_for_url("**/matrix#org-providers")
        assert faults == []


def test_the_keyboard_reaches_the_marked_cell_and_the_list(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, _):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/doc/cooperation-kombi-hilfe")
        cell = page.locator(".mini-place td a").last
        cell.focus()
        assert cell.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent").startswith("Dasselbe als Liste"):
                break
        page.keyboard.press("Enter")
        assert page.locator(".neighbours li").first.is_visible()


@pytest.fixture(scope="module")
def writable() -> Iterator[str]:
    """A server that may be written to."""
    with serving(AKTEURSMODELL_TOKEN=TOKEN) as base:
        yield base


def renamed(address: str, name: str) -> int:
    """Give a site another name and return the data state."""
    told = f'<{ID}site-dueno> <http://www.w3.org/2004/02/skos/core#altLabel> "{name}"@de'
    update = f"INSERT DATA {{ GRAPH <{BASE}data/viersen/sites> {{ {told} }} }}"
    request = urllib.request.Request(
        f"{address}/update?author=Test&reason=Zweitname",
        update.encode(),
        {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return int(json.load(answer)["revision"])


def test_a_data_state_is_tried_and_undone_by_form_without_script(
    browser: Browser, writable: str
) -> None:
    with visiting(browser, writable, java_script_enabled=False) as (page, faults):
        page.set_viewport_size({"width": 360, "height": 800})
        number = renamed(writable, "Anderer Name")
        go(page, f"{writable}/history/{number}")
        page.get_by_role("link", name="diesen Datenstand zurücknehmen").click()
        page.get_by_label("Kennwort zum Schreiben").fill(TOKEN)
        page.get_by_role("button", name="Ausprobieren").click()
        assert "0 Fehler" in page.locator("#outcome").inner_text()
        fit(page, 360)
        page.set_viewport_size({"width": 1440, "height": 900})
        fit(page, 1440)
        page.get_by_text("Eingetragen: 0 neu, 1 entfernt").click()
        page.get_by_text("Anderer Name").wait_for()
        page.get_by_label("Wer nimmt zurück").fill("Stelle A")
        page.get_by_label("Warum").fill("Doch nicht")
        page.locator("#token-undo").fill(TOKEN)
        page.get_by_role("button", name="Jetzt zurücknehmen").click()
        page.wait_for_url(f"{writable}/history/{number + 1}")
        assert page.locator(".lead").inner_text() == "Doch nicht"
        assert faults == []


def test_the_outcome_of_a_tried_undo_has_no_barriers(browser: Browser, writable: str) -> None:
    with visiting(browser, writable) as (page, _):
        go(page, f"{writable}/history/{renamed(writable, 'Noch ein Name')}/undo")
        page.get_by_label("Kennwort zum Schreiben").fill(TOKEN)
        page.get_by_role("button", name="Ausprobieren").click()
        page.locator("#outcome").wait_for()
        assert barriers(page) == ""
