"""YASGUI on a page of somebody else, in a real browser: what CORS allows and what it shows."""

import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.clients.queries import AKM, ASK_YES, BROKEN, CONSTRUCT, ROWS, SECTORS

FOREIGN = Path(__file__).parent / "foreign"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
ROW_TEXT = "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
# What a page's own script does where it follows the protocol to the letter.
DIRECT = """
async endpoint => (await fetch(endpoint, {
  method: "POST", body: "ASK {}",
  headers: {"Content-Type": "application/sparql-query", Accept: "text/csv"},
})).text()
"""


@pytest.fixture(scope="module")
def elsewhere(modules: Path) -> Iterator[str]:
    """The address of a foreign page, which brings its own YASGUI."""

    class Handler(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            name = urlsplit(path).path.removeprefix("/")
            if name.startswith("yasgui/"):
                return str(modules / "@zazuko/yasgui/build" / name.removeprefix("yasgui/"))
            return str(FOREIGN / (name or "index.html"))

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that wants nothing from elsewhere; the browser itself reaches this machine only."""
    # Playwright's routes would answer preflights in the server's place: listen, don't intercept.
    context = browser.new_context()
    strayed: list[str] = []
    context.on(
        "request",
        lambda request: (
            None
            if urlsplit(request.url).hostname in ("127.0.0.1", None)
            else strayed.append(request.url)
        ),
    )
    yield context.new_page()
    context.close()
    assert strayed == []


def editor(page: Page, elsewhere: str, endpoint: str, **more: str) -> None:
    answer = page.goto(f"{elsewhere}?{urlencode({'endpoint': endpoint, 'method': 'POST', **more})}")
    assert answer is not None
    assert answer.ok


def run(page: Page, query: str) -> None:
    """Type a query over the one that stands there, and press the button."""
    page.locator(".yasqe .CodeMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)
    page.locator(".yasqe_queryButton").click()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_table_shows_the_rows(page: Page, elsewhere: str, endpoint: str, method: str) -> None:
    editor(page, elsewhere, endpoint, method=method)
    run(page, SECTORS)
    rows = page.locator(".yasr table.dataTable tbody tr")
    expect(rows).to_have_count(len(ROWS))
    assert rows.evaluate_all(ROW_TEXT) == [
        [number, f"<{sector}>", f'"{number}"^^<{INTEGER}>'] for sector, number in ROWS
    ]


def test_a_query_typed_by_hand_is_completed_without_outside_help(
    page: Page, elsewhere: str, endpoint: str
) -> None:
    editor(page, elsewhere, endpoint)
    page.locator(".yasqe .CodeMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.type(f"PREFIX akm: <{AKM}> SELECT ?s ?n {{ ?s a akm:Sector ; akm:position ?n }}")
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".yasr table.dataTable tbody tr")).to_have_count(len(ROWS))


def test_yes_and_graphs_are_shown(page: Page, elsewhere: str, endpoint: str) -> None:
    editor(page, elsewhere, endpoint)
    run(page, ASK_YES)
    expect(page.locator(".yasr_results")).to_contain_text("True")
    run(page, CONSTRUCT)
    expect(page.locator(".yasr_results")).to_contain_text("sector-housing")


def test_a_syntax_error_is_told_in_the_services_words(
    page: Page, elsewhere: str, endpoint: str
) -> None:
    editor(page, elsewhere, endpoint)
    run(page, BROKEN)
    expect(page.locator(".yasr_results")).to_contain_text(f"(line 1, column 24): {BROKEN}")


def test_a_client_that_sends_a_token_is_let_through(
    page: Page, elsewhere: str, endpoint: str
) -> None:
    editor(page, elsewhere, endpoint, token="some-token")
    run(page, ASK_YES)
    expect(page.locator(".yasr_results")).to_contain_text("True")


def test_a_page_may_send_the_query_as_the_body(page: Page, elsewhere: str, endpoint: str) -> None:
    editor(page, elsewhere, endpoint)
    assert page.evaluate(DIRECT, endpoint) == "true"
