"""The algebra of a query: its SELECTs, and which variables its parts bind.

The reading is rdflib's: https://www.w3.org/TR/sparql11-query/#sparqlAlgebra
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeAlias

import rdflib
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from akteursmodell.errors import EvaluationError, Text
from akteursmodell.vocabulary import PREFIXES

__all__ = [
    "Level",
    "Node",
    "branches",
    "certain",
    "exists_in",
    "level_of",
    "name_of",
    "names_in",
    "read",
    "relaxed",
    "some",
    "unread",
]

Node: TypeAlias = Any
"""A part of the algebra: rdflib's CompValue, which has no types of its own."""
Names: TypeAlias = frozenset[str]
EXISTS = ("Builtin_EXISTS", "Builtin_NOTEXISTS")


@dataclass(frozen=True)
class Level:
    """A SELECT: its variables, what it matches, how it groups; `keys` is None where it does not.

    `values` are the expressions of a grouping SELECT that are no key; in them and in `having` stand
    variables for what `aggregates` has.
    """

    variables: tuple[str, ...]
    body: Node
    distinct: bool = False
    keys: tuple[str, ...] | None = None
    values: tuple[tuple[str, Node], ...] = ()
    having: Node = None
    aggregates: Mapping[str, Node] = field(default_factory=dict)

    @property
    def fixed(self) -> Names:
        """The variables whose value at this level is their value in what it matches."""
        here = frozenset(self.variables)
        return here if self.keys is None else here & frozenset(self.keys)


def unread(what: str) -> EvaluationError:
    """Say that a part of a query is none that can be told."""
    return EvaluationError(
        Text(
            f"„{what}“ kann diese Erklärung nicht nachvollziehen.",
            f"This explanation cannot follow “{what}”.",
        )
    )


@lru_cache(maxsize=256)
def read(query: str) -> Level:
    """Return the outermost SELECT of a query."""
    return level_of(translateQuery(parseQuery(query), initNs=PREFIXES).algebra.p)


def level_of(node: Node) -> Level:
    """Return a SELECT from its part of the algebra; raises EvaluationError for LIMIT."""
    distinct = False
    while node.name != "Project":
        if node.name not in ("Distinct", "Reduced"):
            raise unread(node.name)
        distinct |= node.name == "Distinct"
        node = node.p
    variables = tuple(map(str, node.PV))
    body = node.p.p if node.p.name == "OrderBy" else node.p
    extends, having, below = [], None, body
    while below.name in ("Extend", "Filter"):
        if below.name == "Extend":
            extends.append(below)
        else:
            having = below.expr
        below = below.p
    if below.name != "AggregateJoin":
        return Level(variables, body, distinct)
    keys = tuple(map(str, below.p.expr or ()))
    values = tuple(
        (name, each.expr)
        for each in reversed(extends)
        if (name := str(each.var)) in variables and name not in keys
    )
    aggregates = {str(each.res): each for each in below.A}
    return Level(variables, below.p.p, distinct, keys, values, having, aggregates)


def name_of(node: Node) -> str:
    """Return the name of a variable; a blank node of a query is a variable that nobody asks for."""
    return f"node_{node}" if isinstance(node, rdflib.BNode) else str(node)


def bound_by(node: Node) -> Names:
    """Return the variables of triple patterns."""
    ends = (end for triple in node.triples for end in triple)
    return frozenset(
        name_of(end) for end in ends if isinstance(end, rdflib.Variable | rdflib.BNode)
    )


def sure_of_table(node: Node) -> Names:
    """Return the variables that each row of a VALUES clause or SELECT binds."""
    if node.p.name == "values":
        rows = [{str(n) for n, value in row.items() if value != "UNDEF"} for row in node.p.res]
        return frozenset(set.intersection(*rows)) if rows else frozenset()
    level = level_of(node.p)
    return certain(level.body) & level.fixed


