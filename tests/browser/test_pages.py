"""Every kind of page in a real browser: it fits, it is quiet, it stays at home, all can use it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from akteursmodell.questions.catalogue import catalogue

WIDTHS = (360, 768, 1440)
NARROWEST = 320
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = {
    "start": "/",
    "matrix": "/matrix",
    "perspective": "/matrix?perspektive=new-public-management",
    "compact": "/matrix?kompakt=1&luecken=1&ort=district-duelken",
    "thing": "/doc/org-asb-gemeinsam",
    "relation": "/doc/responsibility-integrated-social-planning-50-3-planning",
    "town": "/doc/org-town-viersen",
    "participation": "/participation",
    "undo": "/history/1/undo",
    "term": "/ontology/Obligation",
    "ontology": "/ontology",
    "module": "/ontology/actors",
    "list": "/ontology/responsibility-kinds",
    "matches": "/ontology/alignments",
    "file": "/data/viersen/sites",
    "network": "/network",
    "surroundings": "/network?um=org-vab&schritte=2&farbe=bindeglied&groesse=beziehungen",
    "map": "/map",
    "libraries": "/libraries",
    "questions": "/questions",
    "answer": "/questions/CQ16",
    "check": "/validation",
    "preview": "/preview",
    "search": "/search?q=viersen",
    "about": "/about",
    "history": "/history",
    "data state": "/history/1",
    "tasks": "/tasks",
    "raci": "/tasks?view=raci&body=org-town-viersen",
    "deadlines": "/deadlines",
    "places": "/places",
    "place": "/places/district-suechteln",
    "gaps": "/gaps",
    "old": "/gaps?show=stale",
    "tell": "/tell/gap-duelkenbuero-after-2026",
    "glossary": "/glossary",
    "accessibility": "/accessibility",
    "imprint": "/imprint",
    "privacy": "/privacy",
    "query": "/sparql?query=SELECT%20%3Fs%20%3Fo%20%7B%20%3Fs%20akm%3Aoperator%20%3Fo%20%7D",
}
# WCAG 1.4.12: what a reader may set without losing anything.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; }
* { word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
OVERHANG = """
() => [...document.querySelectorAll('.chip, .pill, button, .menu a, .amount, .kind, .tabs a')]
  .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 2)
  .map(e => e.className + ': ' + e.textContent.trim().slice(0, 40))
"""


@contextmanager
def visiting(browser: Browser, address: str, **options: object) -> Iterator[tuple[Page, list[str]]]:
    """Open a page and note each complaint of the browser and each request to elsewhere."""
    context = browser.new_context(reduced_motion="reduce", **options)  # type: ignore[arg-type]
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith(address) else faults.append(request.url),
    )
    try:
        yield page, faults
    finally:
        context.close()


def go(page: Page, url: str) -> None:
    """Go to a page; one that is being made for another visitor is asked for again."""
    for _ in range(120):
        answer = page.goto(url)
        assert answer is not None
        if answer.status != 503:
            assert answer.ok, (url, answer.status)
            return
        time.sleep(0.5)
    raise AssertionError(url)


def with_lang(path: str, lang: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"


def fit(page: Page, width: int) -> None:
    """Nothing may be wider than the window, at any width."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def barriers(page: Page) -> str:
    """Return what keeps people from using a page, as axe finds it; empty where nothing does."""
    results = Axe().run(page, options={**RULES, "resultTypes": ["violations"]})
    return results.generate_report() if results.violations_count else ""


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_is_quiet_and_can_be_used_by_all(
    browser: Browser, address: str, name: str, lang: str
) -> None:
    with visiting(browser, address) as (page, faults):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            go(page, address + with_lang(PAGES[name], lang))
            fit(page, width)
            assert page.locator("h1").count() == 1
            if width == WIDTHS[0]:
                page.set_viewport_size({"width": NARROWEST, "height": 900})
                fit(page, NARROWEST)
                page.set_viewport_size({"width": width, "height": 900})
            if lang == "de" or width == WIDTHS[0]:
                assert barriers(page) == ""
            if lang == "de" and width in (WIDTHS[0], WIDTHS[-1]):
                page.emulate_media(color_scheme="dark")
                assert barriers(page) == ""
                page.emulate_media(color_scheme="light")
        assert [fault for fault in faults if "503" not in fault] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_answer_to_every_question_fits(browser: Browser, address: str, width: int) -> None:
    with visiting(browser, address) as (page, faults):
        page.set_viewport_size({"width": width, "height": 900})
        for question in catalogue():
            go(page, f"{address}/questions/{question}")
            fit(page, width)
        assert faults == []


