"""`/tasks`: tasks by kind of obligation and of planning, and who is, must or may what in them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, render_template, request

from akteursmodell.analysis.deadlines import Deadline
from akteursmodell.analysis.pieces import Piece
from akteursmodell.analysis.responsibilities import Board, Duty, Entry, TaskInfo, board
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import find
from akteursmodell.questions.parameters import read_day
from akteursmodell.vocabulary import AKM, ID
from akteursmodell.web.datasets import data_set
from akteursmodell.web.deadlines import USUAL, Ends, ends
from akteursmodell.web.kept import keep
from akteursmodell.web.language import lang

__all__ = ["blueprint"]

blueprint = Blueprint("tasks", __name__)

NOBODY, TWO_LEADS, LAW_MISSING = "CQ14", "CQ13", "CQ12"
COLUMNS = 20
LINES = 20


@dataclass(frozen=True)
class Overlap:
    """Two that lead the same task in the same place: each with its norms."""

    task: Piece
    leads: tuple[Entry, ...]


@dataclass(frozen=True)
class Marks:
    """What is open among tasks: nobody in charge, two leads, no law, money that ends."""

    nobody: frozenset[str]
    overlaps: tuple[Overlap, ...]
    lawless: frozenset[str]
    money: tuple[Deadline, ...]


@dataclass(frozen=True)
class Choice:
    """What a visitor narrows the page by; empty values do not narrow."""

    kind: str
    mode: str
    body: str
    day: date

    def shows(self, entry: Entry | Duty) -> bool:
        """Whether an entry is one of the body asked for."""
        return not self.body or entry.authority == self.body or self.body in mentioned(entry)


def mentioned(entry: Entry | Duty) -> set[str]:
    """Return whom an entry names beside its own authority."""
    return {piece.iri for piece in entry.toward} if isinstance(entry, Entry) else set()


def marks(store: Store, lang: Lang, day: date, found: Board, coming: Ends) -> Marks:
    """Return what is open among tasks on a day, as the questions tell it."""
    on = {"day": day.isoformat()}
    tasks = {each.task.iri: each for each in found.tasks}
    nobody = ask(store, find(NOBODY), on, lang)
    lawless = ask(store, find(LAW_MISSING), on, lang)
    twice: dict[str, list[str]] = {}
    answer = ask(store, find(TWO_LEADS), on, lang)
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        task, one, other = (iri(cells[name]) for name in ("task", "one", "other"))
        twice.setdefault(task, []).extend((one, other))
    overlaps = tuple(
        Overlap(
            tasks[task].task,
            tuple(e for e in tasks[task].entries if e.leads and e.actor.iri in leads),
        )
        for task, leads in twice.items()
        if task in tasks
    )
    return Marks(
        nobody=frozenset(fact.value for fact in nobody.facts if fact),
        overlaps=tuple(overlap for overlap in overlaps if len(overlap.leads) > 1),
        lawless=frozenset(fact.value for fact in lawless.facts if fact),
        money=tuple(each for each in coming.dated if each.tasks),
    )


def iri(term: object) -> str:
    """Return the address of a term, empty where it is no thing."""
    return term.value if isinstance(term, NamedNode) else ""


@blueprint.get("/tasks")
def page() -> str:
    """Show the tasks asked for: in a table of actors, what is open, and one by one."""
    choice = Choice(
        kind=full(AKM, "kind"),
        mode=full(AKM, "mode"),
        body=full(ID, "body"),
        day=read_day({"day": request.args.get("day", "")}),
    )
    data = data_set([choice.body])
    whole: Board = data.kept(board, lang(), choice.day)
    coming = data.kept(ends, lang(), choice.day, USUAL)
    opened = keep(
        ("marks", data.name, lang(), choice.day),
        lambda: marks(data.store, lang(), choice.day, whole, coming),
    )
    found = [task for each in whole.tasks if (task := narrowed(each, choice))]
    shown = [task for task in found if not task.is_example]
    actors = columns(shown)
    return render_template(
        "tasks.html",
        board=whole,
        tasks=found,
        shown=shown,
        actors=actors[:COLUMNS],
        more=actors[COLUMNS:],
        cells={(e.task, e.actor.iri): cell(t, e.actor.iri) for t in shown for e in t.entries},
        raci=request.args.get("view") == "raci",
        choice=choice,
        given={name: request.args.get(name, "") for name in ("kind", "mode", "body", "day")},
        counts=Counter(k for each in whole.tasks for k in {duty.kind.iri for duty in each.duties}),
        data=data,
        marks=opened,
        lines=LINES,
        id_base=ID,
        term_base=AKM,
    )


def full(base: str, name: str) -> str:
    """Return the IRI that a parameter names, empty where it is not given."""
    value = request.args.get(name, "").strip()
    return base + value if value else ""


def narrowed(task: TaskInfo, choice: Choice) -> TaskInfo | None:
    """Return a task with what was asked for in it, None where nothing is left."""
    if choice.mode and choice.mode not in {mode.iri for mode in task.modes}:
        return None
    duties = tuple(d for d in task.duties if choice.shows(d))
    entries = tuple(e for e in task.entries if choice.shows(e))
    if choice.kind and choice.kind not in {duty.kind.iri for duty in duties}:
        return None
    if choice.body and not duties and not entries:
        return None
    return replace(task, duties=duties, entries=entries)


def columns(tasks: Iterable[TaskInfo]) -> list[Piece]:
    """Return who takes part in tasks, the most frequent first."""
    found = Counter(entry.actor for task in tasks for entry in task.entries)
    return sorted(found, key=lambda actor: (-found[actor], actor.text.casefold(), actor.iri))


def cell(task: TaskInfo, actor: str) -> list[Entry]:
    """Return what an actor is, must or may in a task; the same by several facts stands once."""
    found = {e.kind.piece.iri + str(e.toward): e for e in task.entries if e.actor.iri == actor}
    return list(found.values())
