"""The workers of one HTTP process: who gets one, how long, and what ends it.

As many queries run at once as the machine has cores; one that waits for longer than a moment, since
those before it are slow, gets a worker of its own up to the limit. A client never takes the last
worker beside another query of its own, so that others are answered while its heavy queries run.
"""

import asyncio
import os
import socket
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from akteursmodell.query.jobs import DATASETS, USUAL, Dataset
from akteursmodell.query.refusals import busy, timed_out
from akteursmodell.query.runs import Run, Worker

__all__ = ["Loan", "Pool", "PoolLimits", "Spawn", "Spawned"]

Spawned: TypeAlias = tuple[socket.socket, int, int]
Spawn: TypeAlias = Callable[[Dataset], Awaitable[Spawned]]
CORES = os.cpu_count() or 1
MOMENT = 0.2
MAX_QUEUE = 1000
IDLE_SECONDS = 300.0
MAX_BEHIND = 8 * 1024 * 1024


@dataclass(frozen=True)
class PoolLimits:
    """What queries may take: workers at a time, seconds, bytes of an answer (0: no limit)."""

    workers: int
    seconds: float
    answer_bytes: int = 0


class Loan:
    """An order (a frame) that waits for a worker or is carried out by one."""

    __slots__ = ("_alarm", "client", "dataset", "order", "run", "seconds", "since", "worker")

    def __init__(self, order: bytes, dataset: Dataset, client: str, seconds: float) -> None:
        """Take what to do, on which dataset, for whom, and the deadline."""
        loop = asyncio.get_running_loop()
        self.order = order
        self.dataset = dataset
        self.client = client
        self.seconds = seconds
        self.since = loop.time()
        self.run = Run()
        self.worker: Worker | None = None
        self._alarm = loop.call_later(seconds, self._expire)

    def drained(self) -> None:
        """Let the worker go on writing after a pause."""
        if self.worker is not None:
            self.worker.drained()

    def settle(self) -> None:
        """Give the worker back; one that still works is ended, since nobody wants its answer."""
        self._alarm.cancel()
        if self.worker is not None and self.worker.run is self.run:
            self.worker.kill(None)

    def _expire(self) -> None:
        """Meet the deadline: end the worker, or the waiting for one."""
        if self.worker is None:
            self.run.fail(busy())
        elif self.worker.run is self.run:
            self.worker.kill(timed_out(self.seconds))


