"""The law of incremental validation: for each shape and target, what is checked anew is enough.

What is found about the pairs that a change concerns, with what was found before about all others,
is what a check of everything finds; and that is what pySHACL finds.
"""

import os
import random
from collections import Counter
from collections.abc import Mapping, Sequence

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import BlankNode, NamedNode, Quad
from akteursmodell.validation.automaton import Pair
from akteursmodell.validation.engines.compiled import CompiledEngine
from akteursmodell.validation.engines.reference import ReferenceEngine
from akteursmodell.validation.model import Finding

__all__ = ["RUNS", "keep_the_law", "random_change", "same_as_reference"]

RUNS = int(os.environ.get("TEST_LAW_RUNS", "1"))
"""How many times more examples than `make test` has time for."""
Known = Mapping[Pair, tuple[Finding, ...]]


def keep_the_law(
    engine: CompiledEngine, store: EmbeddedStore, change: ChangeSet, before: Known
) -> dict[Pair, tuple[Finding, ...]]:
    """Do a change, check it both ways, and return what is known after it."""
    store.replay(change)
    checked = engine.of_change(change, store)
    kept = {pair: found for pair, found in before.items() if pair not in checked.pairs}
    after = engine.by_pair(store)
    assert counted({**kept, **checked.results}) == counted(after)
    return after


def counted(known: Known) -> dict[Pair, Counter[tuple[object, ...]]]:
    """Return the results of each pair; their order says nothing."""
    return {pair: Counter(f.key for f in found) for pair, found in known.items()}


def same_as_reference(
    engine: CompiledEngine, reference: ReferenceEngine, store: EmbeddedStore
) -> None:
    """Hold a full check against pySHACL; a result that several shapes lead to counts once."""
    ours = {finding.key for finding in engine.full(store)}
    theirs = {finding.key for finding in reference.full(store)}
    assert ours == theirs


def random_change(
    rng: random.Random, quads: Sequence[Quad], store: EmbeddedStore, size: int
) -> ChangeSet:
    """Return a change that deletes some quads, and inserts some put together from parts of all."""
    present = list(quads)
    deletes = frozenset(rng.choice(present) for _ in range(rng.randint(0, size)))
    inserts = set()
    for _ in range(rng.randint(0, size)):
        subject, predicate, value = (rng.choice(present) for _ in range(3))
        swapped = value.subject if rng.random() < 0.3 else value.object
        start = subject.object if rng.random() < 0.2 else subject.subject
        if isinstance(start, NamedNode | BlankNode):
            inserts.add(Quad(start, predicate.predicate, swapped, subject.graph_name))
    new = frozenset(quad for quad in inserts if not store.holds(quad))
    gone = frozenset(quad for quad in deletes - new if store.holds(quad))
    return ChangeSet(gone, new, "test", "test")
