"""A real server in a process of its own, for tests that need one."""

import os
import re
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

OURS = "AKTEURSMODELL_"
READY = re.compile(r"(http://[\w.:\[\]]+)")


class Server(NamedTuple):
    """A running server: where it answers, and its process."""

    address: str
    pid: int


@contextmanager
def serving(
    *options: str, command: tuple[str, ...] = (), cwd: Path | None = None, **environ: str
) -> Iterator[str]:
    """Start `akteursmodell serve` on a free port and yield its address."""
    with running(*options, command=command, cwd=cwd, **environ) as server:
        yield server.address


@contextmanager
def running(
    *options: str, command: tuple[str, ...] = (), cwd: Path | None = None, **environ: str
) -> Iterator[Server]:
    """Start `akteursmodell serve` on a free port and yield its address and process id."""
    process = subprocess.Popen(
        [*(command or (sys.executable, "-m", "akteursmodell")), "serve", "--port", "0", *options],
        env={**surroundings(), "AKTEURSMODELL_LANG": "de", **environ},
        cwd=cwd,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    # A log that nobody reads would stop the server once the pipe is full.
    reader = threading.Thread(target=drain, args=(process.stderr,), daemon=True)
    try:
        address = address_of(process.stderr)
        reader.start()
        yield Server(address, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)
        if reader.ident is not None:
            reader.join(20)
        process.stderr.close()


def surroundings() -> dict[str, str]:
    """Return the environment without what somebody set for the service or its tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


def drain(log: IO[str]) -> None:
    """Read to the end and forget it."""
    deque(log, maxlen=0)


def address_of(log: IO[str]) -> str:
    """Read the server's log until it names its address."""
    lines = []
    for line in log:
        lines.append(line)
        match = READY.search(line)
        if match:
            return match.group(1)
    raise AssertionError("".join(lines))
