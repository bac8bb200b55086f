"""A request before Flask sees it: headers, parameters and body, read within limits."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, unquote_to_bytes

from akteursmodell.errors import InputError, Text, TooLargeError

__all__ = ["FORM", "Incoming", "Params", "Receive", "Scope", "Send", "first_of", "read_body"]

Params: TypeAlias = Sequence[tuple[str, str]]
Scope: TypeAlias = dict[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[dict[str, Any]]]
Send: TypeAlias = Callable[[dict[str, Any]], Awaitable[None]]

FORM = b"application/x-www-form-urlencoded"
MOST_PARAMETERS = 2000
READ_ON = 128 * 1024 * 1024
"""Bytes that are read and thrown away after a limit, so that the client hears the answer."""


class Incoming:
    """What a request says, as bytes where nobody has asked for more."""

    __slots__ = ("_params", "body", "client", "headers", "method", "path", "scope")

    def __init__(self, scope: Scope, body: bytes = b"") -> None:
        """Take an ASGI scope and the whole body."""
        self.scope = scope
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.body = body
        client = scope.get("client")
        self.client: str = client[0] if client else ""
        self._params: list[tuple[str, str]] | None = None

    @property
    def address(self) -> str:
        """The address that was asked, without its parameters."""
        host = self.headers.get(b"host", b"localhost").decode("latin-1")
        return f"{self.scope['scheme']}://{host}{self.path}"

    @property
    def content_type(self) -> bytes:
        """The media type of the body, without its parameters."""
        return self.headers.get(b"content-type", b"").partition(b";")[0].strip().lower()

    @property
    def charset(self) -> bytes:
        """The charset that the body is said to have, empty where nothing is said."""
        _, _, parameters = self.headers.get(b"content-type", b"").partition(b";")
        for parameter in parameters.split(b";"):
            name, _, value = parameter.partition(b"=")
            if name.strip().lower() == b"charset":
                return value.strip(b" \"'").lower()
        return b""

    @property
    def params(self) -> list[tuple[str, str]]:
        """The parameters of the address, and of the body where it is a form.

        Raises InputError where they are no UTF-8, or too many.
        """
        if self._params is None:
            self._params = parsed(self.scope["query_string"])
            if self.body and self.content_type == FORM:
                self._params = [*self._params, *parsed(self.body)]
        return self._params

    def all(self, name: str) -> list[str]:
        """Return the values of a parameter."""
        return [value for each, value in self.params if each == name]

    def first(self, *names: str) -> str | None:
        """Return the first value of any of some parameters, or None."""
        return first_of(self.params, *names)


def first_of(params: Params, *names: str) -> str | None:
    """Return the first value of any of some parameters, or None."""
    for name, value in params:
        if name in names:
            return value
    return None


def only_query(text: bytes) -> str | None:
    """Return the query where it is the only parameter, the usual case, quickly; else None."""
    if not text.startswith(b"query=") or b"&" in text or b";" in text:
        return None
    try:
        return unquote_to_bytes(text[len(b"query=") :].replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        return None


def parsed(text: bytes) -> list[tuple[str, str]]:
    """Return the parameters in a query string or a form."""
    if not text:
        return []
    query = only_query(text)
    if query is not None:
        return [("query", query)]
    try:
        return parse_qsl(
            text.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )
    except UnicodeDecodeError:
        raise InputError(
            Text("Die Parameter sind kein UTF-8.", "The parameters are not UTF-8.")
        ) from None
    except ValueError:
        raise InputError(
            Text(
                f"Das sind mehr als {MOST_PARAMETERS} Parameter.",
                f"There are more than {MOST_PARAMETERS} parameters.",
            )
        ) from None


async def read_body(receive: Receive, headers: Iterable[tuple[bytes, bytes]], most: int) -> bytes:
    """Return the whole body; raises TooLargeError above a number of bytes.

    What comes beyond is read and forgotten, up to a limit of its own.
    """
    parts: list[bytes] = []
    size = 0
    announced = dict(headers).get(b"content-length", b"")
    large = announced.isdigit() and int(announced) > most
    more = not (large and int(announced) > READ_ON)
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        piece = message.get("body", b"")
        more = message.get("more_body", False)
        size += len(piece)
        if size > most:
            large = True
            parts.clear()
            more = more and size < READ_ON
        elif not large:
            parts.append(piece)
    if large:
        raise TooLargeError(
            Text(
                f"Die Anfrage ist größer als {most // 2**20} MB.",
                f"The request is larger than {most // 2**20} MB.",
            )
        )
    return parts[0] if len(parts) == 1 else b"".join(parts)
