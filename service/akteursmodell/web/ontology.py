"""`/ontology`: the ontology for people and machines, by the addresses of its terms and documents.

`/ontology` and the root's own address give the whole ontology; a module, code list or other
document gives its own statements. Each comes as a page or as RDF, by Accept or by ending; a module
also as a diagram. Any other name is a term. The address of a version leads to its document.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, make_response, render_template, url_for

from akteursmodell.analysis.codelists import code_list, code_lists
from akteursmodell.analysis.diagram import draw
from akteursmodell.analysis.documents import (
    ROOT,
    Document,
    about,
    content,
    documents,
    find,
    nothing,
    version_of,
)
from akteursmodell.analysis.modules import module
from akteursmodell.analysis.parts import kinds, matches, notes, size
from akteursmodell.analysis.terms import listed
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.labels import labels
from akteursmodell.vocabulary import AKM
from akteursmodell.web import context, things
from akteursmodell.web.forms import Form, dress, forms, rdf, split
from akteursmodell.web.language import lang, t
from akteursmodell.web.negotiation import rdf_by_accept

__all__ = ["blueprint"]

blueprint = Blueprint("ontology", __name__)

PICTURE = ".svg"


@blueprint.get("/ontology")
@blueprint.get("/ontology.<any(ttl, jsonld, rdf, nt):ending>")
def index(ending: str = "") -> Response:
    """Tell of the ontology as a whole."""
    return tell(find(context.store(), ROOT, lang()) or nothing(), ending)


@blueprint.get("/ontology/<path:name>")
def term(name: str) -> Response:
    """Tell of a document or a term, or lead from a version to its document."""
    stem, ending = split(name)
    picture = name.endswith(PICTURE)
    found = named(name.removesuffix(PICTURE) if picture else stem)
    if found is not None and picture and found.role == "module":
        return diagram(found)
    if found is not None and not picture:
        return tell(found, ending)
    versioned = version_of(context.store(), AKM + stem)
    if versioned is not None:
        return to_present(versioned, ending)
    return things.tell(AKM, name)


def named(name: str) -> Document | None:
    """Return the document of a name, or None."""
    try:
        return find(context.store(), AKM + name, lang())
    except ValueError:
        return None


def to_present(iri: str, ending: str) -> Response:
    """Lead from the address of a version to the document, which is of that version."""
    name = iri.removeprefix(AKM) + (f".{ending}" if ending else "")
    return Response(status=303, headers={"Location": url_for("ontology.term", name=name)})


def tell(document: Document, ending: str) -> Response:
    """Answer with a document as its ending says, else as the client accepts."""
    wanted = ending or rdf_by_accept()
    offered = forms_of(document)
    response = rdf(content(context.store(), document), wanted) if wanted else page(document)
    links = [f'<{document.iri}>; rel="describes"']
    if document.licence:
        links.append(f'<{document.licence}>; rel="license"')
    return dress(response, offered, *links)


def forms_of(document: Document) -> list[Form]:
    """Return the RDF forms of a document."""
    if document.role == "root":
        return forms(lambda ending: url_for("ontology.index", ending=ending))
    return forms(lambda ending: url_for("ontology.term", name=f"{document.name}.{ending}"))


def page(document: Document) -> Response:
    """Show a document to a person."""
    views = {"root": root_page, "module": module_page, "list": list_page}
    return make_response(views.get(document.role, other_page)(document))


def root_page(root: Document) -> str:
    """Show the whole: modules, terms, code lists, ties to others, version and licence."""
    store = context.store()
    parts = documents(store, lang())
    return render_template(
        "ontology.html",
        root=root,
        origin=about(store, root, lang()),
        modules=listed(store, (part for part in parts if part.role == "module"), lang()),
        lists=code_lists(store, lang()),
        others=[part for part in parts if part.role in ("alignments", "names")],
        extracts=[part for part in parts if part.role == "extract"],
        namespace=AKM,
        forms=forms_of(root),
    )


def module_page(document: Document) -> str:
    """Show a module: diagram, classes, properties, code lists."""
    found = module(context.store(), document.iri, lang())
    return render_template(
        "module.html",
        document=document,
        module=found,
        drawing=draw(found, lang()),
        picture=url_for("ontology.term", name=document.name + PICTURE, lang=lang()),
        forms=forms_of(document),
    )


def list_page(document: Document) -> str:
    """Show a code list with its values."""
    store, scheme = context.store(), NamedNode(AKM + document.name)
    return render_template(
        "codelist.html",
        document=document,
        scheme=scheme.value,
        name=labels(store, [scheme], lang())[scheme],
        concepts=code_list(store, scheme.value, lang()),
        forms=forms_of(document),
    )


def other_page(document: Document) -> str:
    """Show what another document holds: matches, names, extracts."""
    store = context.store()
    aligned = document.role == "alignments"
    return render_template(
        "graph.html",
        title=document.title,
        document=document,
        iri=document.iri,
        size=size(store, document.graph),
        kinds=kinds(store, document.graph, lang()),
        matches=matches(store, document.graph, lang()) if aligned else (),
        notes=notes(store, document.graph, lang()) if aligned else (),
        forms=forms_of(document),
    )


def diagram(document: Document) -> Response:
    """Draw a module; the only style allowed in the picture is its own."""
    found = module(context.store(), document.iri, lang())
    title = t(f"Diagramm: {document.title}", f"Diagram: {document.title}")
    names = ", ".join(row.label for row in found.classes)
    svg = render_template(
        "diagram.svg",
        drawing=draw(found, lang()),
        title=title,
        summary=t(
            f"Klassen mit ihren Oberklassen und Beziehungen: {names}.",
            f"Classes with their superclasses and relations: {names}.",
        ),
        style=style(),
    )
    response = Response(svg, content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'sha256-{digest(style())}'; frame-ancestors 'none'"
    )
    return response


@cache
def style() -> str:
    """Return the style sheet that stands inside each picture."""
    return (Path(__file__).parent / "static" / "diagram.css").read_text(encoding="utf-8")


@cache
def digest(text: str) -> str:
    """Return the digest by which a policy allows a style sheet."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
