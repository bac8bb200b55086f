"""The journal: every change as it was stored, one entry a data state, in a SQLite file.

An entry is on the disk (WAL, `synchronous=FULL`: https://www.sqlite.org/pragma.html) before the
store takes the change. One connection writes; any process may read beside it.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from akteursmodell.errors import NotFoundError, Text
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.terms import NamedNode
from akteursmodell.history.layout import (
    index,
    not_readable,
    not_written,
    packed,
    prepared,
    unpacked,
)
from akteursmodell.history.revisions import Redaction, Revision, entered, inferred

__all__ = ["Journal", "journal_beside", "now"]

WAIT = 10.0
FIELDS = """revision, time, author, reason, source, base, undoes, added, removed, derived,
    underived, findings"""
ABOUT_SUBJECT = "SELECT revision FROM subject WHERE term = ? AND revision > ?"
IN_GRAPH = "SELECT revision FROM graph WHERE term = ? AND revision > ?"
INSERT = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
RETRACT = (
    "DELETE FROM entry WHERE revision = ?",
    "DELETE FROM subject WHERE revision = ?",
    "DELETE FROM graph WHERE revision = ?",
)


def journal_beside(folder: Path) -> Path:
    """Return the file of the journal that belongs to a store folder."""
    real = folder.resolve()
    return real.with_name(real.name + ".journal")


def now() -> str:
    """Return the time as entries keep it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Journal:
    """The entries of one store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection; use `open`, `in_memory` or `reading` to get one."""
        self._connection = connection

    @classmethod
    def open(cls, file: Path, *, durable: bool = True) -> "Journal":
        """Open the journal in a file to write, and make it where there is none.

        Without `durable` nothing is synced: for data that are gone with the process anyway. Raises
        StoreError where the file is no journal, or one of a later version.
        """
        try:
            connection = sqlite3.connect(
                file, timeout=WAIT, isolation_level=None, check_same_thread=False
            )
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
            connection.execute("PRAGMA secure_delete = ON")
            return cls(prepared(connection, file))
        except sqlite3.Error as fault:
            raise not_readable(file, fault) from None

    @classmethod
    def in_memory(cls) -> "Journal":
        """Return a journal that is gone with the process."""
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        return cls(prepared(connection, Path(":memory:")))

    @classmethod
    @contextmanager
    def reading(cls, file: Path) -> Iterator["Journal"]:
        """Read the journal in a file, beside whoever writes it."""
        try:
            connection = sqlite3.connect(
                f"file:{quote(str(file))}?mode=ro", uri=True, timeout=WAIT, isolation_level=None
            )
            try:
                yield cls(connection)
            finally:
                connection.close()
        except sqlite3.Error as fault:
            raise not_readable(file, fault) from None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Do several statements as one; on return they are on the disk."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def whole(self) -> Iterator[sqlite3.Connection]:
        """Work on the file as a whole, which no transaction can."""
        yield self._connection

    def mark(self, name: str) -> str:
        """Return what was noted under a name, empty where nothing was."""
        row = self._connection.execute("SELECT value FROM mark WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_mark(self, name: str, value: str) -> None:
        """Note something beside the entries."""
        self._connection.execute("INSERT OR REPLACE INTO mark VALUES (?, ?)", (name, value))

    @property
    def begins(self) -> int:
        """The data state before the first entry, the oldest that can be told."""
        return int(self.mark("begins") or 0)

    @property
    def latest(self) -> int:
        """The data state after the last entry."""
        row = self._connection.execute("SELECT max(revision) FROM entry").fetchone()
        return self.begins if row[0] is None else int(row[0])

    def append(self, number: int, change: ChangeSet, findings: str = "") -> None:
        """Write an entry; on return it is on the disk. Raises StoreError where that fails."""
        people, follows = entered(change), inferred(change)
        quads = [*change.deletes, *change.inserts]
        counts = [len(part) for half in (people, follows) for part in (half.inserts, half.deletes)]
        values = (
            *(number, now(), change.author, change.reason, change.source, change.base),
            *(change.undoes, *counts, findings, packed(change.to_bytes())),
        )
        graphs = {str(quad.graph_name) for quad in quads}
        graphs |= {str(graph) for graph in (*change.created, *change.dropped)}
        try:
            with self.transaction() as sql:
                sql.execute(INSERT, values)
                index(sql, number, quads, graphs)
        except sqlite3.Error as fault:
            raise not_written(fault) from fault

    def retract(self, number: int) -> None:
        """Take the last entry back: the store did not take its change."""
        with self.transaction() as sql:
            for statement in RETRACT:
                sql.execute(statement, (number,))

    def revision(self, number: int) -> Revision:
        """Return what is told of a data state; raises NotFoundError."""
        rows = self._revisions("WHERE revision = ?", (number,))
        if not rows:
            raise self.unknown(number)
        return rows[0]

    def change(self, number: int) -> ChangeSet:
        """Return the change that led to a data state; raises NotFoundError."""
        return ChangeSet.from_bytes(self._bytes(number))

    def change_about(self, number: int, *things: NamedNode) -> ChangeSet:
        """Return the part of a change that speaks of some things, without reading all of it."""
        return ChangeSet.about(self._bytes(number), *things)

    def _bytes(self, number: int) -> bytes:
        row = self._connection.execute(
            "SELECT change FROM entry WHERE revision = ?", (number,)
        ).fetchone()
        if row is None:
            raise self.unknown(number)
        return unpacked(row[0])

    def unknown(self, number: int) -> NotFoundError:
        """Say that there is no such data state, and which there are."""
        return NotFoundError(
            Text(f"Den Datenstand {number} gibt es nicht.", f"There is no data state {number}."),
            Text(
                f"Der Verlauf reicht von {self.begins} bis {self.latest}.",
                f"The history reaches from {self.begins} to {self.latest}.",
            ),
        )

    def changes(self, after: int, until: int | None = None) -> Iterator[tuple[int, ChangeSet]]:
        """Iterate over the changes after a data state, in order."""
        last = self.latest if until is None else until
        for number in range(after + 1, last + 1):
            yield number, self.change(number)

    def revisions(
        self, *, until: int, before: int = 0, graph: str = "", author: str = "", most: int = 50
    ) -> list[Revision]:
        """Return data states up to `until`, newest first; `before`, where not 0, excludes itself.

        `graph` is an IRI that the change touched.
        """
        where, values = ["revision <= ?"], list[Any]([until])
        if before:
            where.append("revision < ?")
            values.append(before)
        if author:
            where.append("author = ?")
            values.append(author)
        if graph:
            where.append("revision IN (SELECT revision FROM graph WHERE term = ?)")
            values.append(f"<{graph}>")
        return self._revisions(
            f"WHERE {' AND '.join(where)} ORDER BY revision DESC LIMIT ?", (*values, most)
        )

    def authors(self) -> list[str]:
        """Return everybody who made a change."""
        found = self._connection.execute("SELECT DISTINCT author FROM entry ORDER BY author")
        return [str(row[0]) for row in found]

    def graphs(self) -> list[str]:
        """Return the named graphs that any change touched."""
        found = self._connection.execute("SELECT DISTINCT term FROM graph ORDER BY term")
        return [str(row[0])[1:-1] for row in found if str(row[0]).startswith("<")]

    def touching(
        self, subjects: Iterable[str], after: int = 0, graphs: Iterable[str] = ()
    ) -> list[int]:
        """Return the data states after one that changed something about subjects, or in graphs.

        In order; the terms are written as in N-Triples.
        """
        found = set[int]()
        for query, terms in ((ABOUT_SUBJECT, subjects), (IN_GRAPH, graphs)):
            for term in terms:
                rows = self._connection.execute(query, (term, after))
                found.update(int(row[0]) for row in rows)
        return sorted(found)

    def _revisions(self, rest: str, values: tuple[Any, ...]) -> list[Revision]:
        query = f"SELECT {FIELDS} FROM entry {rest}"  # noqa: S608 -- words of ours; values apart
        rows = self._connection.execute(query, values).fetchall()
        return [replace(Revision(*row), redactions=self._redactions(row[0])) for row in rows]

    def _redactions(self, number: int) -> tuple[Redaction, ...]:
        rows = self._connection.execute(
            "SELECT time, author, reason, statements FROM redaction WHERE revision = ?", (number,)
        )
        return tuple(Redaction(*row) for row in rows)
