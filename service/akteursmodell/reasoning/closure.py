"""The closure of facts under rules: each new fact is joined with all others once (semi-naive)."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Protocol, TypeAlias

from akteursmodell.graph.terms import NamedNode, Term
from akteursmodell.reasoning.program import Fact, Facts, Program

__all__ = ["Growing", "Memory", "Watcher", "closure", "forward"]

Watcher: TypeAlias = Callable[[int], None]
"""Told now and then how many facts were joined since; it stops the work by raising something."""
STEP = 10_000
Ends: TypeAlias = dict[Term, list[Fact]]


class Growing(Facts, Protocol):
    """Facts to which derived ones are added."""

    def add(self, fact: Fact) -> bool:
        """Take a fact in; False where it is there already."""
        ...


class Memory:
    """Facts in memory; a predicate is indexed once something asks for facts by one end."""

    def __init__(self) -> None:
        """Begin empty."""
        self._facts: defaultdict[NamedNode, set[Fact]] = defaultdict(set)
        self._ends: dict[NamedNode, tuple[Ends, Ends]] = {}

    def add(self, fact: Fact) -> bool:
        """Take a fact in; False where it is there already."""
        facts = self._facts[fact[1]]
        if fact in facts:
            return False
        facts.add(fact)
        if fact[1] in self._ends:
            enter(self._ends[fact[1]], fact)
        return True

    def holds(self, fact: Fact) -> bool:
        """Whether this is one of them."""
        return fact in self._facts.get(fact[1], ())

    def matches(
        self, subject: Term | None, predicate: NamedNode, object: Term | None
    ) -> Iterable[Fact]:
        """Return those with a predicate and at most one known end."""
        facts = self._facts.get(predicate)
        if not facts:
            return ()
        if subject is None and object is None:
            return list(facts)
        ends = self._ends.get(predicate)
        if ends is None:
            ends = self._ends[predicate] = ({}, {})
            for fact in facts:
                enter(ends, fact)
        found = ends[1].get(object) if subject is None else ends[0].get(subject)  # type: ignore[arg-type]
        return list(found) if found else ()


def enter(ends: tuple[Ends, Ends], fact: Fact) -> None:
    """Enter a fact under its two ends."""
    ends[0].setdefault(fact[0], []).append(fact)
    ends[1].setdefault(fact[2], []).append(fact)


def forward(
    agenda: list[Fact], facts: Growing, program: Program, watch: Watcher | None = None
) -> list[Fact]:
    """Add whatever follows from the facts of the agenda and others; return what is new.

    The agenda's own facts must be among the others already.
    """
    new: list[Fact] = []
    joined = 0
    while agenda:
        fact = agenda.pop()
        for join in program.starts(fact):
            for head in join.heads(fact, facts):
                if facts.add(head):
                    new.append(head)
                    agenda.append(head)
        joined += 1
        if watch is not None and joined % STEP == 0:
            watch(STEP)
    return new


def closure(given: Iterable[Fact], program: Program, watch: Watcher | None = None) -> list[Fact]:
    """Return what follows from facts and is not among them."""
    facts = Memory()
    return forward([fact for fact in given if facts.add(fact)], facts, program, watch)
