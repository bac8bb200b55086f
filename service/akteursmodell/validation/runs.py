"""Which validations there were: when, of what, how long, with how many findings.

Kept in a small SQLite file that the processes of the service share; the oldest go. A run that
cannot be kept stops nobody: the data count, not what is known of their checks.
"""

import logging
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeAlias

__all__ = ["SUFFIX", "Kind", "Run", "Runs"]

LOG = logging.getLogger("akteursmodell")
SUFFIX = ".runs"
"""Of the file, which lies beside the store folder: that folder may be replaced by another."""
MOST = 2000
PATIENCE = 5.0
Kind: TypeAlias = Literal["data", "write", "dry-run", "shapes"]
"""`data` are the data as they are served, `write` as they would be after a write, `dry-run` the
same for a dry run; `shapes` are validations against shapes of somebody else."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS validation_run (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL, kind TEXT NOT NULL, revision INTEGER NOT NULL,
  seconds REAL NOT NULL, errors INTEGER NOT NULL, notes INTEGER NOT NULL
)"""


@dataclass(frozen=True)
class Run:
    """One validation: its end (UTC, ISO 8601), its kind, the data state that it began from.

    `errors` and `notes` are the numbers of violations and warnings; a write or a dry run with
    errors was, or would be, refused.
    """

    at: str
    kind: Kind
    revision: int
    seconds: float
    errors: int
    notes: int

    @classmethod
    def now(cls, kind: Kind, revision: int, seconds: float, errors: int, notes: int) -> "Run":
        """Return a run that ends just now."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        return cls(at, kind, revision, round(seconds, 6), errors, notes)


COLUMNS = ", ".join(field.name for field in fields(Run))


class Runs:
    """The runs in a file, or in the memory of this process where there is none."""

    def __init__(self, file: Path | None = None) -> None:
        """Take the file; it is opened when it is first needed, anew after a fork."""
        self._file = file
        self._lock = threading.Lock()
        self._opened: tuple[int, sqlite3.Connection] | None = None

    def keep(self, run: Run) -> None:
        """Keep a run, and forget the oldest beyond `MOST`; a failure is logged."""
        marks = ", ".join("?" for _ in fields(Run))
        try:
            with self._connection() as connection, connection:
                cursor = connection.execute(
                    f"INSERT INTO validation_run ({COLUMNS}) VALUES ({marks})",  # noqa: S608 -- ours
                    astuple(run),
                )
                connection.execute(
                    "DELETE FROM validation_run WHERE number <= ?",
                    ((cursor.lastrowid or 0) - MOST,),
                )
        except (sqlite3.Error, OSError):
            LOG.warning("a validation run could not be kept", exc_info=True)

    def latest(self, number: int) -> list[Run]:
        """Return the latest runs, the newest first; none where they cannot be read."""
        try:
            with self._connection() as connection:
                rows = connection.execute(
                    f"SELECT {COLUMNS} FROM validation_run ORDER BY number DESC LIMIT ?",  # noqa: S608
                    (number,),
                ).fetchall()
        except (sqlite3.Error, OSError):
            LOG.warning("the validation runs cannot be read", exc_info=True)
            return []
        return [Run(*row) for row in rows]

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._opened is not None and self._opened[0] == os.getpid():
                self._opened[1].close()
            self._opened = None

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection of this process to one thread at a time."""
        with self._lock:
            if self._opened is None or self._opened[0] != os.getpid():
                self._opened = (os.getpid(), opened(self._file))
            yield self._opened[1]


def opened(file: Path | None) -> sqlite3.Connection:
    """Open the file for several processes; the last runs before a power cut may be lost."""
    name = ":memory:" if file is None else str(file)
    connection = sqlite3.connect(name, timeout=PATIENCE, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(SCHEMA)
    connection.commit()
    return connection
