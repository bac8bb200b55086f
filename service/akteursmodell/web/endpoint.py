"""The SPARQL query operation, as a callable before Flask: most requests end here.

Protocol: https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from akteursmodell.config import Settings
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.query.cache import Cache
from akteursmodell.query.frames import Kind, frame
from akteursmodell.query.jobs import Dataset, Head, Job
from akteursmodell.query.limits import check_depth
from akteursmodell.query.lookups import looked_up
from akteursmodell.query.outside import refuse_outside_calls
from akteursmodell.query.pool import Loan, Pool
from akteursmodell.query.runs import CutError
from akteursmodell.web.asking import Asked
from akteursmodell.web.incoming import Incoming, Receive, Send

__all__ = ["QueryEndpoint", "Stored"]

SOON = 0.05
"""Seconds after which it is worth to notice that the client left."""
Key: TypeAlias = tuple[str, int, Job]
"""The life of the service, the data state, and the query: together they decide an answer."""
Headers: TypeAlias = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Stored:
    """An answer that was given."""

    headers: Headers
    body: bytes

    @property
    def size(self) -> int:
        """The bytes that it takes."""
        return len(self.body) + 1024


class QueryEndpoint:
    """Answers queries of programs; those of people, and everything else, are left to the pages."""

    def __init__(
        self, pool: Pool, settings: Settings, life: str, near: EmbeddedStore | None = None
    ) -> None:
        """Take the workers, the limits, and a name for the life of this service.

        `near` is a replica in this process for lookups, at the data state of the pool.
        """
        self._pool = pool
        self._near = near
        self._life = life
        self._settings = settings
        self._cache: Cache[Stored] = Cache(settings.cache * 1024 * 1024)

    async def answer(self, asked: Asked, incoming: Incoming, receive: Receive, send: Send) -> None:
        """Answer a query, from what is kept or by a worker."""
        key = (self._life, self._pool.revision, asked.job)
        if asked.stable and await self._kept(key, incoming, send):
            return
        found = looked_up(self._near, asked.job) if self._near is not None else None
        if found is not None:
            await self._give(*found, asked, key, send)
            return
        watch = Watch(receive)
        try:
            loan = self._begin(asked, incoming.client)
            try:
                await loan.run.ready
                await self._send(loan, asked, key, send)
            finally:
                self._pool.end(loan)
        except asyncio.CancelledError:
            if not watch.left:
                raise
        finally:
            watch.end()

    async def collect(self, job: Job, client: str) -> tuple[Head, bytes]:
        """Return the whole answer to a job, for a page; raises what went wrong."""
        return await self._whole(
            self._begin(Asked(job, self._settings.timeout, stable=False), client)
        )

    async def carry_out(
        self, order: bytes, dataset: Dataset, client: str, limit: float
    ) -> tuple[Head, bytes]:
        """Return the whole answer to another order than a query; `limit` is in seconds."""
        return await self._whole(self._pool.begin(order, dataset, client, limit))

    async def _whole(self, loan: Loan) -> tuple[Head, bytes]:
        """Wait for all of an answer."""
        try:
            await loan.run.ready
            pieces = [piece async for piece in loan.run.chunks(loan.drained)]
        except CutError:
            pieces = []
        finally:
            self._pool.end(loan)
        if loan.run.fault is not None:
            raise loan.run.fault
        return loan.run.head, b"".join(pieces)

    def _begin(self, asked: Asked, client: str) -> Loan:
        """Give a job to a worker, unless its text alone forbids it."""
        check_depth(asked.job.text)
        refuse_outside_calls(asked.job.text, self._settings.hosts)
        order = frame(Kind.JOB, asked.job.to_bytes())
        return self._pool.begin(order, asked.job.options.dataset, client, asked.seconds)

    async def _kept(self, key: Key, incoming: Incoming, send: Send) -> bool:
        """Answer with what is kept here, or by the client."""
        stored = self._cache.get(key)
        wanted = incoming.headers.get(b"if-none-match")
        if wanted is not None and matches(wanted, etag(key)):
            await send(start(304, [*COMMON, (b"etag", etag(key))]))
            await send({"type": "http.response.body"})
            return True
        if stored is None:
            return False
        await send(start(200, stored.headers))
        await send({"type": "http.response.body", "body": stored.body})
        return True

    async def _send(self, loan: Loan, asked: Asked, key: Key, send: Send) -> None:
        """Send an answer: whole where it is small, piece by piece where it is large."""
        run = loan.run
        if run.fault is not None and not run.streams:
            raise run.fault
        if run.complete:
            await self._give(run.head, run.body, asked, key, send)
            return
        await send(start(200, headers_of(run.head, asked, key)))
        try:
            async for piece in run.chunks(loan.drained):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        except CutError:
            return  # without the last chunk: the server then closes, and the client knows
        await send({"type": "http.response.body", "body": b""})

    async def _give(self, head: Head, body: bytes, asked: Asked, key: Key, send: Send) -> None:
        """Send an answer that is whole, and keep it where it stays true."""
        headers = [*headers_of(head, asked, key), (b"content-length", b"%d" % len(body))]
        if asked.stable:
            self._cache.put(key, Stored(headers, body))
        await send(start(200, headers))
        await send({"type": "http.response.body", "body": body})


class Watch:
    """Ends the present task when its client leaves, once it takes a while."""

    __slots__ = ("_receive", "_task", "_timer", "_watcher", "left")

    def __init__(self, receive: Receive) -> None:
        """Begin to watch soon."""
        self.left = False
        self._receive = receive
        self._task = asyncio.current_task()
        self._watcher: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(SOON, self._begin)

    def end(self) -> None:
        """Stop watching."""
        self._timer.cancel()
        if self._watcher is not None:
            self._watcher.cancel()

    def _begin(self) -> None:
        self._watcher = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.left = True
        if self._task is not None:
            self._task.cancel()


EXPOSED = (
    b"ETag, Retry-After, Akteursmodell-Revision, Akteursmodell-Added-Prefixes, "
    b"Akteursmodell-Unknown-Terms, Akteursmodell-Rows-Cut-At"
)
CORS: Headers = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", EXPOSED),
]
COMMON: Headers = [
    *CORS,
    (b"vary", b"Accept, Accept-Encoding"),
    (b"x-content-type-options", b"nosniff"),
]


def headers_of(head: Head, asked: Asked, key: Key) -> Headers:
    """Return the headers of an answer, but for its length."""
    if asked.stable:
        kept = [(b"etag", etag(key)), (b"cache-control", b"no-cache")]
    else:
        kept = [(b"cache-control", b"no-store")]
    state = key[1] if asked.job.options.revision is None else asked.job.options.revision
    return [*COMMON, *described(head), (b"akteursmodell-revision", b"%d" % state), *kept]


@lru_cache(maxsize=1024)
def described(head: Head) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers that tell of an answer."""
    found = [(b"content-type", head.media_type.encode())]
    if head.encoding:
        found.append((b"content-encoding", head.encoding.encode()))
    if head.added:
        found.append((b"akteursmodell-added-prefixes", " ".join(head.added).encode()))
    if head.unknown:
        told = " ".join(f"{name}={near}" if near else name for name, near in head.unknown)
        found.append((b"akteursmodell-unknown-terms", told.encode("ascii", "replace")))
    if head.cut_at:
        found.append((b"akteursmodell-rows-cut-at", b"%d" % head.cut_at))
    return tuple(found)


def start(status: int, headers: Headers) -> dict[str, Any]:
    """Return the message that begins an answer."""
    return {"type": "http.response.start", "status": status, "headers": headers}


def etag(key: Key) -> bytes:
    """Return the strong validator of an answer, made of everything that decides it.

    Hashes differ with each start of the service, and agree among its forked processes.
    """
    return b'"%x"' % (hash(key) & 0xFFFF_FFFF_FFFF_FFFF)


def matches(header: bytes, tag: bytes) -> bool:
    """Whether an If-None-Match names a validator (RFC 9110, section 13.1.2)."""
    return any(each.strip().removeprefix(b"W/") in (tag, b"*") for each in header.split(b","))
