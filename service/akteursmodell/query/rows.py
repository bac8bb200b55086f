"""The rows of a SELECT as dictionaries, and their terms as texts."""

from collections.abc import Iterable

from akteursmodell.graph.shipped import INFERRED
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import Literal, NamedNode, Quad, QuerySolutions, Term

__all__ = ["Row", "entered", "is_entered", "node", "rows", "text", "values"]

Row = dict[str, Term | None]


def rows(source: Queryable, query: str) -> list[Row]:
    """Return the rows of a SELECT query."""
    answer = source.query(query)
    if not isinstance(answer, QuerySolutions):
        raise TypeError(query)
    return [{v.value: row[v] for v in answer.variables} for row in answer]


def entered(pattern: str) -> str:
    """Return a group that finds a pattern only in what somebody entered, not in what follows.

    What a thing is, is told by its own class: by inference it has every class above that too.
    """
    return f"{{ GRAPH ?entered {{ {pattern} }} FILTER(?entered != <{INFERRED}>) }}"


def is_entered(quad: Quad) -> bool:
    """Whether somebody entered a statement, so that it does not only follow from others."""
    return quad.graph_name != NamedNode(INFERRED)


def node(row: Row, name: str) -> NamedNode | None:
    """Return the thing in a column, or None where there is none."""
    term = row[name]
    return term if isinstance(term, NamedNode) else None


def text(row: Row, name: str) -> str:
    """Return the text or address in a column, empty where there is none."""
    term = row[name]
    return term.value if isinstance(term, Literal | NamedNode) else ""


def values(variable: str, things: Iterable[NamedNode]) -> str:
    """Return the VALUES clause that binds a variable to things."""
    listed = " ".join(str(thing) for thing in dict.fromkeys(things))
    return f"VALUES ?{variable} {{ {listed} }}"
