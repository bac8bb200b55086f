"""`/update`: SPARQL 1.1 Update, for whoever has the token.

Protocol: https://www.w3.org/TR/sparql11-protocol/#update-operation
"""

import json
import re
from typing import Any

from flask import Blueprint, Response, request

from akteursmodell.errors import InputError, Text, UnsupportedTypeError
from akteursmodell.updates.requests import WriteRequest
from akteursmodell.web.backend import backend
from akteursmodell.web.rehearsals import is_dry_run, rehearsed
from akteursmodell.web.tokens import require_token

__all__ = [
    "UPDATE_TYPE",
    "base_revision",
    "blueprint",
    "outcome",
    "signature",
    "source",
    "update_of_request",
]

blueprint = Blueprint("changes", __name__)

UPDATE_TYPE = "application/sparql-update"
FORM_TYPE = "application/x-www-form-urlencoded"
AUTHOR = "token"
NUMBER = re.compile("[0-9]{1,15}")


@blueprint.post("/update")
def update() -> Response:
    """Carry out an update."""
    require_token()
    text = update_of_request()
    author, reason = signature("SPARQL Update")
    wanted = WriteRequest(
        kind="update",
        body=text.encode(),
        author=author,
        reason=reason,
        base=request.base_url,
        source=source(),
        revision=base_revision(),
        using=graphs("using-graph-uri"),
        using_named=graphs("using-named-graph-uri"),
    )
    if is_dry_run():
        return rehearsed(wanted)
    return outcome(backend().write(wanted), created=False)


def update_of_request() -> str:
    """Return the update of this request; raises for several, and for queries."""
    if request.mimetype not in (UPDATE_TYPE, FORM_TYPE):
        raise UnsupportedTypeError(
            Text(
                "Eine Änderung kommt als Formular oder als application/sparql-update in UTF-8.",
                "An update comes as a form or as application/sparql-update in UTF-8.",
            )
        )
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8"):
        raise UnsupportedTypeError(
            Text("Die Änderung muss UTF-8 sein.", "The update must be UTF-8.")
        )
    given = request.values.getlist("update")
    if request.mimetype == UPDATE_TYPE:
        try:
            given = [*given, request.get_data().decode("utf-8")]
        except UnicodeDecodeError:
            raise InputError(
                Text("Die Änderung ist kein UTF-8.", "The update is not UTF-8.")
            ) from None
    if len(given) != 1:
        raise InputError(
            Text("Senden Sie genau eine Änderung.", "Send exactly one update."),
            Text("Das Feld heißt `update`.", "The field is called `update`."),
        )
    return given[0]


def graphs(parameter: str) -> tuple[str, ...] | None:
    """Return the graphs that the protocol's parameter names, or None."""
    return tuple(request.values.getlist(parameter)) or None


def signature(reason: str) -> tuple[str, str]:
    """Return who makes a change and why, as far as the request says."""
    return request.values.get("author") or AUTHOR, request.values.get("reason") or reason


def source() -> str:
    """Return what a change rests on, as far as the request says."""
    return request.args.get("source", "")


def base_revision() -> int | None:
    """Return the data state on which a change was made up: `?base=`, or If-Match with its number.

    Raises InputError where it is no number.
    """
    match = request.headers.get("If-Match", "").strip()
    given = request.args.get("base", "" if match == "*" else match.strip('"'))
    if not given:
        return None
    if not NUMBER.fullmatch(given):
        raise InputError(
            Text(
                f"„{given}“ ist die Nummer keines Datenstands.",
                f"“{given}” is the number of no data state.",
            ),
            Text(
                'Senden Sie, was in Akteursmodell-Revision stand: ?base=12 oder If-Match: "12".',
                'Send what stood in Akteursmodell-Revision: ?base=12 or If-Match: "12".',
            ),
        )
    return int(given)


def outcome(told: dict[str, Any], *, created: bool) -> Response:
    """Tell what became of a change: the data state, how much it altered, and what it lacks."""
    names = ("revision", "inserted", "deleted", "warnings")
    kept = {name: told[name] for name in names if name in told}
    status = 201 if created else 200
    answer = Response(
        json.dumps(kept, ensure_ascii=False) + "\n", status, content_type="application/json"
    )
    answer.headers["Akteursmodell-Revision"] = str(told.get("revision", ""))
    return answer
