"""What shapes read, as one automaton over (predicate, direction), to be walked backwards.

A place of the automaton stands for a role that a node of the data can play for a shape, such as
"value of akm:evidence of a target". A changed triple fits some steps between places; from there the
way back leads, triple by triple, to the places where shapes begin, and so to their target nodes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from akteursmodell.graph.terms import TYPE, NamedNode, Quad, Term
from akteursmodell.validation.model import Shape, Targets
from akteursmodell.validation.paths import (
    AnyStep,
    Choice,
    Inverse,
    Path,
    Repeat,
    Sequence,
    Step,
    inverse,
)
from akteursmodell.validation.views import SUBCLASS, View

__all__ = ["Automaton", "Pair"]

Pair = tuple[Term, Term]
"""A shape and a target node."""


class Edge(NamedTuple):
    """A step from a place: along a predicate (None: any), or against it; `only` to this node."""

    source: int
    predicate: NamedNode | None
    inverse: bool
    only: Term | None


@dataclass
class Start:
    """Where a shape begins, and why nobody can tell all that it reads, if so."""

    shape: Term
    unknown: str | None = None


class Automaton:
    """The reads of all shapes that have targets."""

    def __init__(self, shapes: Mapping[Term, Shape]) -> None:
        """Compile the shapes."""
        self._shapes = shapes
        self._size = 0
        self._steps: dict[NamedNode | None, list[Edge]] = defaultdict(list)
        self._into: dict[int, list[Edge]] = defaultdict(list)
        self._same: dict[int, list[int]] = defaultdict(list)
        self._starts: dict[int, Start] = {}
        for shape in shapes.values():
            if shape.targets and not shape.deactivated:
                self._compile(shape)

    @property
    def unknown(self) -> dict[Term, str]:
        """The shapes of which nobody can tell what they read, with the reason."""
        return {s.shape: s.unknown for s in self._starts.values() if s.unknown is not None}

    def _compile(self, shape: Shape) -> None:
        builder = Builder(self, self._shapes)
        start = self.place()
        builder.targets(shape.targets, start)
        builder.shape(shape.node, start)
        self._starts[start] = Start(shape.node, builder.reason)

    def place(self) -> int:
        """Return a new place."""
        self._size += 1
        return self._size

    def add(self, edge: Edge, target: int) -> None:
        """Add a step that leads to a place."""
        self._steps[edge.predicate].append(edge)
        self._into[target].append(edge)

    def same(self, source: int, target: int) -> None:
        """Say that a node at one place is at the other too."""
        self._same[target].append(source)

    def affected(self, quads: Iterable[Quad], data: View) -> set[Pair]:
        """Return the pairs that may read any of some triples, which data hold or no longer hold."""
        agenda = [place for quad in quads for place in self._reading(quad)]
        seen = set(agenda)
        found: set[Pair] = set()
        while agenda:
            place, node = agenda.pop()
            begin = self._starts.get(place)
            if begin is not None:
                found.add((begin.shape, node))
            new = [item for item in self._before(place, node, data) if item not in seen]
            seen.update(new)
            agenda += new
        return found

    def _reading(self, quad: Quad) -> Iterator[tuple[int, Term]]:
        """Yield the places that read a triple, with the node that is there then."""
        for edge in (*self._steps.get(quad.predicate, ()), *self._steps.get(None, ())):
            ends: tuple[Term, Term] = (quad.subject, quad.object)
            start, end = reversed(ends) if edge.inverse else ends
            if edge.only is None or edge.only == end:
                yield edge.source, start

    def _before(self, place: int, node: Term, data: View) -> Iterable[tuple[int, Term]]:
        """Yield the places and nodes one step before."""
        for source in self._same.get(place, ()):
            yield source, node
        for edge in self._into.get(place, ()):
            if edge.only is not None and edge.only != node:
                continue
            if edge.predicate is None:
                nodes = data.neighbours(node, inverse=not edge.inverse)
            elif edge.inverse:
                nodes = data.objects(node, edge.predicate)
            else:
                nodes = data.subjects(edge.predicate, node)
            for other in nodes:
                yield edge.source, other


class Builder:
    """Adds what one shape reads; the tracer of its constraints."""

    def __init__(self, automaton: Automaton, shapes: Mapping[Term, Shape]) -> None:
        """Take where to, and all shapes by their nodes."""
        self._automaton = automaton
        self._shapes = shapes
        self.reason: str | None = None

    def targets(self, targets: Targets, start: int) -> None:
        """Read what makes a node a target."""
        if targets.classes:
            self.classes(start)
        for predicate in targets.subjects_of:
            self.step(start, predicate)
        for predicate in targets.objects_of:
            self.step(start, predicate, inverse=True)

    def shape(self, node: Term, place: int) -> None:
        """Read what the shape of a node reads."""
        shape = self._shapes[node]
        if shape.deactivated:
            return
        values = place if shape.path is None else self.walk(place, shape.path)
        for constraint in shape.constraints:
            constraint.trace(self, place, values)

    def step(
        self,
        place: int,
        predicate: NamedNode | None,
        *,
        inverse: bool = False,
        only: Term | None = None,
        to: int | None = None,
    ) -> int:
        """Read the triples of a predicate (None: any); returns the place where they lead."""
        target = self._automaton.place() if to is None else to
        self._automaton.add(Edge(place, predicate, inverse, only), target)
        return target

    def walk(self, place: int, path: Path) -> int:
        """Read the triples of a path; returns the place where it leads."""
        end = self._automaton.place()
        self._between(place, path, end)
        return end

    def _between(self, place: int, path: Path, end: int) -> None:
        if isinstance(path, Step):
            self.step(place, path.predicate, to=end)
        elif isinstance(path, AnyStep):
            self.step(place, None, to=end)
        elif isinstance(path, Inverse):
            self._against(place, path.path, end)
        elif isinstance(path, Sequence):
            for part in path.paths[:-1]:
                place = self.walk(place, part)
            self._between(place, path.paths[-1], end)
        elif isinstance(path, Choice):
            for part in path.paths:
                self._between(place, part, end)
        else:
            self._repeat(place, path, end)

    def _against(self, place: int, path: Path, end: int) -> None:
        if isinstance(path, Step):
            self.step(place, path.predicate, inverse=True, to=end)
        elif isinstance(path, AnyStep):
            self.step(place, None, inverse=True, to=end)
        else:
            self._between(place, inverse(path), end)

    def _repeat(self, place: int, path: Repeat, end: int) -> None:
        loop = self._automaton.place()
        self._automaton.same(place, loop)
        if path.once:
            self._between(loop, path.path, end)
        else:
            self._between(loop, path.path, loop)
        # With `+` the end is reached from the loop too: one place more than need be is harmless.
        self._automaton.same(loop, end)

    def classes(self, place: int) -> None:
        """Read the classes of a node, and what these are subclasses of."""
        own = self.step(place, TYPE)
        self.step(own, SUBCLASS, to=own)

    def unknown(self, reason: str) -> None:
        """Say that nobody can tell what is read."""
        self.reason = reason
