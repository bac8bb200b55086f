"""Where readers find the data: each query in memory and from a checkpoint on disk, in one process.

`python -m bench.replicas [triples]` prints what decision 7 of the documents rests on: CPU time of
the best of some runs, the memory that a quad takes, and what it costs to fill a store in random
order.
"""

import gc
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_dump
from akteursmodell.graph.terms import Quad, QueryTriples
from akteursmodell.query.results import GRAPHS, ROWS, write
from bench.data import Shape
from bench.data import write as write_data
from bench.workload import Query, queries

TRIPLES = 1_000_000
RUNS, MOST_SECONDS = 5, 5.0
SHUFFLE = 7


def cost(store: EmbeddedStore, query: Query, shape: Shape) -> float:
    """Return the CPU time of the best run in milliseconds, another constant each time."""
    found: list[float] = []
    started = time.perf_counter()
    for text in islice(query.texts(shape, 0), RUNS):
        used = time.process_time()
        answer = store.query(text)
        write(answer, (GRAPHS[2] if isinstance(answer, QueryTriples) else ROWS[0]))
        found.append((time.process_time() - used) * 1000)
        if time.perf_counter() - started > MOST_SECONDS:
            break
    return min(found)


def filled(quads: Iterator[Quad]) -> EmbeddedStore:
    """Return a store in memory."""
    store = EmbeddedStore.in_memory()
    store.strict = True
    store.fill(quads)
    return store


def shuffled(file: Path) -> Iterator[Quad]:
    """Return the quads of a file in random order."""
    quads = list(read_dump(file.open("rb")))
    random.Random(SHUFFLE).shuffle(quads)  # noqa: S311 -- an order, no secret
    return iter(quads)


def main() -> None:
    """Measure and print."""
    shape = Shape(int(sys.argv[1]) if len(sys.argv) > 1 else TRIPLES)
    console = Console()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "data.nt"
        count = write_data(file, shape)
        before = psutil.Process().memory_info().rss
        memory = filled(read_dump(file.open("rb")))
        console.print(f"{(psutil.Process().memory_info().rss - before) / count:.0f} bytes a quad")
        made = EmbeddedStore.open(folder / "store", create=True)
        made.fill(read_dump(file.open("rb")))
        made.backup(folder / "checkpoint")
        made.close()
        disk = EmbeddedStore.read_only(folder / "checkpoint")
        disk.strict = True
        columns = {"in memory": memory, "on disk": disk, "random order": filled(shuffled(file))}
        gc.collect()
        table = Table("CPU ms", *columns, "on disk ÷", "random order ÷")
        for query in queries():
            costs = [cost(store, query, shape) for store in columns.values()]
            ratios = [f"{each / costs[0]:.1f}" for each in costs[1:]]
            table.add_row(query.id, *(f"{each:.3g}" for each in costs), *ratios)
        console.print(table)


if __name__ == "__main__":
    main()
