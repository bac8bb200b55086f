"""What the journal tells of one data state, and the two halves of its change."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.shipped import INFERRED
from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.vocabulary import SYSTEM_GRAPH

__all__ = ["RELEASE", "Redaction", "Revision", "entered", "inferred", "is_inferred", "restricted"]

RELEASE = "release"
"""The author of what a new version of the software brings."""
SYSTEM = NamedNode(SYSTEM_GRAPH)
FOLLOWS = NamedNode(INFERRED)


@dataclass(frozen=True)
class Redaction:
    """The tombstone of statements that were taken out of an entry on legal demand."""

    time: str
    author: str
    reason: str
    statements: int


@dataclass(frozen=True)
class Revision:
    """One data state: who made it from the one before, when, why, and how much that altered.

    `time` is in UTC (ISO 8601); `base` is the data state on which the change was made up, `undoes`
    the one that it takes back. `added` and `removed` count what was entered, `derived` and
    `underived` what follows. `findings` are the notes that the rules had (JSON).
    """

    number: int
    time: str
    author: str
    reason: str
    source: str
    base: int | None
    undoes: int | None
    added: int
    removed: int
    derived: int
    underived: int
    findings: str = ""
    redactions: tuple[Redaction, ...] = ()

    @property
    def is_release(self) -> bool:
        """Whether a version of the software made the change, not a person."""
        return self.author == RELEASE


def is_inferred(quad: Quad) -> bool:
    """Whether a statement only follows from others."""
    return quad.graph_name == FOLLOWS


def entered(change: ChangeSet) -> ChangeSet:
    """Return the part of a change that somebody entered."""
    return restricted(change, lambda quad: quad.graph_name not in (FOLLOWS, SYSTEM))


def inferred(change: ChangeSet) -> ChangeSet:
    """Return the part of a change that only follows."""
    none: frozenset[NamedNode] = frozenset()
    return replace(restricted(change, is_inferred), created=none, dropped=none)


def restricted(change: ChangeSet, wanted: Callable[[Quad], bool]) -> ChangeSet:
    """Return a change with some of its statements."""

    def some(quads: Iterable[Quad]) -> frozenset[Quad]:
        return frozenset(filter(wanted, quads))

    return replace(change, deletes=some(change.deletes), inserts=some(change.inserts))
