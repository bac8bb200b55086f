"""Parts of the algebra written as SPARQL again, with some variables known.

What is written means the same as the part that it was made of (a test asks it of each question).
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import rdflib
from rdflib.plugins.sparql.parserutils import CompValue

from akteursmodell.graph.terms import BlankNode, Term
from akteursmodell.questions.algebra import Level, Node, level_of, name_of, some, unread

__all__ = ["Pins", "condition", "expression", "group", "pins", "select", "test", "values"]

Pins: TypeAlias = Mapping[str, str]
"""Variables whose value is known, and that value as SPARQL writes it."""
Inner: TypeAlias = Callable[[Node], str]
NONE: Final[Pins] = {}
NOTHING: Final[Mapping[object, str]] = {}
LOGICAL = {"ConditionalAndExpression": "&&", "ConditionalOrExpression": "||"}
ARITHMETIC = ("AdditiveExpression", "MultiplicativeExpression")
UNARY = {"UnaryNot": "!", "UnaryMinus": "-", "UnaryPlus": "+"}
AGGREGATES = {"GroupConcat": "GROUP_CONCAT"}


def select(level: Level, pins: Pins = NONE, *, keys: bool = False) -> str:
    """Write a SELECT; with `keys` it has the variables too by which it groups."""
    given: dict[object, str] = {name: aggregate(each) for name, each in level.aggregates.items()}
    computed = {name: expression(each, given) for name, each in level.values}
    names = list(level.variables)
    if keys:
        names += [key for key in level.keys or () if key not in names]
    shown = " ".join(f"({computed[n]} AS ?{n})" if n in computed else f"?{n}" for n in names)
    known = {name: value for name, value in pins.items() if name in level.fixed}
    text = f"SELECT {'DISTINCT ' if level.distinct else ''}{shown} WHERE {group(level.body, known)}"
    if level.keys:
        text += " GROUP BY " + " ".join(f"?{key}" for key in level.keys)
    return text if level.having is None else f"{text} HAVING({expression(level.having, given)})"


def group(node: Node, pins: Pins = NONE) -> str:
    """Write a part as a group of SPARQL; known variables have their value in each pattern."""
    if node.name not in WRITERS:
        raise unread(node.name)
    return f"{{ {WRITERS[node.name](node, pins)} }}"


def bgp(node: Node, pins: Pins) -> str:
    """Write triple patterns, beside them the values of what is known."""
    patterns = [f"{term(s)} {term(p)} {term(o)} ." for s, p, o in node.triples]
    known = [f"VALUES ?{n} {{ {pins[n]} }}" for n in sorted(some(node)) if n in pins]
    return " ".join([*known, *patterns])


def table(node: Node, pins: Pins) -> str:
    """Write a VALUES clause, or a SELECT inside another."""
    if node.p.name != "values":
        return select(level_of(node.p), pins)
    names = list(dict.fromkeys(name for row in node.p.res for name in row))
    rows = (
        "(" + " ".join("UNDEF" if row[n] == "UNDEF" else row[n].n3() for n in names) + ")"
        for row in node.p.res
    )
    return f"VALUES ({' '.join(n.n3() for n in names)}) {{ {' '.join(rows)} }}"


def optional(node: Node, pins: Pins) -> str:
    """Write a part and one that may match beside it."""
    right = f"{group(node.p2, pins)} {condition(node.expr)}"
    return f"{group(node.p1, pins)} OPTIONAL {{ {right} }}"


def both(word: str) -> Callable[[Node, Pins], str]:
    """Return what writes two groups with a word between them."""
    return lambda node, pins: f"{group(node.p1, pins)} {word} {group(node.p2, pins)}"


WRITERS: Final[dict[str, Callable[[Node, Pins], str]]] = {
    "BGP": bgp,
    "Join": both(""),
    "Union": both("UNION"),
    "Minus": both("MINUS"),
    "LeftJoin": optional,
    "Filter": lambda node, pins: f"{group(node.p, pins)} {condition(node.expr)}",
    "Extend": lambda node, pins: (
        f"{group(node.p, pins)} BIND({expression(node.expr)} AS ?{node.var})"
    ),
    "ToMultiSet": table,
}


def term(node: Node) -> str:
    """Write a term, a variable or a path."""
    return f"?{name_of(node)}" if isinstance(node, rdflib.BNode) else str(node.n3())


def condition(node: Node) -> str:
    """Write a FILTER, nothing where there is none."""
    return "" if node.name == "TrueFilter" else f"FILTER({expression(node)})"


def expression(node: Node, given: Mapping[object, str] = NOTHING) -> str:
    """Write an expression; `given` are texts for parts, by name of variable or by id of part."""
    if not isinstance(node, CompValue):
        return given.get(str(node)) or str(node.n3())
    if id(node) in given:
        return given[id(node)]

    def inner(each: Node) -> str:
        return expression(each, given)

    kind = node.name
    if kind in UNARY:
        return f"({UNARY[kind]} {inner(node.expr)})"
    if kind == "Function":
        return f"{node.iri.n3()}({', '.join(map(inner, node.expr))})"
    return builtin(node, inner) if kind.startswith("Builtin_") else operation(node, inner)


def builtin(node: Node, inner: Inner) -> str:
    """Write a call of a function of SPARQL."""
    name = node.name.removeprefix("Builtin_")
    if name in ("EXISTS", "NOTEXISTS"):
        return f"{'NOT ' if name == 'NOTEXISTS' else ''}EXISTS {group(node.graph)}"
    arguments: list[Any] = []
    for key, value in node.items():
        if key != "_vars":
            arguments += value if isinstance(value, list) else [value]
    return f"{name}({', '.join(map(inner, arguments))})"


def operation(node: Node, inner: Inner) -> str:
    """Write an expression of two or more parts."""
    others = node.other if isinstance(node.other, list) else [node.other]
    if node.name == "RelationalExpression" and "IN" in node.op:
        return f"({inner(node.expr)} {node.op} ({', '.join(map(inner, others))}))"
    if node.name in LOGICAL:
        signs = [LOGICAL[node.name]] * len(others)
    elif node.name in ARITHMETIC or node.name == "RelationalExpression":
        signs = node.op if isinstance(node.op, list) else [node.op]
    else:
        raise unread(node.name)
    rest = " ".join(f"{s} {inner(each)}" for s, each in zip(signs, others, strict=True))
    return f"({inner(node.expr)} {rest})"


def aggregate(node: Node) -> str:
    """Write an aggregate; the sample of a key is the key."""
    name = node.name.removeprefix("Aggregate_")
    if name == "Sample":
        return str(node.vars.n3())
    whole = "*" if node.vars == "*" else expression(node.vars)
    distinct = "DISTINCT " if node.distinct else ""
    end = f"; SEPARATOR={node.separator.n3()}" if node.separator is not None else ""
    return f"{AGGREGATES.get(name, name.upper())}({distinct}{whole}{end})"


def pins(known: Mapping[str, Term]) -> dict[str, str]:
    """Return values as SPARQL writes them; a blank node has no name that a query could use."""
    return {name: str(value) for name, value in known.items() if not isinstance(value, BlankNode)}


def values(known: Mapping[str, Term]) -> str:
    """Return a VALUES clause of one row, nothing where nothing is known."""
    written = pins(known)
    if not written:
        return ""
    names = " ".join(f"?{name}" for name in written)
    return f"VALUES ({names}) {{ ({' '.join(written.values())}) }}"


def test(name: str, value: Term | None, exact: bool) -> str:
    """Return the condition that a variable has a value."""
    if value is None:
        return f"!BOUND(?{name})"
    if isinstance(value, BlankNode):
        return ""
    same = f"sameTerm(?{name}, {value})"
    return same if exact else f"!BOUND(?{name}) || {same}"
