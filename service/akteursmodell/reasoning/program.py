"""Rules made ready for joins: which of them a fact starts, and which could have derived it.

Terms are those of the store, so that nothing is translated between it and the rules.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import rdflib

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import BlankNode, Literal, NamedNode, Quad, Term
from akteursmodell.reasoning.rules import Atom, Node, Rule, RuleSet, Variable

__all__ = ["Fact", "Facts", "Pattern", "Program"]

Fact: TypeAlias = tuple[Term, NamedNode, Term]
Slot: TypeAlias = int | Term
"""The number of a variable, or a constant."""
Binding: TypeAlias = tuple[Term | None, ...]
EXAMPLE = NamedNode("urn:x-akteursmodell:example")


class Facts(Protocol):
    """Facts that joins ask for."""

    def holds(self, fact: Fact) -> bool:
        """Whether this is one of them."""
        ...

    def matches(
        self, subject: Term | None, predicate: NamedNode, object: Term | None
    ) -> Iterable[Fact]:
        """Return those that match; None matches everything. Some may come twice."""
        ...


@dataclass(frozen=True, slots=True)
class Pattern:
    """An atom of a rule with numbered variables."""

    subject: Slot
    predicate: NamedNode
    object: Slot

    def bind(self, fact: Fact, binding: Binding) -> Binding | None:
        """Bind the variables to a fact with this predicate, or return None where they clash."""
        values = list(binding)
        for slot, term in ((self.subject, fact[0]), (self.object, fact[2])):
            known = values[slot] if isinstance(slot, int) else slot
            if known is None and isinstance(slot, int):
                values[slot] = term
            elif known != term:
                return None
        return tuple(values)

    def ends(self, binding: Binding) -> tuple[Term | None, Term | None]:
        """Return subject and object under a binding, None for what is not bound."""
        subject, object_ = self.subject, self.object
        return (
            binding[subject] if isinstance(subject, int) else subject,
            binding[object_] if isinstance(object_, int) else object_,
        )


@dataclass(frozen=True, slots=True)
class Join:
    """A rule from one end: `first` is given as a fact, `steps` are looked up in this order."""

    first: Pattern
    steps: tuple[Pattern, ...]
    head: Pattern
    empty: Binding
    rule: Rule

    def heads(self, fact: Fact, facts: Facts) -> Iterator[Fact]:
        """Return what the rule derives from a fact and others; what cannot be a subject is none."""
        start = self.first.bind(fact, self.empty)
        if start is None:
            return
        for found in solve(self.steps, start, facts) if self.steps else (start,):
            subject, object_ = self.head.ends(found)
            if isinstance(subject, NamedNode | BlankNode) and object_ is not None:
                yield subject, self.head.predicate, object_

    def proves(self, fact: Fact, facts: Facts) -> bool:
        """Whether all steps can be found, where `first` is the rule's head."""
        start = self.first.bind(fact, self.empty)
        return start is not None and any(True for _ in solve(self.steps, start, facts))

    def premises(self, fact: Fact, facts: Facts) -> Iterator[tuple[Fact, ...]]:
        """Iterate over the facts that together derive one, where `first` is the rule's head."""
        start = self.first.bind(fact, self.empty)
        for found in () if start is None else solve(self.steps, start, facts):
            ends = [(step.ends(found), step.predicate) for step in self.steps]
            yield tuple((s, p, o) for (s, o), p in ends if s is not None and o is not None)


def solve(steps: tuple[Pattern, ...], binding: Binding, facts: Facts) -> Iterator[Binding]:
    """Extend a binding over the steps."""
    if not steps:
        yield binding
        return
    step, rest = steps[0], steps[1:]
    subject, object_ = step.ends(binding)
    if subject is not None and object_ is not None:
        if facts.holds((subject, step.predicate, object_)):
            yield from solve(rest, binding, facts)
        return
    for fact in facts.matches(subject, step.predicate, object_):
        extended = step.bind(fact, binding)
        if extended is not None:
            yield from solve(rest, extended, facts)


