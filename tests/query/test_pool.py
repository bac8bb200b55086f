"""Who gets a worker: driven by hand, with the far end of each worker's socket in the test."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from akteursmodell.errors import LimitError
from akteursmodell.query import pool as module
from akteursmodell.query.frames import FrameBuffer, Kind, frame
from akteursmodell.query.jobs import Dataset, Head
from akteursmodell.query.pool import Loan, Pool, PoolLimits, Spawned

ORDER = frame(Kind.JOB, b"order")
NO_HANDLE = -1


class Far:
    """The far ends of the workers that a pool has made."""

    def __init__(self, workers: int) -> None:
        self.sockets: list[socket.socket] = []
        self.made: list[Dataset] = []
        self.pool = Pool(self.spawn, PoolLimits(workers, 30))

    async def spawn(self, dataset: Dataset) -> Spawned:
        near, far = socket.socketpair()
        near.setblocking(False)
        far.setblocking(False)
        self.sockets.append(far)
        self.made.append(dataset)
        return near, NO_HANDLE, 0

    def received(self, number: int) -> int:
        """How many orders a worker has been given since the last look."""
        try:
            data = self.sockets[number].recv(65536)
        except BlockingIOError:
            return 0
        return len(FrameBuffer().feed(data))

    def finish(self, number: int) -> None:
        head = frame(Kind.HEAD, Head("text/plain").to_bytes(""))
        self.sockets[number].sendall(head + frame(Kind.DATA, b"x") + frame(Kind.END))

    def begin(self, client: str, dataset: Dataset = "all", seconds: float = 30) -> Loan:
        return self.pool.begin(ORDER, dataset, client, seconds)


async def settled() -> None:
    """Let the event loop do what is at hand."""
    for _ in range(20):
        await asyncio.sleep(0.001)


def played(workers: int, play: Callable[[Far], Awaitable[Any]]) -> None:
    async def whole() -> None:
        far = Far(workers)
        try:
            await play(far)
        finally:
            await settled()
            far.pool.close()
            await settled()  # the loop closes what was aborted
            for each in far.sockets:
                each.close()

    # A browser test that ran before leaves its own loop running in the main thread.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, whole()).result()


def test_no_more_run_than_there_are_cores_until_a_moment_has_passed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "CORES", 1)
    monkeypatch.setattr(module, "MOMENT", 0.1)

    async def play(far: Far) -> None:
        first, second = far.begin("a"), far.begin("b")
        await settled()
        assert (first.worker is not None, second.worker is None) == (True, True)
        await asyncio.sleep(0.15)
        await settled()
        assert second.worker is not None
        assert second.worker is not first.worker

    played(4, play)


def test_a_worker_that_is_free_takes_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CORES", 1)

    async def play(far: Far) -> None:
        first, second = far.begin("a"), far.begin("a")
        await settled()
        assert (far.received(0), second.worker) == (1, None)
        far.finish(0)
        await settled()
        assert first.run.complete
        assert far.received(0) == 1
        assert second.worker is first.worker

    played(4, play)


def test_a_client_never_takes_the_last_worker_beside_another_query_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "CORES", 4)

    async def play(far: Far) -> None:
        own = [far.begin("a") for _ in range(3)]
        await settled()
        assert [loan.worker is not None for loan in own] == [True, False, False]
        other = far.begin("b")
        await settled()
        assert other.worker is not None

    played(2, play)


def test_ending_a_spare_worker_starts_and_makes_nothing_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where all workers are of another dataset, one makes room; meanwhile others are started."""
    monkeypatch.setattr(module, "MOMENT", 0.05)

    async def play(far: Far) -> None:
        monkeypatch.setattr(module, "CORES", 5)
        for number in range(5):
            far.begin(f"client {number}")
        await settled()
        assert [far.received(number) for number in range(5)] == [1] * 5
        for number in range(1, 5):
            far.finish(number)  # four are idle, the first is busy
        await settled()
        monkeypatch.setattr(module, "CORES", 1)
        trial = far.begin("x", "trial")
        others = [far.begin(client) for client in ("y", "z")]
        await asyncio.sleep(0.1)
        await settled()
        assert far.made == ["all"] * 5 + ["trial"]
        assert trial.worker is not None
        assert all(loan.worker is not None for loan in others)
        given = []
        for number in range(1, 6):
            try:
                given.append(far.received(number))
            except OSError:
                given.append(0)  # the one that made room
        assert sorted(given) == [0, 0, 1, 1, 1]

    played(5, play)


def test_who_waits_to_the_deadline_is_told_that_the_service_is_busy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "CORES", 1)

    async def play(far: Far) -> None:
        far.begin("a")
        late = far.begin("a", seconds=0.05)
        await asyncio.wait_for(late.run.ready, 5)
        assert isinstance(late.run.fault, LimitError)
        assert "busy" in late.run.fault.message.en
        far.pool.end(late)
        far.finish(0)
        await settled()
        assert far.received(0) == 1  # the first order, and not the one that was given up

    played(1, play)


def test_a_worker_that_dies_fails_its_order_and_no_other() -> None:
    async def play(far: Far) -> None:
        loan = far.begin("a")
        await settled()
        far.sockets[0].close()
        await asyncio.wait_for(loan.run.ready, 5)
        assert isinstance(loan.run.fault, LimitError)
        again = far.begin("a")
        await settled()
        far.finish(1)
        await settled()
        assert again.run.complete

    played(2, play)
