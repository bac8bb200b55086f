"""How the gate hears writers and answers them."""

import json
import logging
import socket

from akteursmodell.updates.gate import ChangeRejectedError

__all__ = ["Stream", "reply", "told"]

LOG = logging.getLogger("akteursmodell")


class Stream:
    """Reads from a socket as from a file, without reading ahead."""

    def __init__(self, connection: socket.socket) -> None:
        """Take the socket."""
        self._connection = connection

    def read(self, size: int, /) -> bytes:
        """Return that many bytes, fewer at the end."""
        parts = []
        while size:
            part = self._connection.recv(min(size, 1 << 20))
            if not part:
                break
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


def reply(client: socket.socket, answer: bytes) -> None:
    """Answer a writer that may be gone; what was committed stays."""
    try:
        client.sendall(answer)
    except OSError:
        LOG.info("a writer was gone before it heard the outcome")


def told(rejected: ChangeRejectedError) -> dict[str, str]:
    """Return the report of a rejected change in the forms that clients may ask for."""
    report = rejected.report.without_notes()
    return {
        "turtle": report.as_turtle(),
        "jsonld": report.as_jsonld(),
        "json": json.dumps(json.loads(report.as_json())),
        "de": report.as_text("de"),
        "en": report.as_text("en"),
    }
