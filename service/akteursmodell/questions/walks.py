"""The statements along a property path from one node to another.

Semantics: https://www.w3.org/TR/sparql11-query/#propertypaths. Of a path that repeats a step (`*`,
`+`, `?`) the shortest way is told, since it asks only whether there is one; of others each way.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

import rdflib
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

from akteursmodell.graph.store import Readable
from akteursmodell.graph.terms import BlankNode, NamedNode, Term, Triple
from akteursmodell.questions.algebra import unread

__all__ = ["Way", "ways"]

Way: TypeAlias = tuple[Triple, ...]
Path: TypeAlias = Any


def ways(source: Readable, start: Term, path: Path, end: Term) -> list[Way]:
    """Return the ways along a path between two nodes."""
    return list(dict.fromkeys(way for node, way in steps(source, start, path) if node == end))


def steps(source: Readable, start: Term, path: Path) -> Iterator[tuple[Term, Way]]:
    """Iterate over the nodes that a path leads to, each with a way."""
    if isinstance(path, rdflib.URIRef):
        yield from along(source, start, NamedNode(str(path)))
    elif isinstance(path, InvPath):
        yield from against(source, start, path.arg)
    elif isinstance(path, AlternativePath):
        for each in path.args:
            yield from steps(source, start, each)
    elif isinstance(path, SequencePath):
        yield from sequence(source, start, path.args)
    elif isinstance(path, MulPath):
        yield from repeated(source, start, path)
    else:
        raise unread(str(path))


def along(source: Readable, start: Term, predicate: NamedNode) -> Iterator[tuple[Term, Way]]:
    """Follow a property."""
    if isinstance(start, NamedNode | BlankNode):
        for quad in source.quads(start, predicate):
            yield quad.object, (Triple(start, predicate, quad.object),)


def against(source: Readable, start: Term, path: Path) -> Iterator[tuple[Term, Way]]:
    """Follow a property backwards, or a path of which each part is followed backwards."""
    if isinstance(path, rdflib.URIRef):
        predicate = NamedNode(str(path))
        for quad in source.quads(None, predicate, start):
            yield quad.subject, (Triple(quad.subject, predicate, start),)
    elif isinstance(path, InvPath):
        yield from steps(source, start, path.arg)
    elif isinstance(path, AlternativePath):
        for each in path.args:
            yield from against(source, start, each)
    elif isinstance(path, SequencePath):
        yield from sequence(source, start, [InvPath(each) for each in reversed(path.args)])
    elif isinstance(path, MulPath):
        yield from repeated(source, start, MulPath(InvPath(path.path), path.mod))
    else:
        raise unread(str(path))


def sequence(source: Readable, start: Term, parts: list[Path]) -> Iterator[tuple[Term, Way]]:
    """Follow one path after the other."""
    if not parts:
        yield start, ()
        return
    for node, way in steps(source, start, parts[0]):
        for end, rest in sequence(source, node, parts[1:]):
            yield end, way + rest


def repeated(source: Readable, start: Term, path: MulPath) -> Iterator[tuple[Term, Way]]:
    """Follow a path any number of times, at least once, or at most once: to each node once."""
    found: dict[Term, Way] = {}
    if path.mod in ("*", "?"):
        found[start] = ()
    border: list[tuple[Term, Way]] = [(start, ())]
    while border:
        further = []
        for node, way in border:
            for end, rest in steps(source, node, path.path):
                if end not in found:
                    found[end] = way + rest
                    further.append((end, found[end]))
        border = [] if path.mod == "?" else further
    yield from found.items()
