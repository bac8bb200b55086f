"""Measure what each page costs the server, with Viersen alone and with 100 towns.

`python -m bench.pages` asks for every page first after a change of the data, when nothing is kept
of it, then again and again. CPU time is that of the serving process with its threads, without HTTP
itself. Writes bench/results/pages/DATE.json and docs/page-times.md.
"""

import gc
import gzip
import json
import os
import platform
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import Any

import click
from flask.testing import FlaskClient
from rich.console import Console
from rich.progress import track
from tests.towns import add_towns

from akteursmodell.config import Settings
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import Literal, NamedNode, Quad
from akteursmodell.updates.inference import bring_up
from akteursmodell.vocabulary import BASE, PREFIXES
from akteursmodell.web import create_app
from bench.addresses import Address, addresses
from bench.page_report import report

__all__ = ["Cost", "measure"]

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results" / "pages"
TOWNS = 100
AGAIN = 3
NEW_OBJECTS = 50_000
"""As in the processes of the service."""
NOTE = Quad(
    NamedNode(f"{BASE}id/bench"), NamedNode(PREFIXES["rdfs"] + "comment"), Literal("x"),
    NamedNode(f"{BASE}data/viersen/sites"),
)  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """What one page costs: CPU milliseconds, compressed kB, rows of tables, choices offered."""

    towns: int
    group: str
    path: str
    first: float
    again: float
    size: float
    rows: int
    options: int
    statements: int


def timed(client: FlaskClient, path: str) -> tuple[float, bytes]:
    """Return the CPU milliseconds of a request, and the page; raises RuntimeError on an error."""
    started = time.process_time()
    answer = client.get(path, headers={"Accept": "text/html"})
    used = time.process_time() - started
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{path}: {answer.status}")
    return used * 1000, answer.data


def touch(store: EmbeddedStore) -> None:
    """Change the data by one statement, so that nothing kept of them is used any more."""
    quads = frozenset({NOTE})
    there = any(store.quads(NOTE.subject))
    none: frozenset[Quad] = frozenset()
    change = (quads, none) if there else (none, quads)
    store.apply(ChangeSet(*change, "bench", "a statement for measuring"))


def measure(
    store: EmbeddedStore, client: FlaskClient, towns: int, where: Address, times: int = AGAIN
) -> Cost:
    """Measure one page: the first view after a change, and the median of those after it."""
    touch(store)
    first, page = timed(client, where.path)
    again = [timed(client, where.path)[0] for _ in range(times)]
    return Cost(
        towns=towns,
        group=where.group,
        path=where.path,
        first=round(first, 2),
        again=round(median(again), 2),
        size=round(len(gzip.compress(page, 6)) / 1000, 1),
        rows=page.count(b"<tr"),
        options=page.count(b"<option"),
        statements=store.size(),
    )


def measured(counts: tuple[int, ...], only: str, console: Console) -> Iterator[Cost]:
    """Measure all pages with each number of towns beside Viersen."""
    gc.set_threshold(NEW_OBJECTS)
    store = EmbeddedStore.in_memory()
    bring_up(store)
    wanted = [each for each in addresses(store) if only in each.path]
    there = 0
    for count in counts:
        add_towns(store, count - there, there + 1)
        there = count
        gc.freeze()  # as the service does before it forks
        client = create_app(store, Settings()).test_client()
        for each in wanted:  # templates and modules are read with the first use
            timed(client, each.path)
        for each in track(wanted, f"{count} towns", console=console):
            yield measure(store, client, count, each)


@click.command()
@click.option("--towns", default=TOWNS, show_default=True, help="Beside Viersen; 0: Viersen alone.")
@click.option("--only", default="", help="Pages with this in their address; writes nothing.")
@click.option("--render", type=click.Path(exists=True, path_type=Path),
              help="Measure nothing; write the page from these results.")  # fmt: skip
def main(towns: int, only: str, render: Path | None) -> None:
    """Measure every page, first after a change and then again, and write what was found."""
    if render:
        write_page(json.loads(render.read_text(encoding="utf-8")))
        return
    console = Console(stderr=True)
    counts = (0, towns) if towns else (0,)
    costs = [asdict(cost) for cost in measured(counts, only, console)]
    results = {**about(costs), "costs": costs}
    if only or towns != TOWNS:
        click.echo(json.dumps(costs, indent=1))
        return
    path = RESULTS / f"{results['date']}.json"
    path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    write_page(results)


def about(costs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the figures depend on."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "times": AGAIN,
        "statements": {str(cost["towns"]): cost["statements"] for cost in costs},
    }


def write_page(results: dict[str, Any]) -> None:
    """Write docs/page-times.md."""
    (ROOT / "docs" / "page-times.md").write_text(report(results), encoding="utf-8")


if __name__ == "__main__":
    main()
