"""The workers of one HTTP process: who gets one, how long, and what ends it.

A client never holds the last free worker beside another query of its own, so that others are
answered while its heavy queries run.
"""

import asyncio
import contextlib
import socket
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from akteursmodell.errors import LimitError, Text
from akteursmodell.query.jobs import DATASETS, USUAL, Dataset
from akteursmodell.query.runs import Run, Worker

__all__ = ["Loan", "Pool", "PoolLimits", "Spawn", "Spawned"]

Spawned: TypeAlias = tuple[socket.socket, int, int]
Spawn: TypeAlias = Callable[[Dataset], Awaitable[Spawned]]
MAX_QUEUE = 1000
IDLE_SECONDS = 30.0
MAX_BEHIND = 8 * 1024 * 1024
RETRY_AFTER = 5


@dataclass(frozen=True)
class PoolLimits:
    """What queries may take: workers at a time, seconds, bytes of an answer (0: no limit)."""

    workers: int
    seconds: float
    answer_bytes: int = 0


class Loan:
    """A worker that works on an order."""

    __slots__ = ("_alarm", "run", "worker")

    def __init__(self, run: Run, worker: Worker, alarm: asyncio.TimerHandle) -> None:
        """Take the run, its worker, and what ends it at the deadline."""
        self.run = run
        self.worker = worker
        self._alarm = alarm

    def end(self) -> None:
        """Give the worker back; one that still works is ended, since nobody wants its answer."""
        self._alarm.cancel()
        if self.worker.run is self.run:
            self.worker.kill(None)


