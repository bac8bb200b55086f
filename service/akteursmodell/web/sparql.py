"""`/sparql` for people: a form, and answers as a table; and the description for machines.

Queries of programs are answered before Flask sees them (`endpoint`).
"""

import json
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from akteursmodell.errors import AkteursmodellError, tell
from akteursmodell.graph.terms import Literal, NamedNode, Term
from akteursmodell.query.jobs import Head, Job, Options
from akteursmodell.query.labels import labels
from akteursmodell.questions.catalogue import catalogue
from akteursmodell.questions.catalogue import find as find_question
from akteursmodell.questions.publishing import query_of
from akteursmodell.vocabulary import PREFIXES, compact
from akteursmodell.web import context
from akteursmodell.web.asking import data_state, missing
from akteursmodell.web.backend import backend
from akteursmodell.web.language import lang
from akteursmodell.web.negotiation import wants_page
from akteursmodell.web.wellknown import described_endpoint

__all__ = ["blueprint"]

blueprint = Blueprint("sparql", __name__)

MAX_SHOWN = 500
MAX_TEXT = 100_000
STRING = PREFIXES["xsd"] + "string"
EXAMPLE = """SELECT ?site ?operator WHERE {
  ?operation a akm:SiteOperation ;
    akm:operatedSite ?site ;
    akm:operator ?operator .
}
ORDER BY ?site"""


@blueprint.route("/query", methods=["GET", "POST"])
@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response | str:
    """Show the answer of a query; without one, describe the service or show the form."""
    text = request.values.get("query")
    if text is None:
        described = described_endpoint()
        if described is not None:
            return described
        if request.method == "GET" and wants_page():
            asked = request.args.get("example", "")
            return shown(query_of(find_question(asked)) if asked else EXAMPLE, None)
    if text is None or not text.strip():
        raise missing()
    try:
        head, body = backend().query(job_of_request(text))
    except AkteursmodellError as error:
        return make_response(shown(text, None, error), error.status)
    rows = head.media_type.endswith("results+json")
    found = table(json.loads(body)) if rows else {"graph": excerpt(body.decode())}
    return shown(text, {**found, **told(head)})


def job_of_request(text: str) -> Job:
    """Return the query of a page, with as many rows as the page shows."""
    return Job(
        text,
        Options(
            default_graphs=tuple(request.values.getlist("default-graph-uri")) or None,
            named_graphs=tuple(request.values.getlist("named-graph-uri")) or None,
            inference=request.values.get("inference") != "off",
            max_rows=MAX_SHOWN,
            base=request.base_url,
            revision=data_state(request.values.get("revision")),
        ),
    )


def shown(
    query: str, answer: dict[str, Any] | None, problem: AkteursmodellError | None = None
) -> str:
    """Return the page with a query, and its answer or what is wrong with it."""
    seconds = context.settings().timeout
    place = tell(problem)["place"] if problem else {}
    return render_template(
        "sparql.html",
        query=query,
        table=answer,
        seconds=seconds,
        problem=problem,
        place=place,
        questions=catalogue().values(),
    )


def excerpt(text: str) -> str:
    """Return what the page shows of a graph in Turtle."""
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT].rpartition("\n")[0] + "\n…"


def told(head: Head) -> dict[str, Any]:
    """Return what the page says of an answer beside its rows."""
    return {"more": bool(head.cut_at), "added": head.added, "unknown": head.unknown}


def table(result: dict[str, Any]) -> dict[str, Any]:
    """Return what the page shows of an answer in JSON: heads and rows, with links and labels.

    Format: https://www.w3.org/TR/sparql11-results-json/
    """
    if "boolean" in result:
        return {"heads": ["ASK"], "rows": [[{"text": str(result["boolean"]).lower()}]]}
    names = result["head"]["vars"]
    rows = [[term(row.get(name)) for name in names] for row in result["results"]["bindings"]]
    words = labels(context.store(), [t for row in rows for t in row if t is not None], lang())
    cells = [
        [
            {
                "text": "" if each is None else words[each],
                "href": each.value if isinstance(each, NamedNode) else None,
                "title": compact(each.value) if isinstance(each, NamedNode | Literal) else "",
            }
            for each in row
        ]
        for row in rows
    ]
    return {"heads": names, "rows": cells}


def term(found: dict[str, Any] | None) -> Term | None:
    """Return the term of a binding; a blank node is shown as text."""
    if found is None:
        return None
    if found["type"] == "uri":
        return NamedNode(found["value"])
    if found["type"] == "literal":
        tag = found.get("xml:lang")
        if tag:
            return Literal(found["value"], language=tag)
        return Literal(found["value"], datatype=NamedNode(found.get("datatype", STRING)))
    return Literal("_:" + str(found["value"]))
