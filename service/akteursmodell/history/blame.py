"""Since when each statement about a thing stands in the data, by whom and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.history.journal import Journal
from akteursmodell.history.revisions import Revision

__all__ = ["Since", "blame", "origins_of"]


@dataclass(frozen=True)
class Since:
    """Statements that came with the same data state; `revision` is None before the journal."""

    revision: Revision | None
    quads: tuple[Quad, ...]


def blame(journal: Journal, thing: NamedNode, present: Iterable[Quad], until: int) -> list[Since]:
    """Return where the present statements about a thing come from, the newest first.

    A statement comes from the last change that brought it in, up to the data state `until`.
    """
    origins = dict.fromkeys(sorted(present, key=str), 0)
    for number in journal.touching([str(thing)]):
        if number <= until:
            for quad in journal.change_about(number, thing).inserts & origins.keys():
                origins[quad] = number
    by_revision: dict[int, list[Quad]] = {}
    for quad, number in origins.items():
        by_revision.setdefault(number, []).append(quad)
    return [
        Since(journal.revision(number) if number else None, tuple(by_revision[number]))
        for number in sorted(by_revision, reverse=True)
    ]


def origins_of(
    journal: Journal, present: Iterable[Quad], until: int
) -> dict[Quad, Revision | None]:
    """Return the data state that brought in each of some statements, None before the journal.

    As `blame`, for statements about many things, each change being read once.
    """
    origins: dict[Quad, Revision | None] = dict.fromkeys(present)
    things = {quad.subject for quad in origins if isinstance(quad.subject, NamedNode)}
    for number in journal.touching(map(str, things)):
        if number <= until:
            revision = journal.revision(number)
            inserted = journal.change_about(number, *things).inserts
            origins.update(dict.fromkeys(inserted & origins.keys(), revision))
    return origins
