"""The suites of others, which run from outside against a server that they may erase."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.serving import Server, running
from tests.w3c import conformance_folder

TOKEN = "a-token-for-tests"


@pytest.fixture(scope="session")
def suites() -> Path:
    """The folder of the suites."""
    return conformance_folder("")


@pytest.fixture(scope="module")
def server(suites: Path) -> Iterator[Server]:  # noqa: ARG001 # without suites no server
    """An empty server whose default graph is its own, as the suites expect."""
    with running(
        "--empty", "--default-graph", "strict", AKTEURSMODELL_TOKEN=TOKEN, AKTEURSMODELL_LANG="en"
    ) as started:
        yield started


@pytest.fixture(scope="module")
def where(server: Server) -> list[str]:
    """The options by which the suites find the server's operations, and may write."""
    return [
        *("--query-url", server.address + "/sparql"),
        *("--update-url", server.address + "/update"),
        *("--gsp-url", server.address + "/data"),
        *("--token", TOKEN),
    ]
