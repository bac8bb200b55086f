"""A real server in a process of its own, for tests that need one."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READY = re.compile(r"(http://[\w.:\[\]]+)")


@contextmanager
def serving(
    *options: str, command: tuple[str, ...] = (), cwd: Path | None = None, **environ: str
) -> Iterator[str]:
    """Start `akteursmodell serve` on a free port and yield its address."""
    process = subprocess.Popen(
        [*(command or (sys.executable, "-m", "akteursmodell")), "serve", "--port", "0", *options],
        env={**os.environ, "AKTEURSMODELL_LANG": "de", **environ},
        cwd=cwd,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield address_of(process)
    finally:
        process.terminate()
        process.communicate(timeout=20)


def address_of(process: "subprocess.Popen[str]") -> str:
    """Read the server's log until it names its address."""
    assert process.stderr is not None
    lines = []
    for line in process.stderr:
        lines.append(line)
        match = READY.search(line)
        if match:
            return match.group(1)
    raise AssertionError("".join(lines))
