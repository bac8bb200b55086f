"""Measure one cell of the tables: a query, a size, a server, a number of connections."""

import base64
import http.client
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, repeat
from urllib.parse import quote

from bench.answers import checksum, digest
from bench.data import Shape
from bench.load import BrokenAnswerError, Outcome, drive
from bench.processes import cpu, watch
from bench.servers import Host, Server
from bench.workload import EXPORT, Query

__all__ = ["IN_PROCESS", "Cell", "Export", "Meter", "Settings"]

IN_PROCESS = "rdflib in process"
WARM_UP, REPEATED = 8_000_000, 5_000_000  # first numbers of texts that nothing else uses
ENOUGH = 5_000  # texts that rdflib in process gets at most
CORES = os.cpu_count() or 1


@dataclass(frozen=True)
class Settings:
    """How long and how hard to measure; times in seconds."""

    seconds: float = 0.5
    cap: float = 10.0
    export_cap: float = 60.0
    connections: tuple[int, ...] = (1, 8, 32)


@dataclass
class Cell:
    """What was measured; times in milliseconds. A cell that exceeded the cap has none."""

    size: int
    query: str
    server: str
    connections: int
    """0: in process, without HTTP."""
    repeated: bool = False
    requests: int = 0
    cpu: float | None = None
    p50: float | None = None
    p99: float | None = None
    client_share: float | None = None
    """CPU time of the client by wall time: near 1 the client was the bottleneck."""
    rows: int | None = None
    answer: str = ""
    """`equal`, `different`, or nothing where there is nothing to compare."""
    exceeded: bool = False
    failure: str = ""


@dataclass
class Export:
    """One result with as many rows as there are triples, as CSV; seconds, MB."""

    size: int
    server: str
    first_byte: float | None = None
    total: float | None = None
    cpu: float | None = None
    growth: float | None = None
    rows: int | None = None
    answer: str = ""
    exceeded: bool = False


