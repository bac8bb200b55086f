"""Fixtures shared by all tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.updates.inference import bring_up

ROOT = Path(__file__).parent.parent
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
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shipped() -> EmbeddedStore:
    """The shipped ontology and data with what follows; shared, so only read it."""
    store = EmbeddedStore.in_memory()
    bring_up(store)
    return store


@pytest.fixture
def store() -> Iterator[EmbeddedStore]:
    """An empty store."""
    engine = EmbeddedStore.in_memory()
    yield engine
    engine.close()


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
