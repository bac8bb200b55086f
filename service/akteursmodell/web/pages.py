"""The pages about the whole: start, matrix, search, about; and what machines ask first."""

from datetime import date

from flask import Blueprint, Response, jsonify, render_template, request

from akteursmodell.analysis.knowledge import knowledge
from akteursmodell.analysis.local import districts
from akteursmodell.analysis.overview import age, graphs, overview, sources
from akteursmodell.analysis.search import fits, search
from akteursmodell.errors import Text
from akteursmodell.questions.catalogue import catalogue
from akteursmodell.web import context
from akteursmodell.web.datasets import data_set
from akteursmodell.web.deadlines import USUAL, ends
from akteursmodell.web.language import lang
from akteursmodell.web.links import correction
from akteursmodell.web.matrix import show

__all__ = ["blueprint"]

blueprint = Blueprint("pages", __name__)

LONGEST_SEARCH = 200
SHOWN = 12
NEXT = 5


@blueprint.get("/")
def start() -> str:
    """Say what this is, for three kinds of visitor."""
    today = date.today()
    data = data_set()
    coming = data.kept(ends, lang(), today, USUAL)
    return render_template(
        "start.html",
        data=data,
        overview=data.kept(overview, lang()),
        knowledge=data.kept(knowledge, lang(), today),
        ends=coming.dated[:NEXT],
        later=max(0, len(coming.dated) - NEXT),
        revision=context.store().revision,
        questions=catalogue(),
        districts=data.kept(districts, lang())[:SHOWN],
    )


@blueprint.get("/matrix")
def actor_matrix() -> str:
    """Show the actor matrix, as the filters in the address say."""
    return show()


@blueprint.get("/search")
def find() -> str:
    """Find entries and questions by name."""
    wanted = " ".join(request.args.get("q", "").split())[:LONGEST_SEARCH]
    data = data_set()
    hits, total = search(data.store, wanted, lang())
    asked = [
        question
        for question in catalogue().values()
        if wanted and fits(wanted, f"{question.id} {question.title.in_(lang())}")
    ]
    return render_template(
        "search.html", data=data, wanted=wanted, hits=hits, total=total, questions=asked
    )


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
