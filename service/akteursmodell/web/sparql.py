"""`/sparql`: SPARQL 1.1 query by GET, by form and by body, and a form for people.

Protocol: https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from flask import Blueprint, Response, render_template, request

from akteursmodell.errors import ForbiddenError, InputError, Text
from akteursmodell.graph.terms import Literal, NamedNode, QueryBoolean, QuerySolutions
from akteursmodell.query.execution import answer
from akteursmodell.query.labels import labels
from akteursmodell.query.results import formats_for, write
from akteursmodell.vocabulary import compact
from akteursmodell.web import context
from akteursmodell.web.language import lang
from akteursmodell.web.negotiation import choose, wants_page
from akteursmodell.web.wellknown import described_endpoint

__all__ = ["blueprint"]

blueprint = Blueprint("sparql", __name__)

QUERY_TYPE = "application/sparql-query"
FORM_TYPE = "application/x-www-form-urlencoded"
MAX_SHOWN = 500
EXAMPLE = """SELECT ?site ?operator WHERE {
  ?operation a akm:SiteOperation ;
    akm:operatedSite ?site ;
    akm:operator ?operator .
}
ORDER BY ?site"""


@blueprint.route("/query", methods=["GET", "POST"])
@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response | str:
    """Answer a query; without one, describe the service to machines and show people the form."""
    text = read_query()
    if text is None:
        described = described_endpoint()
        if described is not None:
            return described
        if request.method == "GET" and wants_page():
            return render_template("sparql.html", query=EXAMPLE, table=None)
        raise InputError(
            Text("Es fehlt die Abfrage.", "The query is missing."),
            Text(
                "Senden Sie sie als `query=…` oder als Text mit Content-Type "
                "application/sparql-query.",
                "Send it as `query=…` or as text of type application/sparql-query.",
            ),
        )
    result = answer(
        context.store(),
        text,
        default_graphs=graphs("default-graph-uri"),
        named_graphs=graphs("named-graph-uri"),
    )
    if wants_page() and isinstance(result, QuerySolutions | QueryBoolean):
        return render_template("sparql.html", query=text, table=table(result))
    form = choose(formats_for(result))
    response = Response(write(result, form), content_type=content_type(form.media_type))
    response.vary.add("Accept")
    return response


def read_query() -> str | None:
    """Return the query of this request, or None; raises for several, and for updates."""
    if request.method == "POST" and request.mimetype == QUERY_TYPE:
        try:
            return request.get_data().decode("utf-8")
        except UnicodeDecodeError:
            raise InputError(
                Text("Die Abfrage ist kein UTF-8.", "The query is not UTF-8.")
            ) from None
    if "update" in request.values or request.mimetype == "application/sparql-update":
        raise ForbiddenError(
            Text("Dieser Zugang liest nur.", "This endpoint only reads."),
            Text(
                "Änderungen gehen mit `akteursmodell load` ein.",
                "Changes enter by `akteursmodell load`.",
            ),
        )
    given = request.values.getlist("query")
    if len(given) > 1:
        raise InputError(
            Text("Es kam mehr als eine Abfrage.", "There is more than one query."),
            Text("Senden Sie eine.", "Send one."),
        )
    return given[0] if given else None


def graphs(parameter: str) -> list[NamedNode] | None:
    """Return the graphs that the protocol's parameter names, or None."""
    names = request.values.getlist(parameter)
    try:
        return [NamedNode(name) for name in names] or None
    except ValueError:
        raise InputError(
            Text(f"{parameter} ist keine Adresse.", f"{parameter} is no IRI.")
        ) from None


def content_type(media_type: str) -> str:
    """Return the media type, with its charset where it is text."""
    return media_type + "; charset=utf-8" if media_type.startswith("text/") else media_type


def table(result: QuerySolutions | QueryBoolean) -> dict[str, object]:
    """Return what the page shows of an answer: heads, rows with links and labels, and the rest."""
    if isinstance(result, QueryBoolean):
        return {"heads": ["ASK"], "rows": [[{"text": str(bool(result)).lower()}]], "more": 0}
    names = [variable.value for variable in result.variables]
    rows = [[row[name] for name in names] for row in result]
    shown = rows[:MAX_SHOWN]
    words = labels(context.store(), [t for row in shown for t in row if t is not None], lang())
    cells = [
        [
            {
                "text": "" if term is None else words[term],
                "href": term.value if isinstance(term, NamedNode) else None,
                "title": compact(term.value) if isinstance(term, NamedNode | Literal) else "",
            }
            for term in row
        ]
        for row in shown
    ]
    return {"heads": names, "rows": cells, "more": len(rows) - len(shown)}
