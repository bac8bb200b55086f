"""What follows, kept up to date: delete and rederive, over the facts as they lie in a store.

Of a change first everything is taken back that may have rested on what is gone (overdeletion),
unless one step proves it from what stays entered; then what can still be derived comes back
(rederivation); then what follows from that and from what is new is added. After Gupta, Mumick,
Subrahmanian, "Maintaining Views Incrementally" (1993), with the look for a proof before each
deletion of Motik, Nenov, Piro, Horrocks, "Incremental Update of Datalog Materialisation: the
Backward/Forward Algorithm" (2015), one step deep.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from akteursmodell.graph.shipped import INFERRED, is_internal
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import (
    BlankNode,
    Graph,
    NamedNode,
    Quad,
    Term,
)
from akteursmodell.reasoning.closure import Memory, forward
from akteursmodell.reasoning.program import Fact, Program

__all__ = ["Edit", "Entailed", "Stored", "fact_of", "inferred", "maintain"]

LOOKS = 64
"""How many facts the search for a quick proof looks at in one place before it gives up."""
INFERRED_GRAPH = NamedNode(INFERRED)


class Entailed(NamedTuple):
    """The facts that no longer follow without being entered, and those that newly do."""

    deletes: frozenset[Quad]
    inserts: frozenset[Quad]


class Stored:
    """The facts of a store: what was entered, and what is inferred from it."""

    def __init__(self, store: Store) -> None:
        """Take a store whose inferred graph is up to date."""
        self._store = store
        self._entered: dict[Graph, bool] = {}
        self._told: dict[Graph, bool] = {}

    def is_entered(self, graph: Graph) -> bool:
        """Whether a graph holds what somebody entered or released."""
        known = self._entered.get(graph)
        if known is None:
            known = self._entered[graph] = not is_internal(graph)
        return known

    def quads(
        self, subject: Term | None, predicate: NamedNode, object: Term | None
    ) -> Iterator[Quad]:
        """Return quads with a predicate, in graphs of the service's own too."""
        if subject is None or isinstance(subject, NamedNode | BlankNode):
            yield from self._store.quads(subject, predicate, object)

    def entered(
        self, subject: Term | None, predicate: NamedNode, object: Term | None
    ) -> Iterator[Quad]:
        """Return the quads that somebody entered."""
        for quad in self.quads(subject, predicate, object):
            if self.is_entered(quad.graph_name):
                yield quad

    def holds(self, fact: Fact) -> bool:
        """Whether a fact is entered or inferred."""
        return any(self._counts(quad.graph_name) for quad in self.quads(*fact))

    def matches(
        self, subject: Term | None, predicate: NamedNode, object: Term | None
    ) -> Iterator[Fact]:
        """Return the facts, entered or inferred, that match."""
        for quad in self.quads(subject, predicate, object):
            if self._counts(quad.graph_name):
                yield fact_of(quad)

    def infers(self, fact: Fact) -> bool:
        """Whether a fact is in the inferred graph."""
        subject = fact[0]
        if not isinstance(subject, NamedNode | BlankNode):
            return False
        found = self._store.quads(subject, fact[1], fact[2], INFERRED_GRAPH)
        return next(iter(found), None) is not None

    def _counts(self, graph: Graph) -> bool:
        return graph == INFERRED_GRAPH or self.is_entered(graph)


