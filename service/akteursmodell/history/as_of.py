"""The data as they were: what has to change to come from one data state to another.

The journal is walked from the present backward, or forward again; the cost follows what changed in
between, not the size of the data.
"""

from collections.abc import Iterator

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.store import Readable
from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.history.journal import Journal
from akteursmodell.history.revisions import entered
from akteursmodell.vocabulary import SYSTEM_GRAPH

__all__ = ["check_known", "difference", "quads_at"]

SYSTEM = NamedNode(SYSTEM_GRAPH)


def check_known(journal: Journal, number: int) -> None:
    """Raise NotFoundError for a data state that the journal cannot tell."""
    if not journal.begins <= number <= journal.latest:
        raise journal.unknown(number)


def difference(journal: Journal, start: int, end: int) -> ChangeSet:
    """Return the one change that leads from a data state to another, earlier or later.

    Raises NotFoundError where the journal does not reach that far.
    """
    for number in (start, end):
        check_known(journal, number)
    minus, plus = set[Quad](), set[Quad]()
    made, unmade = set[NamedNode](), set[NamedNode]()
    for change in steps(journal, start, end):
        for quad in change.deletes:
            (plus.discard if quad in plus else minus.add)(quad)
        for quad in change.inserts:
            (minus.discard if quad in minus else plus.add)(quad)
        for graph in change.dropped:
            (made.discard if graph in made else unmade.add)(graph)
        for graph in change.created:
            (unmade.discard if graph in unmade else made.add)(graph)
    return ChangeSet(
        frozenset(minus), frozenset(plus), "", "",
        base=start, created=frozenset(made), dropped=frozenset(unmade),
    )  # fmt: skip


def steps(journal: Journal, start: int, end: int) -> Iterator[ChangeSet]:
    """Iterate over the changes between two data states, in the direction of the walk."""
    if end >= start:
        for _, change in journal.changes(start, end):
            yield change
    else:
        for number in range(start, end, -1):
            yield journal.change(number).inverse()


def quads_at(store: Readable, journal: Journal, present: int, wanted: int) -> Iterator[Quad]:
    """Iterate over all quads of a data state, from a store that has another.

    What follows is among them, the system's own graph is not.
    """
    way = difference(journal, present, wanted)

    def found() -> Iterator[Quad]:
        for quad in store.quads():
            if quad.graph_name != SYSTEM and quad not in way.deletes:
                yield quad
        yield from entered_first(way)

    return found()


def entered_first(change: ChangeSet) -> Iterator[Quad]:
    """Iterate over what a change inserts, what follows last, in a fixed order."""
    people = entered(change).inserts
    yield from sorted(people, key=str)
    yield from sorted(change.inserts - people, key=str)
