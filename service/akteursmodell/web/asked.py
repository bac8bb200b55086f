"""Which view of the matrix an address asks for, and the address of another view."""

from datetime import date
from typing import Final
from urllib.parse import urlencode

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from akteursmodell.analysis.facets import FACETS, Facet, Facets
from akteursmodell.analysis.matrix import Ground
from akteursmodell.analysis.selection import LAYERS, Selection
from akteursmodell.errors import NotFoundError, ParameterError, Text
from akteursmodell.web.language import lang

__all__ = ["NAMES", "asked", "check", "day", "is_on", "missing", "variant"]

# The words of the address, which are German as the pages are.
NAMES: Final[dict[Facet, str]] = {
    "theme": "thema",
    "district": "ort",
    "task": "aufgabe",
    "evidence": "beleg",
}
OFF = "0"
ALL = "alle"
PAGE = "pages.actor_matrix"


def asked() -> Selection:
    """Read the view from the address; raises ParameterError for a day that is none."""
    given = request.args
    layers = frozenset(given.getlist("schicht")) & set(LAYERS)
    return Selection(
        day=day(),
        perspective=given.get("perspektive", ""),
        chosen={facet: given.get(NAMES[facet], "") for facet in FACETS},
        layers=layers if given.getlist("schicht") else None,
        compact=is_on("kompakt"),
        gaps=is_on("luecken"),
        slots=given.get("platzhalter") != OFF,
        lines=frozenset(given.getlist("linie")),
        as_drawn=is_on("gezeichnet"),
        everything=given.get("beziehungen") == ALL,
    )


def day() -> date:
    """Return the reference date: the one asked for, else today."""
    text = request.args.get("stichtag", "").strip()
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ParameterError(
            Text(f"„{text}“ ist kein Tag.", f"“{text}” is no day."),
            Text("Zum Beispiel: 2026-11-25", "For example: 2026-11-25"),
        ) from None


def is_on(name: str) -> bool:
    """Whether a switch is on."""
    return request.args.get(name, "") not in ("", OFF)


def check(selection: Selection, found: Ground) -> None:
    """Raise NotFoundError where the view names a perspective or a value that does not exist."""
    views = [view.name for view in found.perspectives]
    if selection.perspective and selection.perspective not in views:
        raise missing(Text("Diese Perspektive", "perspective"), views)
    for facet, name in selection.narrowed.items():
        known = names_of(found.facets, facet)
        if name not in known:
            raise missing(Text(f"„{name}“ als {NAMES[facet]}", f"{facet} “{name}”"), known)


def names_of(facets: Facets, facet: Facet) -> list[str]:
    """Return the names that a facet can be narrowed to."""
    return sorted({name for names in facets.values[facet].values() for name in names})


def missing(what: Text, known: list[str]) -> NotFoundError:
    """Return the error that something does not exist, with what does."""
    listed = ", ".join(known)
    return NotFoundError(
        Text(f"{what.de} gibt es nicht.", f"There is no such {what.en}."),
        Text(f"Vorhanden: {listed}", f"Available: {listed}"),
    )


def variant(endpoint: str = PAGE, **changes: str | None) -> str:
    """Return the address of this view with some things changed; None takes one away.

    Files say their language, since who fetches them does not.
    """
    given = MultiDict(request.args)
    given.poplist("lang")
    for name, value in changes.items():
        given.poplist(name)
        if value is not None:
            given.add(name, value)
    if endpoint != PAGE:
        given.add("lang", lang())
    query = urlencode([*given.items(multi=True)])
    return url_for(endpoint) + (f"?{query}" if query else "")
