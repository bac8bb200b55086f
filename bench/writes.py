"""Measure one write from end to end: derive, infer, validate, journal, commit.

`python -m bench.writes [sizes …]` prints a table. The store is in a folder with a synced journal,
as a service keeps it; the data are copies of the shipped ones (`bench.copies`), with all that
follows from them. Each write gives one responsibility another bearer, by a SPARQL Update that finds
the present one. Times are of this process, which does what gate and worker do in a service.
"""

import multiprocessing
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from rich.console import Console
from rich.table import Table

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import NamedNode
from akteursmodell.history.journal import Journal, journal_beside
from akteursmodell.history.ledger import Ledger
from akteursmodell.updates.gate import ChangeRejectedError, Gate
from akteursmodell.updates.inference import with_inferred
from akteursmodell.updates.requests import WriteRequest, derive
from akteursmodell.vocabulary import ID
from bench.copies import SIZES, is_original, multiplied
from bench.validation import BEARER, CODE, KIND

RUNS = 50
NOTHING = ChangeSet(frozenset(), frozenset(), "", "")
BODIES = (f"{ID}org-town-viersen", f"{ID}org-county-viersen")
TEXT = """
PREFIX akm: <https://w3id.org/akteursmodell/ontology/>
DELETE {{ GRAPH ?g {{ <{it}> akm:bearer ?old }} }}
INSERT {{ GRAPH ?g {{ <{it}> akm:bearer <{new}> }} }}
WHERE {{ GRAPH ?g {{ <{it}> akm:bearer ?old }} }}
"""


def stored(size: int, folder: Path) -> Gate:
    """Return the gate to a folder with at least `size` statements and what follows from them."""
    memory = multiplied(size)
    memory.fill(with_inferred(memory, NOTHING).inserts)
    store = EmbeddedStore.open(folder, create=True)
    store.fill(memory.quads())
    return Gate(Ledger(store, Journal.open(journal_beside(folder))))


def writes(gate: Gate) -> list[tuple[float, float]]:
    """Write one change after the other; return CPU and wall milliseconds of each."""
    replica = gate.replica
    told = (quad.subject for quad in replica.quads(None, KIND, CODE) if is_original(quad))
    found = sorted((subject for subject in told if isinstance(subject, NamedNode)), key=str)
    taken = []
    for number in range(RUNS):
        it = found[number % len(found)]
        present = {str(quad.object) for quad in replica.quads(it, BEARER, None)}
        new = next(body for body in BODIES if f"<{body}>" not in present)
        request = WriteRequest(
            "update", TEXT.format(it=it.value, new=new).encode(), "b", "bench", ""
        )
        cpu, wall = time.process_time(), time.perf_counter()
        change = derive(replica, request, strict=False, hosts=())
        with suppress(ChangeRejectedError):  # some bearers break a rule, which takes as long
            gate.submit(change)
        taken.append(((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000))
    return taken


def measure(size: int, answer: Connection) -> None:
    """Measure one size, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        gate = stored(size, Path(folder) / "store")
        answer.send((gate.replica.size(), writes(gate)[1:]))


def main() -> None:
    """Measure and print."""
    table = Table("entered statements", "writes", "CPU ms p50", "CPU ms p95", "wall ms p50")
    for size in [int(text) for text in sys.argv[1:]] or SIZES:
        ours, theirs = multiprocessing.get_context("fork").Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(target=measure, args=(size, theirs))
        process.start()
        theirs.close()
        count, taken = ours.recv()
        process.join()
        cpu, wall = ([each[n] for each in taken] for n in (0, 1))
        table.add_row(
            f"{count:,}", f"{len(taken)}", f"{statistics.median(cpu):.1f}",
            f"{sorted(cpu)[int(len(cpu) * 0.95)]:.1f}", f"{statistics.median(wall):.1f}",
        )  # fmt: skip
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
