"""The page of the matrix in a real browser: how high it is, that nothing overflows, its panel."""

import re

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.test_lines import overlap
from tests.browser.test_pages import SPACING, barriers, fit, go, visiting

LANGS = ("de", "en")
PERSPECTIVES = (
    "",
    "administration",
    "theme-networks",
    "new-public-management",
    "operational-cooperation",
)
HEIGHT = """
() => ['h1', 'table.matrix', '.legend']
  .map(name => document.querySelector(name).getBoundingClientRect().height)
  .reduce((sum, height) => sum + height)
"""
# Text that leaves its chip or its pill, as far as it can be seen.
OVERFLOW = """
() => {
  const found = [];
  for (const box of document.querySelectorAll('table.matrix .chip, table.matrix .pill')) {
    if (!box.checkVisibility()) continue;
    const outer = box.getBoundingClientRect();
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.data.trim() || node.parentNode.closest('.hidden')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const inner of range.getClientRects())
        if (inner.right > outer.right + 0.5 || inner.left < outer.left - 0.5
            || inner.bottom > outer.bottom + 0.5 || inner.top < outer.top - 0.5)
          found.push(node.data.trim().slice(0, 40));
    }
  }
  return found;
}
"""
BOXES = """
(selector) => [...document.querySelectorAll(selector)]
  .filter(e => e.checkVisibility()).map(e => {
    const box = e.getBoundingClientRect();
    return {left: box.left + 1, top: box.top + 1, right: box.right - 1, bottom: box.bottom - 1};
  })
"""
LANES = """
() => [...document.querySelectorAll('table.matrix .gutter')].map(gutter =>
  new Set([...gutter.querySelectorAll('line:not(.casing)')]
    .map(line => line.getBoundingClientRect()).filter(box => box.width < 1)
    .map(box => Math.round(box.left))).size)
"""


@pytest.mark.parametrize("lang", LANGS)
def test_a_compact_view_with_title_and_legend_is_less_than_900_pixels_high(
    browser: Browser, address: str, lang: str
) -> None:
    with visiting(browser, address) as (page, faults):
        page.set_viewport_size({"width": 1440, "height": 900})
        heights = {}
        for perspective in PERSPECTIVES:
            go(page, f"{address}/matrix?kompakt=1&perspektive={perspective}&lang={lang}")
            page.evaluate("document.fonts.ready")
            heights[perspective] = page.evaluate(HEIGHT)
            assert page.locator("tr.relation").count() >= 2
        assert all(height < 900 for height in heights.values()), heights
        assert faults == []


def test_the_usual_view_has_twelve_rows_and_without_script_a_link_leads_to_all(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, java_script_enabled=False) as (page, _):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix")
        few = page.locator("table.matrix").evaluate("e => e.offsetHeight")
        assert page.locator("tr.relation").count() == 12
        page.get_by_role("link", name="alle 33 zeigen").click()
        assert page.locator("tr.relation").count() == 33
        assert page.locator("table.matrix").evaluate("e => e.offsetHeight") > 2 * few
        page.get_by_role("link", name="Auswahl zeigen").click()
        page.locator(".left-out > summary").click()
        page.locator(".left-out li a", has_text="Zeile zeigen").first.click()
        name = re.search(r"#([\w-]+)$", page.url)
        assert name is not None
        assert page.locator(f"tr#{name[1]}").is_visible()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [1280, 1440])
@pytest.mark.parametrize("query", ["", "kompakt=1", "gezeichnet=1&perspektive=administration"])
def test_no_text_leaves_its_chip_even_where_a_reader_spaces_it_out(
    browser: Browser, address: str, query: str, width: int, lang: str
) -> None:
    with visiting(browser, address, bypass_csp=True) as (page, _):
        page.set_viewport_size({"width": width, "height": 900})
        go(page, f"{address}/matrix?{query}&lang={lang}")
        for summary in page.locator("table.matrix details.more > summary").all():
            summary.click()
        assert page.evaluate(OVERFLOW) == []
        page.add_style_tag(content=SPACING)
        assert page.evaluate(OVERFLOW) == []
        fit(page, width)


@pytest.mark.parametrize("width", [1280, 1440])
@pytest.mark.parametrize("perspective", PERSPECTIVES)
def test_no_line_crosses_a_chip_and_no_gutter_has_more_than_five_lanes(
    browser: Browser, address: str, perspective: str, width: int
) -> None:
    with visiting(browser, address) as (page, _):
        page.set_viewport_size({"width": width, "height": 900})
        for more in ("", "&beziehungen=alle", "&kompakt=1"):
            go(page, f"{address}/matrix?perspektive={perspective}{more}")
            strokes = page.evaluate(BOXES, ".strokes line:not(.casing)")
            # A stroke has no width to the browser; undo the margin of a box across it.
            strokes = [
                {
                    "left": min(s["left"], s["right"]),
                    "right": max(s["left"], s["right"]),
                    "top": min(s["top"], s["bottom"]),
                    "bottom": max(s["top"], s["bottom"]),
                }
                for s in strokes
            ]
            chips = page.evaluate(BOXES, "table.matrix .chip, table.matrix .pill")
            assert strokes
            assert not [(s, c) for s in strokes for c in chips if overlap(s, c)]
            lanes = page.evaluate(LANES)
            assert max(lanes) >= 1
            assert max(lanes) <= 5


