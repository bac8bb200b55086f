"""Taking statements out of the journal on legal demand, so that no byte of them is left.

Each entry that had one keeps a tombstone: when, by whom and why, and how many; not what.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace

from akteursmodell.errors import StoreError, Text
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.terms import BlankNode, Literal, NamedNode, Quad, Term, Triple
from akteursmodell.history.journal import Journal, now
from akteursmodell.history.layout import index, packed
from akteursmodell.history.revisions import entered, inferred, restricted

__all__ = ["Target", "redact"]

REMOVED = "[entfernt]"


@dataclass(frozen=True)
class Target:
    """What is to go: statements about a thing, with a property, or with a text in a value.

    What is None or empty does not matter; `text` is compared without regard to case, and in all
    parts of a statement.
    """

    subject: NamedNode | None = None
    predicate: NamedNode | None = None
    text: str = ""

    def __post_init__(self) -> None:
        """Refuse a target that would be everything."""
        if self.subject is None and not self.text:
            raise ValueError("a target names a thing or a text")

    def matches(self, quad: Quad) -> bool:
        """Whether a statement is meant."""
        return (
            (self.subject is None or quad.subject == self.subject)
            and (self.predicate is None or quad.predicate == self.predicate)
            and self.speaks_of(quad.subject, quad.predicate, quad.object)
        )

    def speaks_of(self, *terms: Term | str) -> bool:
        """Whether the text is in any of some terms."""
        return not self.text or any(self.text.casefold() in plain(t).casefold() for t in terms)


def plain(term: Term | str) -> str:
    """Return the text of a term."""
    if isinstance(term, Triple):
        return " ".join(map(plain, (term.subject, term.predicate, term.object)))
    return term.value if isinstance(term, NamedNode | Literal | BlankNode) else term


def redact(
    journal: Journal, target: Target, kept: frozenset[Quad], author: str, reason: str
) -> tuple[int, int]:
    """Take statements out of all entries; return how many, and of how many entries.

    `kept` are those that the store still has, since they follow from others or belong to a release.
    Where a text is meant, author, reason and source that have it are blanked too. Raises StoreError
    where the file is in use, so that the bytes could not be removed.
    """
    statements = entries = 0
    with journal.transaction() as sql:
        for number, change in journal.changes(journal.begins):
            gone = redacted(sql, number, change, lambda q: target.matches(q) and q not in kept)
            blanked = blank(sql, number, target)
            if gone or blanked:
                sql.execute(
                    "INSERT INTO redaction VALUES (?, ?, ?, ?, ?)",
                    (number, now(), author, reason, gone),
                )
                statements, entries = statements + gone, entries + 1
    scrub(journal)
    return statements, entries


def redacted(
    sql: sqlite3.Connection, number: int, change: ChangeSet, gone: Callable[[Quad], bool]
) -> int:
    """Write an entry without some statements; return how many these are."""
    rest = restricted(change, lambda quad: not gone(quad))
    count = len(change.deletes) + len(change.inserts) - len(rest.deletes) - len(rest.inserts)
    if count:
        write(sql, number, rest)
    return count


def write(sql: sqlite3.Connection, number: int, change: ChangeSet) -> None:
    """Write an entry anew: the change, its counts, what it touches; its findings go."""
    people, follows = entered(change), inferred(change)
    quads = [*change.deletes, *change.inserts]
    sql.execute(
        "UPDATE entry SET added = ?, removed = ?, derived = ?, underived = ?, findings = '', "
        "change = ? WHERE revision = ?",
        (
            *(len(people.inserts), len(people.deletes), len(follows.inserts)),
            *(len(follows.deletes), packed(change.to_bytes()), number),
        ),
    )
    sql.execute("DELETE FROM subject WHERE revision = ?", (number,))
    sql.execute("DELETE FROM graph WHERE revision = ?", (number,))
    graphs = {str(quad.graph_name) for quad in quads}
    index(sql, number, quads, graphs | {str(g) for g in (*change.created, *change.dropped)})


def blank(sql: sqlite3.Connection, number: int, target: Target) -> bool:
    """Blank author, reason, source and findings of an entry where they have the text."""
    if not target.text:
        return False
    row = sql.execute(
        "SELECT author, reason, source, findings FROM entry WHERE revision = ?", (number,)
    ).fetchone()
    if not target.speaks_of(*row):
        return False
    author, reason, source = (REMOVED if target.speaks_of(text) else text for text in row[:3])
    change = replace(Journal(sql).change(number), author=author, reason=reason, source=source)
    sql.execute(
        "UPDATE entry SET author = ?, reason = ?, source = ?, findings = '', change = ? "
        "WHERE revision = ?",
        (author, reason, source, packed(change.to_bytes()), number),
    )
    return True


def scrub(journal: Journal) -> None:
    """Write the file anew, and leave nothing in its write-ahead log."""
    with journal.whole() as sql:
        sql.execute("VACUUM")
        (busy, _, _) = sql.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StoreError(
            Text(
                "Der Verlauf wird gerade gelesen; Reste stehen noch in der Datei.",
                "The journal is being read; traces are still in the file.",
            ),
            Text("Beenden Sie den Dienst, und wiederholen Sie.", "End the service, and repeat."),
        )
