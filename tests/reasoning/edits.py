"""Random ontologies, data and edits, and what the inferred graph must be: rdflib's closure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from tests.reasoning.reference import closure

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_text
from akteursmodell.graph.shipped import INFERRED, is_internal
from akteursmodell.graph.terms import (
    TYPE,
    BlankNode,
    DefaultGraph,
    Graph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Subject,
    Term,
)
from akteursmodell.reasoning.rules import RuleSet, compile_rules
from akteursmodell.updates.inference import with_inferred
from akteursmodell.validation.rdf import to_graph
from akteursmodell.vocabulary import AKM, PREFIXES

INFERRED_GRAPH = NamedNode(INFERRED)
MODULE = NamedNode(AKM + "random")
EX = "http://example.org/"
CLASSES = [NamedNode(f"{EX}C{n}") for n in range(6)]
LINKS = [NamedNode(f"{EX}p{n}") for n in range(5)]
VALUES = [NamedNode(f"{EX}d{n}") for n in range(2)]
THINGS: list[NamedNode | BlankNode] = [NamedNode(f"{EX}x{n}") for n in range(5)]
THINGS.append(BlankNode("b"))
LITERALS = [Literal("v"), Literal("v", language="de"), Literal("7", datatype=NamedNode(
    PREFIXES["xsd"] + "integer"))]  # fmt: skip
GRAPHS: list[Graph] = [NamedNode(f"{EX}g{n}") for n in range(2)]
GRAPHS.append(DefaultGraph())
HIDDEN = NamedNode(INFERRED.replace("inferred", "history/1"))
"""A graph of the service's own: nothing follows from what it says."""

classes, links, values = map(st.sampled_from, (CLASSES, LINKS, VALUES))
things, literals = st.sampled_from(THINGS), st.sampled_from(LITERALS)
any_property = st.sampled_from([*LINKS, *VALUES])


def axiom(template: str, *parts: st.SearchStrategy[Any]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(lambda found: template.format(*map(str, found)))


EITHER = st.sampled_from(
    [
        "[ owl:onProperty {0} ; owl:hasValue {1} ]",
        "[ owl:onProperty {0} ; owl:someValuesFrom [ owl:oneOf ( {1} {2} ) ] ]",
    ]
)
PARTS = st.one_of(
    classes.map(str),
    st.tuples(EITHER, links, st.sampled_from(THINGS[:-1]), st.sampled_from(THINGS[:-1])).map(
        lambda found: found[0].format(*map(str, found[1:]))
    ),
    st.tuples(values, literals).map(
        lambda found: f"[ owl:onProperty {found[0]} ; owl:hasValue {found[1]} ]"
    ),
)
DEFINITIONS = st.tuples(classes, st.lists(PARTS, min_size=1, max_size=3)).map(
    lambda found: (
        f"{found[0]} owl:equivalentClass [ owl:intersectionOf ( {' '.join(found[1])} ) ] ."
    )
)
STEPS = st.one_of(
    links.map(str), links.map(lambda link: f"[ owl:inverseOf {link} ]"), values.map(str)
)
CHAINS = st.tuples(any_property, st.lists(STEPS, min_size=1, max_size=3)).map(
    lambda found: f"{found[0]} owl:propertyChainAxiom ( {' '.join(found[1])} ) ."
)
AXIOMS = st.one_of(
    axiom("{0} rdfs:subClassOf {1} .", classes, classes),
    axiom("{0} rdfs:subPropertyOf {1} .", any_property, any_property),
    axiom("{0} rdfs:domain {1} .", any_property, classes),
    axiom("{0} a owl:ObjectProperty ; rdfs:range {1} .", links, classes),
    axiom("{0} a owl:SymmetricProperty .", links),
    axiom("{0} a owl:TransitiveProperty .", links),
    axiom("{0} owl:inverseOf {1} .", any_property, any_property),
    axiom("{0} owl:equivalentProperty {1} .", any_property, any_property),
    axiom("{0} owl:equivalentClass {1} .", classes, classes),
    axiom("{0} owl:equivalentClass [ owl:onProperty {1} ; owl:hasValue {2} ] .",
          classes, links, st.sampled_from(THINGS[:-1])),
    axiom("{0} rdfs:subPropertyOf rdf:type .", links),
    DEFINITIONS,
    CHAINS,
)  # fmt: skip
ONTOLOGIES = st.lists(AXIOMS, min_size=1, max_size=12)

FACTS = st.one_of(
    st.tuples(things, st.just(TYPE), classes),
    st.tuples(things, links, things),
    st.tuples(things, links, things),
    st.tuples(things, any_property, literals),
    st.tuples(things, links, classes),
)
QUADS = st.tuples(FACTS, st.sampled_from([*GRAPHS, HIDDEN])).map(lambda each: quad(*each))
EDITS = st.tuples(st.lists(QUADS, max_size=6), st.lists(st.integers(0, 1000), max_size=6))
"""What comes, and numbers that choose what goes from what is there."""


def quad(fact: tuple[Subject, NamedNode, Term], graph: Graph) -> Quad:
    return Quad(*fact, graph)


@dataclass(frozen=True)
class Case:
    """A store with an ontology, and its rules."""

    store: EmbeddedStore
    rules: RuleSet

    @property
    def present(self) -> set[Quad]:
        return set(self.store.quads(graph=INFERRED_GRAPH))

    @property
    def entered(self) -> list[Quad]:
        return [quad for quad in self.store.quads() if not is_internal(quad.graph_name)]

    def expected(self) -> set[tuple[str, str, str]]:
        """What follows by the reference, of all that is entered."""
        found = closure(set(to_graph(self.entered)), self.rules)
        return {(s.n3(), p.n3(), o.n3()) for s, p, o in found}

    def inferred(self) -> set[tuple[str, str, str]]:
        return {(s.n3(), p.n3(), o.n3()) for s, p, o in to_graph(self.present)}

    def change(self, inserts: Iterable[Quad], chosen: Iterable[int]) -> ChangeSet:
        """An edit: quads to insert, and numbers of those to delete."""
        there = sorted((q for q in self.entered if q.graph_name != MODULE), key=str)
        gone = frozenset(there[number % len(there)] for number in chosen if there)
        return ChangeSet(gone, self.store.canonical(inserts), "me", "test")


def case(ontology: list[str]) -> Case:
    """A store that holds a random ontology and nothing else, with what follows from it."""
    head = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("owl", "rdf", "rdfs"))
    quads = read_text(head + "\n".join(ontology), RdfFormat.TURTLE, MODULE, name="ontology")
    store = EmbeddedStore.in_memory()
    change = ChangeSet(frozenset(), store.canonical(quads), "me", "test")
    store.apply(with_inferred(store, change))
    return Case(store, compile_rules(to_graph(change.inserts)))
