"""The process that writes: it alone holds the store, and takes one change after the other.

Whoever wants to write enters first, and is then the only one inside: what it derives from the data
as they are cannot be overtaken. It leaves by a commit or without one.
"""

import json
import logging
import os
import selectors
import shutil
import signal
import socket
import tempfile
from collections import deque
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from akteursmodell.config import Settings
from akteursmodell.errors import AkteursmodellError, StoreError, Text, tell
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.folders import readers_prefix, remove_leftovers
from akteursmodell.history.journal import Journal
from akteursmodell.history.ledger import BrokenLedgerError, Ledger
from akteursmodell.query.frames import Kind, json_frame, read_frame
from akteursmodell.serving.channel import Channel, ClosedError, file_of
from akteursmodell.serving.hearing import Stream, reply, told
from akteursmodell.serving.replicas import fits_memory
from akteursmodell.serving.worker import TRIED
from akteursmodell.updates.gate import (
    ChangeRejectedError,
    Gate,
    Outcome,
    Signature,
    is_internal,
)
from akteursmodell.updates.starting import bring_to_release
from akteursmodell.validation.engine import Validator
from akteursmodell.validation.levels import read_levels
from akteursmodell.validation.report import Report, nothing_to_check
from akteursmodell.validation.runs import Runs
from akteursmodell.validation.watched import watched

__all__ = ["Gatekeeper", "run_gate"]

LOG = logging.getLogger("akteursmodell")
KEPT_CHECKPOINTS = 3


