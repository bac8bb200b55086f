"""When a cell is right, and when it is not even tried."""

from pathlib import Path

import pytest
from bench.data import Shape
from bench.measure import Cell, Meter, Settings
from bench.servers import Akteursmodell, Oxigraph, Server
from bench.workload import queries

ROW = b'{"results":{"bindings":[{"x":{"type":"literal","value":"%s"}}]}}'
NONE = b'{"results":{"bindings":[]}}'
QUERY = queries()[0]


@pytest.fixture
def meter() -> Meter:
    return Meter(Shape(10_000), Settings(cap=10))


def compared(meter: Meter, body: bytes) -> str:
    cell = Cell(10_000, QUERY.id, "a server", 1)
    meter.compare(cell, QUERY, 0, body)
    return cell.answer


def test_an_answer_is_compared_with_the_first_to_the_same_text(meter: Meter) -> None:
    assert compared(meter, ROW % b"a") == "equal"
    assert compared(meter, ROW % b"b") == "different"
    assert compared(meter, ROW % b"a") == "equal"


def test_answers_without_rows_are_never_right(meter: Meter) -> None:
    assert [compared(meter, NONE), compared(meter, NONE)] == ["different", "different"]


def tried(meter: Meter, server: Server, connections: int, *, repeated: bool = False) -> bool:
    return not meter.would_exceed(server, QUERY, connections, repeated=repeated)


def test_a_cell_is_not_tried_where_one_connection_shows_that_it_must_exceed(meter: Meter) -> None:
    server = Oxigraph(Path())
    server.cores = 1
    meter.alone[(server.name, QUERY.id)] = 1.2
    assert tried(meter, server, 8)
    assert not tried(meter, server, 9)


def test_after_a_cell_has_exceeded_only_a_cache_can_help(meter: Meter) -> None:
    for server in (Oxigraph(Path()), Akteursmodell(Path())):
        meter.hopeless[(server.name, QUERY.id)] = 8
        assert not tried(meter, server, 8)
        assert tried(meter, server, 8, repeated=True) is server.caches
