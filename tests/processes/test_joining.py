"""What is written at once leaves at once, in order, and nothing is held back at the end."""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from tests.serving import serving

from akteursmodell.serving.joining import LARGE, JoiningTransport

QUERY = quote("SELECT * { id:org-town-viersen ?p ?o }")
REQUEST = f"GET /sparql?query={QUERY} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
MUCH = b"m" * LARGE
ASKED = 20


class Wire(asyncio.Transport):
    """Notes what it is told to write, and what else."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[bytes] = []
        self.closing = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.told.append(bytes(data))

    def close(self) -> None:
        self.told.append(b"closed")

    def is_closing(self) -> bool:
        return self.closing


def told(act: Callable[[JoiningTransport, Wire], None]) -> list[bytes]:
    """Return what reaches the wire in one turn of the event loop and the next."""

    async def turn() -> list[bytes]:
        wire = Wire()
        act(JoiningTransport(wire), wire)
        await asyncio.sleep(0)
        return wire.told

    # A browser test that ran before leaves its own loop running in the main thread.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, turn()).result()


def write_all(*pieces: bytes) -> Callable[[JoiningTransport, Wire], None]:
    def act(transport: JoiningTransport, wire: Wire) -> None:
        for piece in pieces:
            transport.write(piece)
        assert b"".join(pieces).startswith(b"".join(wire.told))

    return act


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([b"head", b"body"], [b"headbody"]),
        ([b"head", MUCH, b"end"], [b"head", MUCH, b"end"]),
        ([MUCH], [MUCH]),
        ([], []),
    ],
    ids=["small", "much", "only much", "nothing"],
)
def test_what_is_written_in_one_turn_leaves_joined_and_in_order(
    pieces: list[bytes], expected: list[bytes]
) -> None:
    assert told(write_all(*pieces)) == expected


def test_closing_passes_on_what_is_held() -> None:
    def act(transport: JoiningTransport, wire: Wire) -> None:
        transport.write(b"last")
        transport.close()
        assert wire.told == [b"last", b"closed"]

    assert told(act) == [b"last", b"closed"]


def test_nothing_is_written_to_a_connection_that_is_lost() -> None:
    def act(transport: JoiningTransport, wire: Wire) -> None:
        transport.write(b"for nobody")
        wire.closing = True
        assert transport.is_closing()

    assert told(act) == []


def test_head_and_body_of_an_answer_come_in_one_packet() -> None:
    with serving() as base:
        host, port = base.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as client:
            for _ in range(ASKED):
                client.sendall(REQUEST)
                head, _, body = client.recv(4 * LARGE).partition(b"\r\n\r\n")
                assert head.startswith(b"HTTP/1.1 200 OK")
                assert f"content-length: {len(body)}".encode() in head