@pytest.mark.parametrize("perspective", PERSPECTIVES)
def test_a_phone_shows_a_perspective_without_scrolling_sideways(
    browser: Browser, address: str, perspective: str
) -> None:
    with visiting(browser, address) as (page, faults):
        page.set_viewport_size({"width": 360, "height": 800})
        for more in ("", "&kompakt=1", "&gezeichnet=1"):
            go(page, f"{address}/matrix?perspektive={perspective}{more}")
            assert page.evaluate("document.documentElement.scrollWidth") == 360
            assert page.locator("tr.relation").count() >= 2
        assert faults == []


def opened(page: Page) -> None:
    page.locator("#panel-title:focus").wait_for()


@pytest.mark.parametrize("width", [360, 1440])
def test_a_panel_tells_of_a_chip_and_gives_the_focus_back(
    browser: Browser, address: str, width: int
) -> None:
    with visiting(browser, address) as (page, faults):
        page.set_viewport_size({"width": width, "height": 800})
        go(page, address + "/matrix")
        chip = page.locator('.organisations a.chip-name[href="/doc/org-vab"]')
        chip.focus()
        page.keyboard.press("Enter")
        opened(page)
        panel = page.locator("#panel")
        assert "Viersener Aktien-Baugesellschaft" in panel.inner_text()
        assert panel.get_by_role("link", name="Ganze Seite").get_attribute("href") == "/doc/org-vab"
        assert panel.get_by_role("link", name="Angabe korrigieren").is_visible()
        assert panel.get_by_text("geprüft am").first.is_visible()
        box = panel.bounding_box()
        assert box is not None
        assert box["width"] == (416 if width == 1440 else 360)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert barriers(page) == ""
        page.keyboard.press("Escape")
        assert not panel.is_visible()
        page.locator('.organisations a.chip-name[href="/doc/org-vab"]:focus').wait_for()
        assert page.url.endswith("/matrix")
        assert faults == []


def test_a_panel_tells_of_a_relation_in_english_too(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, faults):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix?lang=en")
        page.locator("tr.row-1 a.relation-name").click()
        opened(page)
        assert page.locator("#panel").get_by_role("heading", name="Partners").is_visible()
        page.get_by_role("button", name="Close").click()
        assert not page.locator("#panel").is_visible()
        assert faults == []


def test_without_script_a_chip_leads_to_its_page(browser: Browser, address: str) -> None:
    with visiting(browser, address, java_script_enabled=False) as (page, _):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix")
        assert not page.locator("#panel").is_visible()
        page.locator('.organisations a.chip-name[href="/doc/org-vab"]').click()
        assert page.url.endswith("/doc/org-vab")


def test_arrow_keys_go_from_chip_to_chip(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, _):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix")

        def focus() -> object:
            return page.evaluate("document.activeElement.getAttribute('href')")

        page.locator('#cell-county-politics a.chip-name[href="/doc/slot-county-kreistag"]').focus()
        page.keyboard.press("ArrowDown")
        assert focus() == "/doc/slot-county-landrat"
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowRight")
        assert focus() == "/doc/slot-town-council"
        page.keyboard.press("ArrowLeft")
        assert focus() == "/doc/slot-county-kreistag"


def test_a_changed_view_says_how_many_relations_it_has(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, _):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix")
        status = page.locator("#told")
        page.wait_for_timeout(500)
        assert status.inner_text() == ""
        page.get_by_role("link", name="Freie Träger: New Public Management").click()
        page.locator("#told:not(:empty)").wait_for(state="attached")
        assert status.text_content() == "9 belegte Beziehungen"


def test_what_is_missing_opens_by_keyboard_and_has_no_barrier(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, java_script_enabled=False) as (page, _):
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            go(page, address + "/matrix")
            page.locator(".missing > summary").focus()
            page.keyboard.press("Enter")
            link = page.locator(".missing").get_by_role("link", name="Ich weiß etwas dazu").first
            assert link.is_visible()
            fit(page, width)
    with visiting(browser, address) as (page, _):
        go(page, address + "/matrix#lost")
        assert page.locator("#lost").is_visible()
        assert barriers(page) == ""


def test_more_than_twelve_lines_are_emphasised_too_without_script(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, java_script_enabled=False) as (page, faults):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix?beziehungen=alle")
        names = page.locator("tr.relation:not(.state-ended)").evaluate_all(
            "all => all.map(e => e.id)"
        )
        go(page, address + "/matrix?" + "&".join(f"linie={name}" for name in names[:14]))
        opacity = "e => getComputedStyle(e).opacity"
        assert page.locator("tr.row-14").count() == 1
        page.locator("tr.row-14 a.relation-name").focus()
        assert page.locator("g.nth-14").first.evaluate(opacity) == "1"
        assert page.locator("g.nth-1").first.evaluate(opacity) == "0.13"
        assert page.locator("g.nth-13").first.evaluate(opacity) == "0.13"
        page.locator("tr.row-13").hover(position={"x": 5, "y": 5})
        assert (
            page.locator("g.nth-13 line:not(.casing)").first.evaluate(
                "e => getComputedStyle(e).strokeWidth"
            )
            == "4px"
        )
        assert faults == []
