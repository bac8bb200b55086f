"""The union of all graphs of a store, as shapes see it."""

from collections.abc import Iterable, Iterator

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import TYPE, Literal, NamedNode, Quad, Term, Triple
from akteursmodell.vocabulary import PREFIXES

__all__ = ["SUBCLASS", "View", "rdf", "rdfs", "sh"]


def sh(name: str) -> NamedNode:
    """Return a term of SHACL."""
    return NamedNode(PREFIXES["sh"] + name)


def rdf(name: str) -> NamedNode:
    """Return a term of RDF."""
    return NamedNode(PREFIXES["rdf"] + name)


def rdfs(name: str) -> NamedNode:
    """Return a term of RDF Schema."""
    return NamedNode(PREFIXES["rdfs"] + name)


SUBCLASS = rdfs("subClassOf")
FIRST, REST, NIL = rdf("first"), rdf("rest"), rdf("nil")


class View:
    """Reads triples, each once however many graphs hold it; good for one state of the store.

    What was read is kept, since many shapes look at the same.
    """

    def __init__(self, store: EmbeddedStore) -> None:
        """Take the store that is read."""
        self.store = store
        self._objects: dict[tuple[Term, NamedNode], tuple[Term, ...]] = {}
        self._subjects: dict[tuple[NamedNode, Term], tuple[Term, ...]] = {}
        self._classes: dict[Term, frozenset[Term]] = {}

    def quads(
        self, subject: Term | None, predicate: NamedNode | None, value: Term | None
    ) -> Iterable[Quad]:
        """Return the quads of a pattern."""
        if subject is not None and isinstance(subject, Literal | Triple):
            return ()
        return self.store.quads(subject, predicate, value)

    def objects(self, subject: Term, predicate: NamedNode) -> tuple[Term, ...]:
        """Return the objects of a subject and a predicate."""
        key = (subject, predicate)
        found = self._objects.get(key)
        if found is None:
            quads = self.quads(subject, predicate, None)
            found = self._objects[key] = once(quad.object for quad in quads)
        return found

    def subjects(self, predicate: NamedNode, value: Term) -> tuple[Term, ...]:
        """Return the subjects of a predicate and an object."""
        key = (predicate, value)
        found = self._subjects.get(key)
        if found is None:
            quads = self.quads(None, predicate, value)
            found = self._subjects[key] = once(quad.subject for quad in quads)
        return found

    def value(self, subject: Term, predicate: NamedNode) -> Term | None:
        """Return an object of a subject and a predicate, or None."""
        return next(iter(self.objects(subject, predicate)), None)

    def leaving(self, subject: Term) -> list[tuple[NamedNode, Term]]:
        """Return predicate and object of all triples of a subject."""
        pairs = ((quad.predicate, quad.object) for quad in self.quads(subject, None, None))
        return list(dict.fromkeys(pairs))

    def neighbours(self, node: Term, *, inverse: bool) -> tuple[Term, ...]:
        """Return what any predicate leads to, or comes from."""
        if inverse:
            return once(quad.subject for quad in self.quads(None, None, node))
        return once(quad.object for quad in self.quads(node, None, None))

    def items(self, node: Term) -> Iterator[Term]:
        """Iterate over the members of an RDF list; one that leads back into itself ends there."""
        seen = set()
        while node != NIL and node not in seen:
            seen.add(node)
            yield from self.objects(node, FIRST)
            node = next(iter(self.objects(node, REST)), NIL)

    def above(self, cls: Term) -> frozenset[Term]:
        """Return a class and all that it is a subclass of."""
        found = self._classes.get(cls)
        if found is None:
            seen, agenda = {cls}, [cls]
            while agenda:
                for higher in self.objects(agenda.pop(), SUBCLASS):
                    if higher not in seen:
                        seen.add(higher)
                        agenda.append(higher)
            found = self._classes[cls] = frozenset(seen)
        return found

    def is_instance(self, node: Term, cls: Term) -> bool:
        """Whether a node is of a class or of a subclass."""
        return any(cls in self.above(own) for own in self.objects(node, TYPE))

    def instances(self, cls: Term) -> Iterator[Term]:
        """Iterate over the instances of a class and of its subclasses; some come twice."""
        seen, agenda = {cls}, [cls]
        while agenda:
            lower = agenda.pop()
            yield from self.subjects(TYPE, lower)
            for found in self.subjects(SUBCLASS, lower):
                if found not in seen:
                    seen.add(found)
                    agenda.append(found)


def once(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return terms without repetition."""
    return tuple(dict.fromkeys(terms))
