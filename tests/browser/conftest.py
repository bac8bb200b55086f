"""One browser and one server for all tests of the pages."""

import shutil
import threading
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.serving import serving

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.fail("No Chromium here; tests/browser/install-chromium.sh installs it.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """A real server over the shipped data, which checks them while the first pages are read."""
    with serving() as base:
        check = threading.Thread(target=fetch, args=(base + "/validation",), daemon=True)
        check.start()
        yield base
        check.join(60)


def fetch(url: str) -> None:
    """Ask for a page and forget it."""
    with urllib.request.urlopen(url, timeout=60) as answer:
        answer.read()