def test_a_barrier_and_a_foreign_picture_would_be_noticed(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, faults):
        go(page, address + "/about")
        page.evaluate(
            "document.querySelector('main').innerHTML += "
            '\'<img src="http://localhost:9/x.png"><p style="color: #999">x</p>\''
        )
        assert "image-alt" in barriers(page)
        assert any("Content Security Policy" in fault for fault in faults)
        page.evaluate("document.body.style.width = '3000px'")
        with pytest.raises(AssertionError):
            fit(page, 1440)


def test_dark_is_dark_and_a_pale_letter_in_it_would_be_noticed(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, color_scheme="dark", bypass_csp=True) as (page, _):
        go(page, address + "/about")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 28)"
        assert barriers(page) == ""
        page.add_style_tag(content=".lead { color: #555 }")
        assert "color-contrast" in barriers(page)


def test_no_two_pages_have_the_same_title(browser: Browser, address: str) -> None:
    titles: dict[str, set[str]] = {}
    with visiting(browser, address) as (page, _):
        for path in PAGES.values():
            go(page, address + path)
            titles.setdefault(page.title(), set()).add(path.partition("?")[0])
    assert {title: paths for title, paths in titles.items() if len(paths) > 1} == {}
    assert len(titles) > 30


FOCUSED = """
() => {
  const e = document.activeElement;
  const of = (pseudo) => {
    const style = getComputedStyle(e, pseudo);
    return [style.outlineStyle, style.outlineWidth, style.boxShadow];
  };
  const box = e.getBoundingClientRect();
  return {
    name: (e.getAttribute("aria-label") ?? e.textContent ?? "").trim() || e.id || e.name,
    outline: of(null),
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    body: e === document.body,
  };
}
"""


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
@pytest.mark.parametrize("name", ["start", "matrix", "tasks", "network", "map", "deadlines"])
def test_what_the_keyboard_has_reached_is_marked_and_in_sight(
    browser: Browser, address: str, name: str, width: int
) -> None:
    with visiting(browser, address) as (page, _):
        page.set_viewport_size({"width": width, "height": 900})
        go(page, address + PAGES[name])
        for _ in range(40):
            page.keyboard.press("Tab")
            found = page.evaluate(FOCUSED)
            if found["body"]:
                break
            style, thick, shadow = found["outline"]
            assert (style == "solid" and thick != "0px") or shadow != "none", found["name"]
            assert found["seen"], found["name"]


