"""Every kind of page in a real browser: it fits, it is quiet, it stays at home, all can use it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from akteursmodell.questions.catalogue import catalogue

WIDTHS = (360, 768, 1440)
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
            if lang == "de" or width == WIDTHS[0]:
                assert barriers(page) == ""
        assert [fault for fault in faults if "503" not in fault] == []


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
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


@pytest.mark.parametrize(
    "name",
    [
        *("start", "matrix", "perspective", "compact", "thing", "answer", "check", "module"),
        *("tasks", "deadlines", "place", "gaps", "old", "network", "map", "query"),
    ],
)
def test_dark_colours_keep_their_contrast(browser: Browser, address: str, name: str) -> None:
    with visiting(browser, address, color_scheme="dark") as (page, _):
        page.set_viewport_size({"width": 1440, "height": 900})
        go(page, address + PAGES[name])
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 28)"
        assert barriers(page) == ""


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
        page.get_by_label("Stadtteil").select_option(label="Dülken")
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


def test_an_unknown_page_says_so_and_leads_on(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, _):
        page.goto(address + "/doc/site-duno")
        assert page.locator("h1").inner_text() == "Diesen Eintrag gibt es nicht."
        page.locator("main").get_by_role("link", name="DüNo").first.click()
        assert page.url.endswith("/doc/site-dueno")
        assert barriers(page) == ""
