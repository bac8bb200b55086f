"""Everything that is open: gaps, contradictions, old statements, and what the slides lost."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from akteursmodell.analysis.pieces import Piece
from akteursmodell.analysis.search import fits
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode, Term, local_name
from akteursmodell.query.labels import labels
from akteursmodell.query.periods import periods_of
from akteursmodell.query.rows import entered, node, rows, values

__all__ = ["OpenPoint", "Stale", "choose", "choose_stale", "open_points", "stale_statements"]

Kind = Literal["gap", "conflict", "lost"]
KINDS: dict[str, Kind] = {
    "KnowledgeGap": "gap",
    "Conflict": "conflict",
    "ExtractionGap": "lost",
}
POINTS = """
SELECT ?point ?class ?who ?about ?number WHERE {{
  VALUES ?class {{ {classes} }}
  ?point a ?class .
  OPTIONAL {{ ?point akm:couldKnow ?who }}
  OPTIONAL {{ ?point akm:about|akm:conflictingClaim ?about }}
  OPTIONAL {{ ?point akm:onSlide/akm:slideNumber ?number }}
}}
""".format(classes=" ".join(f"akm:{name}" for name in KINDS))
DATED = "SELECT DISTINCT ?thing WHERE { ?thing a/rdfs:subClassOf* akm:QualifiedRelation }"
# Who could confirm a relation: those whom it names.
NAMED = """
SELECT ?thing ?class ?who WHERE {{
  {things}
  {kind}
  OPTIONAL {{
    ?thing akm:operator|akm:partner|akm:bearer|akm:principal|akm:agent|akm:funder
      |akm:obligatedBody|akm:definer|akm:whole|akm:seatIn|akm:stakeIn|akm:incentiveFor ?who
  }}
}}
"""


@dataclass(frozen=True)
class OpenPoint:
    """An open point by its name, and who could know; what it is about is searched too."""

    name: Piece
    kind: Kind
    who: tuple[Piece, ...]
    words: str


@dataclass(frozen=True)
class Stale:
    """A statement of which there is only old news: its kind, its period, and who could confirm."""

    name: Piece
    kind: str
    when: str
    attested: str
    who: tuple[Piece, ...]


def open_points(source: Queryable, lang: Lang) -> tuple[OpenPoint, ...]:
    """Return gaps, contradictions and losses by name."""
    kinds: dict[NamedNode, Kind] = {}
    who: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    about: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for row in rows(source, POINTS):
        point, cls = node(row, "point"), node(row, "class")
        if point is None or cls is None:
            continue
        kinds[point] = KINDS[local_name(cls.value)]
        for found, name in ((who, "who"), (about, "about")):
            term = node(row, name)
            if term is not None:
                found[point].add(term)
    everything = {t for found in (who, about) for group in found.values() for t in group}
    words = labels(source, [*kinds, *everything], lang)
    points = [
        OpenPoint(
            name=Piece(words[point], point.value),
            kind=kind,
            who=named(who[point], words),
            words=" ".join(words[term] for term in (point, *about[point])),
        )
        for point, kind in kinds.items()
    ]
    return tuple(sorted(points, key=lambda point: (point.name.text.casefold(), point.name.iri)))


def named(things: Iterable[NamedNode], words: Mapping[Term, str]) -> tuple[Piece, ...]:
    """Return things with their names, by name."""
    found = (Piece(words[thing], thing.value) for thing in things)
    return tuple(sorted(found, key=lambda piece: (piece.text.casefold(), piece.iri)))


def choose(points: Iterable[OpenPoint], kind: str, wanted: str, who: str) -> list[OpenPoint]:
    """Return the open points of a kind in which each word is found and whom somebody could know."""
    return [
        point
        for point in points
        if point.kind == kind
        and (not wanted or fits(wanted, point.words))
        and (not who or any(piece.iri == who for piece in point.who))
    ]


def choose_stale(old: Iterable[Stale], wanted: str, who: str) -> list[Stale]:
    """Return the old statements with all words in their name that somebody could confirm."""
    return [
        each
        for each in old
        if (not wanted or fits(wanted, each.name.text))
        and (not who or any(piece.iri == who for piece in each.who))
    ]


def stale_statements(source: Queryable, lang: Lang, today: date) -> tuple[Stale, ...]:
    """Return the relations last attested over two years ago or on no known day, oldest first."""
    things = [thing for row in rows(source, DATED) if (thing := node(row, "thing"))]
    periods = {
        thing: period
        for thing, period in periods_of(source, things).items()
        if period.state(today) in ("attested", "undated")
    }
    kinds: dict[NamedNode, NamedNode] = {}
    who: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    asked = NAMED.format(things=values("thing", periods), kind=entered("?thing a ?class"))
    for row in rows(source, asked):
        thing, cls, actor = node(row, "thing"), node(row, "class"), node(row, "who")
        if thing is None or cls is None:
            continue
        kinds.setdefault(thing, cls)
        if actor is not None:
            who[thing].add(actor)
    actors = {actor for group in who.values() for actor in group}
    words = labels(source, [*periods, *set(kinds.values()), *actors], lang)
    found = [
        Stale(
            name=Piece(words[thing], thing.value),
            kind=words[kinds[thing]] if thing in kinds else "",
            when=period.in_words(lang),
            attested=period.attested.iso if period.attested else "",
            who=named(who[thing], words),
        )
        for thing, period in periods.items()
    ]
    return tuple(sorted(found, key=lambda e: (not e.attested, e.attested, e.name.text.casefold())))
