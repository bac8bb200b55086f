"""Horn rules compiled from the ontology: OWL 2 RL as far as this ontology uses it.

Profile: https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules. The
rule's name there stands beside each case. What the rules cannot say is listed as skipped, with the
reason.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import TypeAlias, TypeGuard

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS

from akteursmodell.vocabulary import GENID

__all__ = ["Atom", "Node", "Rule", "RuleSet", "Variable", "compile_rules", "short"]

Node: TypeAlias = rdflib.term.Node


class Variable(str):
    """A variable of a rule."""

    __slots__ = ()


Slot: TypeAlias = "Node | Variable"
Atom: TypeAlias = tuple[Slot, rdflib.URIRef, Slot]
X, Y, Z = Variable("x"), Variable("y"), Variable("z")


@dataclass(frozen=True)
class Rule:
    """If all atoms of the body hold, the head holds; `name` is the profile's name for it."""

    head: Atom
    body: tuple[Atom, ...]
    name: str = field(default="", compare=False)


@dataclass(frozen=True)
class RuleSet:
    """The rules of an ontology, and the axioms that no rule stands for, each with the reason."""

    rules: tuple[Rule, ...]
    skipped: tuple[str, ...]

    def by_reason(self) -> dict[str, list[str]]:
        """Return the skipped axioms under the reason why no rule stands for them."""
        found: dict[str, list[str]] = {}
        for axiom in self.skipped:
            what, _, reason = axiom.partition(": ")
            found.setdefault(reason, []).append(what)
        return dict(sorted(found.items()))


def compile_rules(ontology: rdflib.Graph) -> RuleSet:
    """Compile the axioms of an ontology into rules."""
    rules: dict[Rule, None] = {}
    skipped: list[str] = []
    for compiler in (hierarchies, domains_and_ranges, characteristics, chains, equivalences):
        for found in compiler(ontology):
            if isinstance(found, Rule):
                if found.head not in found.body:
                    rules[found] = None
            else:
                skipped.append(found)
    skipped += constraints(ontology)
    return RuleSet(tuple(rules), tuple(sorted(skipped)))


def named(node: Node | None) -> TypeGuard[rdflib.URIRef]:
    """Whether a node is a class or property with a name; expressions are blank or skolemised."""
    return isinstance(node, rdflib.URIRef) and not node.startswith(GENID)


def short(node: Node | None) -> str:
    """Return the local name of a term."""
    return str(node).rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def is_a(slot: Slot, cls: Node) -> Atom:
    """Return the atom that something is a member of a class."""
    return (slot, RDF.type, cls)


def hierarchies(ontology: rdflib.Graph) -> Iterator[Rule | str]:
    """Read subclasses and subproperties (cax-sco, prp-spo1)."""
    for sub, sup in ontology.subject_objects(RDFS.subClassOf):
        if named(sub) and named(sup):
            yield Rule(is_a(X, sup), (is_a(X, sub),), "cax-sco")
        elif named(sub):
            yield f"{short(sub)} subClassOf an expression: a choice between classes is no rule"
    for sub, sup in ontology.subject_objects(RDFS.subPropertyOf):
        if named(sub) and named(sup):
            yield Rule((X, sup, Y), ((X, sub, Y),), "prp-spo1")


def domains_and_ranges(ontology: rdflib.Graph) -> Iterator[Rule | str]:
    """Read domains and ranges that are named classes (prp-dom, prp-rng)."""
    objects = set(ontology.subjects(RDF.type, OWL.ObjectProperty))
    for prop, cls in ontology.subject_objects(RDFS.domain):
        if named(prop) and named(cls):
            yield Rule(is_a(X, cls), ((X, prop, Y),), "prp-dom")
        else:
            yield f"domain of {short(prop)}: a union of classes is no rule"
    for prop, cls in ontology.subject_objects(RDFS.range):
        if named(prop) and named(cls) and prop in objects:
            yield Rule(is_a(Y, cls), ((X, prop, Y),), "prp-rng")
        elif not named(cls):
            yield f"range of {short(prop)}: a union of classes is no rule"


