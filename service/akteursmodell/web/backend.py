"""What pages need of the event loop: foreign queries and changes, from a thread of Flask."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol, TypeVar

from flask import current_app, request

from akteursmodell.errors import Lang, LimitError, Text
from akteursmodell.query.jobs import Dataset, Head, Job
from akteursmodell.updates.requests import WriteRequest
from akteursmodell.web.endpoint import QueryEndpoint

__all__ = ["Backend", "Writer", "backend"]

Given = TypeVar("Given")
PATIENCE = 3600
NOT_RUNNING = Text(
    "Diese Anwendung läuft ohne die Prozesse, die Abfragen beantworten.",
    "This application runs without the processes that answer queries.",
)


class Writer(Protocol):
    """Whatever carries out writes."""

    async def write(self, request: WriteRequest, client: str) -> dict[str, Any]:
        """Carry out a write and return what became of it."""
        ...

    async def rehearse(self, request: WriteRequest, lang: Lang, client: str) -> dict[str, Any]:
        """Return what would become of a write."""
        ...

    async def undo(
        self, number: int, *, author: str, reason: str, source: str = ""
    ) -> dict[str, Any]:
        """Take a data state back and return what became of it."""
        ...


class Backend:
    """Runs on the event loop what a page asks for, and waits for it."""

    def __init__(self, endpoint: QueryEndpoint, writer: Writer) -> None:
        """Take who answers and who writes; called in the event loop."""
        self._endpoint = endpoint
        self._writer = writer
        self._loop = asyncio.get_running_loop()

    def query(self, job: Job) -> tuple[Head, bytes]:
        """Return the answer to a query; raises what went wrong."""
        return self._wait(self._endpoint.collect(job, request.remote_addr or ""))

    def carry_out(self, order: bytes, dataset: Dataset, limit: float) -> bytes:
        """Return what a worker answers to an order within seconds; raises what went wrong."""
        client = request.remote_addr or ""
        return self._wait(self._endpoint.carry_out(order, dataset, client, limit))[1]

    def write(self, wanted: WriteRequest) -> dict[str, Any]:
        """Carry out a write; raises what went wrong."""
        return self._wait(self._writer.write(wanted, request.remote_addr or ""))

    def rehearse(self, wanted: WriteRequest, lang: Lang) -> dict[str, Any]:
        """Return what would become of a write; raises what went wrong."""
        return self._wait(self._writer.rehearse(wanted, lang, request.remote_addr or ""))

    def undo(self, number: int, author: str, reason: str, source: str = "") -> dict[str, Any]:
        """Take a data state back; raises what went wrong."""
        return self._wait(self._writer.undo(number, author=author, reason=reason, source=source))

    def _wait(self, work: Coroutine[Any, Any, Given]) -> Given:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)


def backend() -> Backend:
    """Return the backend of this application; raises LimitError where it has none."""
    found = current_app.extensions["akteursmodell"].get("backend")
    if not isinstance(found, Backend):
        raise LimitError(NOT_RUNNING)
    return found
