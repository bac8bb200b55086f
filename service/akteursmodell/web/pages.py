"""The pages about the whole: start, matrix, search, about; and what machines ask first."""

from datetime import date
from typing import NamedTuple

from flask import Blueprint, Response, jsonify, render_template, request

from akteursmodell.analysis.knowledge import knowledge
from akteursmodell.analysis.local import districts
from akteursmodell.analysis.matrix import matrix
from akteursmodell.analysis.overview import age, graphs, overview, sources
from akteursmodell.analysis.perspectives import perspectives
from akteursmodell.analysis.pieces import Piece
from akteursmodell.analysis.relations import KINDS, TIES
from akteursmodell.analysis.search import fits, search
from akteursmodell.analysis.wording import count
from akteursmodell.errors import NotFoundError, Text
from akteursmodell.query.periods import STATES
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import catalogue
from akteursmodell.questions.catalogue import find as find_question
from akteursmodell.questions.tables import tabulate
from akteursmodell.vocabulary import ID
from akteursmodell.web import context
from akteursmodell.web.deadlines import USUAL, ends
from akteursmodell.web.kept import kept
from akteursmodell.web.language import lang
from akteursmodell.web.links import correction

__all__ = ["blueprint"]

blueprint = Blueprint("pages", __name__)

LONGEST_SEARCH = 200
SHOWN = 12
NEXT = 5
COMPARED = "CQ31"
SELECTION = "CQ64"
OVERLAYS = ("reference", "subject", "space", "mode")


class Overlay(NamedTuple):
    """What a perspective lays over a relation: a heading and the values."""

    heading: str
    values: list[Piece]


@blueprint.get("/")
def start() -> str:
    """Say what this is, for three kinds of visitor."""
    today = date.today()
    coming = kept(ends, lang(), today, USUAL)
    return render_template(
        "start.html",
        overview=kept(overview, lang()),
        knowledge=kept(knowledge, lang(), today),
        ends=coming.dated[:NEXT],
        later=max(0, len(coming.dated) - NEXT),
        revision=context.store().revision,
        questions=catalogue(),
        districts=kept(districts, lang())[:SHOWN],
    )


@blueprint.get("/matrix")
def actor_matrix() -> str:
    """Show the actor matrix; `perspektive` shows only what a slide looks at, in our reading."""
    name, store, today = request.args.get("perspektive", ""), context.store(), date.today()
    asked, overlays = "", dict[str, list[Overlay]]()
    if not name:
        found = matrix(store, lang(), today)
    else:
        views = {view.name: view for view in perspectives(store, lang())}
        if name not in views:
            known = ", ".join(views)
            raise NotFoundError(
                Text("Diese Perspektive gibt es nicht.", "There is no such perspective."),
                Text(f"Vorhanden: {known}", f"Available: {known}"),
            )
        asked = views[name].title.iri.removeprefix(ID)
        overlays = overlays_of(asked)
        found = matrix(store, lang(), today, name, overlays)
    return render_template(
        "matrix.html",
        matrix=found,
        kinds=KINDS,
        ties=TIES,
        states=STATES,
        selection=SELECTION,
        compared=COMPARED,
        asked=asked,
        overlays=overlays,
        shown=count(
            found.relations,
            Text("belegte Beziehung", "documented relation"),
            Text("belegte Beziehungen", "documented relations"),
        ),
    )


def overlays_of(perspective: str) -> dict[str, list[Overlay]]:
    """Return the relations that a perspective shows, as the question tells, each with its overlays.

    An overlay is what the slides lay over the frame: subject and space, strategic and operational.
    """
    store, question = context.store(), find_question(SELECTION)
    answer = ask(store, question, {"perspective": perspective}, lang())
    found = {}
    for row in tabulate(store, answer, lang()):
        cells = dict(zip(answer.columns, row.cells, strict=True))
        overlays = [
            Overlay(
                question.columns[name].in_(lang()),
                [Piece(word.text, word.iri or "") for word in cells[name]],
            )
            for name in OVERLAYS
            if cells[name]
        ]
        found.update({word.iri: overlays for word in cells["relation"] if word.iri})
    return found


@blueprint.get("/search")
def find() -> str:
    """Find entries and questions by name."""
    wanted = " ".join(request.args.get("q", "").split())[:LONGEST_SEARCH]
    hits, total = search(context.store(), wanted, lang())
    asked = [
        question
        for question in catalogue().values()
        if wanted and fits(wanted, f"{question.id} {question.title.in_(lang())}")
    ]
    return render_template("search.html", wanted=wanted, hits=hits, total=total, questions=asked)


@blueprint.get("/about")
def about() -> str:
    """Tell where the data come from, how old they are, and how to correct them."""
    store = context.store()
    contact = context.settings().contact
    subject = Text("Korrektur", "Correction").in_(lang())
    return render_template(
        "about.html",
        overview=overview(store, lang()),
        age=age(store, date.today()),
        sources=sources(store, lang()),
        graphs=graphs(store),
        revision=store.revision,
        correct=correction(contact, subject, ""),
        contact=contact,
    )


@blueprint.get("/health")
def health() -> Response:
    """Say that the service answers, and from which data state."""
    return jsonify({"status": "ok", "revision": context.store().revision})
