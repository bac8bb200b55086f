"""One HTTP process: an event loop that speaks HTTP, its pool of workers, and the pages."""

import asyncio
import logging
import os
import socket
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
import uvloop

from akteursmodell.config import Settings
from akteursmodell.query.jobs import Dataset
from akteursmodell.query.pool import Pool, PoolLimits, Spawned
from akteursmodell.serving.channel import Channel, ClosedError, read_file_of
from akteursmodell.serving.joining import JoiningProtocol
from akteursmodell.serving.replicas import Replica
from akteursmodell.serving.writers import Writers
from akteursmodell.validation.runs import Runs
from akteursmodell.web import create_app
from akteursmodell.web.asgi import Service
from akteursmodell.web.endpoint import QueryEndpoint

__all__ = ["Inherited", "run_http"]

LOG = logging.getLogger("akteursmodell")
KEEP_ALIVE = 75
GRACE = 3
TICK = 10.0
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Inherited:
    """What an HTTP process has from the supervisor.

    `life` is a name for this life of the service, `journal` the file that the gate writes, `runs`
    is where validations are noted.
    """

    listener: socket.socket
    supervisor: Channel
    to_gate: socket.socket
    replica: Replica
    life: str
    journal: Path
    runs: Runs


def run_http(settings: Settings, inherited: Inherited) -> None:
    """Answer HTTP until told to stop."""
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    process = HttpProcess(settings, inherited)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(process.run())


class HttpProcess:
    """Connects the event loop with the supervisor, the workers, the gate and the pages."""

    def __init__(self, settings: Settings, inherited: Inherited) -> None:
        """Take the settings and what the supervisor gave."""
        self._settings = settings
        self._inherited = inherited
        self._supervisor = inherited.supervisor
        self._replica = inherited.replica
        self._wanted: deque[asyncio.Future[Spawned]] = deque()
        self._server: uvicorn.Server | None = None
        self._pool: Pool | None = None

    async def run(self) -> None:
        """Serve requests."""
        settings, loop = self._settings, asyncio.get_running_loop()
        limits = PoolLimits(
            max(1, -(-settings.queries // settings.workers)),
            settings.timeout,
            settings.max_answer * MEGABYTE,
        )
        in_memory = self._replica.checkpoint is None
        pool = self._pool = Pool(self._spawn, limits, replays=in_memory)
        pool.revision = self._replica.revision
        loop.add_reader(self._supervisor.fileno(), self._hear)
        writers = await Writers.connect(self._inherited.to_gate, pool, settings.write_timeout)
        store = self._replica.opened(settings)
        near = store if in_memory else None
        endpoint = QueryEndpoint(pool, settings, self._inherited.life, near)
        pages = create_app(store, settings, self._inherited.journal, self._inherited.runs)
        service = Service(endpoint, writers, settings, pages)
        self._server = uvicorn.Server(
            uvicorn.Config(
                service,
                http=JoiningProtocol,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=KEEP_ALIVE,
                timeout_graceful_shutdown=GRACE,
            )
        )
        self._supervisor.send({"ready": os.getpid()})
        reaper = asyncio.create_task(self._reap(pool))
        try:
            await self._server.serve(sockets=[self._inherited.listener])
        finally:
            reaper.cancel()
            pool.close()
            self._inherited.runs.close()

    async def _reap(self, pool: Pool) -> None:
        """Let workers go that nobody needs."""
        while True:
            await asyncio.sleep(TICK)
            pool.reap()

    async def _spawn(self, dataset: Dataset) -> Spawned:
        """Ask the supervisor for a worker."""
        wanted: asyncio.Future[Spawned] = asyncio.get_running_loop().create_future()
        self._wanted.append(wanted)
        self._supervisor.send({"want": dataset})
        return await wanted

    def _hear(self) -> None:
        """Take what the supervisor sends; without it there is nothing left to do."""
        try:
            message, files = self._supervisor.receive()
        except ClosedError:
            asyncio.get_running_loop().remove_reader(self._supervisor.fileno())
            if self._server is not None:
                self._server.should_exit = True
            return
        if "worker" in message:
            self._new_worker(message["worker"], files)
        elif "change" in message:
            self._changed(message, read_file_of(files[0]))

    def _new_worker(self, revision: int, files: list[int]) -> None:
        """Hand a worker to who waits for it longest."""
        connection, handle = socket.socket(fileno=files[0]), files[1]
        wanted = self._wanted.popleft()
        if wanted.cancelled():
            connection.close()
            os.close(handle)
            return
        connection.setblocking(False)
        wanted.set_result((connection, handle, revision))

    def _changed(self, message: dict[str, Any], change: bytes) -> None:
        """Come to a new data state, and say so; a process that cannot must not go on."""
        revision = message["change"]
        try:
            self._replica.advance(revision, change)
            if self._replica.checkpoint is not None:
                self._replica.opened(self._settings)
        except (RuntimeError, ValueError, OSError, MemoryError, SyntaxError):
            LOG.exception("data state %d cannot be read", revision)
            os._exit(1)
        if self._pool is not None:
            self._pool.changed(revision, change)
        self._supervisor.send({"have": revision})
