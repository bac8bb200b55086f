"""How the processes of the service speak to each other: kind, length, payload.

A frame is one byte of kind, four bytes of length (little-endian) and the payload. Both ends are the
same program, forked from one process, so the format is no promise to anybody else.
"""

import json
import struct
from enum import IntEnum
from typing import Protocol

__all__ = ["FrameBuffer", "Kind", "Readable", "frame", "json_frame", "read_frame"]

HEAD = struct.Struct("<BI")


class Kind(IntEnum):
    """What a frame carries."""

    JOB = 1
    CHANGE = 2
    HEAD = 3
    DATA = 4
    END = 5
    FAULT = 6
    DERIVE = 7
    ENTER = 8
    COMMIT = 9
    LEAVE = 10
    REHEARSE = 11
    SHAPES = 12
    UNDO = 13


class Readable(Protocol):
    """What a frame can be read from."""

    def read(self, size: int, /) -> bytes | None:
        """Return that many bytes, fewer at the end."""
        ...


def frame(kind: Kind, payload: bytes = b"") -> bytes:
    """Return a frame."""
    return HEAD.pack(kind, len(payload)) + payload


def json_frame(kind: Kind, value: object) -> bytes:
    """Return a frame that carries JSON."""
    return frame(kind, json.dumps(value).encode())


def read_frame(source: Readable) -> tuple[Kind, bytes]:
    """Read one frame from a blocking source; raises EOFError where the other side is gone."""
    kind, length = HEAD.unpack(read_exactly(source, HEAD.size))
    return Kind(kind), read_exactly(source, length)


def read_exactly(source: Readable, size: int) -> bytes:
    """Read a number of bytes, or raise EOFError."""
    data = source.read(size) or b""
    if len(data) < size:
        raise EOFError
    return data


class FrameBuffer:
    """Cuts what arrives in pieces into frames."""

    def __init__(self) -> None:
        """Begin empty."""
        self._held = b""

    def feed(self, data: bytes) -> list[tuple[int, bytes]]:
        """Take a piece and return the frames that are complete, kind and payload."""
        if self._held:
            data = self._held + data
        found = []
        start, size = 0, len(data)
        while size - start >= HEAD.size:
            kind, length = HEAD.unpack_from(data, start)
            end = start + HEAD.size + length
            if size < end:
                break
            found.append((kind, data[start + HEAD.size : end]))
            start = end
        self._held = data[start:]
        return found
