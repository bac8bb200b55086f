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
