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
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import BlankNode, NamedNode, Quad
from akteursmodell.reasoning.closure import closure
from akteursmodell.reasoning.rules import RuleSet, compile_rules
from akteursmodell.validation.rdf import to_graph
from akteursmodell.vocabulary import AKM

__all__ = ["INFERRED", "bring_up", "with_inferred"]

INFERRED = NamedNode(shipped.INFERRED)


def bring_up(store: Store, *, data: bool = True) -> int:
    """Load what is shipped, with what follows from it, in one step; see `load_shipped`."""
    change = with_inferred(store, shipped.shipped_change(store, data=data))
    if not change.is_empty:
        store.apply(change)
    return len(change.deletes) + len(change.inserts)


def with_inferred(store: Store, change: ChangeSet) -> ChangeSet:
    """Return the change together with what it entails and what it no longer entails."""
    present = frozenset(store.quads(graph=INFERRED))
    asserted = [q for q in store.quads() if q.graph_name != INFERRED and q not in change.deletes]
    wanted = infer([*asserted, *change.inserts])
    return replace(
        change,
        deletes=change.deletes | (present - wanted),
        inserts=change.inserts | (wanted - present),
    )


def infer(asserted: Iterable[Quad]) -> frozenset[Quad]:
    """Return what follows from quads, as quads of the inferred graph."""
    quads = list(asserted)
    ontology = frozenset(quad for quad in quads if in_ontology(quad))
    added = closure(to_graph(quads), rules_of(ontology))
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