def test_the_menu_of_a_phone_is_opened_and_closed_by_the_keyboard(
    browser: Browser, address: str
) -> None:
    """A screen reader hears a button that tells whether the menu is open."""
    with visiting(browser, address, java_script_enabled=False) as (page, _):
        page.set_viewport_size({"width": 360, "height": 800})
        go(page, address + "/tasks")
        button = page.get_by_role("button", name="Menü")
        menu = page.get_by_role("navigation", name="Hauptmenü")
        assert button.get_attribute("popovertarget") == "menu"
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(menu).to_be_visible()
        page.keyboard.press("Tab")
        first = menu.get_by_role("link").first
        expect(first).to_be_focused()
        expect(menu.get_by_role("link", name="Zuständigkeiten")).to_have_attribute(
            "aria-current", "page"
        )
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(button).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_opened_menu_of_a_phone_has_no_barriers(
    browser: Browser, address: str, scheme: str
) -> None:
    with visiting(browser, address, color_scheme=scheme) as (page, _):
        page.set_viewport_size({"width": 360, "height": 800})
        go(page, address + "/deadlines")
        page.get_by_role("button", name="Menü").click()
        expect(page.get_by_role("navigation", name="Hauptmenü")).to_be_visible()
        assert barriers(page) == ""
        fit(page, 360)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_menu_stands_on_one_line_from_768_pixels(
    browser: Browser, address: str, lang: str
) -> None:
    with visiting(browser, address) as (page, _):
        seen: dict[int, set[int | None]] = {}
        for width in (768, 1024, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            for path in ("/", "/tasks", "/about"):
                go(page, address + with_lang(path, lang))
                links = page.locator("#menu a")
                assert links.count() == 7
                boxes = [link.bounding_box() for link in links.all()]
                assert len({round(box["y"]) for box in boxes if box}) == 1
                # The menu stays where it was from page to page; only the weight of one changes.
                seen.setdefault(width, set()).add(round(boxes[0]["x"]) if boxes[0] else None)
        assert all(len(places) == 1 for places in seen.values())


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
def test_the_foot_is_laid_out_the_same_on_every_page(
    browser: Browser, address: str, width: int
) -> None:
    with visiting(browser, address) as (page, _):
        page.set_viewport_size({"width": width, "height": 900})
        seen = set()
        for name in ("start", "matrix", "network", "map", "answer", "thing", "participation"):
            go(page, address + PAGES[name])
            # A page with a scroll bar is no narrower here: the bar lies over it.
            seen.add(
                page.evaluate(
                    """() => {
                      const top = document.querySelector(".foot").getBoundingClientRect().top;
                      return [...document.querySelectorAll(".foot .foot-links-head")]
                        .map(e => e.getBoundingClientRect())
                        .map(box => `${Math.round(box.x)} ${Math.round(box.y - top)}`).join(", ");
                    }"""
                )
            )
        assert len(seen) == 1


def test_a_diagram_is_drawn_in_its_own_style_and_scrolls_within_itself(
    browser: Browser, address: str
) -> None:
    for scheme, colour in (("light", "rgb(22, 24, 29)"), ("dark", "rgb(236, 239, 244)")):
        with visiting(browser, address, color_scheme=scheme) as (page, faults):
            page.set_viewport_size({"width": 360, "height": 800})
            go(page, address + "/ontology/tasks")
            picture = page.locator(".diagram img")
            assert picture.evaluate("e => e.complete && e.naturalWidth === e.width")
            region = page.get_by_role("region", name="Diagramm")
            assert region.evaluate("e => e.scrollWidth > e.clientWidth && e.tabIndex === 0")
            page.get_by_role("link", name="Diagramm einzeln").click()
            label = page.locator("text.label").first
            assert label.evaluate("e => getComputedStyle(e).fill") == colour
            page.get_by_role("link", name="Planungsaufgabe").click()
            assert page.url.endswith("/ontology/PlanningTask")
            assert faults == []


@pytest.mark.parametrize("width", [320, *WIDTHS])
@pytest.mark.parametrize(
    "name",
    [
        *("start", "matrix", "thing", "answer", "tasks", "deadlines", "place", "gaps"),
        *("relation", "participation", "undo"),
    ],
)
def test_a_reader_s_own_spacing_loses_nothing(
    browser: Browser, address: str, name: str, width: int
) -> None:
    with visiting(browser, address, bypass_csp=True) as (page, _):
        page.set_viewport_size({"width": width, "height": 900})
        go(page, address + PAGES[name])
        # Lines beside a chip reach out of it on purpose.
        page.add_style_tag(content=SPACING + ".strokes { display: none; }")
        fit(page, width)
        assert page.evaluate(OVERHANG) == []


def test_everything_works_without_script(browser: Browser, address: str) -> None:
    with visiting(browser, address, java_script_enabled=False) as (page, faults):
        page.set_viewport_size({"width": 360, "height": 800})
        go(page, address + "/")
        menu = page.get_by_role("navigation", name="Hauptmenü")
        assert not menu.is_visible()
        page.get_by_role("button", name="Menü").click()
        menu.get_by_role("link", name="Fragen").click()
        page.get_by_role("link", name="An welchen Standorten").click()
        page.get_by_label("Stadtteil", exact=True).select_option(label="Dülken")
        page.get_by_role("button", name="Fragen").click()
        assert "district=district-duelken" in page.url
        assert page.get_by_role("row").filter(has_text="DüNo").count() >= 1
        page.get_by_label("Suche nach Namen").fill("suedstadt")
        page.get_by_role("button", name="Suchen").click()
        page.get_by_role("link", name="Südstadt", exact=False).first.click()
        page.get_by_role("link", name="EN", exact=True).click()
        assert page.locator("html").get_attribute("lang") == "en"
        assert faults == []


def test_the_keyboard_reaches_the_content_first(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, _):
        go(page, address + "/matrix")
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Zum Inhalt")
        assert skip.evaluate("e => e === document.activeElement")
        assert skip.is_visible()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


def test_a_link_to_a_relation_shows_it_below_the_heads_of_the_columns(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as (page, _):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/matrix#cooperation-heimer-park-treff")
        row = page.locator("#cooperation-heimer-park-treff")
        head = page.locator("table.matrix thead th").first.bounding_box()
        box = row.bounding_box()
        assert head is not None
        assert box is not None
        assert box["y"] >= head["y"] + head["height"] - 1
        assert box["y"] < 600
        assert row.locator("th").evaluate("e => getComputedStyle(e).boxShadow") != "none"


def test_the_matrix_keeps_its_table_for_those_who_hear_it(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, _):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            go(page, address + "/matrix")
            table = page.locator("table.matrix")
            row = table.get_by_role("row").filter(has_text="Heimer-Park-Treff: VAB").first
            assert row.get_by_role("rowheader").count() == 1
            assert row.get_by_role("cell").count() >= 3


@pytest.mark.parametrize(
    "path", ["/matrix", "/matrix?kompakt=1&luecken=1&lang=en", "/matrix?perspektive=administration"]
)
def test_the_matrix_prints_its_picture_on_one_page(
    browser: Browser, address: str, path: str
) -> None:
    with visiting(browser, address) as (page, faults):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + path)
        printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
        (sheet,) = printed.pages
        text = " ".join(sheet.extract_text().split())
        title = "Actor matrix" if "lang=en" in path else "Akteursmatrix"
        first = "County" if "lang=en" in path else "Kreis"
        assert text.startswith(title)
        assert first in text
        assert "CC BY 4.0" in text
        assert "Linie zeigen" not in text
        assert [round(float(size) * 25.4 / 72) for size in sheet.mediabox[2:]] == [297, 420]
        assert faults == []


@pytest.mark.parametrize(
    ("path", "ends"),
    [
        ("/deadlines", "davor ausgelaufen"),
        ("/tasks", "Aufgaben einzeln"),
        ("/map", "Ohne Koordinate"),
    ],
)
def test_a_page_prints_from_its_first_sheet_on_and_names_its_address(
    browser: Browser, address: str, path: str, ends: str
) -> None:
    with visiting(browser, address, color_scheme="dark") as (page, faults):
        go(page, address + path)
        sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
        texts = [" ".join(sheet.extract_text().split()) for sheet in sheets]
        assert texts[0].startswith("Akteursmodell Viersen " + page.locator("h1").inner_text())
        assert len(texts[0]) > 500
        assert any(ends in text for text in texts)
        assert f"Gedruckt von {address}{path}" in texts[-1]
        assert not any("Ich weiß etwas dazu" in text or "Suchen" in text for text in texts)
        sizes = {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in sheets}
        assert sizes == {(595, 842)} if path == "/map" else {(842, 595)}
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 1032, "height": 700})
        fit(page, 1032)
        assert faults == []


