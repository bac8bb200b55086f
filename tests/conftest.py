"""Fixtures shared by all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.updates.inference import bring_up

ROOT = Path(__file__).parent.parent


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
