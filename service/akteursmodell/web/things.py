"""Things: `/id/…` leads to `/doc/…`; pages, RDF and JSON, by ending or by Accept.

Terms of the ontology are told in the same way, at the addresses that `web.ontology` gives them.
"""

import json
from datetime import date
from typing import Any

from flask import Blueprint, Response, make_response, render_template, url_for

from akteursmodell.analysis.axes import Line, levels, sectors
from akteursmodell.analysis.fan import fan
from akteursmodell.analysis.pieces import Piece, plain
from akteursmodell.analysis.roles import SIDES
from akteursmodell.analysis.search import nearest
from akteursmodell.analysis.terms import used
from akteursmodell.analysis.things import Property, Thing, describe, description_of
from akteursmodell.errors import Lang, NotFoundError, Text
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import Quad, Triple
from akteursmodell.query.periods import STATES
from akteursmodell.vocabulary import AKM, ID, akm
from akteursmodell.web import context
from akteursmodell.web.forms import LABELS, rdf
from akteursmodell.web.history import recent
from akteursmodell.web.kept import kept
from akteursmodell.web.language import lang
from akteursmodell.web.links import correction, exists
from akteursmodell.web.negotiation import (
    ENDINGS,
    JSON,
    MEDIA_TYPES,
    ending_by_accept,
    wants_page,
)

__all__ = ["blueprint", "tell"]

blueprint = Blueprint("things", __name__)

SIDES_OF_RELATIONS = frozenset(
    akm(name)
    for name in (
        "agent",
        "partner",
        "principal",
        *(side for sides in SIDES.values() for side in sides),
    )
)
NOT_HERE = Text("Diesen Eintrag gibt es nicht.", "There is no such entry.")


@blueprint.get("/id/<name>")
def thing(name: str) -> Response:
    """Lead from a thing to what is known about it, in the format asked for."""
    if not exists(ID + name):
        return missing(ID, name)
    ending = ending_by_accept()
    target = url_for("things.doc", name=f"{name}.{ending}" if ending else name)
    response = Response(status=303, headers={"Location": target})
    response.vary.add("Accept")
    return response


@blueprint.get("/doc/<name>")
def doc(name: str) -> Response:
    """Tell what is known about a thing."""
    return tell(ID, name)


def tell(base: str, name: str) -> Response:
    """Answer for a thing as its ending says, else as the client accepts."""
    stem, _, ending = name.rpartition(".")
    named = bool(stem) and (ending in ENDINGS or ending == "json")
    if not named:
        stem, ending = name, ""
    if not exists(base + stem):
        return missing(base, stem)
    chosen = ending if named else ending_by_accept()
    response = page(base, stem) if not chosen else data(base + stem, chosen)
    if not named:
        response.vary.add("Accept")
    response.headers["Link"] = ", ".join(alternates(base, stem))
    return response


def page(base: str, name: str) -> Response:
    """Show a thing to a person."""
    found = described(base + name)
    contact = context.settings().contact
    neighbours = found.ties.neighbours
    subject = Text(f"Korrektur: {found.label}", f"Correction: {found.label}").in_(lang())
    html = render_template(
        "thing.html",
        thing=found,
        formats=formats(base, name),
        since=recent(found.iri) if base == ID else None,
        axes=kept(axes, lang()) if found.places else None,
        fan=fan(Piece(found.label), neighbours) if neighbours and base == ID else None,
        network=network_of(found),
        states=STATES,
        used=used(context.store(), found.iri, lang()) if base == AKM else None,
        correct=correction(contact, subject, found.iri),
        contact=contact,
    )
    return make_response(html)


