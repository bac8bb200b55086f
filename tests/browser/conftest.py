"""One server for all tests of the pages."""

import threading
import urllib.request
from collections.abc import Iterator

import pytest
from tests.serving import serving


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