class Pool:
    """Lends workers to orders."""

    def __init__(self, spawn: Spawn, limits: PoolLimits, *, replays: bool = True) -> None:
        """Take what makes a worker (connection, process handle, revision) and the limits.

        `replays` tells whether a worker can come to a new data state; else another takes its place.
        """
        self.limits = limits
        self.revision = 0
        self._spawn = spawn
        self._replays = replays
        self._idle: dict[Dataset, deque[Worker]] = {name: deque() for name in DATASETS}
        self._coming: Counter[Dataset] = Counter()
        self._kind: dict[Worker, Dataset] = {}
        self._running: Counter[str] = Counter()
        self._queue: deque[Loan] = deque()
        self._changes: deque[tuple[int, bytes]] = deque()
        self._behind = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._ticking = False
        self._pumping = False

    def changed(self, revision: int, change: bytes) -> None:
        """Know a new data state; workers learn it before their next query."""
        self.revision = revision
        if not self._replays:
            self._end_idle()
            return
        self._changes.append((revision, change))
        self._behind += len(change)
        if self._behind > MAX_BEHIND:
            self._end_idle()
        self._forget()

    def begin(self, order: bytes, dataset: Dataset, client: str, seconds: float) -> Loan:
        """Give an order to a worker as soon as one is free; whoever begins must `end` the loan.

        Raises LimitError where too many wait already.
        """
        if len(self._queue) >= MAX_QUEUE:
            raise busy()
        loan = Loan(order, dataset, client, seconds)
        if not self._queue and self._start(loan, CORES):
            return loan
        self._queue.append(loan)
        self._tick()
        if len(self._queue) > 1 and self._busy < self._usual:
            self._pump()
        return loan

    def end(self, loan: Loan) -> None:
        """Take a loan back, whatever became of it."""
        loan.settle()
        if loan.worker is None and loan in self._queue:
            self._queue.remove(loan)

    def close(self) -> None:
        """End all workers."""
        for worker in list(self._kind):
            worker.kill(None)

    def reap(self) -> None:
        """End workers that nobody needed for a while, but for one of the usual dataset."""
        now = asyncio.get_running_loop().time()
        for dataset, idle in self._idle.items():
            keep = int(dataset == USUAL)
            while len(idle) > keep and now - idle[0].idle_since > IDLE_SECONDS:
                idle[0].kill(None)

    @property
    def _usual(self) -> int:
        """How many orders are carried out at once as long as nothing waits for long."""
        return min(CORES, self.limits.workers)

    @property
    def _busy(self) -> int:
        return len(self._kind) - sum(map(len, self._idle.values()))

    def _start(self, loan: Loan, most: int) -> bool:
        """Let a worker carry an order out, if there is a free one and fewer than `most` are busy.

        Where it only lacks a worker, one is made; the order then still waits.
        """
        busy_now = self._busy
        workers = self.limits.workers
        last = busy_now >= workers - 1
        if busy_now >= min(most, workers) or (last and self._running[loan.client]):
            return False
        idle = self._idle[loan.dataset]
        if not idle:
            self._make(loan.dataset)
            return False
        worker = idle.pop()
        self._running[loan.client] += 1
        worker.client = loan.client
        loan.worker = worker
        worker.start(loan.run, loan.order, self._since(worker), self.limits.answer_bytes)
        return True

    def _make(self, dataset: Dataset) -> None:
        """Make a worker, unless enough are on their way."""
        coming = sum(self._coming.values())
        if self._coming[dataset] >= max(1, sum(each.dataset == dataset for each in self._queue)):
            return
        if len(self._kind) + coming >= self.limits.workers:
            spare = next((idle for idle in self._idle.values() if idle), None)
            if spare is None:
                return
            spare[0].kill(None)
        self._coming[dataset] += 1
        task = asyncio.get_running_loop().create_task(self._fetch(dataset))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _fetch(self, dataset: Dataset) -> None:
        """Take a new worker on."""
        try:
            connection, handle, revision = await self._spawn(dataset)
            worker = Worker(revision, handle, self._released)
            await worker.connect(connection)
        finally:
            self._coming[dataset] -= 1
        self._kind[worker] = dataset
        self._idle[dataset].append(worker)
        worker.idle_since = asyncio.get_running_loop().time()
        self._pump()

    def _released(self, worker: Worker) -> None:
        """Take a worker back that is free, or gone."""
        if worker.client:
            self._running[worker.client] -= 1
            if not self._running[worker.client]:
                del self._running[worker.client]
            worker.client = ""
        dataset = self._kind.get(worker)
        if dataset is None:
            return
        if worker.alive and (self._replays or worker.revision == self.revision):
            worker.idle_since = asyncio.get_running_loop().time()
            self._idle[dataset].append(worker)
        else:
            del self._kind[worker]
            if worker in self._idle[dataset]:
                self._idle[dataset].remove(worker)
            if worker.alive:
                worker.kill(None)
            self._forget()
        if self._queue:
            self._pump()

    def _pump(self) -> None:
        """Start what waits: first those clients that have the fewest queries running.

        Ending a spare worker to make room releases it, which must not start anything within this.
        """
        if self._pumping:
            return
        self._pumping = True
        try:
            self._start_waiting()
        finally:
            self._pumping = False

    def _start_waiting(self) -> None:
        now = asyncio.get_running_loop().time()
        waiting = list(self._queue)
        if len(waiting) > 1 and self._running:
            waiting.sort(key=lambda loan: self._running[loan.client])
        for loan in waiting:
            most = CORES if now - loan.since < MOMENT else self.limits.workers
            if self._start(loan, most):
                self._queue.remove(loan)
            elif most == CORES and self._busy >= self._usual:
                break

    def _tick(self) -> None:
        """Look after those that wait for more than a moment."""
        if not self._ticking:
            self._ticking = True
            asyncio.get_running_loop().call_later(MOMENT, self._ticked)

    def _ticked(self) -> None:
        self._ticking = False
        self._pump()
        if self._queue:
            self._tick()

    def _end_idle(self) -> None:
        for worker in [each for idle in self._idle.values() for each in idle]:
            worker.kill(None)

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
