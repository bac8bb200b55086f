"""Choosing a format by Accept, `format=` or `output=`."""

from collections.abc import Sequence

from flask import request

from akteursmodell.query.results import GRAPHS, Format, by_name, no_such_format

__all__ = [
    "ENDINGS",
    "JSON",
    "MEDIA_TYPES",
    "PAGE",
    "choose",
    "ending_by_accept",
    "rdf_by_accept",
    "wants_page",
]

JSON = "application/json"
PAGE = ("text/html", "application/xhtml+xml")
ENDINGS = {"ttl": "turtle", "jsonld": "jsonld", "nt": "ntriples", "rdf": "rdfxml"}
MEDIA_TYPES = {ending: by_name(GRAPHS, name).media_type for ending, name in ENDINGS.items()}


def choose(formats: Sequence[Format]) -> Format:
    """Return the format to answer in; raises NotAcceptableError with the list of formats."""
    named = request.values.get("format") or request.values.get("output")
    if named:
        return by_name(formats, named)
    if not request.headers.get("Accept"):
        return formats[0]
    offered = [media for form in formats for media in form.media_types]
    best = request.accept_mimetypes.best_match(offered)
    if best is None:
        raise no_such_format(formats)
    return next(form for form in formats if best in form.media_types)


def wants_page() -> bool:
    """Whether a person's browser asks: HTML before every machine format."""
    if request.values.get("format") or request.values.get("output"):
        return False
    accept = request.accept_mimetypes
    return accept.quality("text/html") > 0 and "text/html" in request.headers.get("Accept", "")


def ending_by_accept() -> str:
    """Return the ending of the format that the client likes best, empty for the page."""
    if not request.headers.get("Accept"):
        return ""
    forms = [by_name(GRAPHS, name) for name in ENDINGS.values()]
    offered = [*PAGE, *(form.media_type for form in forms), JSON]
    best = request.accept_mimetypes.best_match(offered)
    if best is None:
        known = Format("html", PAGE[0], forms[0].engine)
        raise no_such_format([known, *forms])
    if best in PAGE:
        return ""
    return next((ending for ending, kind in MEDIA_TYPES.items() if kind == best), "json")


def rdf_by_accept() -> str:
    """Return the ending of the RDF format that the client likes best, empty for the page."""
    ending = ending_by_accept()
    return "jsonld" if ending == "json" else ending
