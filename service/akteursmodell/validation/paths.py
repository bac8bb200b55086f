"""Property paths: read from shapes, walked over data, written as SPARQL and as RDF.

https://www.w3.org/TR/shacl/#property-paths
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from akteursmodell.errors import Text
from akteursmodell.graph.terms import NamedNode, Term
from akteursmodell.validation.faults import ShapesError
from akteursmodell.validation.views import View, rdf, sh

__all__ = [
    "AnyStep",
    "Choice",
    "Inverse",
    "Path",
    "Repeat",
    "Sequence",
    "Step",
    "inverse",
    "read_path",
    "sparql",
    "walk",
]


@dataclass(frozen=True)
class Step:
    """One predicate, from subject to object."""

    predicate: NamedNode


@dataclass(frozen=True)
class AnyStep:
    """Any predicate; queries have it, shapes do not."""


@dataclass(frozen=True)
class Inverse:
    """A path from its end to its start."""

    path: "Path"


@dataclass(frozen=True)
class Sequence:
    """Paths one after the other."""

    paths: tuple["Path", ...]


@dataclass(frozen=True)
class Choice:
    """Any of some paths."""

    paths: tuple["Path", ...]


@dataclass(frozen=True)
class Repeat:
    """A path as often as one likes: `least` is 0 or 1, `once` forbids more than one time."""

    path: "Path"
    least: int
    once: bool


Path: TypeAlias = Step | AnyStep | Inverse | Sequence | Choice | Repeat
REPEATED = {
    sh("zeroOrMorePath"): (0, False),
    sh("oneOrMorePath"): (1, False),
    sh("zeroOrOnePath"): (0, True),
}
MARKS = {(0, False): "*", (1, False): "+", (0, True): "?"}


def read_path(shapes: View, node: Term) -> Path:
    """Return the path that a node of the shapes graph stands for; raises ShapesError."""
    return read(shapes, node, ())


def read(shapes: View, node: Term, above: tuple[Term, ...]) -> Path:
    """Read a path below others; one that holds itself is refused."""
    if node in above:
        raise bad_path(node)
    if isinstance(node, NamedNode):
        return Step(node)
    above = (*above, node)
    if shapes.objects(node, rdf("first")):
        return Sequence(tuple(read(shapes, member, above) for member in shapes.items(node)))
    for part in shapes.objects(node, sh("inversePath")):
        return inverse(read(shapes, part, above))
    for part in shapes.objects(node, sh("alternativePath")):
        return Choice(tuple(read(shapes, member, above) for member in shapes.items(part)))
    for predicate, (least, once) in REPEATED.items():
        for part in shapes.objects(node, predicate):
            return Repeat(read(shapes, part, above), least, once)
    raise bad_path(node)


def bad_path(node: Term) -> ShapesError:
    """Say that a path cannot be read."""
    return ShapesError(
        Text(f"Der Pfad {node} ist nicht zu lesen.", f"The path {node} cannot be read.")
    )


def inverse(path: Path) -> Path:
    """Return the path walked from its end, with the inversions at the predicates."""
    if isinstance(path, Inverse):
        return path.path
    if isinstance(path, Sequence):
        return Sequence(tuple(inverse(part) for part in reversed(path.paths)))
    if isinstance(path, Choice):
        return Choice(tuple(inverse(part) for part in path.paths))
    if isinstance(path, Repeat):
        return Repeat(inverse(path.path), path.least, path.once)
    return Inverse(path)


def walk(data: View, node: Term, path: Path) -> tuple[Term, ...]:
    """Return the value nodes of a path, each once."""
    if isinstance(path, Step):
        return data.objects(node, path.predicate)
    if isinstance(path, Inverse) and isinstance(path.path, Step):
        return data.subjects(path.path.predicate, node)
    return tuple(dict.fromkeys(far(data, node, path)))


def far(data: View, node: Term, path: Path) -> Iterator[Term]:
    """Walk a path that is more than one step."""
    if isinstance(path, Sequence):
        reached: Iterable[Term] = (node,)
        for part in path.paths:
            reached = dict.fromkeys(end for start in reached for end in walk(data, start, part))
        yield from reached
    elif isinstance(path, Choice):
        for part in path.paths:
            yield from walk(data, node, part)
    elif isinstance(path, Repeat):
        yield from repeated(data, node, path)
    else:
        raise TypeError(path)


def repeated(data: View, node: Term, path: Repeat) -> Iterator[Term]:
    """Walk a path with `*`, `+` or `?`."""
    if path.least == 0:
        yield node
    seen: set[Term] = set()
    agenda = [node]
    while agenda:
        for end in walk(data, agenda.pop(), path.path):
            if end not in seen:
                seen.add(end)
                yield end
                if not path.once:
                    agenda.append(end)


def sparql(path: Path) -> str:
    """Return the path in the syntax of SPARQL."""
    if isinstance(path, Step):
        return str(path.predicate)
    if isinstance(path, Inverse):
        return f"^{sparql(path.path)}"
    if isinstance(path, Sequence):
        return "(" + "/".join(map(sparql, path.paths)) + ")"
    if isinstance(path, Choice):
        return "(" + "|".join(map(sparql, path.paths)) + ")"
    if isinstance(path, Repeat):
        return f"({sparql(path.path)}){MARKS[path.least, path.once]}"
    raise TypeError(path)
