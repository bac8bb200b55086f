"""The whole service for the HTTP server: queries at once, everything else through Flask."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias, cast
from urllib.parse import quote

from a2wsgi import WSGIMiddleware
from flask import Flask

from akteursmodell.config import Settings
from akteursmodell.errors import AkteursmodellError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.web.asking import query_asked
from akteursmodell.web.backend import Backend, Writer
from akteursmodell.web.endpoint import CORS, QueryEndpoint, start
from akteursmodell.web.graph_store import graph_asked
from akteursmodell.web.incoming import Incoming, Receive, Scope, Send, read_body
from akteursmodell.web.problems import plain
from akteursmodell.web.tokens import may_write

__all__ = ["Service"]

App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
QUERY_PATHS = ("/sparql", "/query")
GRAPH_STORE = "/data"
PROTOCOL = (*QUERY_PATHS, "/update", GRAPH_STORE)
MEGABYTE = 1024 * 1024
MAX_BODY = 10 * MEGABYTE
PREFLIGHT = [
    *CORS,
    (b"access-control-allow-methods", b"GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"),
    (
        b"access-control-allow-headers",
        b"Accept, Authorization, Content-Type, If-Match, If-None-Match",
    ),
    (b"access-control-max-age", b"86400"),
    (b"allow", b"GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"),
    (b"content-length", b"0"),
]


class Service:
    """The ASGI application (https://asgi.readthedocs.io/en/latest/specs/www.html)."""

    def __init__(
        self, endpoint: QueryEndpoint, writer: Writer, settings: Settings, pages: Flask
    ) -> None:
        """Take who answers queries, who writes, and the pages; called in the event loop."""
        self._settings = settings
        self._store: EmbeddedStore = pages.extensions["akteursmodell"]["store"]
        self._endpoint = endpoint
        self._pages = cast("App", WSGIMiddleware(cast("Any", pages), workers=settings.threads))
        pages.extensions["akteursmodell"]["backend"] = Backend(self._endpoint, writer)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        incoming = Incoming(scope)
        try:
            if incoming.method == "OPTIONS" and incoming.path in PROTOCOL:
                await send(start(204, PREFLIGHT))
                await send({"type": "http.response.body"})
                return
            if incoming.method not in ("GET", "HEAD"):
                most = (
                    self._settings.max_upload * MEGABYTE if self._may_write(incoming) else MAX_BODY
                )
                incoming.body = await read_body(receive, scope["headers"], most)
            await self._answer(incoming, receive, send)
        except AkteursmodellError as error:
            status, headers, body = plain(error, incoming, self._settings)
            told = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
            await send(start(status, [*CORS, *told, (b"content-length", b"%d" % len(body))]))
            await send({"type": "http.response.body", "body": body})

    async def _answer(self, incoming: Incoming, receive: Receive, send: Send) -> None:
        """Answer a query, or let the pages answer."""
        asked = None
        if incoming.path in QUERY_PATHS and incoming.method in ("GET", "HEAD", "POST"):
            asked = query_asked(incoming, self._settings)
        elif incoming.path == GRAPH_STORE and incoming.method in ("GET", "HEAD"):
            asked = graph_asked(incoming, self._settings, self._store)
        if asked is None:
            await self._show(incoming, receive, send)
        else:
            await self._endpoint.answer(asked, incoming, receive, send)

    def _may_write(self, incoming: Incoming) -> bool:
        return may_write(
            incoming.headers.get(b"authorization", b"").decode("latin-1"), self._settings
        )

    async def _show(self, incoming: Incoming, receive: Receive, send: Send) -> None:
        """Let Flask answer, in a thread; the body is there already."""
        body: bytes | None = incoming.body

        async def replay() -> dict[str, Any]:
            nonlocal body
            if body is None:
                return await receive()
            given, body = body, None
            return {"type": "http.request", "body": given, "more_body": False}

        scope = incoming.scope
        scope["query_string"] = quote(scope["query_string"], safe=ASCII).encode()
        scope["headers"] = [
            *((name, value) for name, value in scope["headers"] if name not in OF_THE_BODY),
            *([(b"content-length", b"%d" % len(incoming.body))] if incoming.body else []),
        ]
        await self._pages(scope, replay, send)


ASCII = "".join(map(chr, range(33, 127)))
OF_THE_BODY = (b"content-length", b"transfer-encoding")
