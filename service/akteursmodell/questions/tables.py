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

__all__ = ["Row", "Word", "headings", "tabulate", "to_csv"]

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


def tabulate(source: Queryable, answer: Answer, lang: Lang) -> list[Row]:
    """Return the rows of an answer in words.

    Rows that differ only in columns which the question collects become one, with several values in
    those cells.
    """
    named = labels(source, [term for row in answer.rows for term in row if term], lang)
    collected = answer.question.collect
    merged: dict[object, tuple[NamedNode | None, list[dict[str, Word]]]] = {}
    for row, fact, precision in zip(answer.rows, answer.facts, answer.precisions, strict=True):
        cells = zip(answer.columns, row, strict=True)
        words = {name: word(name, term, precision, named) for name, term in cells if term}
        key = (fact, *(words.get(name) for name in answer.columns if name not in collected))
        _, found = merged.setdefault(key, (fact, [{} for _ in answer.columns]))
        for number, name in enumerate(answer.columns):
            if name in words:
                found[number][words[name].text] = words[name]
    facts = [fact for fact, _ in merged.values() if fact]
    evidence = evidence_of(source, facts, lang)
    states = states_of(source, facts, answer.day, lang)
    return [
        Row(
            cells=tuple(tuple(sorted(cell.values())) for cell in cells),
            fact=fact,
            state=states[fact] if fact else "",
            evidence=tuple(evidence.get(fact, ())) if fact else (),
        )
        for fact, cells in merged.values()
    ]


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
