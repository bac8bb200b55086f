"""What it costs to keep up with what follows: one change, at three sizes, and the whole anew.

`python -m bench.inference [sizes …]` prints what decision 9 of the documents rests on. The data are
copies of the shipped ones (`bench.copies`).
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

from rich.console import Console
from rich.progress import track
from rich.table import Table

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.updates.inference import Inference, with_inferred
from akteursmodell.vocabulary import AKM
from bench.copies import SIZES, copied, entered, multiplied

RUNS = 200
SEED = 7
LAST = 1_000_000
"""The number of a copy that no store has."""
BEARER, WITHIN = NamedNode(AKM + "bearer"), NamedNode(AKM + "within")
NONE: frozenset[Quad] = frozenset()


def cost(run: Callable[[], object]) -> float:
    """Return the CPU milliseconds of a run."""
    used = time.process_time()
    run()
    return (time.process_time() - used) * 1000


def changes(store: EmbeddedStore, kind: str) -> Iterator[ChangeSet]:
    """Yield changes that the store does not get: each is another one, always the same."""
    chance = random.Random(SEED)  # noqa: S311 -- a choice, no secret
    predicate = {"bearer": BEARER, "within": WITHIN, "any": None}[kind]
    there = entered(store, predicate)
    for quad in chance.sample(there, min(RUNS, len(there))):
        other = chance.choice(there)
        if kind == "any":
            yield ChangeSet(frozenset({quad}), NONE, "bench", "bench")
            continue
        moved = Quad(quad.subject, quad.predicate, other.object, quad.graph_name)
        yield ChangeSet(frozenset({quad}), frozenset({moved}) - {quad}, "bench", "bench")


def large(store: EmbeddedStore, count: int) -> tuple[ChangeSet, ChangeSet]:
    """Return a change that deletes many quads, and one that inserts as many."""
    there = entered(store)
    gone = frozenset(there[:count])
    come = frozenset(copied(there[:count], LAST))
    return ChangeSet(gone, NONE, "bench", "bench"), ChangeSet(NONE, come, "bench", "bench")


def maintained(inference: Inference, change: ChangeSet) -> None:
    """Maintain step by step, also where building anew would be chosen."""
    inference.delta(change, anew=False)


def measure(size: int, table: Table) -> None:
    """Measure at one size."""
    store = multiplied(size)
    count = store.size()
    whole = ChangeSet(NONE, NONE, "bench", "bench")
    built: list[ChangeSet] = []
    anew = cost(lambda: built.append(with_inferred(store, whole)))
    store.fill(built[0].inserts)
    inference = Inference(store)
    row = [f"{count:,}", f"{len(built[0].inserts):,}", f"{anew:,.0f}"]
    for kind in ("bearer", "within", "any"):
        found = sorted(cost(partial(inference.delta, each)) for each in changes(store, kind))
        row.append(f"{median(found):.2f} / {found[len(found) * 99 // 100]:.1f} / {found[-1]:.1f}")
    row += [
        f"{cost(partial(maintained, inference, each)):,.0f}" for each in large(store, count // 10)
    ]
    table.add_row(*row)


def main() -> None:
    """Measure and print."""
    columns = ("triples", "inferred", "whole anew", "bearer changed", "within changed",
               "one deleted", "10 % deleted", "10 % inserted")  # fmt: skip
    table = Table(*columns, title="CPU ms; median / p99 / most")
    chosen = [int(each) for each in sys.argv[1:]] or SIZES
    for size in track(chosen, console=Console(stderr=True)):
        measure(size, table)
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
