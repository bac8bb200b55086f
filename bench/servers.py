"""The services that are measured: how each is started, given the data, and ended."""

import http.client
import json
import os
import shutil
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from akteursmodell.errors import AkteursmodellError, Text
from bench.processes import cpu, end, free_port

__all__ = [
    "Akteursmodell",
    "Host",
    "Loaded",
    "Oxigraph",
    "RdflibEndpoint",
    "Server",
    "ServerFailedError",
]

OURS = "AKTEURSMODELL_"
START = 60  # seconds that a server may take until it answers
SLOW = 600  # seconds that loading may take
TOKEN = "secret"  # noqa: S105 -- of a server that lives for this measurement only


class ServerFailedError(AkteursmodellError):
    """A server that is to be measured did not start or did not take the data."""


def failed(name: str, why: str) -> ServerFailedError:
    """Say which server failed, and why."""
    return ServerFailedError(
        Text(f"{name} läuft nicht: {why}", f"{name} does not run: {why}"),
        Text("Mit --server lassen sich andere wählen.", "Choose others with --server."),
    )


@dataclass(frozen=True)
class Loaded:
    """What loading the data took, in seconds."""

    wall: float
    cpu: float


class Server(ABC):
    """One service on a free port of this machine."""

    name: str
    path: str
    cores = 2
    """How many cores it can use at most for queries."""
    caches = False
    """Whether it keeps answers and gives them again to the same text."""

    def __init__(self, data: Path) -> None:
        """Take the N-Triples file that it will be given."""
        self.data = data
        self.port = 0
        self.pid = 0

    @classmethod
    @abstractmethod
    def missing(cls) -> str:
        """Return why it cannot be measured here, or nothing."""

    @classmethod
    @abstractmethod
    def version(cls) -> str:
        """Return its version."""

    @abstractmethod
    def start(self) -> Loaded:
        """Start it with the data."""

    @property
    def holder(self) -> int:
        """Return the process that, with those below it, holds the data."""
        return self.pid

    def stop(self) -> None:
        """End it."""
        if self.pid:
            end(self.pid)
            self.process.wait()

    def wait(self, path: str) -> None:
        """Wait until it answers at a path."""
        until = time.monotonic() + START
        while time.monotonic() < until:
            with suppress(OSError, http.client.HTTPException):
                if self.ask("GET", path) < http.client.INTERNAL_SERVER_ERROR:
                    return
            time.sleep(0.02)
        raise failed(self.name, f"no answer in {START} s")

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> int:
        """Send one request on a connection of its own and return the status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SLOW)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, named)
            response = connection.getresponse()
            response.read()
        finally:
            connection.close()
        return response.status

    def upload(self, method: str, path: str, **headers: str) -> Loaded:
        """Send the data to its Graph Store and return what that took."""
        wall, used = time.perf_counter(), cpu(self.pid)
        with self.data.open("rb") as body:
            length = str(self.data.stat().st_size)
            try:
                status = self.ask(
                    method, path, body, Content_Type="application/n-triples",
                    Content_Length=length, **headers,
                )  # fmt: skip
            except OSError as error:
                raise failed(self.name, f"{method} {path}: {error}") from error
        if status >= http.client.BAD_REQUEST:
            raise failed(self.name, f"{method} {path} answers {status}")
        return Loaded(time.perf_counter() - wall, cpu(self.pid) - used)

    def run(self, *command: str, **environ: str) -> None:
        """Start its process, without settings of ours that happen to be in the environment."""
        outside = {key: value for key, value in os.environ.items() if OURS not in key}
        self.process = subprocess.Popen(  # noqa: S603 -- commands of this file
            command, env={**outside, **environ}, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.pid = self.process.pid


class Oxigraph(Server):
    """`oxigraph serve` in memory: the yardstick."""

    name = "oxigraph serve"
    path = "/query"

    @classmethod
    def command(cls) -> str | None:
        """Return the binary, also where the environment is not activated."""
        return shutil.which("oxigraph", path=f"{Path(sys.executable).parent}:{os.defpath}")

    @classmethod
    def missing(cls) -> str:
        """Return whether the binary is missing."""
        return "" if cls.command() else "the package `oxigraph` is not installed"

    @classmethod
    def version(cls) -> str:
        """Return the version of the package."""
        return version("oxigraph")

    def start(self) -> Loaded:
        """Start it with the data in its default graph."""
        self.port = free_port()
        self.run(str(self.command()), "serve", "--bind", f"127.0.0.1:{self.port}")
        self.wait("/")
        return self.upload("POST", "/store?default")


class Akteursmodell(Server):
    """Our service: one HTTP process, in memory, the data in the default graph as elsewhere."""

    name = "akteursmodell"
    path = "/sparql"
    caches = True

    @classmethod
    def missing(cls) -> str:
        """Return whether this version cannot yet be given data over HTTP."""
        told = subprocess.run(
            [sys.executable, "-m", "akteursmodell", "serve", "--help"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        options = [name for name in ("--default-graph", "--workers") if name not in told]
        return f"its `serve` has no {' and no '.join(options)}" if options else ""

    @classmethod
    def version(cls) -> str:
        """Return the version of the package."""
        return version("akteursmodell")

    def start(self) -> Loaded:
        """Start it empty, then put the data into its default graph."""
        self.port = free_port()
        self.run(
            sys.executable, "-m", "akteursmodell", "serve", "--empty", "--workers", "1",
            "--default-graph", "strict", "--port", str(self.port),
            AKTEURSMODELL_TOKEN=TOKEN,
            AKTEURSMODELL_MAX_UPLOAD="512",
        )  # fmt: skip
        self.wait("/health")
        return self.upload("PUT", "/data?default", Authorization=f"Bearer {TOKEN}")


class Host:
    """The process that holds the data in rdflib, for the two measurements that need them."""

    def __init__(self, data: Path) -> None:
        """Start it and wait until it has read the data."""
        script = Path(__file__).with_name("rdflib_host.py")
        self.process = subprocess.Popen(  # noqa: S603 -- a file of ours
            [sys.executable, str(script), str(data)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self.loaded = Loaded(**self.read())

    def read(self) -> dict[str, Any]:
        """Read one answer."""
        assert self.process.stdout is not None  # noqa: S101 -- it is a pipe
        line = self.process.stdout.readline()
        if not line:
            raise failed("rdflib", f"exit code {self.process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def send(self, **command: Any) -> None:
        """Send a command."""
        assert self.process.stdin is not None  # noqa: S101 -- it is a pipe
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()

    def tell(self, **command: Any) -> dict[str, Any]:
        """Send a command and return the answer."""
        self.send(**command)
        return self.read()

    def stop(self) -> None:
        """End it."""
        end(self.process.pid)
        self.process.wait()


class RdflibEndpoint(Server):
    """rdflib-endpoint in memory, forked from the process that holds the data."""

    name = "rdflib-endpoint"
    path = "/"
    cores = 1

    def __init__(self, data: Path, host: Host) -> None:
        """Take the process that holds the data."""
        super().__init__(data)
        self.host = host

    @classmethod
    def missing(cls) -> str:
        """Return whether the package is missing."""
        try:
            cls.version()
        except PackageNotFoundError:
            return "the group `bench` is not installed"
        return ""

    @classmethod
    def version(cls) -> str:
        """Return the version of the package."""
        return version("rdflib-endpoint")

    @property
    def holder(self) -> int:
        """Return the process it is forked from: they share the data."""
        return self.host.process.pid

    def start(self) -> Loaded:
        """Fork a server."""
        self.port = free_port()
        self.pid = self.host.tell(do="serve", port=self.port)["pid"]
        self.wait("/")
        return self.host.loaded

    def stop(self) -> None:
        """End the fork."""
        self.host.tell(do="stop", pid=self.pid)

    def become(self) -> None:
        """Serve from the process that holds the data itself, which shares no memory."""
        self.stop()
        self.port = free_port()
        self.pid = self.host.process.pid
        self.host.send(do="become", port=self.port)
        self.wait("/")
