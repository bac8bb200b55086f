"""Content codings that an answer may travel in (RFC 9110, section 8.4.1), as it is written."""

import zlib
from typing import Protocol

import brotli
import zstandard

__all__ = ["CODINGS", "Compressor", "compressor"]

CODINGS = ("zstd", "br", "gzip")  # the one we like best first
GZIP_WINDOW = 31  # 15 bits of window, plus 16 for a gzip header
LEVEL = {"gzip": 5, "br": 4, "zstd": 3}


class Compressor(Protocol):
    """Takes pieces, gives compressed pieces."""

    def compress(self, data: bytes, /) -> bytes:
        """Take a piece and return what is ready."""
        ...

    def flush(self) -> bytes:
        """End the stream and return what is left."""
        ...


class Brotli:
    """Brotli with the names of the others."""

    def __init__(self) -> None:
        """Begin a stream."""
        self._stream = brotli.Compressor(quality=LEVEL["br"])

    def compress(self, data: bytes, /) -> bytes:
        """Take a piece and return what is ready."""
        return bytes(self._stream.process(data))

    def flush(self) -> bytes:
        """End the stream and return what is left."""
        return bytes(self._stream.finish())


def compressor(coding: str) -> Compressor:
    """Return a new stream in a coding."""
    if coding == "gzip":
        return zlib.compressobj(LEVEL["gzip"], wbits=GZIP_WINDOW)
    if coding == "br":
        return Brotli()
    return zstandard.ZstdCompressor(level=LEVEL["zstd"]).compressobj()
