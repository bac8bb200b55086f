"""The process that all others are forked from; it holds the replica and never opens a thread.

It forks one gate, some HTTP processes, and a query worker whenever an HTTP process wants one; a
worker shares the memory of the replica until one of them writes. When an HTTP process ends, another
takes its place; when the gate ends, the service ends, since nothing may be written twice.
"""

import contextlib
import logging
import os
import secrets
import selectors
import shutil
import signal
import socket
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from akteursmodell.config import Settings
from akteursmodell.errors import StoreError, Text, ToldError
from akteursmodell.history.journal import Journal, journal_beside
from akteursmodell.history.ledger import Ledger
from akteursmodell.query.jobs import Dataset
from akteursmodell.serving.channel import Channel, ClosedError, file_of, read_file_of
from akteursmodell.serving.listening import listen, shown_address
from akteursmodell.serving.processes import Child, fork, ignore, wait_for
from akteursmodell.serving.replicas import Replica, described
from akteursmodell.validation.runs import SUFFIX, Runs

__all__ = ["serve"]

LOG = logging.getLogger("akteursmodell")
GATE_ENDED = Text("Der Datenbestand ließ sich nicht öffnen.", "The store could not be opened.")
SCRATCH = "akteursmodell-"
"""Begin of the name of a folder for what processes share where the data are in memory."""
QUICK = 1.0
"""An HTTP process that ends sooner than this many seconds after its start is not started again."""


@dataclass
class Http:
    """One HTTP process as the supervisor sees it."""

    number: int
    child: Child
    channel: Channel
    started: float = field(default_factory=time.monotonic)


