"""Measure validation: a change of one responsibility, of a code that much uses, and everything.

`python -m bench.validation [sizes …] [--without-reference]` prints a table. The data are copies of
the shipped ones (`bench.copies`). pySHACL checks the same data in the same run, up to a limit.
Times are CPU times of this process.
"""

import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from rich.console import Console
from rich.table import Table

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.updates.trial import Trial
from akteursmodell.validation.engine import Validator, shipped_shapes
from akteursmodell.validation.engines.compiled import CompiledEngine
from akteursmodell.validation.engines.reference import ReferenceEngine
from akteursmodell.vocabulary import ID, akm
from bench.copies import SIZES, is_original, multiplied

RUNS = 50
CAP = 600
"""Seconds of CPU after which pySHACL is cut; its figure is then a lower bound."""
KIND, BEARER = NamedNode(akm("responsibilityKind")), NamedNode(akm("bearer"))
CODE = NamedNode(akm("responsibility-overall"))
IN_SCHEME = NamedNode("http://www.w3.org/2004/02/skos/core#inScheme")
SCHEME = NamedNode(akm("evidence-statuses"))
EXTERNAL = NamedNode(akm("evidence-external"))


def cpu(task: Callable[[], object]) -> float:
    """Return the CPU time of one run, in milliseconds."""
    started = time.process_time()
    task()
    return (time.process_time() - started) * 1000


def one_change(trial: Trial, validator: Validator) -> tuple[list[float], list[float], int]:
    """Change one responsibility after the other; return times of validation and of the trial."""
    store = trial.replica
    found = sorted(filter(is_original, store.quads(None, KIND, CODE)), key=str)
    alone, whole, pairs = [], [], 0
    for number in range(RUNS):
        old = found[number % len(found)]
        bearer = next(iter(store.quads(old.subject, BEARER, None)))
        new = Quad(bearer.subject, BEARER, NamedNode(f"{ID}org-town-viersen"), bearer.graph_name)
        started = time.process_time()
        trial.step([bearer], [new])
        change = trial.change("bench", "bench", None)
        before = time.process_time()
        report = validator(store, change)
        alone.append((time.process_time() - before) * 1000)
        trial.undo()
        whole.append((time.process_time() - started) * 1000)
        pairs = max(pairs, report.scope.pairs or 0)
    return alone, whole, pairs


def code_change(trial: Trial, validator: Validator) -> tuple[float, int]:
    """Take away what makes a code one that all evidence may use; return time and pairs."""
    store = trial.replica
    told = list(store.quads(EXTERNAL, IN_SCHEME, SCHEME))
    change = ChangeSet(frozenset(told), frozenset(), "bench", "bench")
    store.replay(change)
    pairs = 0

    def check() -> None:
        nonlocal pairs
        pairs = validator(store, change).scope.pairs or 0

    taken = cpu(check)
    store.replay(change.inverse())
    return taken, pairs


def peak() -> float:
    """Return the largest resident memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(size: int, answer: Connection, *, with_reference: bool) -> None:
    """Measure one size, in a process of its own."""
    store = multiplied(size)
    loaded = peak()
    validator, trial = Validator(), Trial(store)
    validator(store, ChangeSet(frozenset(), frozenset(), "", ""))
    alone, whole, pairs = one_change(trial, validator)
    bulk, concerned = code_change(trial, validator)
    engine = CompiledEngine(shipped_shapes())
    found: list[object] = []
    full = cpu(lambda: found.extend(engine.full(store)))
    answer.send(
        (store.size(), alone, whole, pairs, bulk, concerned, full, len(found), loaded, peak())
    )
    if not with_reference:
        answer.send((0.0, 0))
        return
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + CAP,) * 2)
    reference = ReferenceEngine(shipped_shapes())
    theirs: list[object] = []
    answer.send((cpu(lambda: theirs.extend(reference.full(store))), len(theirs)))


def main() -> None:
    """Measure and print."""
    sizes = [int(text) for text in sys.argv[1:] if text.isdigit()] or SIZES
    given = {"with_reference": "--without-reference" not in sys.argv}
    columns = (
        "statements", "one change ms p50", "p95", "with trial p50", "pairs", "code ms", "pairs",
        "full s", "findings", "pySHACL s", "ratio", "data MB", "peak MB",
    )  # fmt: skip
    table = Table(*columns)
    for size in sizes:
        ours, theirs = multiprocessing.get_context("fork").Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(
            target=measure, args=(size, theirs), kwargs=given
        )
        process.start()
        theirs.close()
        count, alone, whole, pairs, bulk, concerned, full, found, loaded, most = ours.recv()
        try:
            reference, results = ours.recv()
        except EOFError:  # ended at the limit
            reference, results = CAP * 1000.0, found
        process.join()
        if reference and results != found:
            print(f"pySHACL found {results} results, we {found}")
        more = ">" if reference == CAP * 1000 else ""
        table.add_row(
            f"{count}", f"{statistics.median(alone):.1f}", f"{sorted(alone)[-3]:.1f}",
            f"{statistics.median(whole):.1f}", f"{pairs}", f"{bulk:.0f}", f"{concerned}",
            f"{full / 1000:.1f}", f"{found}",
            f"{more}{reference / 1000:.0f}" if reference else "not run",
            f"{more}{reference / full:.0f}" if reference else "",
            f"{loaded:.0f}", f"{most:.0f}",
        )  # fmt: skip
        Console(width=160).print(table)


if __name__ == "__main__":
    main()
