"""What a query of a shape reads, as steps from the focus node on; or that nobody can tell.

A triple matters to a focus node only in solutions in which the other patterns of its group hold
too. So it is enough that these lead from $this to it. Patterns that hold only perhaps (OPTIONAL,
UNION, NOT EXISTS) lead nowhere outside of their own group.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import rdflib
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from akteursmodell.graph.terms import NamedNode, Term
from akteursmodell.validation.model import Tracer
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

__all__ = ["trace_query"]

Place = dict[str, int]
UNREAD = {"Graph", "ServiceGraphPattern", "Minus", "values"}


class Pattern(NamedTuple):
    """Two ends, variables or constants, and the path between them."""

    start: Any
    path: Path
    end: Any


def trace_query(tracer: Tracer, text: str, places: Mapping[str, int]) -> None:
    """Tell the tracer what a query reads, given the places of its pre-bound variables."""
    try:
        algebra = prepareQuery(text).algebra
        Reader(tracer).group(algebra, [], dict(places), frozenset(places))
    except LookupError as reason:  # raised below
        tracer.unknown(str(reason))
    except Exception as fault:  # noqa: BLE001 -- rdflib's parser has no error class of its own
        tracer.unknown(f"the query cannot be analysed: {type(fault).__name__}")


class Reader:
    """Walks the algebra of one query."""

    def __init__(self, tracer: Tracer) -> None:
        """Take who is told."""
        self._tracer = tracer

    def group(self, node: Any, outer: list[Pattern], places: Place, bound: frozenset[str]) -> None:
        """Read a group whose solutions must fit the patterns of the groups around it."""
        own: list[Pattern] = []
        apart: list[Any] = []
        collect(node, own, apart)
        here, places = [*outer, *own], dict(places)
        self._connect(here, own, places, bound)
        for other in apart:
            if isinstance(other, Subquery):
                inside = {name: place for name, place in places.items() if name in bound}
                self.group(other.algebra, [], inside, other.bound(bound))
            else:
                self.group(other, here, places, bound)

    def _connect(
        self, here: list[Pattern], own: list[Pattern], places: Place, bound: frozenset[str]
    ) -> None:
        """Tell of each own pattern from the end that is reached first."""
        reached = set(bound)
        left = list(here)
        while left:
            ready = [p for p in left if names(p) & reached]
            ready.sort(key=lambda each: not isinstance(each.path, Step))
            if not ready:
                break
            for pattern in ready:
                left.remove(pattern)
                if pattern in own:
                    self._tell(pattern, reached, places)
            for pattern in ready:
                reached |= names(pattern)
        if any(pattern in own for pattern in left):
            raise LookupError("a pattern is not connected with $this")

    def _tell(self, pattern: Pattern, reached: set[str], places: Place) -> None:
        start, path, end = pattern
        if name_of(start) not in reached or name_of(start) not in places:
            start, path, end = end, inverse(path), start
        place = places[name_of(start) or ""]
        target = name_of(end)
        if target is None:
            if isinstance(path, Step):
                self._tracer.step(place, path.predicate, only=term(end))
            elif isinstance(path, Inverse) and isinstance(path.path, Step):
                self._tracer.step(place, path.path.predicate, inverse=True, only=term(end))
            else:
                self._tracer.walk(place, path)
            return
        # One way from $this to each variable is enough: in a solution all of them are there.
        reaches = self._tracer.walk(place, path)
        places.setdefault(target, reaches)


def collect(node: Any, own: list[Pattern], apart: list[Any]) -> None:
    """Sort an algebra into the patterns that must hold, and the groups that are apart."""
    if isinstance(node, Optional):
        collect(node.join.p2, own, apart)
        apart += exists(node.join.expr)
        return
    name = node.name
    if name == "BGP":
        own += [pattern(*triple) for triple in node.triples]
    elif name == "Join":
        collect(node.p1, own, apart)
        collect(node.p2, own, apart)
    elif name == "LeftJoin":
        collect(node.p1, own, apart)
        apart.append(Optional(node))
    elif name == "Union":
        apart += [node.p1, node.p2]
    else:
        modified(node, own, apart)


def modified(node: CompValue, own: list[Pattern], apart: list[Any]) -> None:
    """Sort what stands around one group: a filter, a BIND, a projection, an order."""
    if node.name in UNREAD or "p" not in node or getattr(node.p, "name", "") in UNREAD:
        raise LookupError(f"the query has {node.name}")
    if node.name == "ToMultiSet":
        apart.append(Subquery(node.p))
        return
    for key, part in node.items():
        if key not in ("p", "_vars"):
            apart += exists(part)
    collect(node.p, own, apart)


class Optional:
    """The right side of an OPTIONAL with its filter."""

    def __init__(self, join: CompValue) -> None:
        """Take the algebra of the join."""
        self.join = join


class Subquery:
    """A SELECT within the query; of the variables around it, it knows the pre-bound ones."""

    def __init__(self, algebra: CompValue) -> None:
        """Take its algebra."""
        self.algebra = algebra

    def bound(self, bound: frozenset[str]) -> frozenset[str]:
        """Return the pre-bound variables that it returns, and so joins with the others."""
        node = self.algebra
        while node.name != "Project":
            node = node.p
        return bound & {str(name) for name in node.PV}


def exists(expression: Any) -> Iterator[Any]:
    """Yield the groups in EXISTS and NOT EXISTS anywhere in an expression."""
    if isinstance(expression, CompValue):
        if expression.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            yield expression.graph
            return
        parts: Iterable[Any] = expression.values()
    elif isinstance(expression, list | tuple):
        parts = expression
    else:
        return
    for part in parts:
        yield from exists(part)


def pattern(start: Any, middle: Any, end: Any) -> Pattern:
    """Return a triple pattern of rdflib as ours."""
    return Pattern(start, path_of(middle), end)


def path_of(middle: Any) -> Path:
    """Return rdflib's path, or predicate, as ours."""
    if isinstance(middle, rdflib.URIRef):
        return Step(NamedNode(str(middle)))
    return AnyStep() if isinstance(middle, rdflib.Variable) else longer(middle)


def longer(middle: Any) -> Path:
    """Return rdflib's path of several steps as ours."""
    if isinstance(middle, InvPath):
        return inverse(path_of(middle.arg))
    if isinstance(middle, SequencePath):
        return Sequence(tuple(map(path_of, middle.args)))
    if isinstance(middle, AlternativePath):
        return Choice(tuple(map(path_of, middle.args)))
    if isinstance(middle, MulPath):
        return Repeat(path_of(middle.path), int(middle.mod == "+"), middle.mod == "?")
    if isinstance(middle, NegatedPath):
        return Choice((AnyStep(), Inverse(AnyStep())))
    raise LookupError(f"the query has a path of the kind {type(middle).__name__}")


def name_of(end: Any) -> str | None:
    """Return the name of a variable or of a blank node of the query, None for constants."""
    if isinstance(end, rdflib.Variable):
        return str(end)
    return f"_:{end}" if isinstance(end, rdflib.BNode) else None


def names(given: Pattern) -> set[str]:
    """Return the variables at the ends of a pattern."""
    return {name for name in (name_of(given.start), name_of(given.end)) if name}


def term(constant: Any) -> Term | None:
    """Return an IRI as ours; literals are left out, since the store may write them otherwise."""
    return NamedNode(str(constant)) if isinstance(constant, rdflib.URIRef) else None
