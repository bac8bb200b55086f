"""Values of parameters that nothing in the graph is called by, and what may have been meant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from akteursmodell.errors import Lang, ParameterError, Text
from akteursmodell.graph.store import Queryable
from akteursmodell.query.rows import rows
from akteursmodell.query.words import spelled
from akteursmodell.questions.catalogue import Parameter, Question
from akteursmodell.questions.parameters import Choice, choices, read_value

__all__ = ["Unknown", "refuse_unknown", "unknown"]

NEAR, MOST = 0.5, 3


@dataclass(frozen=True)
class Unknown:
    """A value that nothing is called by, and the choices that are most like it, best first.

    Where none is like it these are the first that there are.
    """

    parameter: Parameter
    value: str
    nearest: tuple[Choice, ...]


def unknown(
    source: Queryable, question: Question, values: Mapping[str, str], lang: Lang
) -> Iterator[Unknown]:
    """Iterate over the given values that no statement has as its subject.

    Only parameters with choices are looked at; a value of another kind than these is known. What is
    neither a name nor an address, nor like a choice, is left to who reads it as a value.
    """
    for parameter in question.parameters:
        value = values.get(parameter.name, "").strip()
        if not value or parameter.choices is None:
            continue
        try:
            term = read_value(parameter, value)
        except ParameterError:
            close = nearest(choices(source, parameter, lang), value)
            if close:
                yield Unknown(parameter, value, close)
            continue
        if not rows(source, f"SELECT ?p {{ {term} ?p ?o }} LIMIT 1"):
            offered = choices(source, parameter, lang)
            yield Unknown(parameter, value, nearest(offered, value) or tuple(offered[:MOST]))


def nearest(offered: list[Choice], value: str) -> tuple[Choice, ...]:
    """Return the choices whose name or label is like a value, best first."""
    wanted = told(value)
    rated = sorted(((likeness(each, wanted), each) for each in offered), key=lambda r: -r[0])
    return tuple(each for rate, each in rated[:MOST] if rate >= NEAR)


def likeness(choice: Choice, wanted: str) -> float:
    """Return how much a choice is like a text, from 0 to 1."""
    names = told(choice.value), told(choice.value).partition(" ")[2], told(choice.label)
    return max(
        1.0 if wanted in name.split() else SequenceMatcher(None, wanted, name).ratio()
        for name in names
    )


def told(name: str) -> str:
    """Return a name in small letters, with umlauts spelled out and spaces for hyphens."""
    return " ".join(spelled(name.casefold()).replace("-", " ").replace("_", " ").split())


def refuse_unknown(
    source: Queryable, question: Question, values: Mapping[str, str], lang: Lang
) -> None:
    """Raise ParameterError where a value is unknown, with the choices that are nearest."""
    for each in unknown(source, question, values, lang):
        listed = ", ".join(f"{near.value} ({near.label})" for near in each.nearest)
        title = each.parameter.title
        raise ParameterError(
            Text(
                f"„{each.value[:80]}“ kennen die Daten nicht "
                f"(Parameter {each.parameter.name}: {title.de}).",
                f"The data do not know “{each.value[:80]}” "
                f"(parameter {each.parameter.name}: {title.en}).",
            ),
            Text(f"Meinten Sie: {listed}", f"Did you mean: {listed}") if listed else None,
        )
