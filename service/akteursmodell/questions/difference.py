"""Which answers of the catalogue a change moves, and by which rows.

A row counts by its terms, its fact and how exact its dates are; that something got another name
moves no row, and its words are those of the state in which the row stands.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TypeAlias

from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import Quad
from akteursmodell.questions.answers import Answer, ask
from akteursmodell.questions.catalogue import Question
from akteursmodell.questions.parameters import DAY, read_day
from akteursmodell.questions.reach import reach_of
from akteursmodell.questions.tables import Row, headings, tabulate

__all__ = ["ChangedAnswer", "Difference", "difference"]

Changed: TypeAlias = Callable[[], AbstractContextManager[object]]
Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True)
class ChangedAnswer:
    """A question whose answer gains or loses rows, with these rows as terms and in words.

    `headings` are those of the cells, with that of the state last.
    """

    question: Question
    headings: tuple[str, ...]
    gained: Answer
    lost: Answer
    gained_rows: tuple[Row, ...]
    lost_rows: tuple[Row, ...]


@dataclass(frozen=True)
class Difference:
    """The answers that move, and of how many questions the answer could have moved."""

    answers: tuple[ChangedAnswer, ...]
    asked: int


def difference(
    store: Queryable,
    changed: Changed,
    quads: Iterable[Quad],
    questions: Iterable[Question],
    lang: Lang,
) -> Difference:
    """Ask questions before and after a change, and return what differs.

    `changed` is a context in which the store is as it would be afterwards, `quads` are those that
    come and go. The questions are asked for all, for today; those that none of the quads can have a
    part in are passed over.
    """
    moving = list(quads)
    concerned = [each for each in questions if reach_of(each.query).meets(moving)]
    day = {DAY: read_day({}).isoformat()}
    before = [ask(store, each, day, lang) for each in concerned]
    moved = []
    with changed():
        for old in before:
            new = ask(store, old.question, day, lang)
            gained, lost = parted(new, old), parted(old, new)
            if gained.rows or lost.rows:
                moved.append((gained, lost, tuple(tabulate(store, gained, lang))))
    return Difference(
        tuple(
            ChangedAnswer(
                question=lost.question,
                headings=tuple(headings(lost, lang)),
                gained=gained,
                lost=lost,
                gained_rows=gained_rows,
                lost_rows=tuple(tabulate(store, lost, lang)),
            )
            for gained, lost, gained_rows in moved
        ),
        len(concerned),
    )


def parted(answer: Answer, other: Answer) -> Answer:
    """Return an answer with those of its rows that another one has not, or not so often."""
    there = Counter(keys(other))
    kept = []
    for number, key in enumerate(keys(answer)):
        if there[key]:
            there[key] -= 1
        else:
            kept.append(number)
    return replace(
        answer,
        rows=tuple(answer.rows[number] for number in kept),
        facts=tuple(answer.facts[number] for number in kept),
        precisions=tuple(answer.precisions[number] for number in kept),
    )


def keys(answer: Answer) -> Iterator[Key]:
    """Return what tells the rows apart."""
    for row, fact, precision in zip(answer.rows, answer.facts, answer.precisions, strict=True):
        yield (row, fact, tuple(precision.items()))