def test_with_the_reader_s_own_colours_only_the_current_entry_is_marked(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, forced_colors="active") as (page, _):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + "/tasks")
        lines = page.locator("#menu a, .languages a").evaluate_all(
            "all => all.map(e => [e.hasAttribute('aria-current'),"
            " getComputedStyle(e).borderBottomColor])"
        )
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert {current for current, colour in lines if colour != ground} == {True}
        assert sum(current for current, _ in lines) == 2
        tab = page.locator(".tabs [aria-current]")
        assert tab.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_a_table_is_one_where_its_columns_have_room_and_cards_where_not(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as (page, _):
        seen = {}
        for width in (360, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            for path, few in (("/ontology", True), ("/map", False)):
                go(page, address + path)
                cell = page.locator("table.rows td").first
                seen[width, few] = cell.evaluate("e => getComputedStyle(e).display")
        assert {at for at, display in seen.items() if display == "table-cell"} == {
            (768, True),
            (1440, True),
            (1440, False),
        }


def test_an_unknown_page_says_so_and_leads_on(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, _):
        page.goto(address + "/doc/site-duno")
        assert page.locator("h1").inner_text() == "Diesen Eintrag gibt es nicht."
        page.locator("main").get_by_role("link", name="DüNo").first.click()
        assert page.url.endswith("/doc/site-dueno")
        assert barriers(page) == ""
