"""The processes of a running service: who replaces whom, and that none is left behind."""

import http.client
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import closing

import psutil
import pytest
from tests.serving import Server, running

PATIENCE = 10


@pytest.fixture
def server() -> Iterator[Server]:
    with running("--empty", "--workers", "2", AKTEURSMODELL_TOKEN="t") as started:
        yield started


def ask(server: Server, query: str = "ASK {}") -> int:
    host = server.address.removeprefix("http://")
    with closing(http.client.HTTPConnection(host, timeout=20)) as connection:
        connection.request("GET", f"/sparql?query={urllib.parse.quote(query)}")
        return connection.getresponse().status


def children(server: Server) -> list[psutil.Process]:
    """The gate first, then the HTTP processes, then workers: in the order of their start."""
    found = psutil.Process(server.pid).children()
    return sorted(found, key=lambda each: (each.create_time(), each.pid))


def eventually(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False


def test_an_http_process_that_dies_is_replaced(server: Server) -> None:
    assert ask(server) == 200
    time.sleep(1.2)  # one that ends at once is not started again
    before = {child.pid for child in children(server)}
    _, first, second = children(server)[:3]
    for process in (first, second):
        process.kill()
    assert eventually(lambda: len({c.pid for c in children(server)} - before) >= 2)
    assert eventually(lambda: ask(server) == 200)


def test_a_worker_that_dies_costs_only_its_own_query(server: Server) -> None:
    assert ask(server) == 200
    for worker in children(server)[3:]:
        worker.kill()
    assert eventually(lambda: ask(server) == 200)
    assert [ask(server) for _ in range(5)] == [200] * 5


def test_without_the_gate_the_service_ends(server: Server) -> None:
    everybody = [psutil.Process(server.pid), *children(server)]
    children(server)[0].kill()
    gone, alive = psutil.wait_procs(everybody, timeout=PATIENCE)
    assert alive == []
    assert len(gone) == len(everybody)


def test_when_the_service_ends_no_process_is_left() -> None:
    with running("--empty", "--workers", "2") as server:
        assert [ask(server) for _ in range(4)] == [200] * 4
        everybody = [psutil.Process(server.pid), *children(server)]
    assert psutil.wait_procs(everybody, timeout=PATIENCE)[1] == []


def test_when_the_supervisor_is_killed_no_process_is_left(server: Server) -> None:
    assert ask(server) == 200
    others = children(server)
    psutil.Process(server.pid).kill()
    assert psutil.wait_procs(others, timeout=PATIENCE)[1] == []
