"""A load generator: keep-alive connections in a closed loop over plain sockets.

One thread with `selectors`, which costs less than an event loop: at one connection and on small
answers the server, not this client, has most of the CPU. Each result says how busy the client was.
"""

import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["BrokenAnswerError", "Outcome", "drive"]

RECEIVE = 1 << 18
END = b"\r\n0\r\n\r\n"


class BrokenAnswerError(Exception):
    """A server answered with another status than 200, or closed within an answer."""


@dataclass
class Outcome:
    """What came of one measurement; times in seconds."""

    latencies: list[float] = field(default_factory=list)
    first_body: bytes = b""
    wall: float = 0.0
    client_cpu: float = 0.0
    exceeded: bool = False
    """Whether not every request was answered before the cap."""


class Connection:
    """One connection with at most one request on its way."""

    def __init__(self, port: int) -> None:
        """Connect to a port of this machine."""
        self.port = port
        self.closing = False
        self.open()

    def open(self) -> None:
        """Connect anew."""
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes, *, keep: bool) -> None:
        """Send a request; `keep` asks for the body of its answer."""
        self.keep, self.head, self.length, self.size = keep, 0, -1, 0
        self.parts: list[bytes] = []
        self.tail = b""
        self.sent = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Read what has come and tell whether the answer is complete."""
        data = self.socket.recv(RECEIVE)
        if not data:
            raise BrokenAnswerError("connection closed")
        self.parts.append(data)
        self.size += len(data)
        if not self.head and not self.read_head():
            return False
        if self.length >= 0:
            return self.size >= self.head + self.length
        self.tail = (self.tail + data)[-len(END) :]
        return self.tail == END and dechunk(self.whole()) is not None

    def read_head(self) -> bool:
        """Read status and length once the whole head has come."""
        data = b"".join(self.parts)
        end = data.find(b"\r\n\r\n")
        if end < 0:
            return False
        if not data.startswith(b"HTTP/1.1 200"):
            raise BrokenAnswerError(data[:300].decode("latin-1").split("\r\n")[0])
        self.head = end + 4
        head = data[:end].lower()
        at = head.find(b"\r\ncontent-length:")
        if at >= 0:
            self.length = int(head[at + 17 :].split(b"\r\n", 1)[0])
        self.closing = b"\r\nconnection: close" in head
        return True

    def whole(self) -> bytes:
        """Return what follows the head, as it came."""
        self.parts = [b"".join(self.parts)]
        return self.parts[0][self.head :]

    def body(self) -> bytes:
        """Return the body of a complete answer."""
        return self.whole() if self.length >= 0 else dechunk(self.whole()) or b""


def dechunk(data: bytes) -> bytes | None:
    """Return the content of a chunked body, or None while its last chunk is missing."""
    at = 0
    parts: list[bytes] = []
    while True:
        line = data.find(b"\r\n", at)
        if line < 0:
            return None
        size = int(data[at:line].split(b";")[0], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(data[line + 2 : line + 2 + size])
        at = line + 4 + size


def drive(
    port: int, requests: Iterator[bytes], connections: int, seconds: float, cap: float
) -> Outcome:
    """Keep each connection busy for some seconds, then wait for what is on its way.

    Each connection sends at least one request. After `cap` seconds it ends in any case.
    """
    outcome = Outcome()
    with selectors.DefaultSelector() as selector:
        started, used = time.perf_counter(), time.process_time()
        for number in range(connections):
            connection = Connection(port)
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(next(requests), keep=number == 0)
        try:
            loop(selector, requests, outcome, (started + seconds, started + cap))
        finally:
            for key in list(selector.get_map().values()):
                key.data.socket.close()
        outcome.wall = time.perf_counter() - started
        outcome.client_cpu = time.process_time() - used
    return outcome


def loop(
    selector: selectors.BaseSelector,
    requests: Iterator[bytes],
    outcome: Outcome,
    ends: tuple[float, float],
) -> None:
    """Answer each complete answer with the next request until the time is over."""
    while selector.get_map():
        ready = selector.select(max(0.0, ends[1] - time.perf_counter()))
        if not ready:
            outcome.exceeded = True
            return
        for key, _ in ready:
            connection: Connection = key.data
            if connection.receive():
                selector.unregister(connection.socket)
                note(connection, outcome)
                if go_on(connection, requests, ends[0]):
                    selector.register(connection.socket, selectors.EVENT_READ, connection)


def note(connection: Connection, outcome: Outcome) -> None:
    """Take what a complete answer tells."""
    outcome.latencies.append(time.perf_counter() - connection.sent)
    if connection.keep:
        outcome.first_body = connection.body()


def go_on(connection: Connection, requests: Iterator[bytes], end: float) -> bool:
    """Send the next request, or close the connection once the time is over."""
    over = time.perf_counter() >= end
    if over or connection.closing:
        connection.socket.close()
    if over:
        return False
    if connection.closing:
        connection.open()
    connection.send(next(requests), keep=False)
    return True
