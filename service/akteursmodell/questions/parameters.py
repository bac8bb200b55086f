"""Parameters: what a form offers, and how a value becomes part of the query."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from akteursmodell.errors import Lang, ParameterError, Text, UnknownParameterError
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import Literal, NamedNode
from akteursmodell.graph.tokens import tokens
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import node, rows
from akteursmodell.questions.catalogue import Parameter, Question
from akteursmodell.vocabulary import ID, PREFIXES, RDFS, SKOS, expand

__all__ = ["DAY", "LANG", "REFERENCE", "Choice", "bind", "choices", "read_day"]

DAY = "day"
LANG = "lang"
XSD = PREFIXES["xsd"]
ABSOLUTE = re.compile(r"https?://[^<>\"{}|^`\\\s]+")
LOCAL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
REFERENCE = Parameter(DAY, "xsd_date", Text("Stichtag", "reference date"), None)


@dataclass(frozen=True)
class Choice:
    """A value that a form offers for a parameter."""

    value: str
    label: str


def read_day(values: Mapping[str, str]) -> date:
    """Return the reference date among the values, else today; raises ParameterError."""
    text = values.get(DAY, "").strip()
    return date.fromisoformat(read_value(REFERENCE, text).value) if text else date.today()


def bind(question: Question, values: Mapping[str, str]) -> str:
    """Return the query with its parameter variables replaced by the given values.

    A parameter without a value stays a variable: the question is then asked for all. Every question
    takes a reference date, even where only the marks of its rows depend on it.
    """
    for name in values:
        if question.parameter(name) is None and name != DAY:
            known = ", ".join(dict.fromkeys([*(p.name for p in question.parameters), DAY]))
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


def read_value(parameter: Parameter, text: str) -> NamedNode | Literal:
    """Turn the text of a parameter into a term; raises ParameterError."""
    text = text.strip()
    if parameter.type == "iri":
        return read_iri(parameter, text)
    if parameter.type == "xsd_date":
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
    """Return what the graph offers for a parameter, by label: members of its class or code list."""
    if parameter.choices is None:
        return []
    cls = expand(parameter.choices)
    found = rows(
        store,
        f"SELECT DISTINCT ?thing {{ {{ ?thing a/<{RDFS}subClassOf>* <{cls}> }} "
        f"UNION {{ ?thing <{SKOS}inScheme> <{cls}> }} }}",
    )
    things = [thing for row in found if (thing := node(row, "thing"))]
    words = labels(store, things, lang)
    offered = [Choice(thing.value.removeprefix(ID), words[thing]) for thing in things]
    return sorted(offered, key=lambda choice: choice.label.casefold())
