"""What a query demands to be absent, as patterns that can be told in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import rdflib

from akteursmodell.graph.terms import Literal, NamedNode, Term
from akteursmodell.questions.algebra import Node, level_of, name_of

__all__ = ["Absence", "Pattern", "absences", "term_of"]

End: TypeAlias = Term | str
"""A term, or the name of a variable: whatever it is."""
Pattern: TypeAlias = tuple[End, Node, End]
Solution: TypeAlias = Mapping[str, Term]


@dataclass(frozen=True)
class Absence:
    """Patterns that nothing matches all together; the predicate is rdflib's IRI, variable or path.

    `among` are the values that a variable may have, `conditions` tells that the query asks more of
    it, such as a period.
    """

    patterns: tuple[Pattern, ...]
    among: tuple[tuple[str, tuple[Term, ...]], ...] = ()
    conditions: bool = False


def absences(node: Node, solution: Solution) -> Iterator[Absence]:
    """Iterate over what is absent where nothing matches a part: each branch of a union alone."""
    for parts in alternatives(node):
        patterns = [
            (end_of(s, solution), p, end_of(o, solution))
            for part in parts
            if part.name == "BGP"
            for s, p, o in part.triples
        ]
        listed = [
            (str(name), tuple(value for row in part.p.res if (value := term_of(row[name], {}))))
            for part in parts
            if part.name == "ToMultiSet" and len(part.p.res[0]) == 1
            for name in part.p.res[0]
        ]
        strict = any(part.name in ("Filter", "LeftJoin") for part in parts)
        yield Absence(tuple(patterns), tuple(listed), strict)


def alternatives(node: Node) -> list[list[Node]]:
    """Return the parts that must match together, once for each choice between branches."""
    kind = node.name
    if kind == "BGP" or (kind == "ToMultiSet" and node.p.name == "values"):
        return [[node]]
    if kind == "Union":
        return alternatives(node.p1) + alternatives(node.p2)
    if kind == "Join":
        pairs = product(alternatives(node.p1), alternatives(node.p2))
        return [one + other for one, other in pairs]
    if kind != "ToMultiSet":
        first = node.p1 if kind in ("LeftJoin", "Minus") else node.p
        return [[*parts, node] for parts in alternatives(first)]
    return alternatives(level_of(node.p).body)


def end_of(node: Node, solution: Solution) -> End:
    """Return the value of an end of a pattern, else the name of the variable."""
    return term_of(node, solution) or name_of(node)


def term_of(node: Node, solution: Solution) -> Term | None:
    """Return the term of a node of rdflib: a constant, what a variable is bound to, or None."""
    if isinstance(node, rdflib.Variable | rdflib.BNode):
        return solution.get(name_of(node))
    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if not isinstance(node, rdflib.Literal):
        return None
    if node.language:
        return Literal(str(node), language=node.language)
    kind = NamedNode(str(node.datatype)) if node.datatype else None
    return Literal(str(node), datatype=kind)
