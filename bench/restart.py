"""Measure how long a service takes from its start to its first answer, after all of it was killed.

`python -m bench.restart [statements]` makes a store folder, puts the data of `bench.data` into it,
and then kills and starts the service a few times; with and without the shipped data beside them.
"""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from bench.data import Shape, write
from bench.processes import end, free_port

TIMES = 5
TOKEN = "secret"  # noqa: S105 -- of a service that lives for this measurement only
ASK = "/sparql?query=ASK%7B%7D"


class Service:
    """One service over a folder."""

    def __init__(self, folder: Path, *options: str) -> None:
        """Start it and wait for its first answer."""
        self.port = free_port()
        started = time.perf_counter()
        self.process = subprocess.Popen(  # noqa: S603 -- a command of this file
            [
                *(sys.executable, "-m", "akteursmodell", "serve", "--store", str(folder)),
                *("--port", str(self.port), *options),
            ],
            env={**os.environ, "AKTEURSMODELL_TOKEN": TOKEN},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while not self.answers():
            time.sleep(0.01)
        self.seconds = time.perf_counter() - started

    def answers(self) -> bool:
        """Whether it answers by now."""
        with suppress(OSError, http.client.HTTPException):
            return self.send("GET", ASK) == http.client.OK
        return False

    def send(self, method: str, path: str, body: bytes | None = None) -> int:
        """Send a request and return the status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        headers = {"Content-Type": "application/n-triples", "Authorization": f"Bearer {TOKEN}"}
        connection.request(method, path, body, headers if body else {})
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status

    def kill(self) -> None:
        """Kill all of its processes at once."""
        parent = psutil.Process(self.process.pid)
        for each in (parent, *parent.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                each.kill()
        self.process.wait()


def measure(data: bytes, *options: str) -> list[float]:
    """Return the seconds of some starts after a kill."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "store"
        service = Service(folder, *options)
        try:
            if service.send("PUT", "/data?graph=urn:bench", data) >= http.client.BAD_REQUEST:
                raise RuntimeError("the service does not take the data")
            taken = []
            for _ in range(TIMES):
                service.kill()
                service = Service(folder, *options)
                taken.append(service.seconds)
        finally:
            end(service.process.pid)
            service.process.wait()
        return taken


def main() -> None:
    """Measure and print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "data.nt"
        count = write(file, Shape(number))
        data = file.read_bytes()
    table = Table("data", "first answer after s (median)", "slowest")
    for told, options in (("alone", ("--empty",)), ("beside what is shipped", ())):
        taken = sorted(measure(data, *options))
        row = (f"{count:,} statements {told}", f"{taken[TIMES // 2]:.2f}", f"{taken[-1]:.2f}")
        table.add_row(*row)
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
