"""One query on its way through a worker, as the process that answers HTTP sees it."""

import asyncio
import contextlib
import json
import os
import signal
import socket
from collections import deque
from collections.abc import AsyncIterator, Callable

from akteursmodell.errors import AkteursmodellError, LimitError, Text, ToldError
from akteursmodell.query.frames import FrameBuffer, Kind, frame
from akteursmodell.query.jobs import Head
from akteursmodell.query.refusals import died, too_large

__all__ = ["CutError", "Run", "Worker"]

BUFFER = 4 * 1024 * 1024
HIGH, LOW = 1024 * 1024, 256 * 1024


class CutError(AkteursmodellError):
    """The answer ended before its end, after a part of it had left."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(Text("Die Antwort bricht ab.", "The answer breaks off."))


class Run:
    """An answer that comes in: its head, the bytes so far, and whether that is all.

    `most` are the bytes that it may have, 0 for any number. `ready` is set when status and headers
    are safe: the answer is whole, has failed, or is larger than what is held back for that.
    """

    def __init__(self) -> None:
        """Begin without an answer."""
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.head = Head("")
        self.fault: ToldError | LimitError | None = None
        self.complete = False
        self.streams = False
        self.pieces: deque[bytes] = deque()
        self.held = 0
        self.most = 0
        self._total = 0
        self._waiting: asyncio.Future[None] | None = None

    @property
    def body(self) -> bytes:
        """Return what is there of a complete answer."""
        return self.pieces[0] if len(self.pieces) == 1 else b"".join(self.pieces)

    def take(self, data: bytes) -> None:
        """Take the next bytes of the answer."""
        if not data:
            return
        self.pieces.append(data)
        self.held += len(data)
        self._total += len(data)
        if self.most and self._total > self.most:
            self.fail(too_large(self.most))
        elif self.held > BUFFER and not self.streams:
            self.streams = True
            self._settle()
        self._wake()

    def finish(self) -> None:
        """Know that the answer is whole."""
        self.complete = True
        self._settle()
        self._wake()

    def fail(self, fault: ToldError | LimitError) -> None:
        """Know that no more will come; the first reason counts."""
        if self.fault is None and not self.complete:
            self.fault = fault
        self._settle()
        self._wake()

    async def chunks(self, drained: Callable[[], None]) -> AsyncIterator[bytes]:
        """Yield the answer as it comes; raises CutError where it breaks off."""
        while True:
            while self.pieces:
                piece = self.pieces.popleft()
                self.held -= len(piece)
                yield piece
                if self.held < LOW:
                    drained()
            if self.fault is not None:
                raise CutError
            if self.complete:
                return
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting

    def _settle(self) -> None:
        if not self.ready.done():
            self.ready.set_result(None)

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)


class Worker(asyncio.Protocol):
    """The near end of a worker process."""

    def __init__(self, revision: int, handle: int, released: Callable[["Worker"], None]) -> None:
        """Take the data state that the worker has, its process handle, and who takes it back."""
        self.revision = revision
        self.alive = True
        self.run: Run | None = None
        self.idle_since = 0.0
        self.client = ""
        self._handle = handle
        self._released = released
        self._frames = FrameBuffer()
        self._transport: asyncio.Transport | None = None
        self._paused = False

    async def connect(self, connection: socket.socket) -> None:
        """Listen to the worker."""
        loop = asyncio.get_running_loop()
        await loop.create_unix_connection(lambda: self, sock=connection)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = transport  # type: ignore[assignment]  # a socket's is both ways

    def start(self, run: Run, order: bytes, changes: list[bytes], most: int) -> None:
        """Send what changed since, and an order; `most` are the bytes that its answer may have."""
        self.run = run
        run.most = most
        if changes:
            order = b"".join((*(frame(Kind.CHANGE, change) for change in changes), order))
        if self._transport is not None:
            self._transport.write(order)

    def data_received(self, data: bytes) -> None:
        """Hand on what the worker says."""
        run = self.run
        if run is None:
            return
        for kind, payload in self._frames.feed(data):
            if kind == Kind.DATA:
                run.take(payload)
            elif kind == Kind.HEAD:
                run.head = Head.from_bytes(payload)
            else:
                self.release()
                if kind == Kind.END:
                    run.finish()
                else:
                    run.fail(ToldError(json.loads(payload)))
        if run.streams and run.held > HIGH and not self._paused and self._transport:
            self._paused = True
            self._transport.pause_reading()

    def drained(self) -> None:
        """Read on after a pause."""
        if self._paused and self.alive and self._transport:
            self._paused = False
            self._transport.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 -- as its parent
        """Know that the process is gone; without another reason it met its memory limit."""
        self.alive = False
        if self.run is not None:
            self.run.fail(died())
        self.release()

    def kill(self, reason: LimitError | None) -> None:
        """End the process at once, whatever it does."""
        if self.run is not None and reason is not None:
            self.run.fail(reason)
        self.alive = False
        if self._handle >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        if self._transport is not None:
            self._transport.abort()
        self.release()

    def release(self) -> None:
        """Be free for the next job, or gone."""
        self.run = None
        if not self.alive and self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
        self._released(self)