def axes(store: Store, language: Lang) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the columns and the rows of the matrix."""
    return sectors(store, language), levels(store, language)


def network_of(found: Thing) -> str:
    """Return the address of the network around an actor in a relation, or nothing."""
    if not any(mention.via.iri in SIDES_OF_RELATIONS for mention in found.mentions):
        return ""
    return url_for("network.page", um=found.iri.removeprefix(ID))


def data(iri: str, ending: str) -> Response:
    """Write what is known about a thing as RDF or plain JSON."""
    if ending == "json":
        body = json.dumps(as_json(described(iri), lang()), ensure_ascii=False, indent=2)
        return Response(body, content_type=JSON)
    return rdf(triples(description_of(context.store(), iri)), ending)


def triples(quads: list[Quad]) -> list[Triple]:
    """Return each statement once, whichever graphs it stands in, in a fixed order."""
    found = {Triple(quad.subject, quad.predicate, quad.object) for quad in quads}
    return sorted(found, key=str)


def as_json(found: Thing, language: Lang) -> dict[str, Any]:
    """Return a thing as plain JSON, for those who read no RDF."""

    def link(piece: Piece) -> dict[str, str]:
        return {"label": piece.text, "iri": piece.iri} if piece.iri else {"label": piece.text}

    def table_row(each: Property) -> dict[str, Any]:
        values = [link(v[0]) if len(v) == 1 else {"label": plain(v)} for v in each.values]
        return {"property": each.iri, "label": each.label, "values": values}

    return {
        "iri": found.iri,
        "language": language,
        "label": found.label,
        "kinds": [link(kind) for kind in found.kinds],
        "otherNames": found.other_names,
        "description": "\n".join(found.texts),
        "sentences": [plain(sentence) for sentence in found.ties.sentences],
        "period": found.period,
        "properties": [table_row(each) for each in found.properties],
        "inferred": [table_row(each) for each in found.inferred],
        "mentions": [
            {
                "property": each.via.iri,
                "label": each.via.text,
                "kind": each.kind,
                "entries": [link(entry) for entry in each.entries],
                "more": each.more,
            }
            for each in found.mentions
        ],
        "neighbours": [
            {
                **link(each.name),
                "via": each.via,
                "entries": [link(fact) for fact in each.facts],
                "state": each.state,
            }
            for each in found.ties.neighbours
        ],
        "places": [
            {**vars(place), "actor": link(place.actor) if place.actor else None}
            for place in found.places
        ],
        "evidence": [vars(item) for item in found.evidence],
        "gaps": [link(gap.name) for gap in found.gaps],
        "conflicts": [link(conflict.name) for conflict in found.conflicts],
        "files": found.files,
    }


def formats(base: str, name: str) -> list[tuple[str, str, str]]:
    """Return the further forms of a page: name, address, media type."""
    endpoint = "things.doc" if base == ID else "ontology.term"
    return [
        (label, url_for(endpoint, name=f"{name}.{ending}"), MEDIA_TYPES.get(ending, JSON))
        for ending, label in {**LABELS, "json": "JSON"}.items()
    ]


def alternates(base: str, name: str) -> list[str]:
    """Return the links of the answer's head: its further forms, and what it is about."""
    links = [f'<{href}>; rel="alternate"; type="{kind}"' for _, href, kind in formats(base, name)]
    return [*links, f'<{base}{name}>; rel="describes"']


def described(iri: str) -> Thing:
    """Return what is known about a thing; raises NotFoundError."""
    found = describe(context.store(), iri, lang(), date.today())
    if found is None:
        raise NotFoundError(NOT_HERE)
    return found


def missing(base: str, name: str) -> Response:
    """Tell that there is no such thing, and which ones are called alike."""
    near = nearest(context.store(), name, base, lang())
    names = ", ".join(f"{piece.text} ({piece.iri})" for piece in near)
    hint = Text(f"Meinten Sie: {names}", f"Did you mean: {names}") if near else None
    if not wants_page():
        raise NotFoundError(NOT_HERE, hint)
    html = render_template(
        "problem.html", status=404, message=NOT_HERE.in_(lang()), hint="", near=near
    )
    return make_response(html, 404)
