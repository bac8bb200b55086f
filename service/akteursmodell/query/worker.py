"""A query worker: a forked process with one replica of the data, which answers one query at a time.

The engine has no time-out and ends the process where a query nests too deeply or needs too much
memory; so foreign queries run here, and whoever asked ends the process at the deadline.
"""

import json
import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

from akteursmodell.errors import AkteursmodellError, EvaluationError, Text, tell
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.prefixes import undeclared
from akteursmodell.graph.store import Answer
from akteursmodell.graph.terms import NamedNode, QuerySolutions, QueryTriples
from akteursmodell.query.encodings import Compressor, compressor
from akteursmodell.query.explanation import explain
from akteursmodell.query.frames import Kind, frame, json_frame, read_frame
from akteursmodell.query.jobs import Head, Job
from akteursmodell.query.limits import limit_rows
from akteursmodell.query.nearest import unknown_terms
from akteursmodell.query.results import GRAPHS, ROWS, Format, by_name, no_such_format, write_to

__all__ = [
    "WORTH_COMPRESSING",
    "Outlet",
    "Tasks",
    "answer",
    "ask",
    "carry_out",
    "chosen",
    "limit_memory",
    "run",
]

Given = TypeVar("Given")

STACK = 64 * 1024 * 1024
PIECE = 64 * 1024
WORTH_COMPRESSING = 1024
JSON = "application/json"


@dataclass(frozen=True)
class Tasks:
    """What a worker does: come to a new data state, answer, and other orders by kind."""

    replay: Callable[[bytes], EmbeddedStore]
    answer: Callable[[EmbeddedStore, Job, "Outlet"], None]
    others: Mapping[Kind, Callable[[EmbeddedStore, bytes, "Outlet"], None]]


def run(connection: socket.socket, store: EmbeddedStore, tasks: Tasks) -> None:
    """Carry out orders until the other side is gone.

    Works in a thread, whose stack bears deeply nested queries.
    """
    threading.stack_size(STACK)
    thread = threading.Thread(target=serve, args=(connection, store, tasks))
    thread.start()
    thread.join()


def serve(connection: socket.socket, store: EmbeddedStore, tasks: Tasks) -> None:
    """Read orders and changes, and write answers."""
    source: IO[bytes] = connection.makefile("rb")
    while True:
        try:
            kind, payload = read_frame(source)
            if kind == Kind.CHANGE:
                store = tasks.replay(payload)
            elif kind in tasks.others:
                carry_out(tasks.others[kind], store, payload, Outlet(connection.sendall))
            else:
                job = Job.from_bytes(payload)
                carry_out(
                    tasks.answer, store, job, Outlet(connection.sendall, job.options.encoding)
                )
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return


def carry_out(
    task: Callable[[EmbeddedStore, Given, "Outlet"], None],
    store: EmbeddedStore,
    given: Given,
    outlet: "Outlet",
) -> None:
    """Send the frames of an answer: a head, data and an end; or a fault, at any point."""
    try:
        task(store, given, outlet)
        outlet.end()
    except (BrokenPipeError, ConnectionResetError):
        raise
    except AkteursmodellError as error:
        outlet.send(json_frame(Kind.FAULT, tell(error)))
    except (RuntimeError, ValueError, OSError, MemoryError) as fault:
        outlet.send(json_frame(Kind.FAULT, tell(not_evaluated(fault))))


def answer(store: EmbeddedStore, job: Job, outlet: "Outlet") -> None:
    """Answer a query."""
    started = time.perf_counter()
    text, cut_at = job.text, 0
    result = ask(store, job, text)
    found = time.perf_counter()
    if job.options.max_rows and isinstance(result, QuerySolutions):
        if more_than(store, job):
            cut_at = job.options.max_rows
        result = ask(store, job, limit_rows(text, job.options.max_rows))
    if job.options.explain:
        outlet.head = Head(JSON)
        told = explain(text, result, found - started)
        outlet.write(json.dumps(told, ensure_ascii=False).encode())
        return
    form = chosen(result, job)
    outlet.head = Head(form.content_type, "", undeclared(text), cut_at, unknown_terms(store, text))
    link = f"{job.options.base or ''}#rows-cut-at-{cut_at}" if cut_at else ""
    write_to(result, form, outlet, link)


def ask(store: EmbeddedStore, job: Job, text: str) -> Answer:
    """Ask the engine, in the dataset that the job names."""
    return store.query(
        text,
        default_graphs=graphs(job.options.default_graphs),
        named_graphs=graphs(job.options.named_graphs),
        base=job.options.base,
    )


def more_than(store: EmbeddedStore, job: Job) -> bool:
    """Whether a SELECT has more rows than the job may give."""
    beyond = ask(store, job, limit_rows(job.text, 1, job.options.max_rows))
    return isinstance(beyond, QuerySolutions) and next(iter(beyond), None) is not None


def graphs(names: tuple[str, ...] | None) -> list[NamedNode] | None:
    """Return the graphs that a job names."""
    return None if names is None else [NamedNode(name) for name in names]


def chosen(answer: Answer, job: Job) -> Format:
    """Return the format for this kind of answer; raises NotAcceptableError with the list."""
    offered = GRAPHS if isinstance(answer, QueryTriples) else ROWS
    name = job.options.graph if isinstance(answer, QueryTriples) else job.options.rows
    if not name:
        raise no_such_format(offered)
    return by_name(offered, name)


def not_evaluated(fault: Exception) -> EvaluationError:
    """Say that the engine could not work out the answer, and why."""
    detail = " ".join(str(fault).split())[:300]
    return EvaluationError(
        Text(
            f"Die Abfrage lässt sich nicht auswerten: {detail}",
            f"The query cannot be evaluated: {detail}",
        )
    )


class Outlet:
    """Gathers what is written and sends it in pieces, compressed where that is worth it."""

    def __init__(self, send: Callable[[bytes], object], encoding: str = "") -> None:
        """Take where frames go to."""
        self.head = Head("")
        self.send = send
        self._encoding = encoding
        self._held = bytearray()
        self._stream: Compressor | None = None
        self._begun = False

    def write(self, data: bytes, /) -> int:
        """Take the next bytes of the answer."""
        self._held += data
        if len(self._held) >= PIECE:
            self.send(self._piece(last=False))
        return len(data)

    def flush(self) -> None:
        """Do nothing: pieces leave when they are large enough."""

    def end(self) -> None:
        """Send what is left and the end, in one go where the answer is small."""
        self.send(self._piece(last=True) + frame(Kind.END))

    def _piece(self, *, last: bool) -> bytes:
        """Return the frames for what is held; the first piece begins with the head."""
        frames = b""
        if not self._begun:
            self._begun = True
            if self._encoding and (len(self._held) >= WORTH_COMPRESSING or not last):
                self._stream = compressor(self._encoding)
            encoding = self._encoding if self._stream else ""
            frames = frame(Kind.HEAD, self.head.to_bytes(encoding))
        data = bytes(self._held)
        self._held.clear()
        if self._stream:
            data = self._stream.compress(data) + (self._stream.flush() if last else b"")
        return frames + frame(Kind.DATA, data)


def limit_memory(megabytes: int) -> None:
    """Let this process take so much more memory than it has now; the engine aborts beyond it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * os.sysconf("SC_PAGE_SIZE") + megabytes * 1024 * 1024 + STACK
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
