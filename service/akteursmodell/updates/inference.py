"""What follows from the data: the inferred graph, brought up to date with each change.

The rules come from the ontology alone; each change leads to the closure of the whole, which takes
half a second for the shipped data.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

import rdflib

from akteursmodell.graph import shipped
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import TYPE, BlankNode, NamedNode, Quad, Term
from akteursmodell.reasoning.closure import closure
from akteursmodell.reasoning.rules import RuleSet, Variable, compile_rules
from akteursmodell.validation.rdf import to_graph
from akteursmodell.vocabulary import AKM

__all__ = ["INFERRED", "Inference", "bring_up", "with_inferred"]

INFERRED = NamedNode(shipped.INFERRED)


def bring_up(store: Store, *, data: bool = True) -> int:
    """Load what is shipped, with what follows from it, in one step; see `load_shipped`."""
    change = with_inferred(store, shipped.shipped_change(store, data=data))
    if not change.is_empty:
        store.apply(change)
    return len(change.deletes) + len(change.inserts)


class Inference:
    """The rules of the ontology in a store, and which changes they concern."""

    def __init__(self, store: EmbeddedStore) -> None:
        """Compile the rules of the ontology graphs that a store has."""
        graphs = [graph for graph in store.named_graphs() if graph.value.startswith(AKM)]
        self._rules = rules_of(frozenset(q for g in graphs for q in store.quads(graph=g)))
        self._keys = {
            (str(predicate), str(value) if predicate == rdflib.RDF.type else None)
            for rule in self._rules.rules
            for _, predicate, value in (rule.head, *rule.body)
            if not (predicate == rdflib.RDF.type and isinstance(value, Variable))
        }
        self._any_type = any(
            predicate == rdflib.RDF.type and isinstance(value, Variable)
            for rule in self._rules.rules
            for _, predicate, value in (rule.head, *rule.body)
        )

    def concerns(self, change: ChangeSet) -> bool:
        """Whether a change can alter what follows.

        It cannot where no changed triple fits an atom of a rule: neither one that something follows
        from, nor one that could itself follow.
        """
        return any(self._fits(quad) for quad in (*change.deletes, *change.inserts))

    def _fits(self, quad: Quad) -> bool:
        if quad.predicate != TYPE:
            return (quad.predicate.value, None) in self._keys
        return self._any_type or (quad.predicate.value, value_of(quad.object)) in self._keys

    def extended(
        self, change: ChangeSet, asserted: Iterable[Quad], present: Iterable[Quad]
    ) -> ChangeSet:
        """Return a change with what it entails and no longer entails.

        `asserted` are all quads after the change, `present` the inferred ones before it.
        """
        before, wanted = frozenset(present), infer(asserted, self._rules)
        return replace(
            change,
            deletes=change.deletes | (before - wanted),
            inserts=change.inserts | (wanted - before),
        )


def value_of(term: Term) -> str:
    """Return the IRI of a class; nothing else is one that a rule knows."""
    return term.value if isinstance(term, NamedNode) else ""


def with_inferred(store: Store, change: ChangeSet) -> ChangeSet:
    """Return the change together with what it entails and what it no longer entails."""
    present = frozenset(store.quads(graph=INFERRED))
    asserted = [q for q in store.quads() if q.graph_name != INFERRED and q not in change.deletes]
    asserted += change.inserts
    rules = rules_of(frozenset(quad for quad in asserted if in_ontology(quad)))
    wanted = infer(asserted, rules)
    return replace(
        change,
        deletes=change.deletes | (present - wanted),
        inserts=change.inserts | (wanted - present),
    )


def infer(asserted: Iterable[Quad], rules: RuleSet) -> frozenset[Quad]:
    """Return what follows from quads, as quads of the inferred graph."""
    added = closure(to_graph(asserted), rules)
    return frozenset(
        Quad(to_term(s), NamedNode(str(p)), to_term(o), INFERRED)
        for s, p, o in added
        if not isinstance(o, rdflib.Literal)
    )


def in_ontology(quad: Quad) -> bool:
    """Whether a quad belongs to the release's ontology."""
    return isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(AKM)


@lru_cache(maxsize=2)
def rules_of(ontology: frozenset[Quad]) -> RuleSet:
    """Compile the rules of an ontology, once for each release."""
    return compile_rules(to_graph(ontology))


def to_term(node: rdflib.term.Node) -> NamedNode | BlankNode:
    """Return the store's term for a node."""
    return BlankNode(str(node)) if isinstance(node, rdflib.BNode) else NamedNode(str(node))
