"""`/deadlines`: what ends or falls due, as a page, for print, and as a calendar file."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template, request

from akteursmodell.analysis.deadlines import (
    Deadline,
    Mark,
    Tick,
    deadlines,
    open_ends,
    ticks,
    timeline,
    unknown_deciders,
)
from akteursmodell.errors import Lang, ParameterError, Text
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import find
from akteursmodell.questions.parameters import read_day
from akteursmodell.web import context
from akteursmodell.web.datasets import ALL, data_set
from akteursmodell.web.language import lang
from akteursmodell.web.paging import part_of

__all__ = ["NAMED", "USUAL", "Ends", "blueprint", "ends"]

blueprint = Blueprint("deadlines", __name__)

QUESTION = "CQ49"
MONTHS = (6, 12, 24, 60)
USUAL = 24
SHOWN = 40
NAMED = 3


@dataclass(frozen=True)
class Ends:
    """What ends within the months after a day, what may end at any time, what ended before it."""

    day: date
    last: date
    dated: tuple[Deadline, ...]
    undated: tuple[Deadline, ...]
    past: tuple[Deadline, ...]
    marks: tuple[Mark, ...]
    years: tuple[Tick, ...]


def ends(store: Store, lang: Lang, day: date, months: int) -> Ends:
    """Return the ends around a day, as the question tells them."""
    question = find(QUESTION)
    given = {"day": day.isoformat(), "months": str(months)}
    coming = deadlines(store, facts(ask(store, question, given, lang).facts), lang)
    before = {"day": shifted(day, -months).isoformat(), "months": str(months)}
    past = deadlines(store, facts(ask(store, question, before, lang).facts), lang)
    known = {each.thing.iri for each in coming}
    further = deadlines(store, (t for t in open_ends(store) if t.value not in known), lang)
    dated = tuple(each for each in coming if each.last_day)
    return Ends(
        day=day,
        last=shifted(day, months),
        dated=dated,
        undated=tuple(each for each in (*coming, *further) if not each.last_day),
        past=tuple(each for each in past if each.last_day and each.last_day < day),
        marks=timeline(dated[:SHOWN], day, shifted(day, months)),
        years=ticks(day, shifted(day, months)),
    )


def facts(found: tuple[NamedNode | None, ...]) -> list[NamedNode]:
    """Return the things behind the rows of an answer."""
    return [fact for fact in found if fact is not None]


def shifted(day: date, months: int) -> date:
    """Return the day so many months later, at most the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if months < 0 else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def chosen() -> tuple[date, int]:
    """Return the reference date and the months of this request; raises ParameterError."""
    text = request.args.get("months", "").strip() or str(USUAL)
    if text not in map(str, MONTHS):
        known = ", ".join(map(str, MONTHS))
        raise ParameterError(
            Text(
                "Diese Zahl von Monaten gibt es hier nicht.", "There is no such number of months."
            ),
            Text(f"Vorhanden: {known}", f"Available: {known}"),
        )
    return read_day({"day": request.args.get("day", "")}), int(text)


@blueprint.get("/deadlines")
def page() -> str:
    """Show what ends, by date; what may end at any time; and what ended without a successor."""
    day, months = chosen()
    data = data_set()
    found = data.kept(ends, lang(), day, months)
    return render_template(
        "deadlines.html",
        data=data,
        ends=found,
        months=months,
        offered=MONTHS,
        given=request.args.get("day", ""),
        undated=part_of(found.undated),
        deciders=data.kept(unknown_deciders, lang())[:NAMED],
        shown=SHOWN,
        question=QUESTION,
        revision=context.store().revision,
    )


@blueprint.get("/deadlines.ics")
def ics() -> Response:
    """Return the dated ends as a calendar file."""
    day, months = chosen()
    base = context.settings().public_url.rstrip("/") or request.host_url.rstrip("/")
    from akteursmodell.web.calendars import calendar  # noqa: PLC0415 -- slow import

    body = calendar(data_set(usual=ALL).kept(ends, lang(), day, months).dated, lang(), base)
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="deadlines.ics"'
    return response
