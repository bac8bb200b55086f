"""A change written in SPARQL Update, so that the engine does the whole of it or nothing."""

from collections.abc import Callable, Iterable

from pyoxigraph import DefaultGraph

from akteursmodell.graph.terms import BlankNode, Graph, Literal, NamedNode, Quad, Term, Triple

__all__ = ["UpdateWriter"]

FUNCTION = "urn:x-akteursmodell:change:"
PARTS = ("subject", "predicate", "object", "graph_name")


class UpdateWriter:
    """Writes a change as SPARQL Update.

    SPARQL has no words for a stored blank node, so quads with one are numbered, and the engine asks
    a function for the terms of each number.
    """

    def __init__(self) -> None:
        """Begin without operations."""
        self.operations: list[str] = []
        self._numbered: list[Quad] = []

    def write(self, verb: str, quads: Iterable[Quad]) -> None:
        """Add the operations that delete or insert quads."""
        plain: list[Quad] = []
        triples: list[Quad] = []
        named: list[Quad] = []
        for quad in quads:
            if all(map(has_words, (quad.subject, quad.object, quad.graph_name))):
                plain.append(quad)
            elif isinstance(quad.graph_name, DefaultGraph):
                triples.append(quad)
            else:
                named.append(quad)
        if plain:
            self.operations.append(f"{verb} DATA {{ {data_block(plain)} }}")
        if triples:
            self._number(f"{verb} {{ ?subject ?predicate ?object }}", PARTS[:3], triples)
        if named:
            template = f"{verb} {{ GRAPH ?graph_name {{ ?subject ?predicate ?object }} }}"
            self._number(template, PARTS, named)

    def _number(self, template: str, parts: Iterable[str], quads: list[Quad]) -> None:
        first = len(self._numbered)
        self._numbered += quads
        numbers = " ".join(map(str, range(first, len(self._numbered))))
        binds = " ".join(f"BIND(<{FUNCTION}{part}>(?n) AS ?{part})" for part in parts)
        self.operations.append(f"{template} WHERE {{ VALUES ?n {{ {numbers} }} {binds} }}")

    def functions(self) -> dict[NamedNode, Callable[..., Term | None]]:
        """Return the functions that the operations call."""
        return {NamedNode(FUNCTION + part): self._reader(part) for part in PARTS}

    def _reader(self, part: str) -> Callable[..., Term | None]:
        def read(number: Literal) -> Term | None:
            term: Term = getattr(self._numbered[int(number.value)], part)
            return term

        return read


def has_words(term: Term | Graph) -> bool:
    """Whether SPARQL can name a term; blank nodes would be new ones, triples may hold some."""
    return not isinstance(term, BlankNode | Triple)


def data_block(quads: Iterable[Quad]) -> str:
    """Write quads as SPARQL quad data."""
    lines = []
    for quad in quads:
        triple = f"{quad.subject} {quad.predicate} {quad.object} ."
        named = isinstance(quad.graph_name, NamedNode)
        lines.append(f"GRAPH {quad.graph_name} {{ {triple} }}" if named else triple)
    return "\n".join(lines)
