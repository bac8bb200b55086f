"""What machines look for at fixed places: descriptions, examples, robots, sitemap, signposts.

`/dataset` describes the data (DCAT-AP.de, schema.org); `/.well-known/void` adds the statistics;
`/.well-known/sparql-examples` and `/ontology/questions` hold the questions as RDF. A page links to
them in its head as https://signposting.org/FAIR/ asks; without a DOI there is no `cite-as`.
"""

import threading
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from akteursmodell.analysis.dataset import LICENCE, describe, is_statistic
from akteursmodell.analysis.documents import documents
from akteursmodell.analysis.modules import terms_of
from akteursmodell.analysis.service import service_description
from akteursmodell.errors import NotFoundError, Text
from akteursmodell.graph.terms import NamedNode, Triple
from akteursmodell.query.rows import is_entered
from akteursmodell.questions.catalogue import catalogue
from akteursmodell.questions.publishing import SUITE, examples, owlunit
from akteursmodell.vocabulary import AKM, ID
from akteursmodell.web import context
from akteursmodell.web.datasets import data_set
from akteursmodell.web.forms import dress, forms, rdf
from akteursmodell.web.graphs import DATA, graph_address
from akteursmodell.web.negotiation import MEDIA_TYPES, PAGE, accepts, rdf_by_accept

__all__ = ["Descriptions", "blueprint", "described_endpoint"]

blueprint = Blueprint("wellknown", __name__)

ENDING = "<any(ttl, jsonld, rdf, nt):ending>"
KEPT = 4
CLOSED = ("/sparql", "/query", "/search")
PAGES = (
    *("pages.start", "pages.actor_matrix", "pages.about", "questions.index", "checks.page"),
    *("ontology.index", "tasks.page", "places.index", "deadlines.page", "gaps.page"),
    *("network.page", "map.page", "participation.page", "help.glossary"),
)
NO_QUESTION = Text("Diese Frage gibt es nicht.", "There is no such question.")


class Descriptions:
    """Keeps the description of the dataset of the present data state, for a few addresses."""

    def __init__(self) -> None:
        """Begin without one."""
        self._lock = threading.Lock()
        self._kept: dict[tuple[int, str], list[Triple]] = {}

    def current(self, address: str) -> list[Triple]:
        """Return the description of the data as served at an address."""
        key = (context.store().revision, address)
        with self._lock:
            if key not in self._kept:
                if len(self._kept) >= KEPT:
                    self._kept.clear()
                self._kept[key] = describe(context.store(), address, context.settings())
            return self._kept[key]


def address() -> str:
    """Return the address of this service, without a slash at its end."""
    return request.url_root.rstrip("/")


