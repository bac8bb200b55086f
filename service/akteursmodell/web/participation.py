"""`/participation`: from the administration's side and from the side of those involved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from flask import Blueprint, render_template

from akteursmodell.analysis.participation import Participation, participation
from akteursmodell.analysis.unknowns import Unknown, unknowns
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.questions.answers import Answer, ask
from akteursmodell.questions.catalogue import Question, catalogue, find
from akteursmodell.questions.tables import Row, headings, merged, tabulate
from akteursmodell.web.datasets import data_set
from akteursmodell.web.language import lang

__all__ = ["blueprint"]

blueprint = Blueprint("participation", __name__)

T = TypeVar("T")
THEME = "participation"
GAP = "gap"
RIGHTS, CARRIED, GROUPS = "CQ51", "CQ42", "CQ41"
SHOWN = 40
GAPS_SHOWN = 12


@dataclass(frozen=True)
class Told:
    """Rows of a question without the column of gaps, which stand apart; `more` are left out."""

    question: Question
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    more: int


@dataclass(frozen=True)
class View:
    """What the page shows."""

    found: Participation
    rights: Told
    carried: Told
    groups: Told
    gaps: tuple[Unknown, ...]
    more_gaps: int


@blueprint.get("/participation")
def page() -> str:
    """Show what is known on participation, and what is not."""
    data = data_set()
    return render_template(
        "participation.html",
        data=data,
        view=data.kept(view_of, lang(), date.today()),
        questions=[each for each in catalogue().values() if THEME in each.tags],
    )


def view_of(store: Store, language: Lang, today: date) -> View:
    """Ask the questions on participation for a day, and gather the gaps that they name."""
    given = {"day": today.isoformat()}

    def asked(question: Question) -> Answer:
        known = given if question.parameter("day") else {}
        return ask(store, question, known, language)

    theme = [each for each in catalogue().values() if each.tags[:1] == (THEME,)]
    answers = {each.id: asked(each) for each in (*theme, find(RIGHTS))}
    gaps = list(dict.fromkeys(gap for each in answers.values() for gap in gaps_in(each)))
    return View(
        found=participation(store, language),
        rights=told(store, answers[RIGHTS], language, needs="kind"),
        carried=told(store, answers[CARRIED], language, needs="cooperation"),
        groups=told(store, answers[GROUPS], language, needs="group"),
        gaps=unknowns(store, gaps[:GAPS_SHOWN], language),
        more_gaps=max(0, len(gaps) - GAPS_SHOWN),
    )


def gaps_in(answer: Answer) -> list[NamedNode]:
    """Return the gaps that an answer names."""
    if GAP not in answer.columns:
        return []
    place = answer.columns.index(GAP)
    return [gap for row in answer.rows if isinstance(gap := row[place], NamedNode)]


def told(store: Store, answer: Answer, language: Lang, *, needs: str) -> Told:
    """Return the rows of an answer that say more than that something is not known."""
    place = answer.columns.index(needs)
    groups = [group for group in merged(answer) if answer.rows[group[0]][place] is not None]
    left_out = answer.columns.index(GAP) if GAP in answer.columns else len(answer.columns)
    return Told(
        question=answer.question,
        heads=tuple(without(headings(answer, language), left_out)),
        rows=tuple(
            Row(tuple(without(row.cells, left_out)), row.fact, row.state, row.evidence)
            for row in tabulate(store, answer, language, groups[:SHOWN])
        ),
        more=max(0, len(groups) - SHOWN),
    )


def without(items: Sequence[T], place: int) -> list[T]:
    """Return items without the one at a place."""
    return [item for number, item in enumerate(items) if number != place]
