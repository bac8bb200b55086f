"""The editor of queries in a real browser, and the form for those whom it shuts out."""

import re
from collections import Counter

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.browser.test_pages import RULES, barriers, fit, go, visiting

# What axe finds in YASGUI 4.6.2 itself; the plain form is the way for those whom it shuts out.
VALUE = "document.getElementById('editor').editor.getTab().getYasqe().getValue()"
KNOWN = {"aria-required-children", "label", "color-contrast", "scrollable-region-focusable"}
ROWS = "SELECT ?site ?operator { ?o akm:operatedSite ?site ; akm:operator ?operator }"
BARS = "SELECT ?operator (COUNT(?o) AS ?sites) { ?o akm:operator ?operator } GROUP BY ?operator"
GRAPH = "CONSTRUCT { ?s akm:operator ?o } { ?x akm:operatedSite ?s ; akm:operator ?o }"


def open_editor(page: Page, address: str, path: str = "/sparql") -> None:
    go(page, address + path)
    page.get_by_role("button", name="Editor mit Vervollständigung").click()
    page.locator(".yasqe .CodeMirror").wait_for()


def run(page: Page, query: str) -> None:
    page.locator(".yasqe .CodeMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)
    page.keyboard.press("Control+Enter")


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_rows_bars_and_network_are_shown_by_label_and_nothing_leaves_the_origin(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    with visiting(browser, address, color_scheme=scheme) as (page, faults):
        page.set_viewport_size({"width": width, "height": 900})
        open_editor(page, address)
        run(page, ROWS)
        table = page.get_by_role("region", name="Ergebnis")
        expect(table.get_by_role("link", name="ASB Gemeinsam gGmbH").first).to_be_visible()
        fit(page, width)
        page.locator(".select_network").click()
        page.wait_for_function(
            "() => Boolean(document.querySelector('#editor .net-canvas')?.network)"
        )
        run(page, BARS)
        page.locator(".select_chart").click()
        expect(page.locator("svg.chart rect").first).to_be_visible()
        expect(page.locator("svg.chart")).to_contain_text("Diakonie")
        run(page, GRAPH)
        expect(page.locator("#editor .yasr_response_chip")).to_contain_text("19 ")
        page.locator(".select_labelled").click()
        expect(page.locator("#editor .labelled tbody tr")).to_have_count(19)
        expect(page.locator("#editor .labelled tbody tr").first).to_contain_text("Betrieb durch")
        page.locator(".select_network").click()
        page.wait_for_function(
            "() => document.querySelector('#editor .net-canvas')?.network.edges().length > 0"
        )
        page.locator(".yasqe_share").click()
        shared = page.locator(".yasqe_sharePopup").bounding_box()
        assert shared
        assert shared["x"] >= 0
        assert shared["x"] + shared["width"] <= width
        fit(page, width)
        assert faults == []


ENGLISH = r"\b(response|results?|query|seconds|shows|share|run|close|add|rename)\b"
TOLD = """
() => [...document.querySelectorAll('.tabsList, .yasr_header, .yasqe_buttons, .context-menu')]
  .flatMap(bar => [bar, ...bar.querySelectorAll('*')])
  .filter(each => each.checkVisibility() && !(each instanceof SVGElement))
  .flatMap(each => [each.title, each.ariaLabel,
    ...[...each.childNodes].filter(node => node.nodeType === 3).map(node => node.data)])
  .filter(text => text?.trim())
"""


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_words_around_the_query_are_in_the_reader_s_language(
    browser: Browser, address: str, lang: str
) -> None:
    with visiting(browser, address) as (page, faults):
        go(page, f"{address}/sparql?lang={lang}")
        page.locator("#use-editor").click()
        page.locator(".yasqe .CodeMirror").wait_for()
        run(page, ROWS)
        page.locator("#editor .labelled").wait_for()
        page.locator(".tabsList .tab a").first.click(button="right")
        page.locator(".context-menu-item").first.wait_for()
        page.wait_for_timeout(100)
        told = page.evaluate(TOLD)
        assert {"Abfrage", "neuer Tab", "Tab umbenennen"} <= set(told) or lang == "en"
        english = [each for each in told if re.search(ENGLISH, each, re.IGNORECASE)]
        assert (english == []) == (lang == "de"), english
        assert "SELECT" in page.evaluate(VALUE)
        assert faults == []


def test_the_rows_can_be_kept_as_csv(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, _):
        open_editor(page, address)
        run(page, ROWS)
        page.locator("#editor .labelled").wait_for()
        with page.expect_download() as waiting:
            page.get_by_title("Ergebnis als CSV herunterladen").click()
        lines = waiting.value.path().read_text(encoding="utf-8").splitlines()
        assert len(lines) == 20
        assert lines[0].replace('"', "") == "site,operator"


def test_barriers_of_the_editor_are_known_and_the_page_without_it_has_none(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as (page, _):
        open_editor(page, address)
        run(page, ROWS)
        page.get_by_role("region", name="Ergebnis").wait_for()
        found = Axe().run(page, options={**RULES, "resultTypes": ["violations"]})
        rules = Counter(each["id"] for each in found.response["violations"])
        assert set(rules) <= KNOWN
        page.get_by_role("button", name="Einfaches Formular").click()
        assert barriers(page) == ""


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("SELECT * { ?x a akm:Koop", "akm:Cooperation – Kooperation"),
        ("SELECT * { ?x akm:partnerR", "Pflicht bei Mitwirkung in einer Kooperation"),
        ("SELECT * { ?x akm:operator id:diakonie", "– Diakonie"),
    ],
)
def test_what_is_typed_is_completed_by_this_service_alone(
    browser: Browser, address: str, typed: str, suggested: str
) -> None:
    with visiting(browser, address) as (page, faults):
        open_editor(page, address)
        page.locator(".yasqe .CodeMirror").click()
        page.keyboard.press("Control+A")
        page.keyboard.type(typed)
        for prefix in {"akm", *(["id"] if "id:" in typed else [])}:
            page.wait_for_function(f"() => {VALUE}.includes('PREFIX {prefix}:')")
        page.keyboard.press("Control+Space")
        expect(page.locator(".CodeMirror-hints")).to_contain_text(suggested)
        page.keyboard.press("Enter")
        expect(page.locator(".CodeMirror-hints")).to_have_count(0)
        assert faults == []


def test_an_error_is_marked_at_its_place_until_the_query_changes(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as (page, _):
        open_editor(page, address)
        run(page, "SELECT * {\n  ?s amk:p ?o }")
        expect(page.get_by_role("alert")).to_contain_text("vielleicht akm:?")
        expect(page.locator(".query-fault").first).to_have_text("amk:p")
        page.locator(".yasqe .CodeMirror").click()
        page.keyboard.type(" ")
        expect(page.locator(".query-fault")).to_have_count(0)


def test_an_example_and_the_query_of_the_form_stand_in_the_editor_with_prefixes(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as (page, faults):
        open_editor(page, address)
        for name in ("akm", "id", "skos"):
            assert f"PREFIX {name}: <" in page.evaluate(VALUE)
        page.get_by_label("Beispiel", exact=True).select_option("CQ22")
        page.wait_for_function(f"() => {VALUE}.includes('tiesOther')")
        page.get_by_role("button", name="Einfaches Formular").click()
        assert "tiesOther" in page.locator("#query").input_value()
        page.get_by_role("button", name="Editor mit Vervollständigung").click()
        run(page, "ASK { ?s org:hasSite ?o }")
        page.wait_for_function(f"() => {VALUE}.includes('PREFIX org:')")
        assert faults == []


def test_the_choice_is_kept_in_this_browser_only(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, faults):
        open_editor(page, address)
        assert {cookie["name"] for cookie in page.context.cookies()} <= {"lang"}
        go(page, address + "/sparql")
        page.locator(".yasqe .CodeMirror").wait_for()
        assert faults == []


def test_keys_alone_lead_into_the_editor_and_out_again(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, _):
        go(page, address + "/sparql")
        page.get_by_role("button", name="Editor mit Vervollständigung").focus()
        page.keyboard.press("Enter")
        page.locator(".yasqe .CodeMirror").wait_for()
        page.locator(".yasqe textarea").first.focus()
        page.keyboard.press("Control+Enter")
        page.get_by_role("region", name="Ergebnis").wait_for()
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.tagName") != "TEXTAREA"


@pytest.mark.parametrize("script", [True, False])
def test_the_form_answers_with_and_without_script(
    browser: Browser, address: str, script: bool
) -> None:
    with visiting(browser, address, java_script_enabled=script) as (page, faults):
        page.set_viewport_size({"width": 360, "height": 800})
        go(page, address + "/sparql?example=CQ16")
        assert page.get_by_role("button", name="Editor").count() == int(script)
        page.get_by_role("button", name="Abfragen").click()
        assert page.get_by_role("row").count() > 1
        assert faults == []


def test_where_the_editor_cannot_come_the_form_stays(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, _):
        page.route("**/vendor/**", lambda route: route.fulfill(status=404, body=""))
        go(page, address + "/sparql")
        page.get_by_role("button", name="Editor mit Vervollständigung").click()
        expect(page.get_by_role("status")).to_contain_text("ließ sich nicht laden")
        expect(page.locator("#query")).to_be_visible()
