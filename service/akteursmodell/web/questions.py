"""`/questions`: the competency questions with forms, answers with evidence, and downloads."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from akteursmodell.analysis.pieces import Piece
from akteursmodell.analysis.wording import count
from akteursmodell.errors import Text
from akteursmodell.graph.store import Queryable
from akteursmodell.query.evidence import Evidence
from akteursmodell.query.periods import spoken
from akteursmodell.questions.answers import Answer, ask
from akteursmodell.questions.catalogue import Parameter, Question, catalogue, find
from akteursmodell.questions.parameters import (
    DAY,
    LANG,
    REFERENCE,
    Choice,
    bind,
    choices,
)
from akteursmodell.questions.tables import Word, headings, merged, tabulate, to_csv
from akteursmodell.web import context
from akteursmodell.web.datasets import ALL, DATA_SET, DataSet, data_set
from akteursmodell.web.language import lang
from akteursmodell.web.paging import part_of

__all__ = ["blueprint"]

blueprint = Blueprint("questions", __name__)

SHOWN = 60
PAGE = "page"
ISO_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
HEADER = re.compile(r"^#\+.*\n", re.MULTILINE)
THEMES = {
    "structure": Text("Aufbau des Akteursmodells", "Structure of the actor model"),
    "tasks": Text("Aufgaben und Zuständigkeiten", "Tasks and responsibilities"),
    "law": Text("Recht", "Law"),
    "cooperation": Text("Zusammenarbeit", "Cooperation"),
    "contracts": Text("Verträge und Bewilligungen", "Agreements and awards"),
    "time": Text("Fristen und Wechsel", "Deadlines and changes"),
    "places": Text("Orte und Anlaufstellen", "Places and contact points"),
    "participation": Text("Beteiligung", "Public participation"),
    "incentives": Text("Anreize", "Incentives"),
    "perspectives": Text("Perspektiven der Folien", "Perspectives of the slides"),
    "elsewhere": Text("Was andere Kommunen zuerst fragen", "What other municipalities ask first"),
    "evidence": Text("Belege", "Evidence"),
    "gaps": Text("Was wir nicht wissen", "What we do not know"),
    "validation": Text("Prüfung", "Data check"),
}


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


@blueprint.get("/questions")
def index() -> str:
    """List the questions by theme."""
    groups: dict[str, list[Question]] = defaultdict(list)
    for question in catalogue().values():
        groups[question.tags[0] if question.tags else ""].append(question)
    order = [*THEMES, *sorted(set(groups) - set(THEMES))]
    themes = [
        (name, THEMES.get(name, Text(name, name)), groups[name]) for name in order if name in groups
    ]
    total = count(
        len(catalogue()),
        Text("geprüfte Frage an die Daten", "checked question to the data"),
        Text("geprüfte Fragen an die Daten", "checked questions to the data"),
    )
    return render_template("questions.html", themes=themes, total=total)


@blueprint.get("/questions/<name>")
def answer_page(name: str) -> Response | str:
    """Answer a question, as a page or by the ending `.csv` or `.json`."""
    stem, _, ending = name.rpartition(".")
    if stem and ending in ("csv", "json"):
        found, values = find(stem), given()
        source = data_set(usual=ALL).store
        answer = ask(source, found, values, lang())
        if ending == "json":
            return as_json(source, answer, values)
        text = to_csv(source, answer, lang())
        return download(text, "text/csv; charset=utf-8", f"{found.id}.csv")
    question, values = find(name), given()
    data = data_set(values.values())
    answer = ask(data.store, question, values, lang())
    groups = merged(answer)
    part = part_of(groups, SHOWN)
    return render_template(
        "question.html",
        question=question,
        data=data,
        fields=[field(data, parameter, values) for parameter in asked_for(question)],
        values=values,
        columns=headings(answer, lang()),
        rows=count(len(groups), Text("Zeile", "row"), Text("Zeilen", "rows")),
        lines=lines(data.store, answer, list(part.items)),
        part=part,
        query=HEADER.sub("", bind(question, {**spoken_in(question), **values})),
    )


def given() -> dict[str, str]:
    """Return the parameters of this request, without empty ones and those of the page itself."""
    own = (LANG, PAGE, DATA_SET)
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


def field(data: DataSet, parameter: Parameter, values: Mapping[str, str]) -> Field:
    """Return the form field of a parameter, filled with what is given."""
    offered = data.kept(choices, parameter, lang())
    value = values.get(parameter.name, "")
    if offered and value and value not in {choice.value for choice in offered}:
        offered = [*offered, Choice(value, value)]
    kinds = {"xsd_date": "date", "integer": "number"}
    kind = "select" if offered else kinds.get(parameter.type, "text")
    return Field(parameter.name, parameter.title.in_(lang()), kind, value, offered)


def lines(source: Queryable, answer: Answer, groups: list[list[int]]) -> list[Line]:
    """Return rows of an answer as they are shown, each with its evidence."""
    return [
        Line(
            cells=[[Piece(spell(word), word.iri or "") for word in cell] for cell in row.cells],
            fact=row.fact.value if row.fact else "",
            state=row.state,
            evidence=row.evidence,
        )
        for row in tabulate(source, answer, lang(), groups)
    ]


def spell(word: Word) -> str:
    """Return the text of a value, a day as people write it."""
    return spoken(word.text, lang()) if ISO_DAY.fullmatch(word.text) else word.text


def as_json(source: Queryable, answer: Answer, values: Mapping[str, str]) -> Response:
    """Write an answer as JSON: each cell with labels and addresses, each row with evidence."""
    question = answer.question
    body = {
        "question": question.id,
        "title": question.title.in_(lang()),
        "language": lang(),
        "parameters": dict(values),
        "answer": question.answer.in_(lang()),
        "note": question.note.in_(lang()),
        "revision": context.store().revision,
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
