"""What ends or falls due: with its last day, the sum, who has to act, and what is not known."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from akteursmodell.analysis.pieces import Piece
from akteursmodell.analysis.roles import ROLE_OF_AGREEMENT
from akteursmodell.analysis.wording import number
from akteursmodell.errors import Lang, Text
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode, Term, local_name
from akteursmodell.query.labels import labels
from akteursmodell.query.periods import Period, periods_of
from akteursmodell.query.rows import Row, entered, node, rows, text, values

__all__ = [
    "Actor",
    "Deadline",
    "Mark",
    "Tick",
    "deadlines",
    "open_ends",
    "ticks",
    "timeline",
    "unknown_deciders",
]

DETAILS = """
SELECT ?thing ?class ?kind ?side ?actor ?decider ?site ?task ?amount ?least ?gap WHERE {{
  {things}
  {kind}
  OPTIONAL {{ ?thing akm:agreementKind ?kind }}
  OPTIONAL {{
    VALUES ?side {{ akm:principal akm:agent akm:funder akm:operator akm:bearer }}
    ?thing ?side ?actor
  }}
  OPTIONAL {{ ?thing akm:decidedBy ?decider }}
  OPTIONAL {{ ?thing akm:atSite|akm:operatedSite ?site }}
  OPTIONAL {{ ?thing akm:forTask ?task }}
  OPTIONAL {{ ?thing akm:amountPerYear ?amount OPTIONAL {{ ?thing akm:amountIsMinimum ?least }} }}
  OPTIONAL {{ ?gap a akm:KnowledgeGap ; akm:about ?thing }}
}} ORDER BY ?thing ?side ?actor
"""
# Gaps that tell that nobody documents which body decides on what.
DECIDERS = """
SELECT DISTINCT ?gap WHERE {
  ?gap a akm:KnowledgeGap ; akm:missingProperty akm:responsibilityKind ; akm:about ?body .
  ?body a akm:Body .
}
"""
# Relations that end on no known day, and of which no gap says so.
OPEN = """
SELECT DISTINCT ?thing WHERE {
  VALUES ?class { akm:Agreement akm:Funding }
  ?thing a ?class .
  FILTER NOT EXISTS { ?thing akm:validUntil ?until }
  FILTER NOT EXISTS { ?thing akm:endState ?state FILTER(?state IN (akm:end-fixed, akm:end-open)) }
  FILTER NOT EXISTS { ?later akm:succeeds ?thing }
}
"""
ROLES = {
    "funder": Text("finanziert", "funds"),
    "operator": Text("betreibt", "runs"),
    "bearer": Text("ist zuständig", "is in charge"),
}
LEFT, WIDTH, STEP, RADIUS = 20, 720, 26, 11
# What a day's name at an end of the line needs beside a year's, and a year's beside the next.
END, YEAR = 110, 48


@dataclass(frozen=True)
class Actor:
    """Somebody who takes part in what ends, and how."""

    name: Piece
    role: str


@dataclass(frozen=True)
class Deadline:
    """Something that ends or falls due; without a last day it may do so at any time."""

    thing: Piece
    kind: str
    when: str
    last_day: date | None
    exact: bool
    amount: str
    actors: tuple[Actor, ...]
    deciders: tuple[Piece, ...]
    sites: tuple[Piece, ...]
    tasks: tuple[Piece, ...]
    gaps: tuple[Piece, ...]


@dataclass(frozen=True)
class Mark:
    """A mark on the line of time: where it is drawn, and for which deadline it stands."""

    number: int
    iri: str
    day: str
    x: float
    y: float


@dataclass(frozen=True)
class Tick:
    """The first day of a year on the line of time; one without room has no words."""

    x: float
    year: str


def deadlines(source: Queryable, things: Iterable[NamedNode], lang: Lang) -> tuple[Deadline, ...]:
    """Return what is known of the ends of relations, in the order given."""
    order = list(dict.fromkeys(things))
    asked = DETAILS.format(things=values("thing", order), kind=entered("?thing a ?class"))
    found: dict[NamedNode, list[Row]] = defaultdict(list)
    terms: set[Term] = set(order)
    for row in rows(source, asked):
        thing = node(row, "thing")
        if thing is not None:
            found[thing].append(row)
            terms |= {term for term in row.values() if isinstance(term, NamedNode)}
    words = labels(source, terms, lang)
    periods = periods_of(source, order)
    return tuple(
        deadline(thing, found[thing], periods.get(thing, Period()), words, lang) for thing in order
    )


def deadline(
    thing: NamedNode, told: list[Row], period: Period, words: dict[Term, str], lang: Lang
) -> Deadline:
    """Put one end into words."""

    def named(column: str) -> tuple[Piece, ...]:
        things = dict.fromkeys(t for row in told if (t := node(row, column)))
        return tuple(Piece(words[t], t.value) for t in things)

    end = period.end
    kinds = [cls for row in told if (cls := node(row, "kind") or node(row, "class"))]
    actors = {
        (actor, side): node(row, "kind")
        for row in told
        if (actor := node(row, "actor")) and (side := node(row, "side"))
    }
    return Deadline(
        thing=Piece(words[thing], thing.value),
        kind=words[kinds[0]] if kinds else "",
        when=end.in_words(lang) if end else "",
        last_day=date.fromisoformat(end.iso) - timedelta(days=1) if end else None,
        exact=end is not None
        and local_name(end.precision.value if end.precision else "").endswith("day"),
        amount=amount_in_words(told, lang),
        actors=tuple(
            Actor(Piece(words[actor], actor.value), role_of(local_name(side.value), kind).in_(lang))
            for (actor, side), kind in actors.items()
        ),
        deciders=named("decider"),
        sites=named("site"),
        tasks=named("task"),
        gaps=named("gap"),
    )


def role_of(side: str, kind: NamedNode | None) -> Text:
    """Return what a side does, by the property that names it and the kind of agreement."""
    if side in ROLES:
        return ROLES[side]
    roles = ROLE_OF_AGREEMENT[side]
    return roles.get(local_name(kind.value) if kind else "", roles[""])


def amount_in_words(told: list[Row], lang: Lang) -> str:
    """Return the sum of a year in words, empty where none is documented."""
    row = next((row for row in told if text(row, "amount")), None)
    if row is None:
        return ""
    euros = number(text(row, "amount"), lang)
    least = text(row, "least") in ("true", "1")
    if least:
        return Text(f"mindestens {euros} Euro im Jahr", f"at least {euros} euros a year").in_(lang)
    return Text(f"{euros} Euro im Jahr", f"{euros} euros a year").in_(lang)


def open_ends(source: Queryable) -> tuple[NamedNode, ...]:
    """Return agreements and funding that may have any end, because none is documented."""
    found = (thing for row in rows(source, OPEN) if (thing := node(row, "thing")))
    return tuple(sorted(found, key=str))


def unknown_deciders(source: Queryable, lang: Lang) -> tuple[Piece, ...]:
    """Return the gaps that say that nobody documents who decides."""
    gaps = [gap for row in rows(source, DECIDERS) if (gap := node(row, "gap"))]
    words = labels(source, gaps, lang)
    return tuple(Piece(words[gap], gap.value) for gap in gaps)


def timeline(found: Iterable[Deadline], first: date, last: date) -> tuple[Mark, ...]:
    """Return a mark for each dated end between two days; what ends at one place is stacked."""
    length = max(1, (last - first).days)
    marks: list[Mark] = []
    for count, each in enumerate(found, start=1):
        if each.last_day is None:
            continue
        x = LEFT + WIDTH * (each.last_day - first).days / length
        beside = sum(abs(mark.x - x) < 2 * RADIUS for mark in marks)
        marks.append(
            Mark(count, each.thing.iri, each.last_day.isoformat(), round(x, 1), -STEP * beside)
        )
    return tuple(marks)


def ticks(first: date, last: date) -> tuple[Tick, ...]:
    """Return where years begin between two days; no name of a year touches another or an end."""
    length = max(1, (last - first).days)
    found: list[Tick] = []
    free: float = LEFT + END
    for year in range(first.year + 1, last.year + 1):
        x = LEFT + WIDTH * (date(year, 1, 1) - first).days / length
        has_room = x >= free and x <= LEFT + WIDTH - END
        found.append(Tick(round(x, 1), str(year) if has_room else ""))
        free = x + YEAR if has_room else free
    return tuple(found)