def names_of_table(node: Node) -> Names:
    """Return the variables of a VALUES clause or SELECT."""
    if node.p.name == "values":
        return frozenset(str(name) for row in node.p.res for name in row)
    return frozenset(level_of(node.p).variables)


def sure_of_extend(node: Node) -> Names:
    """Return what a part and its BIND are sure to bind: where the expression cannot fail."""
    names = certain(node.p)
    return names | {str(node.var)} if is_sure(node.expr, names) else names


def is_sure(expr: Node, names: Names) -> bool:
    """Whether an expression surely has a value wherever some variables have one."""
    if isinstance(expr, CompValue):
        return expr.name == "Builtin_COALESCE" and any(is_sure(each, names) for each in expr.arg)
    return not isinstance(expr, rdflib.Variable) or str(expr) in names


CERTAIN: Final[dict[str, Callable[[Node], Names]]] = {
    "BGP": bound_by,
    "Join": lambda node: certain(node.p1) | certain(node.p2),
    "LeftJoin": lambda node: certain(node.p1),
    "Minus": lambda node: certain(node.p1),
    "Union": lambda node: certain(node.p1) & certain(node.p2),
    "Filter": lambda node: certain(node.p),
    "Extend": sure_of_extend,
    "ToMultiSet": sure_of_table,
}
SOME: Final[dict[str, Callable[[Node], Names]]] = {
    "BGP": bound_by,
    "Join": lambda node: some(node.p1) | some(node.p2),
    "LeftJoin": lambda node: some(node.p1) | some(node.p2),
    "Minus": lambda node: some(node.p1),
    "Union": lambda node: some(node.p1) | some(node.p2),
    "Filter": lambda node: some(node.p),
    "Extend": lambda node: some(node.p) | {str(node.var)},
    "ToMultiSet": names_of_table,
}


def certain(node: Node) -> Names:
    """Return the variables that each solution of a part binds."""
    if node.name not in CERTAIN:
        raise unread(node.name)
    return CERTAIN[node.name](node)


def some(node: Node) -> Names:
    """Return the variables that a solution of a part may bind."""
    if node.name not in SOME:
        raise unread(node.name)
    return SOME[node.name](node)


def branches(node: Node) -> list[Node]:
    """Return the branches of a union, those of unions inside it by themselves."""
    if node.name != "Union":
        return [node]
    return branches(node.p1) + branches(node.p2)


def inside(node: Node) -> list[Node]:
    """Return what a part or an expression is made of.

    rdflib keeps the algebra of an EXISTS as an attribute, beside what was parsed as an item.
    """
    if isinstance(node, CompValue):
        return [getattr(node, key) for key in node if key != "_vars"]
    return list(node) if isinstance(node, list | tuple) else []


def exists_in(node: Node) -> Iterator[Node]:
    """Iterate over the EXISTS and NOT EXISTS of an expression, not over those inside them."""
    if isinstance(node, CompValue) and node.name in EXISTS:
        yield node
        return
    for each in inside(node):
        yield from exists_in(each)


def names_in(node: Node) -> Names:
    """Return the variables that occur anywhere in a part or expression."""
    if isinstance(node, rdflib.Variable | rdflib.BNode):
        return frozenset({name_of(node)})
    return frozenset[str]().union(*map(names_in, inside(node)))


def relaxed(node: Node) -> Node:
    """Return a part without the conditions that reject what its patterns match."""
    kind = node.name
    if kind in ("Filter", "Minus"):
        return relaxed(node.p if kind == "Filter" else node.p1)
    if kind in ("Join", "Union"):
        return CompValue(kind, p1=relaxed(node.p1), p2=relaxed(node.p2))
    if kind == "LeftJoin":
        return CompValue(kind, p1=relaxed(node.p1), p2=node.p2, expr=node.expr)
    if kind == "Extend":
        return CompValue(kind, p=relaxed(node.p), expr=node.expr, var=node.var)
    return node
