"""The pages of the questions in a real browser: with and without script, by keyboard, for all."""

import pytest
from playwright.sync_api import Browser
from tests.browser.test_pages import barriers, fit, go, visiting, with_lang


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("question", ["CQ14", "CQ22", "CQ28"])
def test_why_a_row_is_there_can_be_read_by_all(
    browser: Browser, address: str, question: str, scheme: str
) -> None:
    with visiting(browser, address, color_scheme=scheme, java_script_enabled=False) as (page, _):
        go(page, f"{address}/questions/{question}")
        link = page.locator("a.why").first
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/why/*")
        where = page.url.removeprefix(address)
    with visiting(browser, address, color_scheme=scheme) as (page, faults):
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            for lang in ("de", "en"):
                go(page, address + with_lang(where, lang))
                fit(page, width)
                assert page.locator("h1").count() == 1
                assert page.locator(".about").count() > 0
            assert barriers(page) == ""
        assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("question", ["CQ16", "CQ22", "CQ53"])
def test_pictures_of_answers_fit_and_can_be_used_by_all(
    browser: Browser, address: str, question: str, scheme: str
) -> None:
    with visiting(browser, address, color_scheme=scheme) as (page, faults):
        for width in (360, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            go(page, f"{address}/questions/{question}")
            for summary in page.locator("details.figure > summary").all():
                summary.focus()
                page.keyboard.press("Enter")
            assert page.locator(".bars, .answer-net, .answer-map").count() > 0
            assert page.locator(".bars, .answer-net, .answer-map").first.is_visible()
            fit(page, width)
            if width != 768:
                assert barriers(page) == ""
        assert faults == []


@pytest.mark.parametrize("script", [True, False])
def test_questions_are_sought_by_keyboard_with_and_without_script(
    browser: Browser, address: str, script: bool
) -> None:
    with visiting(browser, address, java_script_enabled=script) as (page, faults):
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            go(page, address + "/questions")
            page.get_by_label("Worum geht es?").focus()
            page.keyboard.type("Verträge im Quartier")
            page.keyboard.press("Enter")
            page.wait_for_url("**/questions?q=*")
            assert page.locator("ul.questions a").count() > 0
            fit(page, width)
            if script:
                assert barriers(page) == ""
        assert faults == []


def test_a_value_that_nobody_knows_leads_to_the_nearest(browser: Browser, address: str) -> None:
    with visiting(browser, address, java_script_enabled=False) as (page, faults):
        page.set_viewport_size({"width": 360, "height": 900})
        go(page, address + "/questions/CQ16?district=dulken")
        page.get_by_role("alert").get_by_role("link", name="Dülken").click()
        page.wait_for_url("**district-duelken")
        assert page.locator("table.rows tbody tr").count() > 0
        assert faults == []