class Supervisor:
    """Keeps the processes of one service."""

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        """Take the settings and the socket to answer on."""
        self._settings = settings
        self._listener = listener
        self._selector = selectors.DefaultSelector()
        self._wakeup, waker = socket.socketpair()
        waker.setblocking(False)
        self._waker = waker
        self._replica = Replica.empty()
        self._journal = (
            Path(tempfile.mkdtemp(prefix=SCRATCH)) / "journal"
            if settings.in_memory
            else journal_beside(Path(settings.store))
        )
        self._runs = Runs(self._journal.with_suffix(SUFFIX))
        self._size = 0
        self._life = secrets.token_hex(8)
        self._gate: Child | None = None
        self._gate_channel: Channel | None = None
        self._https: dict[int, Http] = {}
        self._unread: dict[int, set[int]] = {}
        self._status = 0
        self._stopping = False
        self._announced = False

    def run(self) -> int:
        """Serve until a signal says to stop; return the exit status."""
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            signal.signal(each, ignore)
        signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        self._selector.register(self._wakeup, selectors.EVENT_READ, self._signalled)
        try:
            self._start_gate()
            for number in range(self._settings.workers):
                self._start_http(number)
            while not self._stopping:
                for key, _ in self._selector.select():
                    key.data()
        finally:
            self._stop_all()
        return self._status

    def _start_gate(self) -> None:
        """Let the gate open the store, and take its content into the replica."""
        near, far = Channel.pair()
        settings, store, runs = self._settings, self._replica.store, self._runs
        if settings.in_memory:
            from akteursmodell.updates.starting import bring_to_release  # noqa: PLC0415 -- slow

            ledger = Ledger(store, Journal.open(self._journal, durable=False))
            if not settings.empty:
                bring_to_release(ledger)
            ledger.journal.close()
            self._replica.revision = store.revision
            self._size = store.size()

        def work() -> None:
            from akteursmodell.serving.gatekeeper import run_gate  # noqa: PLC0415 -- as below

            run_gate(settings, far, store, self._journal, runs)

        self._gate = fork(work, [far.fileno()])
        far.close()
        self._gate_channel = near
        from akteursmodell.serving import http, worker  # noqa: F401, PLC0415 -- while the gate opens

        if not settings.in_memory:
            self._replica = self._read_replica(near)
        if not settings.empty and self._replica.checkpoint is None:
            address = settings.public_url.rstrip("/") or shown_address(self._listener)
            self._replica.store.fill(described(self._replica.store, address, settings))
        self._selector.register(near, selectors.EVENT_READ, self._hear_gate)

    def _read_replica(self, channel: Channel) -> Replica:
        """Read what the gate says it has."""
        try:
            message, files = channel.receive()
        except ClosedError:
            raise StoreError(GATE_ENDED) from None
        if "fault" in message:
            raise ToldError(message["fault"])
        self._size = message["size"]
        if "checkpoint" in message:
            return Replica(self._replica.store, message["revision"], Path(message["checkpoint"]))
        with open(files[0], "rb") as dump:  # noqa: PTH123 -- a pipe has no path
            return Replica.in_memory(dump, message["revision"])

    def _start_http(self, number: int) -> None:
        """Fork an HTTP process, and tell the gate of it."""
        from akteursmodell.serving.http import Inherited, run_http  # noqa: PLC0415 -- as above

        assert self._gate_channel is not None  # noqa: S101 -- the gate comes first
        near, far = Channel.pair()
        to_gate, at_gate = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        inherited = Inherited(
            self._listener, far, to_gate, self._replica, self._life, self._journal, self._runs
        )
        settings = self._settings

        def work() -> None:
            run_http(settings, inherited)

        child = fork(work, [far.fileno(), to_gate.fileno(), self._listener.fileno()])
        far.close()
        to_gate.close()
        self._gate_channel.send({"client": number}, at_gate.fileno())
        at_gate.close()
        http = Http(number, child, near)
        self._https[number] = http
        self._selector.register(near, selectors.EVENT_READ, lambda: self._hear_http(http))

    def _hear_http(self, http: Http) -> None:
        """Do what an HTTP process asks for."""
        try:
            message, _ = http.channel.receive()
        except ClosedError:
            self._selector.unregister(http.channel)
            self._lost(http)
            return
        if "want" in message:
            self._fork_worker(http, message["want"])
        elif "have" in message:
            self._read(http.number, message["have"])
        elif "ready" in message and not self._announced:
            self._announced = True
            LOG.info(
                "%d statements ready at %s – stop with Ctrl-C",
                self._size,
                shown_address(self._listener),
            )

    def _fork_worker(self, http: Http, kind: Dataset) -> None:
        """Fork a query worker and hand its socket and its handle to the HTTP process."""
        from akteursmodell.serving.worker import run_worker  # noqa: PLC0415 -- as above

        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        replica, settings, journal = self._replica, self._settings, self._journal
        worker = fork(lambda: run_worker(settings, replica, kind, far, journal), [far.fileno()])
        far.close()
        with contextlib.suppress(ClosedError):
            http.channel.send({"worker": replica.revision}, near.fileno(), worker.handle)
        near.close()
        worker.close()

    def _hear_gate(self) -> None:
        """Bring replica and readers to a new data state."""
        assert self._gate_channel is not None  # noqa: S101 -- the gate comes first
        try:
            message, files = self._gate_channel.receive()
        except ClosedError:
            self._stop(1)
            return
        if "change" in message:
            self._change(message["change"], read_file_of(files[0]))

    def _change(self, revision: int, change: bytes) -> None:
        """Apply a change and pass it on."""
        self._replica.advance(revision, change)
        self._unread[revision] = set(self._https)
        handle = file_of(change)
        for http in self._https.values():
            with contextlib.suppress(ClosedError):
                http.channel.send({"change": revision}, handle)
        os.close(handle)
        self._read(-1, revision)

    def _read(self, number: int, revision: int) -> None:
        """Know that an HTTP process has a data state; tell the gate when all have."""
        waiting = self._unread.get(revision)
        if waiting is None or self._gate_channel is None:
            return
        waiting.discard(number)
        if not waiting:
            del self._unread[revision]
            with contextlib.suppress(ClosedError):
                self._gate_channel.send({"spread": revision})

    def _signalled(self) -> None:
        """Answer signals: end, or see which child is gone."""
        numbers = self._wakeup.recv(4096)
        if signal.SIGTERM in numbers or signal.SIGINT in numbers:
            self._stop(0)
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if os.WIFEXITED(status) and os.WEXITSTATUS(status) and not self._stopping:
                LOG.error("process %d ended with status %d", pid, os.WEXITSTATUS(status))
            if self._gate is not None and pid == self._gate.pid:
                LOG.error("the process that writes has ended; the service ends with it")
                self._stop(1)

    def _lost(self, http: Http) -> None:
        """Replace an HTTP process that ended."""
        http.channel.close()
        http.child.signal(signal.SIGKILL)
        http.child.close()
        del self._https[http.number]
        for revision in list(self._unread):
            self._read(http.number, revision)
        if self._stopping:
            return
        if time.monotonic() - http.started < QUICK:
            LOG.error("an HTTP process ended at once; the service ends")
            self._stop(1)
            return
        LOG.warning("an HTTP process ended; another takes its place")
        self._start_http(http.number)

    def _stop(self, status: int) -> None:
        self._stopping = True
        self._status = max(self._status, status)

    def _stop_all(self) -> None:
        """End all children: first the readers, then the gate, which finishes what it does."""
        readers = [http.child for http in self._https.values()]
        for reader in readers:
            reader.signal(signal.SIGTERM)
        wait_for(readers)
        if self._gate is not None and self._gate_channel is not None:
            self._gate_channel.close()
            wait_for([self._gate])
        if self._settings.in_memory:
            shutil.rmtree(self._journal.parent, ignore_errors=True)


def serve(settings: Settings) -> int:
    """Run the service until it is told to stop; return the exit status.

    Raises PortTakenError where another program listens, StoreError where the store is in use.
    """
    logging.basicConfig(level=settings.log.upper(), format="%(asctime)s %(levelname)s %(message)s")
    listener = listen(settings)
    return Supervisor(settings, listener).run()
