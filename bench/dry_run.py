"""What a dry run costs: as a whole, and the comparison of answers for small and large changes.

`python -m bench.dry_run` prints what decision 11 of the documents rests on: CPU milliseconds on the
shipped data, median of a few.
"""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from akteursmodell.graph.changeset import ChangeSet, skolemise
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_file
from akteursmodell.graph.terms import Literal, NamedNode, Quad
from akteursmodell.questions.catalogue import Question, catalogue
from akteursmodell.questions.difference import difference
from akteursmodell.updates.gate import Gate
from akteursmodell.updates.inference import Inference, bring_up
from akteursmodell.vocabulary import BASE, ID, PREFIXES

TIMES = 5
SITE = Path(__file__).parent.parent / "tests" / "updates" / "changes" / "new-site.ttl"
GRAPH = NamedNode(f"{BASE}data/viersen/sites")
LABEL = NamedNode(PREFIXES["skos"] + "prefLabel")
NONE: frozenset[Quad] = frozenset()


def cost(task: Callable[[], object]) -> float:
    """Return the median CPU milliseconds of a task."""
    taken = []
    for _ in range(TIMES):
        started = time.process_time()
        task()
        taken.append((time.process_time() - started) * 1000)
    return median(taken)


def changes(store: EmbeddedStore) -> Iterator[tuple[str, ChangeSet]]:
    """Yield changes by what they are called."""
    site = store.canonical(skolemise(read_file(SITE, GRAPH)))
    yield "a new site with its evidence", ChangeSet(NONE, site, "", "")
    town = NamedNode(f"{ID}org-town-viersen")
    name = next(iter(store.quads(town, LABEL, None)))
    other = Quad(town, LABEL, Literal("X", language="de"), name.graph_name)
    yield "one name", ChangeSet(frozenset({name}), frozenset({other}), "", "")
    subject, predicate, value = (NamedNode(f"https://example.org/{part}") for part in "spo")
    said = Quad(subject, predicate, value, GRAPH)
    yield "one foreign statement", ChangeSet(NONE, frozenset({said}), "", "")


def compare(
    store: EmbeddedStore,
    change: ChangeSet,
    moving: Collection[Quad] | None,
    questions: Collection[Question],
) -> int:
    """Compare the answers before and after a change; return how many questions were asked."""

    @contextmanager
    def changed() -> Iterator[None]:
        store.replay(change)
        yield
        store.replay(change.inverse())

    everything = store.quads() if moving is None else moving
    return difference(store, changed, tuple(everything), questions, "de").asked


def main() -> None:
    """Measure and print."""
    store = EmbeddedStore.in_memory()
    bring_up(store)
    gate, inference, questions = Gate(store), Inference(store), catalogue().values()
    rehearse = partial(gate.rehearse_file, SITE, GRAPH, replace_graph=False, lang="de")
    rehearse()  # shapes and rules are compiled with the first
    whole = cost(rehearse)
    table = Table("what", "questions asked", "CPU ms")
    table.add_row("a whole dry run of the new site", "", f"{whole:.0f}")
    for told, asserted in changes(store):
        change = inference.extended(asserted)
        moving = (*change.deletes, *change.inserts)
        if told.startswith("a new"):
            asked = compare(store, change, None, questions)
            taken = cost(partial(compare, store, change, None, questions))
            table.add_row("answers compared, nothing passed over", f"{asked}", f"{taken:.0f}")
        asked = compare(store, change, moving, questions)
        taken = cost(partial(compare, store, change, moving, questions))
        table.add_row(f"answers compared for {told}", f"{asked}", f"{taken:.0f}")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
