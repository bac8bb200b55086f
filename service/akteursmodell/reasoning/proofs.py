"""Why an inferred fact holds: the rules that derive it, down to what somebody entered."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from akteursmodell.reasoning.program import Fact, Facts, Program
from akteursmodell.reasoning.rules import Rule

__all__ = ["Step", "prove"]


TRIED = 30
"""Ways to apply one rule to one fact that are looked at."""


@dataclass(frozen=True)
class Step:
    """One application of a rule: the fact that it derives, and those that it derives it from."""

    fact: Fact
    rule: Rule
    premises: tuple[Fact, ...]


def prove(
    fact: Fact, facts: Facts, program: Program, is_entered: Callable[[Fact], bool]
) -> tuple[Step, ...]:
    """Return the steps that derive a fact from entered ones, premises first; empty if none do.

    Of several proofs one with few steps is taken; no fact serves its own proof.
    """
    return derive(fact, facts, program, is_entered, frozenset()) or ()


def derive(
    fact: Fact,
    facts: Facts,
    program: Program,
    is_entered: Callable[[Fact], bool],
    above: frozenset[Fact],
) -> tuple[Step, ...] | None:
    """Return the steps to a fact without the help of those above it, or None."""
    if is_entered(fact):
        return ()
    best: tuple[Step, ...] | None = None
    for join in program.proofs(fact):
        for premises in islice(join.premises(fact, facts), TRIED):
            if above.isdisjoint(premises) and fact not in premises:
                made = [derive(p, facts, program, is_entered, above | {fact}) for p in premises]
                steps = dict.fromkeys(step for each in made for step in each or ())
                found = (*steps, Step(fact, join.rule, premises))
                if None not in made and (best is None or len(found) < len(best)):
                    best = found
                if best is not None and len(best) == 1:
                    return best
    return best
