"""`/questions`: the competency questions with forms, answers with evidence, and downloads."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request, url_for

from akteursmodell.analysis.pieces import Piece
from akteursmodell.analysis.wording import count
from akteursmodell.errors import Text
from akteursmodell.graph.store import Queryable
from akteursmodell.query.evidence import Evidence
from akteursmodell.query.periods import spoken
from akteursmodell.questions.answers import Answer, ask
from akteursmodell.questions.catalogue import Parameter, Question, catalogue, find
from akteursmodell.questions.finding import THEMES, USERS, fitting, for_user
from akteursmodell.questions.parameters import (
    DAY,
    LANG,
    REFERENCE,
    Choice,
    bind,
    choices,
)
from akteursmodell.questions.tables import Row, Word, headings, merged, tabulate, to_csv
from akteursmodell.questions.unknown import refuse_unknown, unknown
from akteursmodell.questions.why import row_key
from akteursmodell.web.as_of import REVISION, State, state
from akteursmodell.web.datasets import ALL, DATA_SET, DataSet, data_set
from akteursmodell.web.figures import figures
from akteursmodell.web.language import lang
from akteursmodell.web.paging import part_of

__all__ = ["blueprint", "download", "given", "spell"]

blueprint = Blueprint("questions", __name__)

SHOWN = 60
PAGE = "page"
LONGEST = 200
ISO_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
HEADER = re.compile(r"^#\+.*\n", re.MULTILINE)


@dataclass(frozen=True)
class Field:
    """A field of the form of a question."""

    name: str
    label: str
    kind: str
    value: str
    choices: list[Choice]


@dataclass(frozen=True)
class Line:
    """A row of an answer as it is shown."""

    cells: list[list[Piece]]
    fact: str
    state: str
    evidence: tuple[Evidence, ...]
    key: str


@blueprint.get("/questions")
def index() -> str:
    """List the questions by theme, those of a user or those that fit words."""
    wanted = " ".join(request.args.get("q", "").split())[:LONGEST]
    user, theme = request.args.get("user", ""), request.args.get("theme", "")
    chosen = [q for q in for_user(user) if theme not in THEMES or theme in q.tags]
    found, whole = fitting(wanted, chosen) if wanted else (chosen, True)
    groups: dict[str, list[Question]] = defaultdict(list)
    for question in found:
        first = theme if theme in question.tags else (question.tags or ("",))[0]
        groups[first].append(question)
    order = [*THEMES, *sorted(set(groups) - set(THEMES))]
    return render_template(
        "questions.html",
        themes=[(n, THEMES.get(n, Text(n, n)), groups[n]) for n in order if n in groups],
        found=found if wanted else None,
        whole=whole,
        total=counted(len(catalogue())),
        amount=counted(len(found)),
        wanted_words=wanted,
        users={name: label for name, (label, _) in USERS.items()},
        user=user if user in USERS else "",
        all_themes=THEMES,
        theme=theme if theme in THEMES else "",
    )


def counted(number: int) -> Text:
    """Return how many questions there are, in words."""
    one = Text("geprüfte Frage an die Daten", "checked question to the data")
    return count(number, one, Text("geprüfte Fragen an die Daten", "checked questions to the data"))


@blueprint.get("/questions/<name>")
def answer_page(name: str) -> Response | str:
    """Answer a question, as a page or by the ending `.csv` or `.json`."""
    stem, _, ending = name.rpartition(".")
    if stem and ending in ("csv", "json"):
        return file(find(stem), ending)
    question, values, now = find(name), given(), state()
    data = data_set(values.values())
    source = now.source if now.old else data.store
    strange = tuple(unknown(source, question, values, lang()))
    readable = {
        n: v for n, v in values.items() if n not in {each.parameter.name for each in strange}
    }
    answer = ask(source, question, readable, lang())
    groups = [] if strange else merged(answer)
    part = part_of(groups, SHOWN)
    told = tabulate(source, answer, lang(), list(part.items))
    fixed = {**values, DAY: answer.day.isoformat(), REVISION: str(now.number)}
    if len(data.names) > 1:
        fixed[DATA_SET] = ALL
    return render_template(
        "question.html",
        question=question,
        data=data,
        fields=[field(now, data, parameter, values) for parameter in asked_for(question)],
        values={**values, **now.pinned},
        state=now,
        strange=strange,
        permanent=url_for("questions.answer_page", name=question.id, _external=True, **fixed),
        day=answer.day.isoformat(),
        columns=headings(answer, lang()),
        rows=count(len(groups), Text("Zeile", "row"), Text("Zeilen", "rows")),
        lines=lines(answer, list(part.items), told),
        figures=figures(source, answer, list(part.items), told, lang()),
        part=part,
        query=HEADER.sub("", bind(question, {**spoken_in(question), **readable})),
    )


def file(question: Question, ending: str) -> Response:
    """Return an answer as CSV or JSON; raises ParameterError for a value that nobody knows."""
    values, now = given(), state()
    source = now.source if now.old else data_set(usual=ALL).store
    refuse_unknown(source, question, values, lang())
    answer = ask(source, question, values, lang())
    if ending == "json":
        return as_json(now, source, answer, values)
    text = to_csv(source, answer, lang())
    return download(text, "text/csv; charset=utf-8", f"{question.id}.csv")


def given() -> dict[str, str]:
    """Return the parameters of this request, without empty ones and those of the page itself."""
    own = (LANG, PAGE, REVISION, DATA_SET)
    return {
        name: value for name, value in request.args.items() if name not in own and value.strip()
    }


def spoken_in(question: Question) -> Mapping[str, str]:
    """Return the reader's language as a parameter, where the question takes it."""
    return {LANG: lang()} if question.parameter(LANG) else {}


