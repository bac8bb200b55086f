"""What an HTTP server costs by itself: the same answer of 500 bytes from each, CPU a request.

`python -m bench.http_servers` prints what decision 7 of the documents rests on. One process each,
8 connections.
"""

import itertools
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.load import drive
from bench.processes import cpu, end, free_port

BODY = b"x" * 500
HEADERS = [("content-type", "application/sparql-results+json"), ("etag", '"abc"')]
CONNECTIONS, SECONDS, CAP, START = 8, 4.0, 30.0, 2.0
REQUEST = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


async def asgi(scope: dict[str, Any], _: object, send: Callable[[dict[str, Any]], Any]) -> None:
    """Answer by ASGI."""
    if scope["type"] != "http":
        return
    headers = [(name.encode(), value.encode()) for name, value in HEADERS]
    headers.append((b"content-length", b"%d" % len(BODY)))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": BODY})


def wsgi(_: object, start: Callable[[str, list[tuple[str, str]]], Any]) -> Iterable[bytes]:
    """Answer by WSGI."""
    start("200 OK", [*HEADERS, ("content-length", str(len(BODY)))])
    return [BODY]


class Rsgi:
    """Answers by RSGI, granian's own interface."""

    async def __rsgi__(self, _: object, protocol: Any) -> None:
        """Answer one request."""
        protocol.response_bytes(200, HEADERS, BODY)


rsgi = Rsgi()
GRANIAN = ("granian", "--workers", "1", "--no-access-log", "--log-level", "error")
COMMANDS = {
    "uvicorn, ASGI": ("uvicorn", "bench.http_servers:asgi", "--no-access-log", "--lifespan", "off"),
    "granian, WSGI": (*GRANIAN, "--interface", "wsgi", "bench.http_servers:wsgi"),
    "granian, ASGI": (*GRANIAN, "--interface", "asgi", "bench.http_servers:asgi"),
    "granian, RSGI": (*GRANIAN, "--interface", "rsgi", "bench.http_servers:rsgi"),
}


def measure(command: tuple[str, ...]) -> float:
    """Return the CPU time of one request in milliseconds."""
    port = free_port()
    process = subprocess.Popen(  # noqa: S603 -- commands of this file
        [sys.executable, "-m", *command, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(START)
        drive(port, itertools.repeat(REQUEST), CONNECTIONS, 1.0, CAP)
        before = cpu(process.pid)
        outcome = drive(port, itertools.repeat(REQUEST), CONNECTIONS, SECONDS, CAP)
        return (cpu(process.pid) - before) / len(outcome.latencies) * 1000
    finally:
        end(process.pid)


def main() -> None:
    """Measure and print."""
    table = Table("server", "version", "CPU ms a request")
    for name, command in COMMANDS.items():
        table.add_row(name, version(command[0]), f"{measure(command):.4f}")
    Console().print(table)


if __name__ == "__main__":
    main()
