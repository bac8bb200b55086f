"""`/data/…`: each named graph of the data at its own path, as a page or as RDF."""

from flask import Blueprint, Response, make_response, render_template, url_for

from akteursmodell.analysis.documents import statements
from akteursmodell.analysis.parts import kinds, size
from akteursmodell.errors import NotFoundError, Text
from akteursmodell.graph.terms import NamedNode
from akteursmodell.vocabulary import BASE
from akteursmodell.web import context
from akteursmodell.web.forms import dress, forms, rdf, split
from akteursmodell.web.language import lang
from akteursmodell.web.negotiation import rdf_by_accept

__all__ = ["DATA", "blueprint", "graph_address"]

blueprint = Blueprint("graphs", __name__)

DATA = BASE + "data/"
NOT_HERE = Text("Diese Datei gibt es nicht.", "There is no such file.")


def graph_address(iri: str, ending: str = "") -> str:
    """Return where a graph can be read here, empty where it cannot."""
    dotted = f".{ending}" if ending else ""
    if iri.startswith(DATA):
        return url_for("graphs.graph", name=iri.removeprefix(DATA) + dotted)
    if iri.startswith(BASE + "ontology/"):
        return url_for("ontology.term", name=iri.removeprefix(BASE + "ontology/") + dotted)
    return ""


@blueprint.app_context_processor
def words() -> dict[str, object]:
    """Let templates link to graphs."""
    return {"graph_address": graph_address}


def holds(name: str) -> bool:
    """Whether a graph has just this name, so that what looks like an ending belongs to it."""
    try:
        return next(context.store().quads(graph=NamedNode(DATA + name)), None) is not None
    except ValueError:
        return False


@blueprint.get("/data/<path:name>")
def graph(name: str) -> Response:
    """Give a named graph of the data."""
    stem, ending = (name, "") if holds(name) else split(name)
    try:
        named = NamedNode(DATA + stem)
    except ValueError:
        raise NotFoundError(NOT_HERE) from None
    if next(context.store().quads(graph=named), None) is None:
        known = ", ".join(each.value for each in context.store().graphs() if DATA in each.value)
        raise NotFoundError(NOT_HERE, Text(f"Vorhanden: {known}", f"Available: {known}"))
    wanted = ending or rdf_by_accept()
    offered = forms(lambda each: graph_address(named.value, each))
    links = (
        f'<{named.value}>; rel="describes"',
        f'<{url_for("pages.start")}>; rel="collection"; type="text/html"',
    )
    if wanted:
        return dress(rdf(statements(context.store().quads(graph=named)), wanted), offered, *links)
    html = render_template(
        "graph.html",
        title=f"{stem.rpartition('/')[2]}.ttl",
        document=None,
        iri=named.value,
        size=size(context.store(), named.value),
        kinds=kinds(context.store(), named.value, lang()),
        matches=(),
        forms=offered,
    )
    return dress(make_response(html), offered, *links)
