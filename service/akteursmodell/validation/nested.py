"""Constraint components of SHACL Core that hold values against other shapes."""

from collections.abc import Callable, Iterable, Iterator

from akteursmodell.graph.terms import Term
from akteursmodell.validation.model import (
    Constraint,
    EachValue,
    Evaluation,
    Finding,
    Shape,
    Values,
)
from akteursmodell.validation.views import sh

__all__ = ["LOGICAL", "OfShape", "Properties", "Qualified"]


class OfShape(EachValue):
    """sh:node, sh:not, sh:and, sh:or and sh:xone."""

    def __init__(self, name: str, parts: Iterable[Term], accepts: Callable[[int, int], bool]):
        """Take the shapes, and which number of them must be met, of how many."""
        parts = tuple(parts)

        def met(run: Evaluation, value: Term) -> bool:
            return accepts(sum(run.conforms(part, value) for part in parts), len(parts))

        super().__init__(name, met, parts)


LOGICAL: dict[str, tuple[str, Callable[[int, int], bool]]] = {
    "node": ("Node", lambda met, among: met == among),
    "and": ("And", lambda met, among: met == among),
    "not": ("Not", lambda met, _: met == 0),
    "or": ("Or", lambda met, _: met > 0),
    "xone": ("Xone", lambda met, _: met == 1),
}
"""Which number of its shapes a value must meet."""


class Properties(Constraint):
    """sh:property: the results of the property shape itself."""

    component = sh("PropertyShapeComponent")

    def __init__(self, part: Term) -> None:
        """Take the node of the property shape."""
        self.parts = (part,)

    def check(
        self, run: Evaluation, shape: Shape, focus: Term, values: Values
    ) -> Iterator[Finding]:
        """Yield what the property shape finds at each value node."""
        del shape, focus
        for value in values:
            yield from run.findings(run.shapes[self.parts[0]], value)


class Qualified(Constraint):
    """sh:qualifiedMinCount or sh:qualifiedMaxCount of a sh:qualifiedValueShape."""

    def __init__(self, name: str, part: Term, number: int, siblings: Iterable[Term]) -> None:
        """Take which bound it is, the shape, the number, and the shapes that must not be met."""
        self.at_least = name == "QualifiedMinCount"
        self.component = sh(name + "ConstraintComponent")
        self.number = number
        self.siblings = tuple(siblings)
        self.parts = (part, *self.siblings)

    def check(
        self, run: Evaluation, shape: Shape, focus: Term, values: Values
    ) -> Iterator[Finding]:
        """Yield a result where too few or too many values meet the shape."""
        count = sum(
            run.conforms(self.parts[0], value)
            and not any(run.conforms(sibling, value) for sibling in self.siblings)
            for value in values
        )
        if count < self.number if self.at_least else count > self.number:
            yield shape.finding(self, focus)