@dataclass(slots=True)
class Joins:
    """The joins that begin with one predicate: with any object, or with a certain one."""

    any: list[Join] = field(default_factory=list)
    by_object: dict[Term, list[Join]] = field(default_factory=dict)

    def of(self, object_: Term) -> list[Join]:
        """Return those that a fact with this object may begin."""
        more = self.by_object.get(object_) if self.by_object else None
        return self.any + more if more else self.any

    def add(self, join: Join) -> None:
        """Enter a join under its first pattern."""
        if isinstance(join.first.object, int):
            self.any.append(join)
        else:
            self.by_object.setdefault(join.first.object, []).append(join)


NOTHING = Joins()


class Program:
    """The rules of an ontology, by what starts them and by what they derive."""

    def __init__(self, rules: RuleSet) -> None:
        """Prepare each rule once for each atom of its body, and once for its head."""
        self.rules = rules
        self._starts: dict[NamedNode, Joins] = {}
        self._proofs: dict[NamedNode, Joins] = {}
        for rule in rules.rules:
            head, body, size = numbered(rule)
            empty = (None,) * size
            for place, first in enumerate(body):
                steps = in_order([*body[:place], *body[place + 1 :]], first)
                enter(self._starts, Join(first, steps, head, empty, rule))
            enter(self._proofs, Join(head, in_order(body, head), head, empty, rule))

    def starts(self, fact: Fact) -> list[Join]:
        """Return the rules of whose body a fact may be a part."""
        return self._starts.get(fact[1], NOTHING).of(fact[2])

    def proofs(self, fact: Fact) -> list[Join]:
        """Return the rules that may derive a fact."""
        return self._proofs.get(fact[1], NOTHING).of(fact[2])

    def concerns(self, predicate: NamedNode, object_: Term) -> bool:
        """Whether a fact can be part of a rule: something follows from it, or it could follow."""
        return any(
            joins is not None and (joins.any or object_ in joins.by_object)
            for joins in (self._starts.get(predicate), self._proofs.get(predicate))
        )

    def ranges(self) -> Iterator[tuple[NamedNode, Term | None]]:
        """Return predicates, some with one object, that together cover what is concerned, once."""
        for predicate in {**self._starts, **self._proofs}:
            both = (self._starts.get(predicate, NOTHING), self._proofs.get(predicate, NOTHING))
            if any(joins.any for joins in both):
                yield predicate, None
            else:
                for object_ in {**both[0].by_object, **both[1].by_object}:
                    yield predicate, object_


def enter(table: dict[NamedNode, Joins], join: Join) -> None:
    """Enter a join under the predicate that it begins with."""
    table.setdefault(join.first.predicate, Joins()).add(join)


def in_order(atoms: Iterable[Pattern], first: Pattern) -> tuple[Pattern, ...]:
    """Put atoms into the order of look-ups: always the one of which most is known by then.

    A fully known one is a single look-up; with an open end on both sides all facts of a predicate
    would be read.
    """
    bound = variables(first)
    left, ordered = list(atoms), []
    while left:
        best = min(left, key=lambda atom: len(variables(atom) - bound))
        left.remove(best)
        ordered.append(best)
        bound |= variables(best)
    return tuple(ordered)


def variables(atom: Pattern) -> set[int]:
    """Return the variables of an atom."""
    return {slot for slot in (atom.subject, atom.object) if isinstance(slot, int)}


def numbered(rule: Rule) -> tuple[Pattern, list[Pattern], int]:
    """Return head and body of a rule in the store's terms, and how many variables it has."""
    numbers: dict[Variable, int] = {}

    def slot(node: Node | Variable) -> Slot:
        if isinstance(node, Variable):
            return numbers.setdefault(node, len(numbers))
        return stored(node)

    def pattern(atom: Atom) -> Pattern:
        return Pattern(slot(atom[0]), NamedNode(str(atom[1])), slot(atom[2]))

    body = [pattern(atom) for atom in rule.body]
    return pattern(rule.head), body, len(numbers)


def stored(node: Node) -> Term:
    """Return a node of an ontology as the store keeps it."""
    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if not isinstance(node, rdflib.Literal):
        return BlankNode(str(node))
    if node.language:
        literal = Literal(str(node), language=node.language)
    elif node.datatype:
        literal = Literal(str(node), datatype=NamedNode(str(node.datatype)))
    else:
        literal = Literal(str(node))
    (quad,) = EmbeddedStore.in_memory().canonical([Quad(EXAMPLE, EXAMPLE, literal)])
    return quad.object
