"""RDF fetched from other hosts, as far as an operator allows them.

Not the engine's own LOAD: it follows redirects to any host, waits without limit, and takes an
answer without a length for an empty one.
"""

import urllib.request
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import urlsplit

from akteursmodell.errors import EndpointError, SourceSyntaxError, Text
from akteursmodell.graph.files import FORMATS, read_text
from akteursmodell.graph.terms import Quad, RdfFormat

__all__ = ["fetch", "is_allowed"]

TIMEOUT = 30
LIMIT = 100_000_000
ACCEPT = "text/turtle, application/n-triples, application/rdf+xml;q=0.8, application/ld+json;q=0.7"


def is_allowed(address: str, hosts: frozenset[str]) -> bool:
    """Whether an address is on one of the hosts, named as `host` or `host:port`, over HTTP."""
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool({parts.hostname, parts.netloc} & hosts)


class Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect to an allowed host only."""

    def __init__(self, hosts: frozenset[str]) -> None:
        """Take the allowed hosts."""
        self._hosts = hosts

    def redirect_request(  # noqa: PLR0913, PLR0917 -- the signature of urllib
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the next request, or raise OSError."""
        if not is_allowed(newurl, self._hosts):
            raise OSError(f"it redirects to {newurl}, which is not allowed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(address: str, hosts: frozenset[str]) -> list[Quad]:
    """Return the triples at an address, in the default graph.

    Raises EndpointError where there are none, where they are too many or too slow.
    """
    if not is_allowed(address, hosts):
        raise failure(address, "the host is not allowed")
    request = urllib.request.Request(address, headers={"Accept": ACCEPT})  # noqa: S310 -- checked
    try:
        opener = urllib.request.build_opener(Redirects(hosts))
        with opener.open(request, timeout=TIMEOUT) as response:
            body = response.read(LIMIT + 1)
            form = format_of(response.headers.get_content_type(), response.url)
        text = body.decode("utf-8")
    except (OSError, HTTPException, ValueError) as fault:
        raise failure(address, str(fault)) from None
    if form is None or len(body) > LIMIT:
        raise failure(address, "no known RDF format" if form is None else "more than 100 MB")
    try:
        return read_text(text, form, name=address, base=address)
    except SourceSyntaxError as fault:
        raise failure(address, fault.message.en) from None


def format_of(media_type: str, address: str) -> RdfFormat | None:
    """Return the format by media type, else by the ending of the path."""
    known = RdfFormat.from_media_type(media_type)
    if known is not None and media_type not in {"text/plain", "text/xml", "application/xml"}:
        return known
    ending = "." + urlsplit(address).path.rpartition(".")[2].lower()
    return FORMATS.get(ending, known)


def failure(address: str, reason: str) -> EndpointError:
    """Return the fault of a source that gave nothing."""
    return EndpointError(
        Text(
            f"{address} lässt sich nicht laden: {reason}",
            f"{address} cannot be loaded: {reason}",
        )
    )
