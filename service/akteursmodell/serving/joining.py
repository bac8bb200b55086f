"""What uvicorn writes at once leaves at once: head and body of an answer in one packet.

uvicorn writes them one after the other, and each write wakes the client, which costs more than a
lookup (decision 7).
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["JoiningProtocol", "JoiningTransport"]

LARGE = 64 * 1024
"""Bytes from which on joining costs more than it saves."""


class JoiningTransport(asyncio.Transport):
    """Holds what is written until the event loop comes round, and passes everything else on."""

    def __init__(self, transport: asyncio.Transport) -> None:
        """Take where bytes go to; made in the event loop."""
        super().__init__()
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._held: list[bytes | bytearray | memoryview] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Take the next bytes."""
        if len(data) >= LARGE:
            self._pass_on()
            self._transport.write(data)
            return
        if not self._held:
            self._loop.call_soon(self._pass_on)
        self._held.append(data)

    def close(self) -> None:
        """Pass on what is held and close."""
        self._pass_on()
        self._transport.close()

    def is_closing(self) -> bool:
        """Whether the connection is closing or closed."""
        return self._transport.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Return what is known of the connection."""
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Read no more for now."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Read on."""
        self._transport.resume_reading()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Let another protocol read."""
        self._transport.set_protocol(protocol)

    def _pass_on(self) -> None:
        held, self._held = self._held, []
        if held and not self._transport.is_closing():
            self._transport.write(b"".join(held))


class JoiningProtocol(HttpToolsProtocol):
    """HTTP as uvicorn speaks it, over a transport that joins."""

    def connection_made(  # type: ignore[override]  # as uvicorn has it: a transport both ways
        self, transport: asyncio.Transport
    ) -> None:
        """Begin a connection."""
        super().connection_made(JoiningTransport(transport))
