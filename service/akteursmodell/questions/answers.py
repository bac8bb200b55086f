"""Answers: a question with its parameters, asked of a store, with the evidence of each row."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from akteursmodell.errors import Lang, ParameterError, Text, UnknownParameterError
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import Literal, NamedNode, QuerySolutions, Term
from akteursmodell.graph.tokens import tokens
from akteursmodell.query.dates import day_in_words
from akteursmodell.query.execution import answer
from akteursmodell.query.labels import labels
from akteursmodell.questions.catalogue import Parameter, Question
from akteursmodell.vocabulary import ID, PREFIXES, RDFS, expand

__all__ = ["FACT", "Answer", "Choice", "Row", "Word", "ask", "bind", "choices"]

FACT = "fact"
LANG = "lang"
UNTIL = "until"
PRECISION = "Precision"
XSD = PREFIXES["xsd"]
ABSOLUTE = re.compile(r"https?://[^<>\"{}|^`\\\s]+")
LOCAL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Word(NamedTuple):
    """One value of a cell: its text, and its IRI where it is a thing."""

    text: str
    iri: str | None


@dataclass(frozen=True)
class Row:
    """One row of a table: in each cell no, one or several values; and the fact behind it."""

    cells: tuple[tuple[Word, ...], ...]
    fact: NamedNode | None

    @property
    def texts(self) -> list[str]:
        """The cells as plain text."""
        return [", ".join(word.text for word in cell) for cell in self.cells]


@dataclass(frozen=True)
class Answer:
    """The rows of a question; where it names facts, `facts` has the node of each row.

    `precisions` tells for each row how exact its dates are, by column.
    """

    question: Question
    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    facts: tuple[NamedNode | None, ...]
    precisions: tuple[Mapping[str, Term | None], ...]

    def table(self, source: Queryable, lang: Lang) -> list[Row]:
        """Return the rows as a person reads them: labels, and dates as exact as they are.

        Rows that differ only in columns which the question collects become one, with several values
        in those cells.
        """
        named = labels(source, [term for row in self.rows for term in row if term], lang)
        merged: dict[object, list[dict[str, Word]]] = {}
        found: dict[object, NamedNode | None] = {}
        for row, fact, precision in zip(self.rows, self.facts, self.precisions, strict=True):
            cells = zip(self.columns, row, strict=True)
            words = {name: word(name, term, precision, named) for name, term in cells if term}
            collected = self.question.collect
            key = (fact, *(words.get(name) for name in self.columns if name not in collected))
            cell = merged.setdefault(key, [{} for _ in self.columns])
            found[key] = fact
            for number, name in enumerate(self.columns):
                if name in words:
                    cell[number][words[name].text] = words[name]
        return [
            Row(tuple(tuple(sorted(cell.values())) for cell in cells), found[key])
            for key, cells in merged.items()
        ]


def word(
    name: str, term: Term, precision: Mapping[str, Term | None], named: Mapping[Term, str]
) -> Word:
    """Return one value of a cell in words."""
    if name in precision and isinstance(term, Literal):
        return Word(day_in_words(term.value, precision[name], last_day=name == UNTIL), None)
    return Word(named[term], term.value if isinstance(term, NamedNode) else None)


@dataclass(frozen=True)
class Choice:
    """A value that a form offers for a parameter."""

    value: str
    label: str


def ask(
    store: Queryable, question: Question, values: Mapping[str, str], lang: Lang = "de"
) -> Answer:
    """Answer a question; texts inside the answer come in `lang`.

    Raises UnknownParameterError and ParameterError for bad values.
    """
    spoken = {LANG: lang} if question.parameter(LANG) else {}
    result = answer(store, bind(question, {**spoken, **values}))
    if not isinstance(result, QuerySolutions):
        raise TypeError(question.id)
    names = [variable.value for variable in result.variables]
    columns = tuple(n for n in names if n != FACT and not n.endswith(PRECISION))
    rows, facts, precisions = [], [], []
    for solution in result:
        rows.append(tuple(solution[name] for name in columns))
        precisions.append({n: solution[n + PRECISION] for n in columns if n + PRECISION in names})
        fact = solution[FACT] if FACT in names else None
        facts.append(fact if isinstance(fact, NamedNode) else None)
    return Answer(question, columns, tuple(rows), tuple(facts), tuple(precisions))


def bind(question: Question, values: Mapping[str, str]) -> str:
    """Return the query with its parameter variables replaced by the given values.

    A parameter without a value stays a variable: the question is then asked for all.
    """
    for name in values:
        if question.parameter(name) is None:
            known = ", ".join(p.name for p in question.parameters) or "–"
            raise UnknownParameterError(
                Text(
                    f"{question.id} hat keinen Parameter „{name}“.",
                    f'{question.id} has no parameter "{name}".',
                ),
                Text(f"Vorhanden: {known}", f"Available: {known}"),
            )
    terms = {
        parameter.variable: str(read_value(parameter, values[parameter.name]))
        for parameter in question.parameters
        if values.get(parameter.name, "").strip()
    }
    return "".join(
        terms.get(token.text, token.text) if token.kind == "variable" else token.text
        for token in tokens(question.query)
    )


def read_value(parameter: Parameter, text: str) -> Term:
    """Turn the text of a parameter into a term; raises ParameterError."""
    text = text.strip()
    if parameter.type == "iri":
        return read_iri(parameter, text)
    if parameter.type == "date":
        try:
            return Literal(date.fromisoformat(text).isoformat(), datatype=NamedNode(XSD + "date"))
        except ValueError:
            raise misfit(parameter, text, Text("2026-11-23", "2026-11-23")) from None
    if parameter.type == "integer":
        if not re.fullmatch(r"-?\d{1,18}", text):
            raise misfit(parameter, text, Text("24", "24"))
        return Literal(int(text))
    return Literal(text)


def read_iri(parameter: Parameter, text: str) -> NamedNode:
    """Read an IRI: whole, as `prefix:name`, or as the name of a thing (`district-duelken`)."""
    if ABSOLUTE.fullmatch(text):
        return NamedNode(text)
    if LOCAL.fullmatch(text):
        return NamedNode(ID + text)
    iri = expand(text)
    if iri is None or not ABSOLUTE.fullmatch(iri):
        example = Text(
            "district-duelken, id:district-duelken oder eine ganze Adresse (https://…)",
            "district-duelken, id:district-duelken or a whole address (https://…)",
        )
        raise misfit(parameter, text, example)
    return NamedNode(iri)


def misfit(parameter: Parameter, text: str, example: Text) -> ParameterError:
    """Say what a parameter takes."""
    return ParameterError(
        Text(
            f"„{text[:80]}“ passt nicht zum Parameter {parameter.name} ({parameter.title.de}).",
            f'"{text[:80]}" does not fit the parameter {parameter.name} ({parameter.title.en}).',
        ),
        Text(f"So zum Beispiel: {example.de}", f"For example: {example.en}"),
    )


def choices(store: Queryable, parameter: Parameter, lang: Lang) -> list[Choice]:
    """Return what the graph offers for a parameter: the members of its class, by label."""
    if parameter.choices is None:
        return []
    cls = expand(parameter.choices)
    found = answer(
        store,
        f"SELECT DISTINCT ?thing {{ ?thing a/<{RDFS}subClassOf>* <{cls}> }}",
    )
    if not isinstance(found, QuerySolutions):
        raise TypeError(parameter.name)
    things = [row["thing"] for row in found]
    words = labels(store, things, lang)
    offered = [
        Choice(thing.value.removeprefix(ID), words[thing])
        for thing in things
        if isinstance(thing, NamedNode)
    ]
    return sorted(offered, key=lambda choice: choice.label.casefold())
