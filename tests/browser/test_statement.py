"""The accessibility statement names the barriers that are there, no more and no fewer."""

from playwright.sync_api import Browser
from tests.browser.test_editor import KNOWN
from tests.browser.test_pages import go, visiting


def test_the_statement_lists_the_known_barriers_of_the_editor(
    browser: Browser, address: str
) -> None:
    for lang in ("de", "en"):
        with visiting(browser, address) as (page, _):
            go(page, f"{address}/accessibility?lang={lang}")
            part = page.get_by_role("listitem").filter(has_text="YASGUI")
            assert set(part.locator("code").all_inner_texts()) == KNOWN
