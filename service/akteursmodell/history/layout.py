"""The file of the journal: its tables, how a change is packed, and what is said when it fails."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import zstandard

from akteursmodell.errors import StoreError, Text
from akteursmodell.graph.terms import Quad

__all__ = ["index", "not_readable", "not_written", "packed", "prepared", "unpacked"]

FORMAT = 1
SMALL = 4096
"""Bytes up to which a change is kept as it is; larger ones are compressed."""
MAGIC = b"\x28\xb5\x2f\xfd"
SCHEMA = f"""
CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (
    revision INTEGER PRIMARY KEY, time TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL,
    source TEXT NOT NULL, base INTEGER, undoes INTEGER, added INTEGER NOT NULL,
    removed INTEGER NOT NULL, derived INTEGER NOT NULL, underived INTEGER NOT NULL,
    findings TEXT NOT NULL, change BLOB NOT NULL
);
CREATE TABLE subject (
    term TEXT, revision INTEGER, PRIMARY KEY (term, revision)
) WITHOUT ROWID;
CREATE TABLE graph (
    term TEXT, revision INTEGER, PRIMARY KEY (term, revision)
) WITHOUT ROWID;
CREATE TABLE redaction (
    revision INTEGER NOT NULL, time TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL,
    statements INTEGER NOT NULL
);
PRAGMA user_version = {FORMAT};
"""


def index(
    sql: sqlite3.Connection, number: int, quads: Iterable[Quad], graphs: Iterable[str]
) -> None:
    """Note which subjects and graphs an entry touches."""
    subjects = sorted({str(quad.subject) for quad in quads})
    sql.executemany("INSERT INTO subject VALUES (?, ?)", ((term, number) for term in subjects))
    sql.executemany("INSERT INTO graph VALUES (?, ?)", ((term, number) for term in sorted(graphs)))


def prepared(connection: sqlite3.Connection, file: Path) -> sqlite3.Connection:
    """Make the tables where there are none; refuse those of a later version."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found == 0:
        connection.executescript(f"BEGIN IMMEDIATE; {SCHEMA} COMMIT;")
    elif found != FORMAT:
        connection.close()
        raise not_readable(file, f"format {found}")
    return connection


def packed(data: bytes) -> bytes:
    """Return a change as the file keeps it."""
    return zstandard.compress(data) if len(data) > SMALL else data


def unpacked(data: bytes) -> bytes:
    """Return a change as it was given."""
    return zstandard.decompress(data) if data.startswith(MAGIC) else data


def not_readable(file: Path, fault: object) -> StoreError:
    """Say that a file is no journal that can be read here."""
    return StoreError(
        Text(
            f"Der Verlauf {file.name} lässt sich nicht lesen: {fault}",
            f"The journal {file.name} cannot be read: {fault}",
        ),
        Text(
            "Er gehört neben den Datenordner; stellen Sie beide zusammen wieder her.",
            "It belongs beside the store folder; restore both together.",
        ),
    )


def not_written(fault: sqlite3.Error) -> StoreError:
    """Say that nothing was stored, since the journal could not be written."""
    return StoreError(
        Text(
            f"Der Verlauf lässt sich nicht schreiben: {fault}. Die Änderung ist nicht gespeichert.",
            f"The journal cannot be written: {fault}. The change is not stored.",
        )
    )