class Edit:
    """What is entered once a change is made, and what is known to be true then."""

    def __init__(self, before: Stored, deletes: Iterable[Quad], inserts: Iterable[Quad]) -> None:
        """Take quads that go and come, effective or not; what does both comes."""
        self.before = before
        self._inserts = frozenset(quad for quad in inserts if before.is_entered(quad.graph_name))
        self._deletes = frozenset(deletes) - self._inserts
        self._new = Memory()
        come = {fact_of(quad) for quad in self._inserts}
        self.come = [fact for fact in come if self._new.add(fact)]
        self.gone = [
            fact
            for fact in {fact_of(q) for q in self._deletes if before.is_entered(q.graph_name)}
            if any(before.entered(*fact))
        ]
        self._proven: set[Fact] = set()

    def enters(self, fact: Fact) -> bool:
        """Whether a fact is entered after the change."""
        return self._new.holds(fact) or any(
            quad not in self._deletes for quad in self.before.entered(*fact)
        )

    def prove(self, fact: Fact, program: Program) -> bool:
        """Look for a proof: a fact that is entered, or follows in one step from such facts.

        A fact of which this says no may still be true.
        """
        if not (
            fact in self._proven
            or self.enters(fact)
            or any(join.proves(fact, self) for join in program.proofs(fact))
        ):
            return False
        self._proven.add(fact)
        return True

    def holds(self, fact: Fact) -> bool:
        """Whether a fact is known to be true."""
        return fact in self._proven or self.enters(fact)

    def matches(
        self, subject: Term | None, predicate: NamedNode, object: Term | None
    ) -> Iterator[Fact]:
        """Return facts that match and are known to be true, though not all."""
        yield from self._new.matches(subject, predicate, object)
        for quad in islice(self.before.quads(subject, predicate, object), LOOKS):
            fact = fact_of(quad)
            if fact in self._proven or (
                self.before.is_entered(quad.graph_name) and quad not in self._deletes
            ):
                yield fact


class After:
    """The facts after a change, as far as they are known: the stored ones but some, and others."""

    def __init__(self, before: Stored, without: set[Fact], new: Iterable[Fact]) -> None:
        """Take the stored facts, those of them that are in doubt, and those that are new."""
        self._before = before
        self._without = without
        self._new = Memory()
        for fact in new:
            self._new.add(fact)

    def add(self, fact: Fact) -> bool:
        """Take a fact in; False where it is there already."""
        return not self.holds(fact) and self._new.add(fact)

    def holds(self, fact: Fact) -> bool:
        """Whether a fact is known to be true."""
        return self._new.holds(fact) or (fact not in self._without and self._before.holds(fact))

    def matches(
        self, subject: Term | None, predicate: NamedNode, object: Term | None
    ) -> Iterator[Fact]:
        """Return the facts that match."""
        yield from self._new.matches(subject, predicate, object)
        for fact in self._before.matches(subject, predicate, object):
            if fact not in self._without:
                yield fact


def maintain(edit: Edit, program: Program) -> Entailed:
    """Return how the inferred graph changes; the store stays as it is."""
    doubtful, saved = overdelete(edit, program)
    after = After(edit.before, doubtful, edit.come)
    agenda = [fact for fact in edit.come if not edit.before.holds(fact)]
    back = [f for f in doubtful if any(join.proves(f, after) for join in program.proofs(f))]
    agenda += [fact for fact in back if after.add(fact)]
    new = forward(agenda, after, program)
    true = {*back, *new, *saved}
    wanted = {fact for fact in true if not edit.enters(fact)}
    unwanted = (doubtful - true) | {*edit.come}
    return Entailed(
        frozenset(inferred(fact) for fact in unwanted if edit.before.infers(fact)),
        frozenset(inferred(fact) for fact in wanted if not edit.before.infers(fact)),
    )


def overdelete(edit: Edit, program: Program) -> tuple[set[Fact], list[Fact]]:
    """Return the facts that may be no longer true, and those taken away that are true still."""
    doubtful: set[Fact] = set()
    saved: list[Fact] = []
    agenda: list[Fact] = []
    for fact in edit.gone:
        if edit.prove(fact, program):
            saved.append(fact)
        else:
            doubtful.add(fact)
            agenda.append(fact)
    while agenda:
        fact = agenda.pop()
        for join in program.starts(fact):
            for head in join.heads(fact, edit.before):
                if head not in doubtful and not edit.prove(head, program):
                    doubtful.add(head)
                    agenda.append(head)
    return doubtful, saved


def fact_of(quad: Quad) -> Fact:
    """Return what a quad says, in whatever graph."""
    return quad.subject, quad.predicate, quad.object


def inferred(fact: Fact) -> Quad:
    """Return a fact as a quad of the inferred graph."""
    subject, predicate, object_ = fact
    if not isinstance(subject, NamedNode | BlankNode):
        raise TypeError(fact)
    return Quad(subject, predicate, object_, INFERRED_GRAPH)
