"""`/shacl`: validation against the shapes in the body, with the parameters of Jena Fuseki.

https://jena.apache.org/documentation/shacl/: `graph=` is default, union or an IRI; `target=` is the
only node to validate. `inference=off` leaves out what only follows, `timeout=` is in seconds.
"""

import json

from flask import Blueprint, Response, request

from akteursmodell.errors import InputError, NotAcceptableError, Text, UnsupportedTypeError
from akteursmodell.graph.files import read_body
from akteursmodell.graph.terms import NamedNode, RdfFormat, Triple, write_triples
from akteursmodell.query.frames import Kind, frame
from akteursmodell.query.jobs import Dataset
from akteursmodell.query.results import GRAPHS, by_name
from akteursmodell.validation.runs import Run
from akteursmodell.web import context
from akteursmodell.web.accepting import accepted
from akteursmodell.web.asking import seconds, switch
from akteursmodell.web.backend import backend
from akteursmodell.web.negotiation import JSON, accepts
from akteursmodell.web.trend import runs

__all__ = ["blueprint"]

blueprint = Blueprint("shapes", __name__)

RDF_TYPES = tuple(media for form in GRAPHS for media in form.media_types)
FIRST = "turtle"


@blueprint.post("/shacl")
def validate() -> Response:
    """Validate a graph and return the report, as RDF or as JSON by Accept."""
    form = wanted()
    if request.mimetype not in RDF_TYPES:
        known = ", ".join(each.media_type for each in GRAPHS)
        raise UnsupportedTypeError(
            Text("Dieses Format nimmt der Dienst nicht an.", "This format is not accepted."),
            Text(f"Erlaubt: {known}", f"Accepted: {known}"),
        )
    asked = {
        "graph": graph(),
        "target": iri("target"),
        "type": request.mimetype,
        "base": request.base_url,
    }
    dataset: Dataset = "all" if switch(request.args.get("inference")) else "entered"
    limit = seconds(request.args.get("timeout"), context.settings().timeout)
    payload = json.dumps(asked).encode() + b"\n" + request.get_data()
    told = json.loads(backend().carry_out(frame(Kind.SHAPES, payload), dataset, limit))
    data, revision = told["data"], context.store().revision
    counts = (told["seconds"], data["violations"], data["warnings"])
    runs().keep(Run.now("shapes", revision, *counts))
    answer = written(told, form)
    answer.headers["Cache-Control"] = "no-store"
    answer.vary.add("Accept")
    return answer


def wanted() -> str:
    """Return the format of the report by Accept, `json` for plain JSON; raises for none."""
    header = request.headers.get("Accept", "")
    offered = [media for form in GRAPHS for media in form.media_types]
    if header and accepts().best_match([*offered, JSON]) == JSON:
        return "json"
    form = accepted(header.encode("latin-1") or None, None).graph
    if not form:
        known = ", ".join((*(each.media_type for each in GRAPHS), JSON))
        raise NotAcceptableError(
            Text("Dieses Format gibt es hier nicht.", "This format is not available here."),
            Text(f"Vorhanden: {known}", f"Available: {known}"),
        )
    return form


def graph() -> str:
    """Return which graph to validate."""
    named = request.args.get("graph") or "default"
    return named if named in ("default", "union") else iri("graph") or "default"


def iri(parameter: str) -> str | None:
    """Return the IRI that a parameter holds, or None where it is missing."""
    value = request.args.get(parameter)
    if not value:
        return None
    try:
        NamedNode(value)
    except ValueError:
        value = ""
    if ":" not in value:
        raise InputError(
            Text(f"{parameter} ist keine ganze Adresse (IRI).", f"{parameter} is no absolute IRI.")
        )
    return value


def written(told: dict[str, object], form: str) -> Response:
    """Write a report."""
    if form == "json":
        return Response(json.dumps(told["data"], ensure_ascii=False) + "\n", content_type=JSON)
    quads = read_body(str(told["ntriples"]).encode(), "application/n-triples", "")
    chosen = by_name(GRAPHS, form)
    assert isinstance(chosen.engine, RdfFormat)  # noqa: S101 -- GRAPHS holds no others
    triples = [Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    return Response(write_triples(triples, chosen.engine), content_type=chosen.content_type)
