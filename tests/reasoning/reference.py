"""The measure for the program's inference: a closure of its own, over rdflib's terms.

It takes all triples at once, indexes them in dictionaries and never deletes; a test compares it
with naive repetition by rdflib's SPARQL.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import rdflib
from rdflib.namespace import RDF

from akteursmodell.reasoning.rules import Atom, Node, Rule, RuleSet, Variable

__all__ = ["TripleOf", "closure"]

TripleOf = tuple[Node, rdflib.URIRef, Node]
Binding = dict[str, Node]
Key = tuple[rdflib.URIRef, Node | None]


class Index:
    """Triples by predicate, and by predicate with subject or object."""

    def __init__(self) -> None:
        """Begin empty."""
        self.all: set[TripleOf] = set()
        self._by_predicate: dict[rdflib.URIRef, set[TripleOf]] = defaultdict(set)
        self._by_subject: dict[tuple[rdflib.URIRef, Node], set[TripleOf]] = defaultdict(set)
        self._by_object: dict[tuple[rdflib.URIRef, Node], set[TripleOf]] = defaultdict(set)

    def add(self, triple: TripleOf) -> bool:
        """Take a triple in; False where it is there already."""
        if triple in self.all:
            return False
        subject, predicate, obj = triple
        self.all.add(triple)
        self._by_predicate[predicate].add(triple)
        self._by_subject[predicate, subject].add(triple)
        self._by_object[predicate, obj].add(triple)
        return True

    def matches(self, atom: Atom) -> set[TripleOf]:
        """Return the triples that can match an atom whose variables are not bound."""
        subject, predicate, obj = atom
        if not isinstance(subject, Variable):
            return self._by_subject.get((predicate, subject), set())
        if not isinstance(obj, Variable):
            return self._by_object.get((predicate, obj), set())
        return self._by_predicate.get(predicate, set())


def closure(triples: Iterable[tuple[Node, Node, Node]], rules: RuleSet) -> set[TripleOf]:
    """Return what the rules add to the triples; literals never become subjects."""
    index = Index()
    agenda = [
        triple
        for s, p, o in triples
        if isinstance(p, rdflib.URIRef) and index.add(triple := (s, p, o))
    ]
    given = len(agenda)
    by_key = rules_by_key(rules.rules)
    added: set[TripleOf] = set()
    while agenda:
        triple = agenda.pop()
        for rule, position in relevant(by_key, triple):
            for new in list(apply(rule, position, triple, index)):
                if index.add(new):
                    added.add(new)
                    agenda.append(new)
    if len(index.all) != given + len(added):
        raise AssertionError("a derived triple was counted twice")
    return added


def rules_by_key(rules: Iterable[Rule]) -> dict[Key, list[tuple[Rule, int]]]:
    """Sort rules by what their atoms look for: the predicate, and for types the class."""
    found: dict[Key, list[tuple[Rule, int]]] = defaultdict(list)
    for rule in rules:
        for position, (_, predicate, obj) in enumerate(rule.body):
            cls = None if isinstance(obj, Variable) or predicate != RDF.type else obj
            found[predicate, cls].append((rule, position))
    return found


def relevant(
    by_key: dict[Key, list[tuple[Rule, int]]], triple: TripleOf
) -> Iterator[tuple[Rule, int]]:
    """Return the rules of which a triple may match an atom, with that atom's position."""
    _, predicate, obj = triple
    yield from by_key.get((predicate, None), ())
    if predicate == RDF.type:
        yield from by_key.get((predicate, obj), ())


def apply(rule: Rule, position: int, triple: TripleOf, index: Index) -> Iterator[TripleOf]:
    """Return the heads that a rule gives when one atom is matched by a triple."""
    binding = match(rule.body[position], triple, {})
    if binding is None:
        return
    rest = [atom for number, atom in enumerate(rule.body) if number != position]
    for found in join(rest, binding, index):
        subject, predicate, obj = ground(rule.head, found)
        if isinstance(subject, Variable) or isinstance(obj, Variable):
            raise TypeError(rule)
        if not isinstance(subject, rdflib.Literal):
            yield subject, predicate, obj


def join(atoms: list[Atom], binding: Binding, index: Index) -> Iterator[Binding]:
    """Extend a binding over the remaining atoms."""
    if not atoms:
        yield binding
        return
    first, *rest = atoms
    for triple in index.matches(ground(first, binding)):
        extended = match(first, triple, binding)
        if extended is not None:
            yield from join(rest, extended, index)


def match(atom: Atom, triple: TripleOf, binding: Binding) -> Binding | None:
    """Bind the variables of an atom to a triple, or return None where they clash."""
    if atom[1] != triple[1]:
        return None
    result = dict(binding)
    for slot, node in ((atom[0], triple[0]), (atom[2], triple[2])):
        if not isinstance(slot, Variable):
            if slot != node:
                return None
        elif result.setdefault(slot, node) != node:
            return None
    return result


def ground(atom: Atom, binding: Binding) -> Atom:
    """Put the values of a binding into an atom."""
    subject, predicate, obj = atom
    left = binding.get(subject, subject) if isinstance(subject, Variable) else subject
    right = binding.get(obj, obj) if isinstance(obj, Variable) else obj
    return left, predicate, right
