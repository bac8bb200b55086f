"""Choosing a page or an RDF format by Accept."""

from flask import request
from werkzeug.datastructures import MIMEAccept

from akteursmodell.query.results import GRAPHS, Format, by_name, no_such_format

__all__ = [
    "ENDINGS",
    "JSON",
    "MEDIA_TYPES",
    "PAGE",
    "accepts",
    "ending_by_accept",
    "rdf_by_accept",
    "wants_page",
]

JSON = "application/json"
PAGE = ("text/html", "application/xhtml+xml")
ENDINGS = {"ttl": "turtle", "jsonld": "jsonld", "nt": "ntriples", "rdf": "rdfxml"}
MEDIA_TYPES = {ending: by_name(GRAPHS, name).media_type for ending, name in ENDINGS.items()}


def accepts() -> MIMEAccept:
    """Return what the client accepts, without the parameters of the types but their weight."""
    given = request.accept_mimetypes
    return MIMEAccept([(kind.partition(";")[0].strip(), weight) for kind, weight in given])


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
    best = accepts().best_match(offered)
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
