"""Shapes ready to be evaluated: what they look at, what they ask, and what they depend on.

Each constraint says in one place how it is checked and, to `Tracer`, which triples it reads for
that; who changes one of the two sees the other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from akteursmodell.graph.terms import NamedNode, Term
from akteursmodell.validation.paths import Path, walk
from akteursmodell.validation.views import View, sh

__all__ = ["Constraint", "Evaluation", "Finding", "Shape", "Targets", "Tracer", "Values"]

Values = tuple[Term, ...]


@dataclass(frozen=True)
class Finding:
    """One validation result (https://www.w3.org/TR/shacl/#results-validation-result).

    `messages` are the shape's own, with their variables as yet unfilled; `names` are what a query
    binds them to. `texts` are messages that an engine has filled already.
    """

    shape: Term
    focus: Term
    component: NamedNode
    severity: Term
    path: Path | None = None
    value: Term | None = None
    messages: tuple[Term, ...] = ()
    names: tuple[tuple[str, Term], ...] = ()
    constraint: Term | None = None
    texts: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """What makes a result this one and no other, whichever engine found it."""
        return (self.focus, self.path, self.severity, self.component, self.shape, self.value)


@dataclass(frozen=True)
class Targets:
    """What a shape is checked for (https://www.w3.org/TR/shacl/#targets)."""

    nodes: frozenset[Term] = frozenset()
    classes: frozenset[Term] = frozenset()
    subjects_of: frozenset[NamedNode] = frozenset()
    objects_of: frozenset[NamedNode] = frozenset()

    def __bool__(self) -> bool:
        """Whether there is any target."""
        return bool(self.nodes or self.classes or self.subjects_of or self.objects_of)

    def include(self, data: View, node: Term) -> bool:
        """Whether a node is a target."""
        return (
            node in self.nodes
            or any(data.is_instance(node, cls) for cls in self.classes)
            or any(data.objects(node, predicate) for predicate in self.subjects_of)
            or any(data.subjects(predicate, node) for predicate in self.objects_of)
        )

    def find(self, data: View) -> dict[Term, None]:
        """Return all targets, each once."""
        found: dict[Term, None] = dict.fromkeys(self.nodes)
        for cls in self.classes:
            found.update(dict.fromkeys(data.instances(cls)))
        for predicate in self.subjects_of:
            found.update(dict.fromkeys(q.subject for q in data.quads(None, predicate, None)))
        for predicate in self.objects_of:
            found.update(dict.fromkeys(q.object for q in data.quads(None, predicate, None)))
        return found


@dataclass
class Shape:
    """A node shape, or with a path a property shape."""

    node: Term
    path: Path | None
    severity: Term
    messages: tuple[Term, ...]
    targets: Targets
    deactivated: bool = False
    constraints: "list[Constraint]" = field(default_factory=list)

    def values(self, data: View, focus: Term) -> Values:
        """Return the value nodes of a focus node."""
        return (focus,) if self.path is None else walk(data, focus, self.path)

    def finding(self, constraint: "Constraint", focus: Term, value: Term | None = None) -> Finding:
        """Return the result that a constraint is not met."""
        return Finding(
            shape=self.node,
            focus=focus,
            component=constraint.component,
            severity=self.severity,
            path=self.path,
            value=value,
            messages=self.messages,
        )


class Evaluation:
    """One run over one state of the data; what conforms is worked out once."""

    def __init__(self, data: View, shapes: Mapping[Term, Shape]) -> None:
        """Take the data, and all shapes by their nodes."""
        self.data = data
        self.shapes = shapes
        self._conforms: dict[tuple[Term, Term], bool] = {}

    def findings(self, shape: Shape, focus: Term) -> Iterator[Finding]:
        """Check a node against a shape."""
        if shape.deactivated:
            return
        values = shape.values(self.data, focus)
        for constraint in shape.constraints:
            yield from constraint.check(self, shape, focus, values)

    def conforms(self, node: Term, value: Term) -> bool:
        """Whether a value meets the shape of a node, with no result of any severity."""
        key = (node, value)
        found = self._conforms.get(key)
        if found is None:
            results = self.findings(self.shapes[node], value)
            found = self._conforms[key] = next(results, None) is None
        return found


class Tracer(Protocol):
    """Learns which triples a constraint reads, as steps between numbered places."""

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
        ...

    def walk(self, place: int, path: Path) -> int:
        """Read the triples of a path; returns the place where it leads."""
        ...

    def classes(self, place: int) -> None:
        """Read the classes of a node, and what these are subclasses of."""
        ...

    def shape(self, node: Term, place: int) -> None:
        """Read what the shape of a node reads."""
        ...

    def unknown(self, reason: str) -> None:
        """Say that nobody can tell what is read."""
        ...


class Constraint:
    """One constraint of a shape."""

    component: NamedNode
    parts: tuple[Term, ...] = ()
    """Shapes that the constraint refers to."""

    def check(
        self, run: Evaluation, shape: Shape, focus: Term, values: Values
    ) -> Iterator[Finding]:
        """Yield a result wherever the constraint is not met."""
        raise NotImplementedError

    def trace(self, tracer: Tracer, focus: int, values: int) -> None:
        """Tell what `check` reads beyond the value nodes."""
        del focus
        for part in self.parts:
            tracer.shape(part, values)


class EachValue(Constraint):
    """A constraint that each value node meets or not, by itself."""

    def __init__(
        self, name: str, met: Callable[[Evaluation, Term], bool], parts: Iterable[Term] = ()
    ) -> None:
        """Take the name of the component, the test, and the shapes that it uses."""
        self.component = sh(name + "ConstraintComponent")
        self.met = met
        self.parts = tuple(parts)

    def check(
        self, run: Evaluation, shape: Shape, focus: Term, values: Values
    ) -> Iterator[Finding]:
        """Yield a result for each value that does not meet the test."""
        for value in values:
            if not self.met(run, value):
                yield shape.finding(self, focus, value)


class Together(Constraint):
    """A constraint on all value nodes of a focus node together; its results have no value."""

    def __init__(self, name: str, met: Callable[[Values], bool]) -> None:
        """Take the name of the component and the test."""
        self.component = sh(name + "ConstraintComponent")
        self.met = met

    def check(
        self, run: Evaluation, shape: Shape, focus: Term, values: Values
    ) -> Iterator[Finding]:
        """Yield one result where the test is not met."""
        del run
        if not self.met(values):
            yield shape.finding(self, focus)
