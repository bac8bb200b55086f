"""Two writers, one statement: who comes second is told what changed meanwhile.

The rule: a change that names the data state on which it was made up is refused if a newer one
altered what somebody entered about the same subject and predicate, in whatever graph, or made or
dropped a graph that it makes or drops. Everything else goes through. What comes to nothing at the
newest data state is no conflict.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from akteursmodell.errors import AkteursmodellError, InputError, Lang, Text
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import Quad
from akteursmodell.history.journal import Journal
from akteursmodell.history.revisions import Revision, entered, restricted
from akteursmodell.query.labels import labels

__all__ = ["ConflictError", "overlap", "refuse_overtaken", "told_changes"]

MOST = 20
"""Statements of one data state that are told; the history has all of them."""


class ConflictError(AkteursmodellError):
    """Somebody else changed the same meanwhile; carries what, in words and as data."""

    status = 409
    exit_code = 1

    def __init__(self, message: Text, hint: Text, changes: list[dict[str, Any]]) -> None:
        """Take what to say and what `told_changes` made."""
        super().__init__(message, hint)
        self.changes = changes


def refuse_overtaken(journal: Journal, change: ChangeSet, base: int, data: EmbeddedStore) -> None:
    """Raise ConflictError if data states after `base` touched what the change touches.

    `data` gives the words. Raises InputError for a base that the journal does not know.
    """
    if not journal.begins <= base <= journal.latest:
        raise InputError(
            Text(f"Den Datenstand {base} gibt es nicht.", f"There is no data state {base}."),
            Text(
                f"Der Verlauf reicht von {journal.begins} bis {journal.latest}.",
                f"The history reaches from {journal.begins} to {journal.latest}.",
            ),
        )
    keys = {(quad.subject, quad.predicate) for quad in (*change.deletes, *change.inserts)}
    graphs = change.created | change.dropped

    def concerned(quad: Quad) -> bool:
        return (quad.subject, quad.predicate) in keys

    found = []
    for number in journal.touching({str(s) for s, _ in keys}, base, map(str, graphs)):
        common = overlap(journal.change(number), concerned)
        if not common.is_empty and (common.deletes or common.inserts or common.graphs & graphs):
            found.append((journal.revision(number), common))
    if found:
        raise overtaken(base, found, data)


def overlap(change: ChangeSet, concerned: Callable[[Quad], bool]) -> ChangeSet:
    """Return the part of a change that somebody entered and that concerns something."""
    return restricted(entered(change), concerned)


def overtaken(
    base: int, found: list[tuple[Revision, ChangeSet]], data: EmbeddedStore
) -> ConflictError:
    """Say who changed what since the base."""
    last = found[-1][0].number
    return ConflictError(
        Text(
            f"Inzwischen geändert: Seit dem Datenstand {base} haben andere geändert, was Sie "
            f"ändern wollen: {who(found, 'de')}. Die Änderung wird nicht gespeichert.",
            f"Changed meanwhile: since data state {base} others changed what you want to change: "
            f"{who(found, 'en')}. The change is not stored.",
        ),
        Text(
            f"Sehen Sie nach, ob Ihre Änderung noch stimmt, und senden Sie sie dann mit dem "
            f"Datenstand {last} als Grundlage.",
            f"See whether your change still holds, then send it with data state {last} as its "
            "base.",
        ),
        told_changes(found, data),
    )


def who(found: Iterable[tuple[Revision, ChangeSet]], lang: Lang) -> str:
    """Name the data states with their authors and reasons."""
    state, quotes = ("Datenstand", "„{}“") if lang == "de" else ("data state", "“{}”")
    return "; ".join(
        f"{state} {each.number} ({each.author}, {each.time[:16].replace('T', ' ')} UTC: "
        f"{quotes.format(each.reason)})"
        for each, _ in found
    )


def told_changes(
    found: Iterable[tuple[Revision, ChangeSet]], data: EmbeddedStore
) -> list[dict[str, Any]]:
    """Return data states and their statements as plain data, with words in both languages."""
    return [
        {
            "revision": each.number,
            "time": each.time,
            "author": each.author,
            "reason": each.reason,
            "removed": sorted(map(str, change.deletes))[:MOST],
            "added": sorted(map(str, change.inserts))[:MOST],
            "more": sum(max(0, len(part) - MOST) for part in (change.deletes, change.inserts)),
            "de": list(words(change, data, "de")),
            "en": list(words(change, data, "en")),
        }
        for each, change in found
    ]


def words(change: ChangeSet, data: EmbeddedStore, lang: Lang) -> Iterator[str]:
    """Tell the first statements of a change: the thing, the property, the value."""
    halves = ((change.deletes, "entfernt", "removed"), (change.inserts, "neu", "new"))
    for quads, german, english in halves:
        shown = sorted(quads, key=str)[:MOST]
        known = labels(data, [t for q in shown for t in (q.subject, q.predicate, q.object)], lang)
        for quad in shown:
            thing, name, value = (known[t] for t in (quad.subject, quad.predicate, quad.object))
            yield f"{german if lang == 'de' else english}: {thing} – {name}: {value}"
