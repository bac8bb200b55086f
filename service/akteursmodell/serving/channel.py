"""Messages between the processes of the service: small JSON, with open files beside it.

Messages keep their bounds (SOCK_SEQPACKET). What is large travels as a file in memory, so that no
message is larger than a socket takes.
"""

import json
import os
import socket
from typing import Any

from akteursmodell.errors import AkteursmodellError, Text

__all__ = ["Channel", "ClosedError", "file_of", "read_file_of"]

LARGEST = 4096
MOST_FILES = 4


class ClosedError(AkteursmodellError):
    """The process at the other end is gone."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            Text("Ein Prozess des Dienstes ist beendet.", "A process of the service has ended.")
        )


class Channel:
    """One end of a connection between two processes."""

    def __init__(self, connection: socket.socket) -> None:
        """Take the socket of this end."""
        self.connection = connection

    @classmethod
    def pair(cls) -> tuple["Channel", "Channel"]:
        """Return both ends of a new connection."""
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        return cls(near), cls(far)

    def fileno(self) -> int:
        """Return the number that selectors wait for."""
        return self.connection.fileno()

    def send(self, message: dict[str, Any], *files: int) -> None:
        """Send a message with files; raises ClosedError."""
        try:
            socket.send_fds(self.connection, [json.dumps(message).encode()], files)
        except OSError as fault:
            raise ClosedError from fault

    def receive(self) -> tuple[dict[str, Any], list[int]]:
        """Wait for a message and its files; raises ClosedError."""
        try:
            data, files, _, _ = socket.recv_fds(self.connection, LARGEST, MOST_FILES)
        except OSError as fault:
            raise ClosedError from fault
        if not data:
            raise ClosedError
        message: dict[str, Any] = json.loads(data)
        return message, list(files)

    def close(self) -> None:
        """Close this end."""
        self.connection.close()


def file_of(data: bytes) -> int:
    """Return an open file in memory that holds the data."""
    handle = os.memfd_create("akteursmodell")
    with open(handle, "wb", closefd=False) as file:
        file.write(data)
    return handle


def read_file_of(handle: int) -> bytes:
    """Return what an open file in memory holds, and close it.

    Others read it at the same time, and a position of reading would be theirs too: none is used.
    """
    size, parts, at = os.fstat(handle).st_size, [], 0
    while at < size:
        parts.append(os.pread(handle, size - at, at))
        at += len(parts[-1])
    os.close(handle)
    return b"".join(parts)
