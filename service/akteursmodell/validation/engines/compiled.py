"""The engine of every write: shapes compiled once, evaluated on the store, some pairs or all."""

import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import NamedNode, Term
from akteursmodell.validation.automaton import Automaton, Pair
from akteursmodell.validation.compiler import compile_shapes
from akteursmodell.validation.engines import Progress
from akteursmodell.validation.model import Evaluation, Finding
from akteursmodell.validation.views import View

__all__ = ["BULK", "Checked", "CompiledEngine"]

LOG = logging.getLogger("akteursmodell")
BULK = 1_000
"""Pairs of shape and target from which on a check tells how far it is."""
EVERY = 1.0
"""Seconds between two such messages."""


@dataclass(frozen=True)
class Checked:
    """What a check of a change found, and how it went.

    `results` stand under the shape and the target node that led to them. `pairs` are all that were
    affected, also those that are no longer targets; what was known about them before is void.
    `in_full` are shapes checked for all their targets, with the reason.
    """

    results: Mapping[Pair, tuple[Finding, ...]]
    pairs: frozenset[Pair]
    in_full: Mapping[Term, str]
    size: int
    """How many pairs were checked: those of the affected whose node is a target now."""

    @property
    def findings(self) -> list[Finding]:
        """All that was found."""
        return [finding for found in self.results.values() for finding in found]


class CompiledEngine:
    """Shapes that can be evaluated for any of their targets, and what each of them reads."""

    def __init__(
        self, shapes: EmbeddedStore, levels: Mapping[str, NamedNode] | None = None
    ) -> None:
        """Compile the shapes; raises ShapesError."""
        self.shapes = compile_shapes(shapes, levels)
        self.automaton = Automaton(self.shapes)
        self.targeted = {
            node: shape
            for node, shape in self.shapes.items()
            if shape.targets and not shape.deactivated
        }

    def full(self, data: EmbeddedStore, progress: Progress | None = None) -> list[Finding]:
        """Return every result about the union of all graphs."""
        return [finding for found in self.by_pair(data, progress).values() for finding in found]

    def by_pair(
        self, data: EmbeddedStore, progress: Progress | None = None
    ) -> dict[Pair, tuple[Finding, ...]]:
        """Return every result, under the shape and the target node that led to it."""
        run = Evaluation(View(data), self.shapes)
        return self._check(run, self._all(run.data, self.targeted), progress)

    def of_change(
        self, change: ChangeSet, data: EmbeddedStore, progress: Progress | None = None
    ) -> Checked:
        """Return the results about what a change may have affected; `data` have undergone it."""
        now = View(data)
        pairs = self.affected(change, now)
        unknown = self.automaton.unknown
        for node, reason in unknown.items():
            LOG.info("%s is checked in full: %s", node, reason)
        known = [
            (node, target)
            for node, target in pairs
            if node not in unknown and self.shapes[node].targets.include(now, target)
        ]
        in_full = self._all(now, unknown)
        found = self._check(Evaluation(now, self.shapes), [*known, *in_full], progress)
        void = frozenset(pairs) | frozenset(in_full)
        return Checked(found, void, unknown, len(known) + len(in_full))

    def affected(self, change: ChangeSet, now: View) -> set[Pair]:
        """Return the pairs whose results a change may alter; the data have undergone it.

        The data as they were are not needed: on the way from a target to a triple that is gone, the
        way to the first such triple is still there, and leads back to the target.
        """
        return self.automaton.affected((*change.deletes, *change.inserts), now)

    def _all(self, data: View, nodes: Iterable[Term]) -> list[Pair]:
        return [(node, found) for node in nodes for found in self.shapes[node].targets.find(data)]

    def _check(
        self, run: Evaluation, pairs: list[Pair], progress: Progress | None
    ) -> dict[Pair, tuple[Finding, ...]]:
        tell = progress if len(pairs) > BULK else None
        found: dict[Pair, tuple[Finding, ...]] = {}
        told = time.monotonic()
        for number, (node, target) in enumerate(pairs):
            results = tuple(run.findings(self.shapes[node], target))
            if results:
                found[node, target] = results
            if tell is not None and time.monotonic() - told > EVERY:
                told = time.monotonic()
                tell(number + 1, len(pairs))
        if tell is not None:
            tell(len(pairs), len(pairs))
        return found
