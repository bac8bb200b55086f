"""A change as RDF Patch (https://afs.github.io/rdf-patch/), for tools that replay changes."""

from collections.abc import Iterator

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.terms import NamedNode, Quad

__all__ = ["PATCH_TYPE", "patch"]

PATCH_TYPE = "application/rdf-patch"


def patch(change: ChangeSet, number: int, address: str) -> str:
    """Return one transaction in text form: removed first, each half in a fixed order.

    `address` is that of the history; a data state is named by it and its number. Blank nodes are
    written as `<_:…>`, which stands for the same node everywhere.
    """
    lines = [f"H id <{address}/{number}> ."]
    if number > 1:
        lines.append(f"H prev <{address}/{number - 1}> .")
    return "\n".join(
        [*lines, "TX .", *rows("D", change.deletes), *rows("A", change.inserts), "TC .\n"]
    )


def rows(letter: str, quads: frozenset[Quad]) -> Iterator[str]:
    """Iterate over the rows that delete (D) or add (A) quads."""
    for text in sorted(map(row, quads)):
        yield f"{letter} {text} ."


def row(quad: Quad) -> str:
    """Return the terms of a quad; the graph's stands last and is left out where it is unnamed."""
    terms = [str(quad.subject), str(quad.predicate), str(quad.object)]
    if isinstance(quad.graph_name, NamedNode):
        terms.append(str(quad.graph_name))
    return " ".join(f"<{term}>" if term.startswith("_:") else term for term in terms)
