"""What no source joins: pairs of sectors and of units, neighbouring levels, by the questions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import Literal, NamedNode, Term
from akteursmodell.query.labels import labels
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import find

__all__ = ["SECTORS", "Notch", "Pair", "Pairs", "Triangle", "pairs"]

SECTORS = "CQ23"
LEVELS = "CQ24"
UNITS = "CQ65"


class Pair(NamedTuple):
    """What is documented between two: cooperations and agreements, and what only the law says."""

    ties: int
    law: int

    @property
    def sign(self) -> str:
        """How a table shows it."""
        return str(self.ties) if self.ties else "§" if self.law else "–"


class Triangle(NamedTuple):
    """Everything of one sort against everything else of it; one half is enough."""

    title: str
    names: list[str]
    cells: dict[tuple[int, int], Pair]

    @property
    def joined(self) -> int:
        """How many pairs work together."""
        return sum(1 for pair in self.cells.values() if pair.ties)

    @property
    def by_law(self) -> int:
        """How many further pairs only the law joins."""
        return sum(1 for pair in self.cells.values() if pair.law and not pair.ties)


class Notch(NamedTuple):
    """Toward what a cell has no documented tie: another level of its sector, or another sector."""

    text: str
    law: int


class Pairs(NamedTuple):
    """The gaps of a day: sector by sector, unit by unit, and at the edges of cells.

    Notches are by the addresses of sector and level.
    """

    sectors: Triangle
    units: list[Triangle]
    notches: Mapping[tuple[str, str], list[Notch]]


def pairs(source: Queryable, lang: Lang, day: date) -> Pairs:
    """Return the gaps of a day."""
    return Pairs(
        sectors=by_sector(source, lang, day),
        units=by_unit(source, lang, day),
        notches=at_edges(source, lang, day),
    )


def rows_of(
    source: Queryable, question: str, lang: Lang, day: date
) -> list[dict[str, Term | None]]:
    """Return the rows of a question by the names of its columns."""
    answer = ask(source, find(question), {"day": day.isoformat()}, lang)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def by_sector(source: Queryable, lang: Lang, day: date) -> Triangle:
    """Return the pairs of sectors."""
    found = rows_of(source, SECTORS, lang, day)
    return triangle(source, lang, "", ((r["one"], r["other"], r["ties"], r["law"]) for r in found))


def by_unit(source: Queryable, lang: Lang, day: date) -> list[Triangle]:
    """Return the pairs of units of one level, for each administration."""
    groups: dict[tuple[Term, Term], list[tuple[Term | None, ...]]] = defaultdict(list)
    for row in rows_of(source, UNITS, lang, day):
        values = list(row.values())
        if values[0] is not None and values[1] is not None:
            groups[values[0], values[1]].append(tuple(values[2:6]))
    words = labels(source, [term for key in groups for term in key], lang)
    return [
        triangle(source, lang, f"{words[whole]}: {words[level]}", found)
        for (whole, level), found in groups.items()
    ]


def triangle(
    source: Queryable, lang: Lang, title: str, found: Iterable[tuple[Term | None, ...]]
) -> Triangle:
    """Return a triangle of pairs: one, other, ties, law."""
    pairs_of = {
        (one, other): Pair(number(ties), number(law))
        for one, other, ties, law in found
        if one and other
    }
    order = list(dict.fromkeys(thing for pair in pairs_of for thing in pair))
    words = labels(source, order, lang)
    cells = {}
    for (one, other), pair in pairs_of.items():
        low, high = sorted((order.index(one), order.index(other)))
        cells[high, low] = pair
    return Triangle(title, [words[thing][:1].upper() + words[thing][1:] for thing in order], cells)


def at_edges(source: Queryable, lang: Lang, day: date) -> dict[tuple[str, str], list[Notch]]:
    """Return where neighbouring levels, or county and town on one level, have no documented tie."""
    notches: dict[tuple[str, str], list[Notch]] = defaultdict(list)
    found = rows_of(source, LEVELS, lang, day)
    words = labels(source, [term for row in found for term in row.values() if term], lang)
    for row in found:
        sector, level, other, toward = (
            row[name] for name in ("sector", "level", "otherSector", "otherLevel")
        )
        if not (
            isinstance(sector, NamedNode) and isinstance(level, NamedNode) and other and toward
        ):
            continue
        if sector == other and level == toward:
            continue  # between units of one cell: the triangle of units tells it
        text = words[toward] if sector == other else words[other]
        notches[sector.value, level.value].append(Notch(text, number(row["law"])))
    return dict(notches)


def number(term: Term | None) -> int:
    """Return the number in a cell, 0 where there is none."""
    return int(term.value) if isinstance(term, Literal) else 0
