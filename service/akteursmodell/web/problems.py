"""From errors to answers: one table of statuses, one body, no internals."""

import logging

from flask import Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from akteursmodell.errors import AkteursmodellError, SourceSyntaxError, Text
from akteursmodell.web.language import lang

__all__ = ["http", "ours", "unexpected"]

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


def ours(error: AkteursmodellError) -> Response:
    """Tell an error of our tree: what is wrong, where, and what to do."""
    hint = error.hint.in_(lang()) if error.hint else ""
    place: dict[str, int | str] = {}
    if isinstance(error, SourceSyntaxError):
        place = {"line": error.line, "column": error.column, "text": error.text[:200]}
    return body(error.status, error.message.in_(lang()), hint, place)


def http(error: HTTPException) -> Response:
    """Tell an error of HTTP itself."""
    status = error.code or 500
    words = WORDS.get(status, UNEXPECTED)
    answer = body(status, words.in_(lang()), "", {})
    for name, value in error.get_headers():
        if name in ("Allow", "Location", "Retry-After"):
            answer.headers[name] = value
    return answer


def unexpected(error: Exception) -> Response:
    """Log what nobody foresaw, and tell nothing of the inside."""
    LOG.error("unexpected error at %s", request.path, exc_info=error)
    return body(500, UNEXPECTED.in_(lang()), "", {})


def body(status: int, message: str, hint: str, place: dict[str, int | str]) -> Response:
    """Write the answer as JSON, as a page, or as plain text, by what the client accepts."""
    kinds = ["text/plain", "text/html", "application/json"]
    kind = request.accept_mimetypes.best_match(kinds, default="text/plain")
    if kind == "text/html":
        page = render_template("problem.html", status=status, message=message, hint=hint)
        return make_response(page, status)
    if kind == "application/json":
        answer = jsonify({"status": status, "message": message, "hint": hint, **place})
        answer.status_code = status
        return answer
    text = f"{message}\n{hint}".strip() + "\n"
    return Response(text, status, content_type="text/plain; charset=utf-8")
