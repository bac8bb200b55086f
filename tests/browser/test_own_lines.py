"""Lines that a reader draws into the matrix: a draft that stays in the browser or in a file."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.browser.test_lines import TEXTS, overlap
from tests.browser.test_pages import barriers, fit, go, visiting

LANGS = ("de", "en")
POLITICS = "#cell-county-politics"
VAB = '.organisations a.chip-name[href="/doc/org-vab"]'
NOTE = "Gesprächsrunde im November"
# Where the strokes of own lines lie, each piece of a path as a box of the painted width.
PIECES = """
() => [...document.querySelectorAll('#own-lines path:not(.casing)')].flatMap(path => {
  const origin = path.ownerSVGElement.getBoundingClientRect();
  const found = [];
  let [x, y] = [0, 0];
  for (const [, kind, a, b] of path.getAttribute('d').matchAll(/([MHV])([\\d.-]+) ?([\\d.-]*)/g)) {
    const [u, v] = [kind === 'V' ? x : +a, kind === 'M' ? +b : kind === 'V' ? +a : y];
    if (kind !== 'M') found.push({
      left: Math.min(x, u) + origin.left - 1.5, right: Math.max(x, u) + origin.left + 1.5,
      top: Math.min(y, v) + origin.top - 1.5, bottom: Math.max(y, v) + origin.top + 1.5,
    });
    [x, y] = [u, v];
  }
  return found;
})
"""


def entries(page: Page) -> Locator:
    return page.locator("#own-list li")


def told(page: Page) -> str:
    return page.locator("#own-status").inner_text()


def draw(page: Page, start: str, end: str, note: str = "") -> None:
    """Draw a line by the fields."""
    page.locator("#own-from").select_option(label=start)
    page.locator("#own-to").select_option(label=end)
    page.locator("#own-note").fill(note)
    page.locator("#own-note").press("Enter")


def draw_by_keyboard(page: Page, start: str, end: str, note: str) -> None:
    """Draw a line by typing alone, as a list of choices finds what is typed."""
    page.locator("#own-from").focus()
    for words in (start, end, note):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("lang", LANGS)
def test_a_line_drawn_by_keyboard_stays_after_a_reload_and_goes_nowhere(
    browser: Browser, address: str, width: int, lang: str
) -> None:
    with visiting(browser, address) as (page, faults):
        page.set_viewport_size({"width": width, "height": 900})
        go(page, f"{address}/matrix?lang={lang}")
        assert not page.locator("#own-flag").is_visible()
        sent: list[str] = []
        page.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
        draw_by_keyboard(page, "Kreistag", "Landrat", NOTE)
        assert sent == []
        assert entries(page).count() == 1
        assert "Kreistag (" in entries(page).inner_text()
        assert " – Landrat (" in entries(page).inner_text()
        assert NOTE in entries(page).inner_text()
        assert "Kreistag" in told(page)
        assert ("Entwurf" if lang == "de" else "draft") in told(page)
        flag = page.locator("#own-flag").inner_text()
        assert ("Entwurf: 1 eigene Linie " if lang == "de" else "Draft: 1 line of your own") in flag
        page.reload()
        assert entries(page).count() == 1
        assert NOTE in entries(page).inner_text()
        assert page.locator("#own-lines path.casing").first.is_visible() is (width == 1440)
        assert not [each for each in sent if "Kreistag" in each or "November" in each]
        assert "/matrix" in page.url
        assert "own" not in page.url
        fit(page, width)
        assert barriers(page) == ""
        page.emulate_media(color_scheme="dark")
        assert barriers(page) == ""
        assert faults == []


def test_both_ends_are_chosen_in_the_matrix_by_pointer_and_by_keyboard(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as (page, faults):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix")
        page.get_by_role("button", name="Enden in der Matrix wählen").click()
        page.locator(VAB).click()
        assert "Von: Viersener Aktien-Baugesellschaft" in told(page) or "Von: VAB" in told(page)
        assert page.locator("#own-status").is_visible()
        page.locator(POLITICS).click(position={"x": 100, "y": 4})
        assert "(ganze Zelle)" in entries(page).inner_text()
        assert page.locator("#own-lines path").count() == 2
        page.locator(VAB).focus()
        page.keyboard.press("Enter")
        page.locator(f'{POLITICS} a[href="/doc/slot-county-kreistag"]').focus()
        page.keyboard.press("Enter")
        assert entries(page).count() == 2
        page.locator("tr.row-1 a.relation-name").click()
        assert "Hier kann keine Linie enden" in told(page)
        assert not page.locator("#panel").is_visible()
        page.keyboard.press("Escape")
        page.locator("#own-pick:focus").wait_for()
        page.locator(VAB).click()
        page.locator("#panel-title:focus").wait_for()
        assert entries(page).count() == 2
        assert faults == []


@pytest.mark.parametrize("width", [1280, 1440])
def test_own_lines_join_their_chips_look_like_a_draft_and_cross_no_word(
    browser: Browser, address: str, width: int
) -> None:
    with visiting(browser, address) as (page, _):
        page.set_viewport_size({"width": width, "height": 900})
        go(page, address + "/matrix")
        for start, end in (
            ("Kreistag", "Landrat"),
            ("Kreistag", "Bürgermeister"),
            ("Landrat", "Sachbearbeiter"),
            ("Bürgermeister", "VAB"),
        ):
            draw(page, start, end)
        assert entries(page).count() == 4
        pieces = page.evaluate(PIECES)
        assert len(pieces) >= 4 * 3
        texts = page.evaluate(TEXTS)
        assert [t["text"] for p in pieces for t in texts if overlap(p, t)] == []
        chip = page.locator(".chip:has(a[href='/doc/slot-county-kreistag'])").bounding_box()
        assert chip is not None
        assert any(
            abs(p["right"] - 1.5 - chip["x"]) < 1
            and chip["y"] < p["top"] < chip["y"] + chip["height"]
            for p in pieces
        )
        dashes = page.locator("#own-lines path:not(.casing)").first.evaluate(
            "e => getComputedStyle(e).strokeDasharray"
        )
        others = page.locator(".strokes line:not(.casing)").evaluate_all(
            "all => all.map(e => getComputedStyle(e).strokeDasharray)"
        )
        assert dashes not in {*others, "none"}
        before = page.evaluate(PIECES)
        page.set_viewport_size({"width": width + 160, "height": 900})
        page.wait_for_timeout(200)
        assert page.evaluate(PIECES) != before


def test_a_saved_file_is_opened_elsewhere_and_has_the_same_lines(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    saved = tmp_path / "lines.json"
    with visiting(browser, address) as (page, faults):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix")
        save = page.get_by_role("button", name="Als Datei speichern (JSON)")
        assert save.is_disabled()
        draw(page, "Kreistag", "Landrat", NOTE)
        draw(page, "Kreistag", "Bürgermeister", "<img src=x onerror=alert(1)>")
        with page.expect_download() as download:
            save.press("Enter")
        download.value.save_as(saved)
        assert "entwurf" in download.value.suggested_filename
        kept = json.loads(saved.read_text(encoding="utf-8"))
        assert kept["draft"] is True
        assert kept["lines"][0]["note"] == NOTE
        before = entries(page).all_inner_texts()
        assert faults == []
    with visiting(browser, address) as (page, faults):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix?kompakt=1")
        assert entries(page).count() == 0
        page.locator("#own-open").set_input_files(saved)
        entries(page).nth(1).wait_for()
        assert "2 neue eigene Linien" in told(page)
        assert len(before) == entries(page).count()
        assert page.locator("#own-list img").count() == 0
        page.locator("#own-open").set_input_files(saved)
        page.locator("#own-status", has_text="0 neue").wait_for()
        assert entries(page).count() == 2
        assert faults == []


@pytest.mark.parametrize(
    "content",
    [
        "kein JSON",
        "{}",
        '{"kind": "akteursmodell-own-lines", "version": 2, "lines": []}',
        '{"kind": "akteursmodell-own-lines", "version": 1, "lines": [{"from": {}, "to": {}}]}',
    ],
)
def test_another_file_is_refused_and_changes_nothing(
    browser: Browser, address: str, tmp_path: Path, content: str
) -> None:
    other = tmp_path / "other.json"
    other.write_text(content, encoding="utf-8")
    with visiting(browser, address) as (page, faults):
        go(page, address + "/matrix")
        draw(page, "Kreistag", "Landrat")
        page.locator("#own-open").set_input_files(other)
        page.locator("#own-status", has_text="Das ist keine Datei mit eigenen Linien").wait_for()
        assert entries(page).count() == 1
        assert faults == []


def test_removing_a_line_is_told_and_the_focus_stays_in_the_list(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as (page, faults):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix")
        draw(page, "Kreistag", "Kreistag")
        assert "Beide Enden sind gleich" in told(page)
        draw(page, "Kreistag", "Landrat")
        draw(page, "Landrat", "Kreistag")
        assert "gibt es schon" in told(page)
        draw(page, "Landrat", "Bürgermeister")
        entries(page).first.get_by_role(
            "button", name=re.compile("Entfernen.*Eigene Linie A")
        ).press("Enter")
        assert "Eigene Linie entfernt: Kreistag" in told(page)
        assert entries(page).count() == 1
        page.locator("#own-list button:focus").press("Enter")
        page.locator("#own-from:focus").wait_for()
        assert not page.locator("#own-flag").is_visible()
        page.reload()
        assert entries(page).count() == 0
        assert page.evaluate("localStorage.length") == 0
        assert faults == []


def test_without_script_nothing_of_it_is_offered_and_no_field_has_a_name_to_be_sent(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, java_script_enabled=False) as (page, _):
        go(page, address + "/matrix")
        assert not page.locator("#own").is_visible()
        assert page.locator("#own :is(input, select, textarea, button)").count() >= 7
        assert page.locator("#own [name]").count() == 0


def test_own_lines_are_not_printed(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, _):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix")
        draw(page, "Kreistag", "Landrat")
        page.emulate_media(media="print")
        for name in ("#own", "#own-flag", "#own-lines"):
            assert not page.locator(name).is_visible()


def test_a_line_whose_end_a_view_does_not_have_stays_in_the_list_and_says_so(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as (page, faults):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix")
        cell = page.locator("#own-from optgroup[label='Kreis, Politische Leitung'] option").first
        page.locator("#own-from").select_option(value=cell.get_attribute("value"))
        page.locator("#own-to").select_option(label="Sachbearbeiter")
        page.locator("#own-note").press("Enter")
        for view, paths in (("kompakt=1", 2), ("gezeichnet=1", 0), ("", 2)):
            go(page, f"{address}/matrix?{view}")
            assert entries(page).count() == 1
            assert page.locator("#own-lines path").count() == paths
            told_so = "in dieser Ansicht nicht zu sehen" in entries(page).inner_text()
            assert told_so is (paths == 0)
        assert faults == []
