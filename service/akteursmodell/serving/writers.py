"""How an HTTP process writes: it enters the gate, derives the change in a worker, and commits it.

Deriving runs foreign SPARQL, so a worker does it, and is ended at the deadline; nobody else writes
meanwhile. The gate validates the change and stores it.
"""

import asyncio
import contextlib
import json
import socket
from collections import deque
from collections.abc import AsyncIterator
from typing import Any

from akteursmodell.errors import Lang, LimitError, Text, ToldError
from akteursmodell.query.frames import FrameBuffer, Kind, frame
from akteursmodell.query.jobs import Dataset
from akteursmodell.query.pool import Pool
from akteursmodell.updates.requests import WriteRequest

__all__ = ["Writers"]

GONE = Text("Der Dienst nimmt gerade keine Änderungen an.", "The service takes no changes now.")


class Writers(asyncio.Protocol):
    """The near end of the connection to the gate; one writer of this process at a time."""

    def __init__(self, pool: Pool, seconds: float) -> None:
        """Take the workers that derive changes, and how long that may take."""
        self._pool = pool
        self._seconds = seconds
        self._turn = asyncio.Lock()
        self._frames = FrameBuffer()
        self._asked: deque[asyncio.Future[tuple[int, bytes]]] = deque()
        self._transport: asyncio.WriteTransport | None = None

    @classmethod
    async def connect(cls, connection: socket.socket, pool: Pool, seconds: float) -> "Writers":
        """Return the connection to the gate."""
        writers = cls(pool, seconds)
        loop = asyncio.get_running_loop()
        connection.setblocking(False)
        await loop.create_unix_connection(lambda: writers, sock=connection)
        return writers

    async def write(self, request: WriteRequest, client: str) -> dict[str, Any]:
        """Carry out a write and return what became of it.

        Raises ToldError with the status of what went wrong, LimitError at the deadline.
        """
        async with self._inside():
            derived = await self._order(Kind.DERIVE, request.to_bytes(), "trial", client)
            told: dict[str, Any] = json.loads(await self._ask(Kind.COMMIT, derived))
            return told

    async def rehearse(self, request: WriteRequest, lang: Lang, client: str) -> dict[str, Any]:
        """Return what would become of a write; nobody who writes has to wait meanwhile.

        Raises ToldError with the status of what went wrong, LimitError at the deadline.
        """
        payload = lang.encode() + b"\n" + request.to_bytes()
        told: dict[str, Any] = json.loads(
            await self._order(Kind.REHEARSE, payload, "rehearsal", client)
        )
        return told

    async def undo(
        self, number: int, *, author: str, reason: str, source: str = ""
    ) -> dict[str, Any]:
        """Take a data state back and return what became of it; raises ToldError."""
        wanted = {"number": number, "author": author, "reason": reason, "source": source}
        async with self._inside():
            answer = await self._ask(Kind.UNDO, json.dumps(wanted).encode())
            told: dict[str, Any] = json.loads(answer)
            return told

    @contextlib.asynccontextmanager
    async def _inside(self) -> AsyncIterator[None]:
        """Be the only one who writes; a commit leaves by itself, leaving twice does no harm."""
        async with self._turn:
            await self._ask(Kind.ENTER, b"")
            try:
                yield
            finally:
                if self._transport is not None:
                    self._transport.write(frame(Kind.LEAVE))

    async def _order(self, kind: Kind, payload: bytes, dataset: Dataset, client: str) -> bytes:
        """Let a worker work out what becomes, or would become, of a change."""
        loan = self._pool.begin(frame(kind, payload), dataset, client, self._seconds)
        try:
            await loan.run.ready
            if loan.run.fault is not None:
                raise loan.run.fault
            return b"".join([piece async for piece in loan.run.chunks(loan.drained)])
        finally:
            self._pool.end(loan)

    async def _ask(self, kind: Kind, payload: bytes) -> bytes:
        """Send a frame to the gate and return what it answers; raises what it tells."""
        if self._transport is None:
            raise LimitError(GONE)
        answer: asyncio.Future[tuple[int, bytes]] = asyncio.get_running_loop().create_future()
        self._asked.append(answer)
        self._transport.write(frame(kind, payload))
        answered, data = await answer
        if answered == Kind.FAULT:
            raise ToldError(json.loads(data))
        return data

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = transport  # type: ignore[assignment]  # a socket's is both ways

    def data_received(self, data: bytes) -> None:
        """Take an answer of the gate."""
        for kind, payload in self._frames.feed(data):
            answer = self._asked.popleft()
            if not answer.done():
                answer.set_result((kind, payload))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 -- as its parent
        """Know that the gate is gone."""
        self._transport = None
        for answer in self._asked:
            if not answer.done():
                answer.set_exception(LimitError(GONE))
        self._asked.clear()
