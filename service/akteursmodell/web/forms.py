"""The forms of a page for machines: RDF by ending or by Accept, and links to each form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Response

from akteursmodell.graph.terms import RdfFormat, Triple, write_triples
from akteursmodell.query.results import GRAPHS, by_name
from akteursmodell.web.negotiation import ENDINGS, MEDIA_TYPES

__all__ = ["LABELS", "Form", "dress", "forms", "rdf", "split"]

LABELS = {"ttl": "Turtle", "jsonld": "JSON-LD", "rdf": "RDF/XML", "nt": "N-Triples"}


@dataclass(frozen=True)
class Form:
    """A form of a page: its name, its address, its media type."""

    label: str
    href: str
    kind: str


def forms(address: Callable[[str], str]) -> list[Form]:
    """Return the RDF forms of a page, with their addresses by ending."""
    return [Form(label, address(ending), MEDIA_TYPES[ending]) for ending, label in LABELS.items()]


def split(name: str) -> tuple[str, str]:
    """Part a name from the ending of an RDF format; the ending is empty where there is none."""
    stem, _, ending = name.rpartition(".")
    return (stem, ending) if stem and ending in ENDINGS else (name, "")


def rdf(triples: Sequence[Triple], ending: str) -> Response:
    """Write statements in the format of an ending."""
    form = by_name(GRAPHS, ENDINGS[ending])
    assert isinstance(form.engine, RdfFormat)  # noqa: S101 -- GRAPHS holds no others
    charset = "; charset=utf-8" if form.media_type.startswith("text/") else ""
    kind = form.media_type + charset
    return Response(write_triples(list(triples), form.engine), content_type=kind)


def dress(response: Response, offered: Sequence[Form], *links: str) -> Response:
    """Name the other forms in the head of an answer, and that it depends on Accept."""
    alternates = [f'<{form.href}>; rel="alternate"; type="{form.kind}"' for form in offered]
    response.headers["Link"] = ", ".join([*alternates, *links])
    response.vary.add("Accept")
    return response
