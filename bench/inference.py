"""What it costs to keep up with what follows: one change, at three sizes, and the whole anew.

`python -m bench.inference [copies …]` prints what decision 9 of the documents rests on. The data
are copies of the shipped ones under other names: illustrative, they say nothing about any body.
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
from akteursmodell.graph.shipped import read_shipped
from akteursmodell.graph.terms import NamedNode, Quad, Term
from akteursmodell.resources import data_files, ontology_files
from akteursmodell.updates.inference import Inference, with_inferred
from akteursmodell.vocabulary import AKM, ID

COPIES = (1, 8, 79)
"""Of the shipped data: 19 thousand triples with the ontology, 108 thousand, a million."""
RUNS = 200
COPY = "https://example.org/bench/copy-"
BEARER, WITHIN = NamedNode(AKM + "bearer"), NamedNode(AKM + "within")
NONE: frozenset[Quad] = frozenset()


def copied(number: int, data: list[Quad]) -> Iterator[Quad]:
    """Yield the quads of a copy: its things have other names, its graph too."""
    graph = NamedNode(f"{COPY}{number}")

    def named(term: Term) -> Term:
        if isinstance(term, NamedNode) and term.value.startswith(ID):
            return NamedNode(f"{COPY}{number}/{term.value.removeprefix(ID)}")
        return term

    for quad in data:
        yield Quad(named(quad.subject), quad.predicate, named(quad.object), graph)  # type: ignore[arg-type]


def filled(copies: int) -> EmbeddedStore:
    """Return a store with the ontology and some copies of the data."""
    store = EmbeddedStore.in_memory()
    data = read_shipped(data_files())
    store.fill(read_shipped(ontology_files()))
    for number in range(copies):
        store.fill(copied(number, data))
    return store


def cost(run: Callable[[], object]) -> float:
    """Return the CPU milliseconds of a run."""
    used = time.process_time()
    run()
    return (time.process_time() - used) * 1000


def changes(store: EmbeddedStore, kind: str) -> Iterator[ChangeSet]:
    """Yield changes that the store does not get: each is another one, always the same."""
    chance = random.Random(7)  # noqa: S311 -- a choice, no secret
    predicate = {"bearer": BEARER, "within": WITHIN, "any": None}[kind]
    there = [q for q in store.quads(None, predicate) if q.graph_name.value.startswith(COPY)]  # type: ignore[union-attr]
    for quad in chance.sample(there, min(RUNS, len(there))):
        other = chance.choice(there)
        if kind == "any":
            yield ChangeSet(frozenset({quad}), NONE, "bench", "bench")
            continue
        moved = Quad(quad.subject, quad.predicate, other.object, quad.graph_name)
        yield ChangeSet(frozenset({quad}), frozenset({moved}) - {quad}, "bench", "bench")


def large(store: EmbeddedStore, count: int) -> tuple[ChangeSet, ChangeSet]:
    """Return a change that deletes many quads, and one that inserts as many."""
    there = [q for q in store.quads() if q.graph_name.value.startswith(COPY)]  # type: ignore[union-attr]
    gone = frozenset(there[:count])
    come = frozenset(copied(-1, there[:count]))
    return ChangeSet(gone, NONE, "bench", "bench"), ChangeSet(NONE, come, "bench", "bench")


def maintained(inference: Inference, change: ChangeSet) -> None:
    """Maintain step by step, also where building anew would be chosen."""
    inference.delta(change, anew=False)


def measure(copies: int, table: Table) -> None:
    """Measure at one size."""
    store = filled(copies)
    entered = store.size()
    whole = ChangeSet(NONE, NONE, "bench", "bench")
    built: list[ChangeSet] = []
    anew = cost(lambda: built.append(with_inferred(store, whole)))
    store.fill(built[0].inserts)
    inference = Inference(store)
    row = [f"{entered:,}", f"{len(built[0].inserts):,}", f"{anew:,.0f}"]
    for kind in ("bearer", "within", "any"):
        found = sorted(cost(partial(inference.delta, each)) for each in changes(store, kind))
        row.append(f"{median(found):.2f} / {found[len(found) * 99 // 100]:.1f} / {found[-1]:.1f}")
    row += [
        f"{cost(partial(maintained, inference, each)):,.0f}" for each in large(store, entered // 10)
    ]
    table.add_row(*row)


def main() -> None:
    """Measure and print."""
    columns = ("triples", "inferred", "whole anew", "bearer changed", "within changed",
               "one deleted", "10 % deleted", "10 % inserted")  # fmt: skip
    table = Table(*columns, title="CPU ms; median / p99 / most")
    chosen = [int(each) for each in sys.argv[1:]] or COPIES
    for copies in track(chosen, console=Console(stderr=True)):
        measure(copies, table)
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