def percentile(values: list[float], share: float) -> float:
    """Return the value that a share of the values does not exceed (nearest rank), in ms."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


@dataclass
class Meter:
    """Measures one size and remembers what the first server answered."""

    shape: Shape
    settings: Settings
    expected: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    alone: dict[tuple[str, str], float] = field(default_factory=dict)
    """CPU seconds of a request on one connection."""
    hopeless: dict[tuple[str, str], int] = field(default_factory=dict)
    """The fewest connections at which the cap was exceeded."""

    def over_http(
        self, server: Server, query: Query, connections: int, *, repeated: bool = False
    ) -> Cell:
        """Measure a server; one that did not answer in time is started anew."""
        cell = Cell(self.shape.size, query.id, server.name, connections, repeated)
        if self.would_exceed(server, query, connections, repeated=repeated):
            cell.exceeded = True
            return cell
        try:
            warm = self.warm_up(server, query, connections)
            used = cpu(server.pid)
            outcome = self.drive(server, query, connections, repeated=repeated) if warm else None
            used = cpu(server.pid) - used
        except (BrokenAnswerError, ConnectionError) as error:
            cell.failure = str(error)
            self.anew(server)
            return cell
        if outcome is None or outcome.exceeded:
            cell.exceeded = True
            self.hopeless.setdefault((server.name, query.id), connections)
            self.anew(server)
            return cell
        if not repeated:
            self.alone.setdefault((server.name, query.id), used / len(outcome.latencies))
        cell.client_share = outcome.client_cpu / outcome.wall
        self.fill(cell, outcome.latencies, used)
        self.compare(cell, query, first_of(connections, repeated=repeated), outcome.first_body)
        return cell

    def would_exceed(
        self, server: Server, query: Query, connections: int, *, repeated: bool
    ) -> bool:
        """Tell whether one round cannot end before the cap, by what fewer connections took.

        A server that caches evaluates a repeated text once, so one connection tells enough.
        """
        known = (server.name, query.id)
        if repeated and server.caches:
            return self.hopeless.get(known) == 1
        round_ = self.alone.get(known, 0.0) * connections / min(server.cores, CORES)
        return known in self.hopeless or round_ > self.settings.cap

    def warm_up(self, server: Server, query: Query, connections: int) -> bool:
        """Ask for a short time, with other texts than are measured, and tell if all came in time.

        Not where one round would take longer than the measurement: one connection came before.
        """
        if self.alone.get((server.name, query.id), 0.0) * connections > self.settings.seconds:
            return True
        texts = query.requests(self.shape, WARM_UP + connections * 10_000, server.path)
        seconds, cap = self.settings.seconds / 5, self.settings.cap
        return not drive(server.port, texts, connections, seconds, cap).exceeded

    def drive(self, server: Server, query: Query, connections: int, *, repeated: bool) -> Outcome:
        """Ask for the time set: the same text always, or never the same."""
        first = first_of(connections, repeated=repeated)
        texts: Iterator[bytes] = query.requests(self.shape, first, server.path)
        if repeated:
            texts = repeat(next(texts))
            drive(server.port, texts, 1, 0, self.settings.cap)
        seconds, cap = self.settings.seconds, self.settings.cap
        return drive(server.port, texts, connections, seconds, cap)

    def anew(self, server: Server) -> None:
        """Start a server again that is still busy or has died."""
        server.stop()
        server.start()

    def in_process(self, host: Host, query: Query) -> Cell:
        """Measure rdflib without HTTP: parse, evaluate, serialise."""
        cell = Cell(self.shape.size, query.id, IN_PROCESS, 0)
        first = first_of(1, repeated=False)
        done = host.tell(
            do="query", format="nt" if "n-triples" in query.accept else "json",
            texts=list(islice(query.texts(self.shape, first), ENOUGH)),
            seconds=self.settings.seconds, cap=self.settings.cap,
        )  # fmt: skip
        if not done:
            cell.exceeded = True
            return cell
        self.fill(cell, done["latencies"], done["cpu"])
        self.compare(cell, query, first, base64.b64decode(done["first"]))
        return cell

    def fill(self, cell: Cell, latencies: list[float], used: float) -> None:
        """Write the figures of a measurement into its cell."""
        cell.requests = len(latencies)
        cell.cpu = used / len(latencies) * 1000
        cell.p50, cell.p99 = percentile(latencies, 0.5), percentile(latencies, 0.99)

    def compare(self, cell: Cell, query: Query, first: int, body: bytes) -> None:
        """Compare the answer to text number `first` with what the first server answered."""
        found = digest(body, ordered=query.ordered)
        expected = self.expected.setdefault((query.id, first), found)
        cell.rows = found[1]
        cell.answer = "equal" if found == expected and cell.rows else "different"

    def export(self, server: Server) -> Export:
        """Fetch all triples as CSV."""
        export = Export(self.shape.size, server.name)
        with watch(server.pid) as peak:
            used = cpu(server.pid)
            try:
                body = fetch(server, export, self.settings.export_cap)
            except TimeoutError:
                export.exceeded = True
                return export
            export.cpu = cpu(server.pid) - used
        export.growth = peak.highest - peak.before
        rows, total = checksum(body.decode().splitlines())
        expected = self.expected.setdefault(("export", 0), (str(total), rows))
        export.rows = rows
        export.answer = "equal" if (str(total), rows) == expected and rows else "different"
        return export


def first_of(connections: int, *, repeated: bool) -> int:
    """Return the number of the first text of a cell: the same for each server."""
    return REPEATED if repeated else connections * 100_000


def fetch(server: Server, export: Export, cap: float) -> bytes:
    """Fetch the export in one piece and note the times; raises TimeoutError at the cap."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=cap)
    started = time.perf_counter()
    parts: list[bytes] = []
    connection.request(
        "GET", f"{server.path}?query={quote(EXPORT)}", headers={"Accept": "text/csv"}
    )
    response = connection.getresponse()
    while part := response.read1(1 << 18):
        if not parts:
            export.first_byte = time.perf_counter() - started
        parts.append(part)
        if time.perf_counter() - started > cap:
            raise TimeoutError
    export.total = time.perf_counter() - started
    connection.close()
    return b"".join(parts)
