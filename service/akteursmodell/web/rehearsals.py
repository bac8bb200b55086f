"""`?dry-run` on writes, and `/preview`: what would become of a change, and nothing stored.

Only whoever may write may try: a dry run takes seconds of a processor and runs foreign updates. It
answers 200 even where the change would be refused, since telling so is what it was asked for.
"""

import json
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from akteursmodell.errors import AkteursmodellError, InputError, NotAcceptableError, Text
from akteursmodell.graph.terms import NamedNode
from akteursmodell.updates.dry_run_text import as_text, headline
from akteursmodell.updates.requests import Kind, WriteRequest
from akteursmodell.validation.report import LEVELS
from akteursmodell.validation.runs import Run
from akteursmodell.web.backend import backend
from akteursmodell.web.language import lang
from akteursmodell.web.negotiation import JSON, PAGE, accepts
from akteursmodell.web.tokens import require_token
from akteursmodell.web.trend import runs

__all__ = ["blueprint", "is_dry_run", "rehearsed"]

blueprint = Blueprint("rehearsals", __name__)

PARAMETER = "dry-run"
TEXT, TURTLE = "text/plain", "text/turtle"
OFFERED = (JSON, TEXT, TURTLE, *PAGE)
WAYS = {
    "add": Text("Turtle hinzufügen", "add Turtle"),
    "replace": Text("Datei durch Turtle ersetzen", "replace the file by Turtle"),
    "update": Text("SPARQL Update", "SPARQL Update"),
}
SITES = "https://w3id.org/akteursmodell/data/viersen/sites"


def is_dry_run() -> bool:
    """Whether a write asks to be tried only; raises InputError for another word than yes or no."""
    value = request.values.get(PARAMETER)
    if value is None or value in ("false", "0", "off"):
        return False
    if value in ("", "true", "1", "on"):
        return True
    raise InputError(Text("dry-run kann true oder false sein.", "dry-run can be true or false."))


def rehearsed(wanted: WriteRequest) -> Response:
    """Tell what would become of a write: as JSON, text, page, or the W3C report in Turtle."""
    form = accepts().best_match(OFFERED) if request.headers.get("Accept") else JSON
    if form is None:
        known = ", ".join((JSON, TEXT, TURTLE, PAGE[0]))
        raise NotAcceptableError(
            Text("Dieses Format gibt es hier nicht.", "This format is not available here."),
            Text(f"Vorhanden: {known}", f"Available: {known}"),
        )
    told = tell(wanted)
    turtle = told["report"].pop("turtle")
    if form in PAGE:
        answer = make_response(page(told))
    elif form == TURTLE:
        answer = Response(turtle, content_type=f"{TURTLE}; charset=utf-8")
    elif form == TEXT:
        answer = Response(as_text(told, lang()) + "\n", content_type=f"{TEXT}; charset=utf-8")
    else:
        answer = Response(json.dumps(told, ensure_ascii=False) + "\n", content_type=JSON)
    answer.headers["Akteursmodell-Revision"] = str(told["revision"])
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Language"] = lang()
    answer.vary.add("Accept")
    return answer


@blueprint.get("/preview")
def form() -> str:
    """Show the form."""
    return page(None)


@blueprint.post("/preview")
def tried() -> Response:
    """Try what the form holds, and show what would become of it below the form."""
    fault, told, status = None, None, 200
    try:
        require_token(request.form.get("token", ""))
        told = tell(typed())
    except AkteursmodellError as error:
        fault, status = error, error.status
    answer = make_response(page(told, fault), status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def tell(wanted: WriteRequest) -> dict[str, Any]:
    """Let a worker try a write, and note that the shapes were asked."""
    told = backend().rehearse(wanted, lang())
    report = told["report"]
    counts = (told["seconds"], report["violations"], report["warnings"])
    runs().keep(Run.now("dry-run", told["revision"], *counts))
    return told


def typed() -> WriteRequest:
    """Return the change that the form holds."""
    way, text = request.form.get("way", "add"), request.form.get("text", "").encode()
    if not text.strip():
        raise InputError(
            Text("Das Feld für die Änderung ist leer.", "The field for the change is empty.")
        )
    if way == "update":
        return WriteRequest("update", text, "", "", request.base_url)
    graph = request.form.get("graph", "").strip()
    try:
        NamedNode(graph)
    except ValueError:
        graph = ""
    if ":" not in graph:
        raise InputError(
            Text(
                "Nennen Sie die Datei, in die das gehört, mit ihrer ganzen Adresse.",
                "Name the file that this belongs to by its whole address.",
            ),
            Text(f"Zum Beispiel: {SITES}", f"For example: {SITES}"),
        )
    kind: Kind = "put" if way == "replace" else "post"
    return WriteRequest(kind, text, "", "", graph, parts=((TURTLE, len(text)),), graph=graph)


def page(told: dict[str, Any] | None, fault: AkteursmodellError | None = None) -> str:
    """Show the form, and what became of a dry run."""
    return render_template(
        "preview.html",
        told=told,
        headline=headline(told) if told else None,
        fault=fault,
        ways=WAYS,
        levels=LEVELS,
        given=request.form if request.blueprint == blueprint.name else {},
        example=SITES,
    )
