"""One server for all clients, and the programs of those that are not Python."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.serving import serving

MODULES = Path(__file__).parent / "node_modules"


@pytest.fixture(scope="package")
def base() -> Iterator[str]:
    """A real server over the shipped data."""
    with serving() as address:
        yield address


@pytest.fixture(scope="package")
def endpoint(base: str) -> str:
    """Where the server takes queries."""
    return base + "/sparql"


@pytest.fixture(scope="session")
def modules() -> Path:
    """The packages of npm, as package-lock.json fixes them."""
    if not MODULES.is_dir():
        pytest.fail("The clients of npm are not here; `make clients` fetches them.")
    return MODULES


@pytest.fixture(scope="session")
def node() -> Path:
    """The Node of this environment."""
    return Path(sys.executable).parent / "node"