def run_gate(
    settings: Settings, supervisor: Channel, store: EmbeddedStore, journal: Path, runs: Runs
) -> None:
    """Open the store of the settings, tell the supervisor what is in it, and serve writers.

    In memory the store is the one given, which the fork has made this process's own.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the supervisor closes the channel when all is done
    try:
        if settings.in_memory:
            ledger = Ledger(store, Journal.open(journal, durable=False))
        else:
            ledger = Ledger.open(Path(settings.store), create=True)
            if not settings.empty:
                bring_to_release(ledger)
        keeper = Gatekeeper(ledger, settings, supervisor, runs)
    except AkteursmodellError as error:
        supervisor.send({"fault": tell(error)})
        return
    try:
        if not settings.in_memory:
            keeper.show_content()
        keeper.run()
    finally:
        keeper.close()
        ledger.close()


class Gatekeeper:
    """Serves the writers."""

    def __init__(self, ledger: Ledger, settings: Settings, supervisor: Channel, runs: Runs) -> None:
        """Take the store with its journal, the way to the supervisor, and where runs are noted."""
        store = self._store = ledger.engine
        self._supervisor = supervisor
        self._selector = selectors.DefaultSelector()
        self._inside: socket.socket | None = None
        self._waiting: deque[socket.socket] = deque()
        self._folder = None if settings.in_memory else new_folder(Path(settings.store))
        self._on_disk = not settings.in_memory and (
            settings.replica == "disk"
            or (settings.replica == "auto" and not fits_memory(store.size()))
        )
        self._ledger = ledger
        self._settings = settings
        self._runs = runs
        self._levels = read_levels(settings.levels)

    @cached_property
    def _gate(self) -> Gate:
        """The road of all writes; made after readers have what they read."""
        validator = Validator(self._levels)
        gate = Gate(
            self._ledger,
            validator=unchecked
            if self._settings.empty
            else watched(validator, self._runs, "write", lambda: self._store.revision),
            replica=self._trial_on_disk() if self._on_disk else None,
        )
        if not self._settings.empty:
            gate.inference.tell_rules()
        return gate

    def _trial_on_disk(self) -> EmbeddedStore:
        """Return a copy of the store that changes are tried on."""
        assert self._folder is not None  # noqa: S101 -- only a store in a folder has one
        hidden = [graph for graph in self._store.named_graphs() if is_internal(graph)]
        return self._store.copy_at(self._folder / "trial", hidden)

    def show_content(self) -> None:
        """Let the supervisor read all into memory, or give it a checkpoint of what is too large."""
        assert self._folder is not None  # noqa: S101 -- only a store in a folder has one
        told: dict[str, Any] = {"revision": self._store.revision, "size": self._store.size()}
        if self._on_disk:
            self._supervisor.send({**told, "checkpoint": str(self._checkpoint())})
        else:
            near, far = os.pipe()  # the supervisor reads while this process writes
            self._supervisor.send({**told, "dump": True}, near)
            os.close(near)
            with open(far, "wb") as sink:  # noqa: PTH123 -- a pipe has no path
                self._store.dump(sink)

    def close(self) -> None:
        """Remove what was made for readers."""
        self._runs.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def run(self) -> None:
        """Work until the supervisor is gone."""
        _ = self._gate  # made now, not when the first writer waits
        self._selector.register(self._supervisor, selectors.EVENT_READ, None)
        while True:
            for key, _ in self._selector.select():
                try:
                    if key.data is None:
                        self._hear(*self._supervisor.receive())
                    else:
                        self._serve(key.data)
                except ClosedError:
                    return

    def _hear(self, message: dict[str, Any], files: list[int]) -> None:
        """Take on a new HTTP process."""
        if "client" in message:
            client = socket.socket(fileno=files[0])
            self._selector.register(client, selectors.EVENT_READ, client)

    def _serve(self, client: socket.socket) -> None:
        """Do what one writer asks."""
        try:
            kind, payload = read_frame(Stream(client))
        except (EOFError, OSError):
            self._selector.unregister(client)
            self._leave(client)
            client.close()
            return
        if kind == Kind.ENTER:
            self._waiting.append(client)
        elif kind == Kind.COMMIT and client is self._inside:
            reply(client, self._carry_out(lambda: self._gate.submit(ChangeSet.from_bytes(payload))))
        elif kind == Kind.UNDO and client is self._inside:
            reply(client, self._carry_out(lambda: self._undo(**json.loads(payload))))
        if kind != Kind.ENTER:
            self._leave(client)
        self._next()

    def _leave(self, client: socket.socket) -> None:
        """Know that a writer is no longer inside, nor waits."""
        if self._inside is client:
            self._inside = None
        while client in self._waiting:
            self._waiting.remove(client)
            reply(client, json_frame(Kind.END, {"revision": self._store.revision}))

    def _next(self) -> None:
        """Let the next writer in."""
        if self._inside is None and self._waiting:
            self._inside = self._waiting.popleft()
            reply(self._inside, json_frame(Kind.END, {"revision": self._store.revision}))

    def _undo(self, number: int, author: str, reason: str, source: str) -> Outcome:
        """Take a data state back."""
        return self._gate.undo(number, Signature(author, reason, source))

    def _carry_out(self, work: Callable[[], Outcome]) -> bytes:
        """Return the frame that tells what became of a change."""
        try:
            outcome = work()
        except BrokenLedgerError:
            raise  # the service ends: the next start decides by the journal
        except ChangeRejectedError as rejected:
            return json_frame(Kind.FAULT, {**tell(rejected), "report": told(rejected)})
        except AkteursmodellError as error:
            return json_frame(Kind.FAULT, tell(error))
        except (RuntimeError, ValueError, OSError, MemoryError):
            LOG.exception("a change failed for a reason that nobody foresaw")
            return json_frame(Kind.FAULT, tell(UNFORESEEN))
        if not outcome.committed.is_empty:
            self._spread(outcome.committed, outcome.revision)
        return json_frame(
            Kind.END,
            {
                "revision": outcome.revision,
                "inserted": len(outcome.change.inserts),
                "deleted": len(outcome.change.deletes),
                "created": bool(outcome.change.created),
                "counts": [outcome.report.counts("de"), outcome.report.counts("en")],
                "warnings": [note.as_json() for note in outcome.report.results],
            },
        )

    def _spread(self, change: ChangeSet, revision: int) -> None:
        """Let every reader learn a change, and wait until all have."""
        if self._on_disk:
            told = os.fsencode(self._checkpoint())
        else:
            told = self._store.with_revision(change).to_bytes()
        handle = file_of(told)
        self._supervisor.send({"change": revision}, handle)
        os.close(handle)
        while True:
            message, files = self._supervisor.receive()
            if message.get("spread") == revision:
                return
            self._hear(message, files)

    def _left(self) -> list[Path]:
        """Return what workers left that are gone."""
        tried = self._folder.glob(TRIED + "*") if self._folder else ()
        return [each for each in tried if not Path("/proc", each.name.removeprefix(TRIED)).exists()]

    def _checkpoint(self) -> Path:
        """Make a checkpoint of the present data state, and drop the oldest."""
        assert self._folder is not None  # noqa: S101 -- show_content comes first
        made = self._folder / f"checkpoint-{self._store.revision:012}"
        self._store.backup(made)
        for old in (*sorted(self._folder.glob("checkpoint-*"))[:-KEPT_CHECKPOINTS], *self._left()):
            shutil.rmtree(old, ignore_errors=True)
        return made


def new_folder(store: Path) -> Path:
    """Make the folder for readers of a store, and remove what a killed gate left.

    It is beside the store, since hard links need its file system.
    """
    remove_leftovers(store)
    return Path(tempfile.mkdtemp(prefix=readers_prefix(store), dir=store.parent))


def unchecked(*_: object) -> Report:
    """Find nothing: a service that was started empty has no shapes either."""
    return nothing_to_check()


UNFORESEEN = StoreError(
    Text("Die Änderung ließ sich nicht speichern.", "The change could not be stored."),
    Text("Sie ist nicht gespeichert.", "It is not stored."),
)
