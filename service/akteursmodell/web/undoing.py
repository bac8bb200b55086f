"""`/history/…/undo`: take a data state back as a new one, tried first, by whoever has the token.

The same address answers programs, which show the token in the header, and a form.
"""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for

from akteursmodell.errors import AkteursmodellError, InputError, Text
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.history.revisions import Revision
from akteursmodell.updates.dry_run_text import headline
from akteursmodell.updates.requests import WriteRequest
from akteursmodell.updates.undo import opposite
from akteursmodell.validation.report import LEVELS
from akteursmodell.web import context
from akteursmodell.web.backend import backend
from akteursmodell.web.changes import outcome, signature
from akteursmodell.web.history import journal
from akteursmodell.web.rehearsals import is_dry_run, rehearsed, tell
from akteursmodell.web.tokens import require_token

__all__ = ["blueprint"]

blueprint = Blueprint("undoing", __name__)

NOT_HERE = Text(
    "Dieser Dienst liest aus einer anderen Datenbank; dort wird zurückgenommen.",
    "This service reads from another store; undo it there.",
)


@blueprint.get("/history/<int:number>/undo")
def form(number: int) -> str:
    """Show how a data state is taken back, and a form for it where this is possible here."""
    told = read(number)
    try:
        request_of(number)
    except AkteursmodellError as error:
        return page(told, fault=error)
    return page(told)


@blueprint.post("/history/<int:number>/undo")
def undo(number: int) -> Response:
    """Take a data state back as a new one, or only try to."""
    if "token" in request.form:
        return typed(number)
    require_token()
    if is_dry_run():
        return rehearsed(request_of(number))
    author, reason = signature(usual(number))
    return outcome(backend().undo(number, author, reason), created=False)


def typed(number: int) -> Response:
    """Do what the form asks for: try, or take back; then lead to the new data state."""
    fault, rehearsal, status = None, None, 200
    told = read(number)
    try:
        require_token(request.form["token"])
        if request.form.get("do") == "undo":
            done = backend().undo(number, *signature(usual(number)))
            there = url_for("history.revision", number=done["revision"])
            return Response(status=303, headers={"Location": there})
        rehearsal = tell(request_of(number))
    except AkteursmodellError as error:
        fault, status = error, error.status
    answer = make_response(page(told, rehearsal, fault), status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def read(number: int) -> Revision:
    """Return a data state; raises NotFoundError."""
    with journal() as found:
        if number > context.store().revision:
            raise found.unknown(number)
        return found.revision(number)


def request_of(number: int) -> WriteRequest:
    """Return the write that takes a data state back; raises what keeps it from being one."""
    store = context.store()
    if not isinstance(store, EmbeddedStore):
        raise InputError(NOT_HERE)
    with journal() as found:
        change = opposite(found, number, store)
    return WriteRequest("change", change.to_bytes(), "", usual(number), None)


def usual(number: int) -> str:
    """Return the reason where nobody gave one."""
    return f"Nimmt den Datenstand {number} zurück."


def page(
    told: Revision,
    rehearsal: dict[str, Any] | None = None,
    fault: AkteursmodellError | None = None,
) -> str:
    """Show the ways to take a data state back, and what became of trying."""
    return render_template(
        "undo.html",
        revision=told,
        told=rehearsal,
        headline=headline(rehearsal) if rehearsal else None,
        fault=fault,
        levels=LEVELS,
        can_write=bool(context.settings().token),
        usual=usual(told.number),
        given=request.form,
    )
