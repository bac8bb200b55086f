"""The lines of the matrix in a real browser: whole, in the gutters, and never over a word."""

from collections import defaultdict
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.test_pages import SPACING, go, visiting

VIEWS = (
    "/matrix",
    "/matrix?kompakt=1",
    "/matrix?perspektive=administration",
    "/matrix?perspektive=new-public-management&kompakt=1",
    "/matrix?schicht=network&schicht=cooperation&lang=en",
    "/matrix?beziehungen=alle&schicht=law",
)
# Where each stroke lies, by the number of its line, and where each piece of text lies.
STROKES = """
() => [...document.querySelectorAll('.strokes g > line:not(.casing)')].map(line => {
  const box = line.getBoundingClientRect();
  const name = [...line.parentNode.classList].find(n => n.startsWith('nth-'));
  return {name, left: box.left, top: box.top, right: box.right, bottom: box.bottom};
})
"""
TEXTS = """
() => {
  const walker = document.createTreeWalker(
    document.querySelector('table.matrix'), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || node.parentNode.closest('.hidden, thead, caption')) continue;
    if (!node.parentNode.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 1) found.push(
        {text: node.data.trim(), left: box.left, top: box.top,
         right: box.right, bottom: box.bottom});
  }
  return found;
}
"""
PILLS = """
() => [...document.querySelectorAll('tr[class*="row-"] .pill:first-child')].map(pill => {
  const box = pill.getBoundingClientRect();
  const row = [...pill.closest('tr').classList].find(n => n.startsWith('row-'));
  return {name: row.replace('row-', 'nth-'),
          left: box.left, top: box.top, right: box.right, bottom: box.bottom};
})
"""
Box = dict[str, float]


def overlap(one: Box, other: Box) -> bool:
    return (
        one["left"] < other["right"] - 0.5
        and other["left"] < one["right"] - 0.5
        and one["top"] < other["bottom"] - 0.5
        and other["top"] < one["bottom"] - 0.5
    )


def over_text(page: Page) -> list[tuple[str, str]]:
    strokes = page.evaluate(STROKES)
    assert strokes
    # A stroke has no width to the browser; it is painted 2.5px wide.
    wide = [
        {
            **s,
            "left": s["left"] - 1.25,
            "right": s["right"] + 1.25,
            "top": s["top"] - 1.25,
            "bottom": s["bottom"] + 1.25,
        }
        for s in strokes
    ]
    texts = page.evaluate(TEXTS)
    assert len(texts) > 50
    return [(s["name"], t["text"]) for s in wide for t in texts if overlap(s, t)]


def broken(page: Page) -> list[str]:
    """Return the lines whose strokes, with the pills of their row, do not all hang together."""
    lines: dict[str, list[Box]] = defaultdict(list)
    strokes, pills = page.evaluate(STROKES), page.evaluate(PILLS)
    assert {each["name"] for each in pills} >= {each["name"] for each in strokes}
    for each in strokes + pills:
        lines[each["name"]].append(each)
    return [name for name, pieces in lines.items() if len(parts(pieces)) > 1]


def parts(strokes: list[Box]) -> list[list[Box]]:
    """Group strokes that touch, with two pixels to spare."""
    near = [
        {
            "left": s["left"] - 1,
            "right": s["right"] + 1,
            "top": s["top"] - 1,
            "bottom": s["bottom"] + 1,
        }
        for s in strokes
    ]
    groups: list[list[Box]] = []
    for stroke in near:
        touching = [g for g in groups if any(overlap(stroke, other) for other in g)]
        groups = [g for g in groups if g not in touching]
        groups.append([stroke, *(s for g in touching for s in g)])
    return groups


@pytest.mark.parametrize("width", [1280, 1440, 1920])
@pytest.mark.parametrize("view", VIEWS)
def test_lines_hang_together_and_never_cross_a_word(
    browser: Browser, address: str, view: str, width: int
) -> None:
    with visiting(browser, address) as (page, faults):
        page.set_viewport_size({"width": width, "height": 900})
        go(page, address + view)
        assert over_text(page) == []
        assert broken(page) == []
        assert faults == []


def test_lines_follow_when_a_reader_spaces_text_out(browser: Browser, address: str) -> None:
    with visiting(browser, address, bypass_csp=True) as (page, _):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix?kompakt=1")
        page.add_style_tag(content=SPACING)
        assert over_text(page) == []
        assert broken(page) == []


def test_lines_follow_when_actors_without_a_line_are_unfolded(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as (page, _):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix")
        folded = page.locator("table.matrix details.more > summary")
        assert folded.count() > 3
        for summary in folded.all():
            summary.click()
        assert over_text(page) == []
        assert broken(page) == []


def test_a_line_over_a_word_and_a_broken_line_would_be_noticed(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, bypass_csp=True) as (page, _):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix?kompakt=1")
        page.add_style_tag(content=".gutter { left: 1rem !important; }")
        assert over_text(page)
        page.add_style_tag(content=".gutter { top: 3rem !important; }")
        assert broken(page)


def test_lines_of_a_gutter_stand_apart(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, _):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix")
        row = page.locator("tr.relation").nth(3)
        for cell in row.locator("td").all():
            xs = cell.evaluate(
                "e => [...e.querySelectorAll('.gutter line:not(.casing)')]"
                ".map(l => l.getBoundingClientRect()).filter(b => b.width < 1).map(b => b.left)"
            )
            assert len(xs) <= 5
            assert all(b - a >= 9 for a, b in pairwise(sorted(xs)))


def test_narrow_screens_have_no_lines_but_the_numbers(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, _):
        page.set_viewport_size({"width": 360, "height": 800})
        go(page, address + "/matrix")
        assert not page.locator(".strokes").first.is_visible()
        assert page.locator(".levels .badge").first.is_visible()


def test_what_has_the_focus_keeps_its_line_and_the_others_fade(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, java_script_enabled=False) as (page, _):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix?kompakt=1")
        name = page.locator("tr.row-1 .relation-name")
        name.focus()
        assert (
            page.locator(".strokes:has(.nth-1)")
            .first.locator("g.nth-1")
            .first.evaluate("e => getComputedStyle(e).opacity")
            == "1"
        )
        assert page.locator("g.nth-2").first.evaluate("e => getComputedStyle(e).opacity") == "0.13"


def test_filters_work_by_keyboard_and_without_script(browser: Browser, address: str) -> None:
    with visiting(browser, address, java_script_enabled=False) as (page, faults):
        page.set_viewport_size({"width": 360, "height": 800})
        go(page, address + "/matrix")
        page.locator(".filters > summary").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Stadtteil").select_option(label="Dülken (8)")
        page.get_by_label("Kompakt").press("Space")
        page.get_by_role("button", name="Anzeigen").press("Enter")
        assert "ort=district-duelken" in page.url
        assert "kompakt=1" in page.url
        assert "Dülken" in page.locator(".filters > summary").inner_text()
        assert faults == []