def characteristics(ontology: rdflib.Graph) -> Iterator[Rule | str]:
    """Read symmetric, transitive and inverse properties (prp-symp, prp-trp, prp-inv1, prp-inv2)."""
    for prop in ontology.subjects(RDF.type, OWL.SymmetricProperty):
        if named(prop):
            yield Rule((Y, prop, X), ((X, prop, Y),), "prp-symp")
    for prop in ontology.subjects(RDF.type, OWL.TransitiveProperty):
        if named(prop):
            yield Rule((X, prop, Z), ((X, prop, Y), (Y, prop, Z)), "prp-trp")
    for prop, other in ontology.subject_objects(OWL.inverseOf):
        if named(prop) and named(other):
            yield Rule((Y, other, X), ((X, prop, Y),), "prp-inv")
            yield Rule((Y, prop, X), ((X, other, Y),), "prp-inv")


def chains(ontology: rdflib.Graph) -> Iterator[Rule | str]:
    """Read property chains, whose links may be inverses (prp-spo2)."""
    for prop, links in ontology.subject_objects(OWL.propertyChainAxiom):
        if not named(prop):
            continue
        body: list[Atom] = []
        for number, link in enumerate(Collection(ontology, links)):
            here, there = Variable(f"v{number}"), Variable(f"v{number + 1}")
            inverse = ontology.value(link, OWL.inverseOf)
            if named(link):
                body.append((here, link, there))
            elif named(inverse):
                body.append((there, inverse, here))
        yield Rule((Variable("v0"), prop, Variable(f"v{len(body)}")), tuple(body), "prp-spo2")


def equivalences(ontology: rdflib.Graph) -> Iterator[Rule | str]:
    """Read equivalent classes and properties (cax-eqc, prp-eqp)."""
    for prop, other in ontology.subject_objects(OWL.equivalentProperty):
        if named(prop) and named(other):
            yield Rule((X, other, Y), ((X, prop, Y),), "prp-eqp")
            yield Rule((X, prop, Y), ((X, other, Y),), "prp-eqp")
    for cls, expression in ontology.subject_objects(OWL.equivalentClass):
        if named(expression):
            yield Rule(is_a(X, expression), (is_a(X, cls),), "cax-eqc")
            yield Rule(is_a(X, cls), (is_a(X, expression),), "cax-eqc")
        else:
            yield from definition(ontology, cls, expression)


def definition(ontology: rdflib.Graph, cls: Node, expression: Node) -> Iterator[Rule | str]:
    """Read a class defined by an intersection of classes and values (cls-int, cls-hv, cls-svf)."""
    readings = [alternatives(ontology, part) for part in intersection(ontology, expression)]
    if not all(readings):
        yield f"{short(cls)} equivalentClass: an expression that no rule reads"
        return
    for atoms in product(*readings):
        yield Rule(is_a(X, cls), atoms, "cls-int1")
    for options in readings:
        if len(options) == 1:
            yield Rule(options[0], (is_a(X, cls),), "cls-int2")
        else:
            yield f"{short(cls)}: that a member has one of several values is no rule"


def intersection(ontology: rdflib.Graph, expression: Node) -> list[Node]:
    """Return the parts of an intersection, or the expression itself."""
    parts = ontology.value(expression, OWL.intersectionOf)
    return [expression] if parts is None else list(Collection(ontology, parts))


def alternatives(ontology: rdflib.Graph, part: Node) -> list[Atom]:
    """Return the atoms any of which makes x a member of a part; none where no rule reads it."""
    if named(part):
        return [is_a(X, part)]
    prop = ontology.value(part, OWL.onProperty)
    if not named(prop):
        return []
    value = ontology.value(part, OWL.hasValue)
    if value is not None:
        return [(X, prop, value)]
    filler = ontology.value(part, OWL.someValuesFrom)
    members = ontology.value(filler, OWL.oneOf) if filler is not None else None
    return [] if members is None else [(X, prop, m) for m in Collection(ontology, members)]


def constraints(ontology: rdflib.Graph) -> Iterable[str]:
    """Name the axioms that only forbid or equate; HermiT and the shapes look after them."""
    for kind in (OWL.FunctionalProperty, OWL.AsymmetricProperty):
        for prop in ontology.subjects(RDF.type, kind):
            yield f"{short(prop)} {short(kind)}: forbids or equates, adds no fact to sound data"
    for one, other in ontology.subject_objects(OWL.disjointWith):
        yield f"{short(one)} disjointWith {short(other)}: forbids, adds no fact"
    for kind in (OWL.AllDisjointClasses, OWL.AllDifferent):
        count = len(list(ontology.subjects(RDF.type, kind)))
        yield f"{count} axioms {short(kind)}: forbid, add no fact"
