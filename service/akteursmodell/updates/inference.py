"""What follows from the data: the inferred graph, brought up to date with each change.

The rules come from the ontology alone, and change only with a release; the inferred graph is then
built anew.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from akteursmodell.graph import shipped
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.reasoning.closure import Watcher, closure
from akteursmodell.reasoning.maintenance import (
    Edit,
    Entailed,
    Stored,
    fact_of,
    inferred,
    maintain,
)
from akteursmodell.reasoning.program import Fact, Program
from akteursmodell.reasoning.rules import compile_rules
from akteursmodell.validation.rdf import to_graph
from akteursmodell.vocabulary import AKM

__all__ = ["INFERRED", "Inference", "bring_up", "program_in", "with_inferred"]

LOG = logging.getLogger("akteursmodell")
INFERRED = NamedNode(shipped.INFERRED)
SMALL = 1000
"""Changed quads up to which building anew is not even considered."""
FOR_DELETION, FOR_INSERTION, FOR_ANEW = 40, 8, 5
"""CPU microseconds for each quad, as `python -m bench.inference` has them: deleted and inserted by
maintenance, and of the whole store when all is built anew."""


def bring_up(store: Store, *, data: bool = True, watch: Watcher | None = None) -> int:
    """Load what is shipped, with what follows from it, in one step; see `load_shipped`."""
    change = with_inferred(store, shipped.shipped_change(store, data=data), watch=watch)
    if not change.is_empty:
        store.apply(change)
    return len(change.deletes) + len(change.inserts)


class Inference:
    """The rules of the ontology in a store, and what a change of its data leads to.

    The store's inferred graph must be up to date. Nothing here changes the store.
    """

    def __init__(self, store: Store) -> None:
        """Compile the rules of the ontology graphs that a store has."""
        self._program = program_in(store)
        self._store = store
        self._stored = Stored(store)

    def tell_rules(self) -> None:
        """Log how many rules there are; for who debugs, each axiom that no rule stands for."""
        rules = self._program.rules
        LOG.info("%d rules; axioms without one: %d", len(rules.rules), len(rules.skipped))
        for reason, axioms in rules.by_reason().items():
            LOG.debug("left out (%s): %s", reason, "; ".join(axioms))

    def concerns(self, change: ChangeSet) -> bool:
        """Whether a change can alter what follows.

        It cannot where no changed triple fits an atom of a rule: neither one that something follows
        from, nor one that could itself follow.
        """
        return any(map(self._fits, (*change.deletes, *change.inserts)))

    def _fits(self, quad: Quad) -> bool:
        return self._program.concerns(quad.predicate, quad.object)

    def delta(self, change: ChangeSet, *, anew: bool | None = None) -> Entailed:
        """Return how the inferred graph changes with a change that the store has not yet.

        Large changes are answered by building anew where that is faster, unless `anew` decides.
        """
        deletes = list(filter(self._fits, change.deletes))
        inserts = list(filter(self._fits, change.inserts))
        if not deletes and not inserts:
            return Entailed(frozenset(), frozenset())
        if self._is_large(len(deletes), len(inserts)) if anew is None else anew:
            return rebuilt(self._store, change, self._program)
        return maintain(Edit(self._stored, deletes, inserts), self._program)

    def _is_large(self, deletes: int, inserts: int) -> bool:
        """Whether building anew costs less than maintenance."""
        if deletes + inserts <= SMALL:
            return False
        step = deletes * FOR_DELETION + inserts * FOR_INSERTION
        return step > (self._store.size() + inserts) * FOR_ANEW

    def extended(self, change: ChangeSet) -> ChangeSet:
        """Return a change with what it entails and no longer entails."""
        deletes, inserts = self.delta(change)
        return replace(change, deletes=change.deletes | deletes, inserts=change.inserts | inserts)


def with_inferred(store: Store, change: ChangeSet, *, watch: Watcher | None = None) -> ChangeSet:
    """Return the change together with what it entails and what it no longer entails.

    The change may be one of the ontology: the whole is inferred anew, whatever the store has.
    """
    ontology = {q for g in store.named_graphs() if in_ontology(g) for q in store.quads(graph=g)}
    ontology -= change.deletes
    ontology |= {quad for quad in change.inserts if in_ontology(quad.graph_name)}
    program = program_of(frozenset(ontology))
    deletes, inserts = rebuilt(store, change, program, watch)
    return replace(change, deletes=change.deletes | deletes, inserts=change.inserts | inserts)


def rebuilt(
    store: Store, change: ChangeSet, program: Program, watch: Watcher | None = None
) -> Entailed:
    """Return how the inferred graph changes, from all that is entered once a change is made."""
    wanted = set(closure(entered(store, change, program), program, watch))
    present = {fact_of(quad) for quad in store.quads(graph=INFERRED)}
    return Entailed(
        frozenset(map(inferred, present - wanted)), frozenset(map(inferred, wanted - present))
    )


def entered(store: Store, change: ChangeSet, program: Program) -> Iterator[Fact]:
    """Return the facts entered after a change, as far as rules read or derive such."""
    stored = Stored(store)
    deletes = change.deletes - change.inserts
    for predicate, object_ in program.ranges():
        for quad in stored.entered(None, predicate, object_):
            if quad not in deletes:
                yield fact_of(quad)
    for quad in change.inserts:
        if stored.is_entered(quad.graph_name) and program.concerns(quad.predicate, quad.object):
            yield fact_of(quad)


def in_ontology(graph: object) -> bool:
    """Whether a graph belongs to the release's ontology."""
    return isinstance(graph, NamedNode) and graph.value.startswith(AKM)


def program_in(store: Store) -> Program:
    """Return the rules of the ontology graphs that a store has."""
    graphs = [graph for graph in store.named_graphs() if graph.value.startswith(AKM)]
    return program_of(frozenset(q for g in graphs for q in store.quads(graph=g)))


@lru_cache(maxsize=2)
def program_of(ontology: frozenset[Quad]) -> Program:
    """Compile the rules of an ontology, once for each release."""
    return Program(compile_rules(to_graph(ontology)))
