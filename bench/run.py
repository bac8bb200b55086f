"""Measure SPARQL services side by side over HTTP: `python -m bench.run`.

For each size all servers are started and given the same data; then each query goes to one server
after the other, so that a noisy minute of the machine hits all of them. The answers are compared.
Writes bench/results/DATE.json, docs/benchmarks.md and docs/benchmarks.svg.
"""

import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from bench.data import Shape, write
from bench.measure import IN_PROCESS, Cell, Meter, Settings
from bench.plot import plot
from bench.processes import memory
from bench.report import page, table
from bench.servers import Akteursmodell, Host, Oxigraph, RdflibEndpoint, Server
from bench.workload import Query, queries

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
KINDS: tuple[type[Server], ...] = (Oxigraph, Akteursmodell, RdflibEndpoint)
NAMES = [*(kind.name for kind in KINDS), IN_PROCESS]
SIZES = (10_000, 100_000, 1_000_000)
REPEATED = ("lookup", "order-by-label", "construct")
REPEATED_CONNECTIONS = 8
QUICK = Settings(seconds=0.05, cap=5, connections=(1, 8))
Results = dict[str, Any]


class Run:
    """One run over some sizes and servers."""

    def __init__(self, settings: Settings, names: tuple[str, ...], console: Console) -> None:
        """Take the settings and the servers that are wanted and can be measured."""
        self.settings = settings
        self.names = names
        self.console = console
        self.results: Results = {"cells": [], "loads": [], "exports": []}

    def measure(self, size: int, folder: Path, *, export: bool) -> None:
        """Measure one size with all servers, then end them."""
        shape = Shape(size)
        data = folder / f"{size}.nt"
        triples = write(data, shape)
        meter = Meter(shape, self.settings)
        with ExitStack() as stack:
            host, servers = self.start(data, stack)
            for server in servers:
                self.load(server, size, triples)
            with Progress(console=self.console, transient=True) as progress:
                task = progress.add_task(f"{triples} triples", total=len(queries()))
                for query in queries():
                    progress.update(task, description=f"{triples} triples, {query.id}")
                    for cell in cells(meter, servers, host, query):
                        self.results["cells"].append(asdict(cell))
                    progress.advance(task)
            if export:
                for server in servers:
                    if isinstance(server, RdflibEndpoint):
                        server.become()
                    self.results["exports"].append(asdict(meter.export(server)))

    def start(self, data: Path, stack: ExitStack) -> tuple[Host | None, list[Server]]:
        """Return the servers wanted, not started yet, and what holds the data for rdflib."""
        host = None
        if {RdflibEndpoint.name, IN_PROCESS} & set(self.names):
            host = Host(data)
            stack.callback(host.stop)
        servers: list[Server] = [
            kind(data) for kind in (Oxigraph, Akteursmodell) if kind.name in self.names
        ]
        if host and RdflibEndpoint.name in self.names:
            servers.append(RdflibEndpoint(data, host))
        for server in servers:
            if not isinstance(server, RdflibEndpoint):
                stack.callback(server.stop)
        return host, servers

    def load(self, server: Server, size: int, triples: int) -> None:
        """Start a server with the data and note what that took."""
        loaded = server.start()
        self.results["loads"].append(
            {
                "size": size,
                "triples": triples,
                "server": server.name,
                "wall": loaded.wall,
                "cpu": loaded.cpu,
                "memory": memory(server.holder),
            }
        )


def cells(meter: Meter, servers: list[Server], host: Host | None, query: Query) -> Iterator[Cell]:
    """Measure one query with each number of connections, the servers in turn."""
    for connections in meter.settings.connections:
        for server in servers:
            yield meter.over_http(server, query, connections)
    if query.id in REPEATED and REPEATED_CONNECTIONS in meter.settings.connections:
        for server in servers:
            yield meter.over_http(server, query, REPEATED_CONNECTIONS, repeated=True)
    if host:
        yield meter.in_process(host, query)


def about(settings: Settings, names: tuple[str, ...], missing: dict[str, str]) -> Results:
    """Return what the figures depend on."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    versions = {kind.name: kind.version() for kind in KINDS if kind.name in names}
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{os.cpu_count()} cores, {cpu}",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "versions": {**versions, IN_PROCESS: version("rdflib")},
        "missing": missing,
        "settings": asdict(settings),
        "servers": list(names),
    }


def wrong(results: Results) -> list[str]:
    """Return what must not be: different answers, broken ones, answers without rows."""
    return [
        f"{row['server']}, {row.get('query', 'export')}, {row['size']} triples, "
        f"{row.get('connections', 1)} connections: {row.get('failure') or 'answers differ'}"
        for row in [*results["cells"], *results["exports"]]
        if row.get("failure") or row["answer"] == "different"
    ]


@click.command()
@click.option("--quick", is_flag=True, help="The smallest size with few requests, no pages.")
@click.option("--size", "sizes", type=int, multiple=True, default=SIZES, show_default=True)
@click.option("--server", "wanted", type=click.Choice(NAMES), multiple=True, default=NAMES)
@click.option("--output", type=click.Path(path_type=Path), help="Write the results only there.")
@click.option("--render", type=click.Path(exists=True, path_type=Path),
              help="Measure nothing; write the pages from these results.")  # fmt: skip
def main(
    quick: bool, sizes: tuple[int, ...], wanted: tuple[str, ...], output: Path | None,
    render: Path | None,
) -> None:  # fmt: skip
    """Measure our service, oxigraph serve, rdflib-endpoint and rdflib side by side."""
    console = Console(width=None if sys.stdout.isatty() else 160)
    if render:
        write_pages(json.loads(render.read_text(encoding="utf-8")))
        return
    settings = QUICK if quick else Settings()
    missing = {kind.name: kind.missing() for kind in KINDS if kind.missing()}
    names = tuple(name for name in wanted if name not in missing)
    for name, reason in missing.items():
        console.print(f"not measured: {name}: {reason}")
    begun = time.monotonic()
    run = Run(settings, names, console)
    chosen = SIZES[:1] if quick else sizes
    with tempfile.TemporaryDirectory() as folder:
        for size in chosen:
            run.measure(size, Path(folder), export=size == max(chosen))
    minutes = (time.monotonic() - begun) / 60
    results = {**about(settings, names, missing), "minutes": round(minutes, 1), **run.results}
    for size in chosen:
        console.print(table(results, size))
    keep(results, output, pages=not quick)
    if faults := wrong(results):
        raise click.ClickException("\n".join(faults))


def keep(results: Results, output: Path | None, *, pages: bool) -> None:
    """Write results and, unless another place was named for them, the pages."""
    path = output or RESULTS / f"{results['date']}.json"
    path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    if pages and not output:
        write_pages(results)


def write_pages(results: Results) -> None:
    """Write the page and the plot."""
    docs = ROOT / "docs"
    (docs / "benchmarks.md").write_text(page(results), encoding="utf-8")
    (docs / "benchmarks.svg").write_text(plot(results), encoding="utf-8")


if __name__ == "__main__":
    main()
