"""From errors to answers: one table of statuses, one body, no internals."""

import json
import logging

from flask import Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_cookie

from akteursmodell.config import Settings
from akteursmodell.errors import AkteursmodellError, InputError, Lang, Text, ToldError, tell
from akteursmodell.web.incoming import Incoming
from akteursmodell.web.language import COOKIE, lang

__all__ = ["http", "ours", "plain", "unexpected"]

LOG = logging.getLogger("akteursmodell")
WORDS = {
    400: Text("Die Anfrage ist unvollständig.", "The request is incomplete."),
    404: Text("Diese Seite gibt es nicht.", "There is no such page."),
    405: Text("So wird diese Adresse nicht benutzt.", "This address is not used in this way."),
    406: Text("Dieses Format gibt es hier nicht.", "This format is not available here."),
    413: Text("Die Anfrage ist zu groß.", "The request is too large."),
    415: Text("Dieses Format nimmt der Dienst nicht an.", "This format is not accepted here."),
}
UNEXPECTED = Text(
    "Da ist auf unserer Seite etwas schiefgegangen.", "Something went wrong on our side."
)
JSON = "application/json"
GRAPHS = {"turtle": "text/turtle; charset=utf-8", "jsonld": "application/ld+json"}
"""Forms of the W3C report; only a refused change has one."""


def ours(error: AkteursmodellError) -> Response:
    """Tell an error of our tree: what is wrong, where, and what to do."""
    kind = wanted(request.headers.get("Accept", ""))
    status, headers, body = told(error, kind, lang())
    if kind != "html":
        return Response(body, status, headers)
    hint = error.hint.in_(lang()) if error.hint else ""
    report = (
        json.loads(error.report["json"]) if isinstance(error, ToldError) and error.report else {}
    )
    page = render_template(
        "problem.html",
        status=status,
        message=error.message.in_(lang()),
        hint=hint,
        findings=report.get("results", []),
    )
    headers["content-type"] = "text/html; charset=utf-8"
    return make_response(page, status, headers)


def http(error: HTTPException) -> Response:
    """Tell an error of HTTP itself."""
    status = error.code or 500
    answer = ours(HttpError(status, WORDS.get(status, UNEXPECTED)))
    for name, value in error.get_headers():
        if name in ("Allow", "Location", "Retry-After"):
            answer.headers[name] = value
    return answer


def unexpected(error: Exception) -> Response:
    """Log what nobody foresaw, and tell nothing of the inside."""
    LOG.error("unexpected error at %s", request.path, exc_info=error)
    return ours(HttpError(500, UNEXPECTED))


class HttpError(AkteursmodellError):
    """A status of HTTP with our words for it."""

    def __init__(self, status: int, message: Text) -> None:
        """Take the status and what to say."""
        super().__init__(message)
        self._status = status

    @property
    def status(self) -> int:  # type: ignore[override]  # elsewhere a matter of the class
        """The status of HTTP."""
        return self._status


def plain(
    error: AkteursmodellError, incoming: Incoming, settings: Settings
) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of an error for a program, outside of Flask."""
    header = incoming.headers.get(b"accept", b"").decode("latin-1")
    kind = wanted(header)
    return told(error, "text" if kind == "html" else kind, language(incoming, settings))


def told(error: AkteursmodellError, kind: str, wording: Lang) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of an error, as JSON or as text."""
    known = tell(error)
    hint = error.hint.in_(wording) if error.hint else ""
    message = error.message.in_(wording)
    headers = {"cache-control": "no-store", "content-language": wording}
    if known["retry_after"]:
        headers["retry-after"] = str(known["retry_after"])
    if error.status == 401:  # noqa: PLR2004 -- a status of HTTP
        headers["www-authenticate"] = 'Bearer realm="akteursmodell"'
    report = error.report if isinstance(error, ToldError) else {}
    if kind in GRAPHS and report:
        headers["content-type"] = GRAPHS[kind]
        return error.status, headers, report[kind].encode()
    if kind in ("json", "jsonld"):
        headers["content-type"] = JSON
        content = {"status": error.status, "message": message, "hint": hint, **known["place"]}
        if report:
            content["report"] = json.loads(report["json"])
        if known["changes"]:
            content["changes"] = known["changes"]
        return (
            error.status,
            headers,
            json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(),
        )
    headers["content-type"] = "text/plain; charset=utf-8"
    meanwhile = (
        f"{each['revision']}: {line}" for each in known["changes"] for line in each[wording]
    )
    parts = (message, hint, report.get(wording, ""), *meanwhile)
    text = "\n".join(part for part in parts if part)
    return error.status, headers, f"{text}\n".encode()


def wanted(header: str) -> str:
    """Return in which form a client reads an error: html, json, text, or a form of `GRAPHS`."""
    lower = header.lower()
    if "text/html" in lower:
        return "html"
    if "text/turtle" in lower:
        return "turtle"
    if "application/ld+json" in lower:
        return "jsonld"
    return "json" if "json" in lower else "text"


def language(incoming: Incoming, settings: Settings) -> Lang:
    """Return the language of a program's user: `lang=`, the cookie, Accept-Language, the first."""
    cookie = parse_cookie(incoming.headers.get(b"cookie", b"").decode("latin-1")).get(COOKIE)
    preferred = incoming.headers.get(b"accept-language", b"").decode("latin-1")[:2].lower()
    try:
        asked = incoming.first("lang")
    except InputError:
        asked = None
    for code in (asked, cookie, preferred):
        if code == "de":
            return "de"
        if code == "en":
            return "en"
    return settings.first_lang