def asked_for(question: Question) -> list[Parameter]:
    """Return the parameters that a person fills in; every question takes a reference date."""
    own = [p for p in question.parameters if p.name not in (LANG, DAY)]
    return [*own, question.parameter(DAY) or REFERENCE]


def field(now: State, data: DataSet, parameter: Parameter, values: Mapping[str, str]) -> Field:
    """Return the form field of a parameter, filled with what is given."""
    if now.old:
        offered = choices(now.source, parameter, lang())
    else:
        offered = data.kept(choices, parameter, lang())
    value = values.get(parameter.name, "")
    if offered and value and value not in {choice.value for choice in offered}:
        offered = [*offered, Choice(value, value)]
    kinds = {"xsd_date": "date", "integer": "number"}
    kind = "select" if offered else kinds.get(parameter.type, "text")
    return Field(parameter.name, parameter.title.in_(lang()), kind, value, offered)


def lines(answer: Answer, groups: list[list[int]], told: list[Row]) -> list[Line]:
    """Return rows of an answer as they are shown, each with its evidence."""
    return [
        Line(
            cells=[[Piece(spell(word), word.iri or "") for word in cell] for cell in row.cells],
            fact=row.fact.value if row.fact else "",
            state=row.state,
            evidence=row.evidence,
            key=row_key(answer, group),
        )
        for group, row in zip(groups, told, strict=True)
    ]


def spell(word: Word) -> str:
    """Return the text of a value, a day as people write it."""
    return spoken(word.text, lang()) if ISO_DAY.fullmatch(word.text) else word.text


def as_json(now: State, source: Queryable, answer: Answer, values: Mapping[str, str]) -> Response:
    """Write an answer as JSON: each cell with labels and addresses, each row with evidence."""
    question = answer.question
    body = {
        "question": question.id,
        "title": question.title.in_(lang()),
        "language": lang(),
        "parameters": dict(values),
        "answer": question.answer.in_(lang()),
        "note": question.note.in_(lang()),
        "revision": now.number,
        "day": answer.day.isoformat(),
        "columns": {c: question.columns[c].in_(lang()) for c in answer.columns},
        "rows": [
            {
                **{
                    column: [word._asdict() for word in cell]
                    for column, cell in zip(answer.columns, row.cells, strict=True)
                },
                "state": row.state,
                "fact": row.fact.value if row.fact else None,
                "evidence": [vars(item) for item in row.evidence],
            }
            for row in tabulate(source, answer, lang())
        ],
    }
    text = json.dumps(body, ensure_ascii=False, indent=2)
    return download(text, "application/json", f"{question.id}.json")


def download(text: str, kind: str, name: str) -> Response:
    """Return a file that the browser offers to keep."""
    response = Response(text, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
