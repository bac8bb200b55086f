"""Templates of an update: quads with places for the solutions of a WHERE part."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias
from uuid import uuid4

from akteursmodell.graph.embedded import Row
from akteursmodell.graph.terms import (
    BlankNode,
    DefaultGraph,
    Graph,
    NamedNode,
    Quad,
    Term,
    Triple,
)
from akteursmodell.graph.tokens import tokens

__all__ = ["Places", "fill", "retargeted", "with_fresh_blanks", "with_placeholders"]

Places: TypeAlias = Mapping[NamedNode, int]
"""For the IRI that stands for a variable its column in a row of solutions."""

PRIVATE = f"urn:uuid:{uuid4()}:"


def with_placeholders(block: str, names: dict[NamedNode, str]) -> str:
    """Put private IRIs for the variables of a block, and note which stands for which."""
    return "".join(
        placeholder(token.text[1:], names) if token.kind == "variable" else token.text
        for token in tokens(block)
    )


def placeholder(name: str, names: dict[NamedNode, str]) -> str:
    """Return the IRI of a variable as it is written; nobody else can know it."""
    node = NamedNode(PRIVATE + name)
    names[node] = name
    return str(node)


def fill(template: list[Quad], rows: list[Row], places: Places) -> Iterator[Quad]:
    """Return the quads that solutions make of a template.

    A quad with an unbound variable, or with a term where it cannot stand, is left out. Each
    solution has blank nodes of its own.
    """
    fixed = [quad for quad in template if not varies(quad, places)]
    if rows:
        yield from fixed
    varying = [quad for quad in template if varies(quad, places)]
    if not varying:
        return
    for row in rows:
        blanks: dict[BlankNode, BlankNode] = {}
        for quad in varying:
            subject = filled(quad.subject, row, places, blanks)
            predicate = filled(quad.predicate, row, places, blanks)
            value = filled(quad.object, row, places, blanks)
            graph = filled(quad.graph_name, row, places, blanks)
            if (
                isinstance(subject, NamedNode | BlankNode)
                and isinstance(predicate, NamedNode)
                and value is not None
                and isinstance(graph, NamedNode | DefaultGraph)
            ):
                # What a term of a quad becomes is a term, never the default graph.
                yield Quad(subject, predicate, value, graph)  # type: ignore[arg-type]


def varies(quad: Quad, places: Places) -> bool:
    """Whether a quad of a template differs from solution to solution."""
    parts = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    return any(term in places or isinstance(term, BlankNode | Triple) for term in parts)


def filled(
    term: Term | Graph, row: Row, places: Places, blanks: dict[BlankNode, BlankNode]
) -> Term | Graph | None:
    """Return what a solution makes of a term; None where it makes none."""
    if isinstance(term, NamedNode):
        return row[places[term]] if term in places else term
    if isinstance(term, BlankNode):
        return blanks.setdefault(term, BlankNode())
    if isinstance(term, Triple):
        subject = filled(term.subject, row, places, blanks)
        predicate = filled(term.predicate, row, places, blanks)
        value = filled(term.object, row, places, blanks)
        sound = isinstance(subject, NamedNode | BlankNode) and isinstance(predicate, NamedNode)
        # The parts are what `sound` and the line below have found them to be.
        return Triple(subject, predicate, value) if sound and value is not None else None  # type: ignore[arg-type]
    return term


def retargeted(quad: Quad, graph: NamedNode | DefaultGraph) -> Quad:
    """Return a quad put into another graph."""
    return Quad(quad.subject, quad.predicate, quad.object, graph)


def with_fresh_blanks(quads: Iterable[Quad], graph: NamedNode | DefaultGraph) -> list[Quad]:
    """Return quads put into a graph, their blank nodes being new ones."""
    blanks: dict[BlankNode, BlankNode] = {}
    # A subject stays a subject and an object an object: only blank nodes become others.
    return [
        Quad(
            filled(quad.subject, (), {}, blanks),  # type: ignore[arg-type]
            quad.predicate,
            filled(quad.object, (), {}, blanks),  # type: ignore[arg-type]
            graph,
        )
        for quad in quads
    ]