class Pool:
    """Lends workers to queries."""

    def __init__(self, spawn: Spawn, limits: PoolLimits, *, replays: bool = True) -> None:
        """Take what makes a worker (connection, process handle, revision) and the limits.

        `replays` tells whether a worker can come to a new data state; else another takes its place.
        """
        self.limits = limits
        self._replays = replays
        self.revision = 0
        self._spawn = spawn
        self._idle: dict[Dataset, deque[Worker]] = {name: deque() for name in DATASETS}
        self._kind: dict[Worker, Dataset] = {}
        self._count = 0
        self._running: Counter[str] = Counter()
        self._queue: list[tuple[str, asyncio.Future[None]]] = []
        self._changes: deque[tuple[int, bytes]] = deque()
        self._behind = 0

    def changed(self, revision: int, change: bytes) -> None:
        """Know a new data state; workers learn it before their next query."""
        self.revision = revision
        if not self._replays:
            for worker in [each for idle in self._idle.values() for each in idle]:
                worker.kill(None)
            return
        self._changes.append((revision, change))
        self._behind += len(change)
        if self._behind > MAX_BEHIND:
            for worker in [each for idle in self._idle.values() for each in idle]:
                worker.kill(None)
        self._forget()

    async def begin(self, order: bytes, dataset: Dataset, client: str, seconds: float) -> "Loan":
        """Give an order (a frame) to a worker; whoever begins must end the loan.

        Raises LimitError where no worker is free for too long.
        """
        worker = self._take(dataset, client)
        if worker is None:
            worker = await self._wait_for(dataset, client, seconds)
        self._running[client] += 1
        worker.client = client
        run = worker.start(order, self._since(worker), self.limits.answer_bytes)
        alarm = asyncio.get_running_loop().call_later(seconds, expire, worker, seconds)
        return Loan(run, worker, alarm)

    def close(self) -> None:
        """End all workers."""
        for worker in list(self._kind):
            worker.kill(None)

    def _take(self, dataset: Dataset, client: str) -> Worker | None:
        """Return an idle worker, if this client may have one."""
        if self._queue or not self._allowed(client):
            return None
        idle = self._idle[dataset]
        return idle.pop() if idle else None

    def _allowed(self, client: str) -> bool:
        """Whether a client may take one more worker."""
        busy = self._busy
        last = busy >= self.limits.workers - 1
        return busy < self.limits.workers and not (last and self._running[client])

    @property
    def _busy(self) -> int:
        return self._count - sum(map(len, self._idle.values()))

    async def _wait_for(self, dataset: Dataset, client: str, seconds: float) -> Worker:
        """Return a worker as soon as this client may have one."""
        loop = asyncio.get_running_loop()
        latest = loop.time() + seconds
        first = bool(self._queue)
        while first or not self._allowed(client):
            first = False
            await self._stand_in_line(client, latest - loop.time())
        if self._idle[dataset]:
            return self._idle[dataset].pop()
        if self._count >= self.limits.workers:
            next(idle for idle in self._idle.values() if idle)[0].kill(None)
        self._count += 1
        self._wake()
        try:
            connection, handle, revision = await self._spawn(dataset)
        except BaseException:
            self._count -= 1
            self._wake()
            raise
        worker = Worker(revision, handle, self._released)
        self._kind[worker] = dataset
        await worker.connect(connection)
        return worker

    async def _stand_in_line(self, client: str, seconds: float) -> None:
        if len(self._queue) >= MAX_QUEUE:
            raise busy()
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        place = (client, turn)
        self._queue.append(place)
        try:
            await asyncio.wait_for(turn, seconds)
        except TimeoutError:
            raise busy() from None
        finally:
            if place in self._queue:
                self._queue.remove(place)

    def _released(self, worker: Worker) -> None:
        """Take a worker back that is free, or gone."""
        if worker.client:
            self._running[worker.client] -= 1
            if not self._running[worker.client]:
                del self._running[worker.client]
            worker.client = ""
        kind = self._kind.get(worker)
        if kind is None:
            return
        if worker.alive and (self._replays or worker.revision == self.revision):
            worker.idle_since = asyncio.get_running_loop().time()
            self._idle[kind].append(worker)
        else:
            del self._kind[worker]
            self._count -= 1
            if worker.alive:
                worker.kill(None)
            with contextlib.suppress(ValueError):
                self._idle[kind].remove(worker)
            self._forget()
        self._wake()

    def _wake(self) -> None:
        """Let the waiting client go on that has the fewest queries running."""
        for client, turn in sorted(self._queue, key=lambda place: self._running[place[0]]):
            if not turn.done() and self._allowed(client):
                turn.set_result(None)
                return

    def reap(self) -> None:
        """End workers that nobody needed for a while, but for one of the usual kind."""
        now = asyncio.get_running_loop().time()
        for dataset, idle in self._idle.items():
            keep = int(dataset == USUAL)
            while len(idle) > keep and now - idle[0].idle_since > IDLE_SECONDS:
                idle[0].kill(None)

    def _since(self, worker: Worker) -> list[bytes]:
        """Return the changes that a worker does not have yet, and count them as told."""
        if worker.revision == self.revision:
            return []
        missing = [change for revision, change in self._changes if revision > worker.revision]
        worker.revision = self.revision
        return missing

    def _forget(self) -> None:
        """Drop the changes that every worker has."""
        oldest = min((worker.revision for worker in self._kind), default=self.revision)
        while self._changes and self._changes[0][0] <= oldest:
            self._behind -= len(self._changes.popleft()[1])


def expire(worker: Worker, seconds: float) -> None:
    """End a worker at the deadline of its query."""
    worker.kill(timed_out(seconds))


def timed_out(seconds: float) -> LimitError:
    """Say that a query ran into the deadline."""
    return LimitError(
        Text(
            f"Die Abfrage dauerte länger als {seconds:g} Sekunden und wurde abgebrochen.",
            f"The query took longer than {seconds:g} seconds and was stopped.",
        ),
        Text(
            "Schränken Sie sie ein (LIMIT, weniger Muster ohne gemeinsame Variable).",
            "Narrow it (LIMIT, fewer patterns without a shared variable).",
        ),
        RETRY_AFTER,
    )


def busy() -> LimitError:
    """Say that all workers are taken."""
    return LimitError(
        Text("Der Dienst ist gerade ausgelastet.", "The service is busy."),
        Text("Versuchen Sie es gleich noch einmal.", "Try again in a moment."),
        RETRY_AFTER,
    )
