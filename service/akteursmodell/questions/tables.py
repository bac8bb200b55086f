"""Answers as people read them: labels, dates, how each row stands to the day, and its evidence."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from akteursmodell.errors import Lang, Text
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import Literal, NamedNode, Term
from akteursmodell.query.dates import day_in_words
from akteursmodell.query.evidence import Evidence, evidence_of
from akteursmodell.query.labels import labels
from akteursmodell.query.periods import spoken, states_of
from akteursmodell.questions.answers import Answer

__all__ = ["Row", "Word", "headings", "merged", "tabulate", "to_csv"]

UNTIL = "until"
STATE = Text("Stand am", "state on")
EVIDENCE = Text("Beleg", "Evidence")


class Word(NamedTuple):
    """One value of a cell: its text, and its IRI where it is a thing."""

    text: str
    iri: str | None


@dataclass(frozen=True)
class Row:
    """One row: in each cell no, one or several values; the fact behind it and its evidence.

    `state` tells how the fact stands to the reference date: valid, last attested, ended.
    """

    cells: tuple[tuple[Word, ...], ...]
    fact: NamedNode | None
    state: str
    evidence: tuple[Evidence, ...]

    @property
    def texts(self) -> list[str]:
        """The cells as plain text, and the state."""
        return [*(", ".join(word.text for word in cell) for cell in self.cells), self.state]


def headings(answer: Answer, lang: Lang) -> list[str]:
    """Return the headings of the columns, with that of the state."""
    words = [answer.question.columns[name].in_(lang) for name in answer.columns]
    return [*words, f"{STATE.in_(lang)} {spoken(answer.day.isoformat(), lang)}"]


def merged(answer: Answer) -> list[list[int]]:
    """Return which rows of an answer are shown as one, by their numbers, in order.

    Rows that differ only in columns which the question collects become one, with several values in
    those cells.
    """
    collected = answer.question.collect
    places = [n for n, name in enumerate(answer.columns) if name not in collected]
    dated = [answer.columns[n] for n in places if answer.columns[n] in answer.dated]
    groups: dict[object, list[int]] = {}
    for number, (row, fact) in enumerate(zip(answer.rows, answer.facts, strict=True)):
        exact = answer.precisions[number]
        key = (fact, *[row[n] for n in places], *[exact[name] for name in dated])
        groups.setdefault(key, []).append(number)
    return list(groups.values())


def tabulate(
    source: Queryable, answer: Answer, lang: Lang, groups: list[list[int]] | None = None
) -> list[Row]:
    """Return rows of an answer in words: those of the groups that `merged` tells, else all."""
    groups = merged(answer) if groups is None else groups
    terms = {term for group in groups for n in group for term in answer.rows[n] if term}
    named = labels(source, terms, lang)
    facts = [fact for group in groups if (fact := answer.facts[group[0]])]
    evidence = evidence_of(source, facts, lang)
    states = states_of(source, facts, answer.day, lang)
    return [
        Row(
            cells=cells_of(answer, group, named),
            fact=fact,
            state=states[fact] if fact else "",
            evidence=tuple(evidence.get(fact, ())) if fact else (),
        )
        for group in groups
        for fact in [answer.facts[group[0]]]
    ]


def cells_of(
    answer: Answer, group: list[int], named: Mapping[Term, str]
) -> tuple[tuple[Word, ...], ...]:
    """Return the cells of a row that stands for a group, each with its values by text."""
    found: list[dict[str, Word]] = [{} for _ in answer.columns]
    for number in group:
        for place, (name, term) in enumerate(zip(answer.columns, answer.rows[number], strict=True)):
            if term is not None:
                told = word(name, term, answer.precisions[number], named)
                found[place][told.text] = told
    return tuple(tuple(sorted(cell.values())) for cell in found)


def word(
    name: str, term: Term, precision: Mapping[str, Term | None], named: Mapping[Term, str]
) -> Word:
    """Return one value of a cell in words."""
    if name in precision and isinstance(term, Literal):
        return Word(day_in_words(term.value, precision[name], last_day=name == UNTIL), None)
    return Word(named[term], term.value if isinstance(term, NamedNode) else None)


def to_csv(source: Queryable, answer: Answer, lang: Lang) -> str:
    """Write an answer as CSV (RFC 4180) with headings and words for people."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([*headings(answer, lang), EVIDENCE.in_(lang)])
    for row in tabulate(source, answer, lang):
        writer.writerow([*row.texts, "; ".join(item.in_words for item in row.evidence)])
    return buffer.getvalue()