def description() -> list[Triple]:
    """Return the description of the dataset."""
    kept: Descriptions = current_app.extensions["akteursmodell"]["descriptions"]
    return kept.current(address())


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Describe the dataset with its statistics."""
    offered = forms(lambda ending: url_for("wellknown.dataset", ending=ending))
    return dress(rdf(description(), rdf_by_accept() or "ttl"), offered)


@blueprint.get("/dataset")
@blueprint.get(f"/dataset.{ENDING}")
def dataset(ending: str = "") -> AnyResponse:
    """Describe the dataset for catalogues; people are led to the page about the data."""
    wanted = ending or rdf_by_accept()
    if not wanted:
        answer = redirect(url_for("pages.about"), 303)
        answer.vary.add("Accept")
        return answer
    offered = forms(lambda each: url_for("wellknown.dataset", ending=each))
    return dress(rdf([t for t in description() if not is_statistic(t)], wanted), offered)


@blueprint.get("/.well-known/sparql-examples")
def sparql_examples() -> Response:
    """Give the questions as examples for editors."""
    base = url_for("wellknown.sparql_examples", _external=True) + "#"
    made = examples(url_for("sparql.sparql", _external=True), base)
    return dress(rdf(made, rdf_by_accept() or "ttl"), [])


@blueprint.get("/ontology/questions")
@blueprint.get(f"/ontology/questions.{ENDING}")
def suite(ending: str = "") -> AnyResponse:
    """Give the questions as tests of the ontology; people are led to the questions."""
    return tests(owlunit(), ending, "questions", url_for("questions.index"))


@blueprint.get("/ontology/questions/<slug>")
@blueprint.get(f"/ontology/questions/<slug>.{ENDING}")
def case(slug: str, ending: str = "") -> AnyResponse:
    """Give one question as a test of the ontology."""
    found = next((each for each in catalogue().values() if each.slug == slug), None)
    if found is None:
        raise NotFoundError(NO_QUESTION)
    about = NamedNode(f"{SUITE}/{slug}")
    made = [each for each in owlunit() if about in (each.subject, each.object)]
    page = url_for("questions.answer_page", name=found.id)
    return tests(made, ending, f"questions/{slug}", page)


def tests(made: list[Triple], ending: str, name: str, page: str) -> AnyResponse:
    """Answer with tests as RDF, or lead a person to their page."""
    wanted = ending or rdf_by_accept()
    offered = forms(lambda each: f"{url_for('ontology.index')}/{name}.{each}")
    if wanted:
        return dress(rdf(made, wanted), offered, f'<{AKM}{name}>; rel="describes"')
    answer = redirect(page, 303)
    answer.vary.add("Accept")
    return answer


def described_endpoint() -> Response | None:
    """Return the service description where a client names an RDF format before HTML."""
    if request.method not in ("GET", "HEAD") or not request.headers.get("Accept"):
        return None
    best = accepts().best_match([*PAGE, *MEDIA_TYPES.values()])
    ending = next((ending for ending, kind in MEDIA_TYPES.items() if kind == best), "")
    if not ending:
        return None
    endpoint = url_for("sparql.sparql", _external=True)
    void_at = url_for("wellknown.void", _external=True)
    made = service_description(context.store(), endpoint, f"{void_at}#dataset", context.settings())
    return dress(rdf(made, ending), [], f'<{void_at}>; rel="describedby"')


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Ask crawlers to leave queries alone, and show them the pages."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {url_for('wellknown.sitemap', _external=True)}")
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """List the pages."""
    urls = "".join(f"<url><loc>{escape(each)}</loc></url>\n" for each in dict.fromkeys(pages()))
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    )
    return Response(text, content_type="application/xml; charset=utf-8")


def pages() -> list[str]:
    """Return the addresses of all pages: fixed ones, questions, ontology, things."""
    store = context.store()
    found = [url_for(name, _external=True) for name in PAGES]
    found += [url_for("questions.answer_page", name=name, _external=True) for name in catalogue()]
    terms: list[str] = []
    for each in documents(store, "de"):
        terms.append(each.name)
        if each.role == "module":
            named = terms_of(store, each.iri)
            terms += [term.value.removeprefix(AKM) for group in named.values() for term in group]
    found += [url_for("ontology.term", name=name, _external=True) for name in terms]
    things = {
        quad.subject.value.removeprefix(ID)
        for quad in store.quads()
        if isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(ID)
        and is_entered(quad)
    }
    return found + [url_for("things.doc", name=name, _external=True) for name in sorted(things)]


@blueprint.after_app_request
def signposts(response: Response) -> Response:
    """Name in the head of the start page what describes, licenses and holds the data."""
    if request.endpoint != "pages.start" or response.mimetype != PAGE[0]:
        return response
    described = forms(lambda ending: url_for("wellknown.dataset", ending=ending))
    links = [f'<{form.href}>; rel="describedby"; type="{form.kind}"' for form in described]
    links.append(f'<{url_for("wellknown.void")}>; rel="describedby"; type="text/turtle"')
    links.append(f'<{LICENCE}>; rel="license"')
    links += [f'<https://schema.org/{kind}>; rel="type"' for kind in ("AboutPage", "Dataset")]
    data = data_set()
    shown = data.store.graphs() if data.is_part or len(data.names) == 1 else []  # a head is short
    files = [g.value for g in shown if g.value.startswith(DATA)]
    links += [f'<{graph_address(g, "ttl")}>; rel="item"; type="text/turtle"' for g in files]
    response.headers["Link"] = ", ".join(links)
    return response
