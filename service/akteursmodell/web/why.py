"""`/questions/CQ…/why/…`: why a row stands in an answer, as a page and as RDF with its graphs."""

from typing import Any

from flask import Blueprint, Response, render_template, url_for

from akteursmodell.errors import NotFoundError, Text
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import RdfFormat, write_quads
from akteursmodell.questions.answers import Answer, ask
from akteursmodell.questions.catalogue import find
from akteursmodell.questions.tables import headings, tabulate
from akteursmodell.questions.why import Why, explain, group_of
from akteursmodell.reasoning.program import Program
from akteursmodell.updates.inference import program_in
from akteursmodell.vocabulary import BASE
from akteursmodell.web.datasets import DataSet, data_set
from akteursmodell.web.history import journal
from akteursmodell.web.language import lang
from akteursmodell.web.questions import download, given, spell
from akteursmodell.web.reasons import Words, about, missing, terms_of

__all__ = ["blueprint"]

blueprint = Blueprint("why", __name__)

MOST = 120
"""Statements that a page tells; the file has all."""
MOST_ABSENT = 20
TRIG = "application/trig"


@blueprint.get("/questions/<name>/why/<key>")
def page(name: str, key: str) -> str:
    """Tell why a row stands in an answer."""
    store = asked().store
    answer, group, why = explained(name, key)
    shown, near = why.grounds[:MOST], why.rejected[:MOST]
    absences = why.absences[:MOST_ABSENT]
    words = Words(store, terms_of((*shown, *near), absences), lang())
    row = tabulate(store, answer, lang(), [group])[0]
    with journal() as found:
        behind = about(store, found, words, shown)
        rejected = about(store, found, words, near)
    return render_template(
        "why.html",
        question=answer.question,
        values=given(),
        key=key,
        row=row,
        columns=list(zip(headings(answer, lang()), [*row.cells, ()], strict=True)),
        spell=spell,
        why=why,
        behind=behind,
        rejected=rejected,
        absences=[missing(words, each) for each in absences],
        more=len(why.grounds) - len(shown) + len(why.rejected) - len(near),
        more_absent=len(why.absences) - len(absences),
        text=trig(why),
        base=BASE,
    )


@blueprint.get("/questions/<name>/why/<key>.trig")
def file(name: str, key: str) -> Response:
    """Give the statements behind a row, each in its graph."""
    answer, _, why = explained(name, key)
    kind = f"{TRIG}; charset=utf-8"
    return download(trig(why), kind, f"{answer.question.id}-{key}.trig")


def explained(name: str, key: str) -> tuple[Answer, list[int], Why]:
    """Return an answer, the rows of it that are meant, and why they are there."""
    question, data = find(name), asked()
    answer = ask(data.store, question, given(), lang())
    group = group_of(answer, key)
    if group is None:
        values: dict[str, Any] = {**given()}
        again = url_for("questions.answer_page", name=question.id, **values)
        raise NotFoundError(
            Text(
                "Diese Zeile steht nicht in der Antwort; die Daten haben sich wohl geändert.",
                "This row does not stand in the answer; the data have probably changed.",
            ),
            Text(f"Die ganze Antwort: {again}", f"The whole answer: {again}"),
        )
    return answer, group, explain(data.store, data.kept(program), answer, group)


def asked() -> DataSet:
    """Return the data that the page of the answer asks."""
    return data_set(given().values())


def program(store: Store) -> Program:
    """Return the rules of the ontology in a store."""
    return program_in(store)


def trig(why: Why) -> str:
    """Write all statements behind a row, each in its graph."""
    quads = [quad for ground in (*why.grounds, *why.rejected) for quad in ground.quads]
    return write_quads(quads, RdfFormat.TRIG).decode()
