"""Measure what users wait for: loading, each question, full validation, HermiT.

`python -m bench.inside` prints a table. Each question is also put to rdflib over the same data in
the same run, so that the ratio says more than the machine; CPU time stands beside wall time. Best
of the runs.
"""

import signal
import time
from collections.abc import Callable
from functools import partial

import rdflib
from rich.console import Console
from rich.progress import track
from rich.table import Table

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.shipped import load_shipped
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import catalogue
from akteursmodell.questions.parameters import bind
from akteursmodell.reasoning.consistency import check
from akteursmodell.validation.engine import validate, validate_with_reference
from akteursmodell.validation.rdf import to_graph
from akteursmodell.vocabulary import PREFIXES

RUNS = 5
CAP = 20.0


def measure(task: Callable[[], object], runs: int) -> tuple[float, float]:
    """Return the best wall and CPU time of some runs, in milliseconds."""
    wall, cpu = [], []
    for _ in range(runs):
        started, used = time.perf_counter(), time.process_time()
        task()
        wall.append(time.perf_counter() - started)
        cpu.append(time.process_time() - used)
    return min(wall) * 1000, min(cpu) * 1000


def capped(task: Callable[[], object]) -> float:
    """Return the CPU time of one run in milliseconds, or the cap where it takes longer."""
    signal.signal(signal.SIGVTALRM, exceeded)
    signal.setitimer(signal.ITIMER_VIRTUAL, CAP)
    try:
        return measure(task, 1)[1]
    except TimeoutError:
        return CAP * 1000
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def exceeded(*_: object) -> None:
    """Stop what runs too long."""
    raise TimeoutError


def load() -> EmbeddedStore:
    """Load the shipped files into a new store."""
    store = EmbeddedStore.in_memory()
    load_shipped(store)
    return store


def main() -> None:
    """Measure and print."""
    store = load()
    quads = list(store.quads())
    reference = to_graph(quads)
    table = Table("what", "wall ms", "CPU ms", "rdflib CPU ms", "rdflib : ours")

    def row(name: str, ours: tuple[float, float], theirs: float | None = None) -> None:
        more = "> " if theirs == CAP * 1000 else ""
        ratio = ["", ""]
        if theirs is not None:
            ratio = [f"{more}{theirs:.1f}", f"{more}{theirs / ours[1]:.0f}"]
        table.add_row(name, f"{ours[0]:.1f}", f"{ours[1]:.1f}", *ratio)

    row(f"load {len(quads)} statements", measure(load, RUNS))
    for question in track(catalogue().values(), "questions", console=Console(stderr=True)):
        query = bind(question, {})

        def by_rdflib(query: str = query) -> object:
            namespaces = {name: rdflib.URIRef(iri) for name, iri in PREFIXES.items()}
            return list(reference.query(query, initNs=namespaces))

        ours = measure(partial(ask, store, question, {}), RUNS)
        row(question.id, ours, capped(by_rdflib))
    row(
        "validate everything, beside pySHACL",
        measure(lambda: validate(quads), RUNS),
        capped(lambda: validate_with_reference(quads)),
    )
    row("HermiT on the ontology (wall; Java apart)", measure(check, 1))
    Console().print(table)


if __name__ == "__main__":
    main()
