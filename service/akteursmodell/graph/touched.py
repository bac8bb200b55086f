"""What the last changes of a store say something about."""

from collections import deque

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.terms import Subject

__all__ = ["Touched"]

KEPT = 64
LARGE = 2_000
"""From so many quads on a change counts as one that may touch everything."""


class Touched:
    """Remembers the subjects of the last changes, without gaps between their revisions."""

    def __init__(self) -> None:
        """Begin without any change."""
        self._changes: deque[tuple[int, frozenset[Subject] | None]] = deque(maxlen=KEPT)

    def note(self, revision: int, change: ChangeSet) -> None:
        """Remember a change that led to a revision."""
        quads = len(change.inserts) + len(change.deletes)
        small = quads < LARGE and not (change.dropped or change.created)
        subjects = (quad.subject for each in (change.deletes, change.inserts) for quad in each)
        self._changes.append((revision, frozenset(subjects) if small else None))

    def since(self, revision: int, now: int) -> frozenset[Subject] | None:
        """Return the subjects of all changes between two revisions; None where one is missing."""
        after = [change for change in self._changes if revision < change[0] <= now]
        complete = [subjects for _, subjects in after if subjects is not None]
        gapless = {number for number, _ in after} == set(range(revision + 1, now + 1))
        whole = gapless and len(complete) == len(after)
        return frozenset[Subject]().union(*complete) if whole else None
