"""The deck's perspectives, and the cells that they look at in our reading."""

from collections import defaultdict
from dataclasses import dataclass

from akteursmodell.analysis.pieces import Piece
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode, local_name
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import node, rows, text

__all__ = ["Perspective", "Reading", "perspectives"]

QUERY = """
SELECT ?perspective ?number ?reading ?sector ?level WHERE {
  ?perspective a akm:Perspective .
  OPTIONAL { ?perspective akm:onSlide/akm:slideNumber ?number }
  OPTIONAL {
    ?reading akm:readingOf ?perspective .
    { ?reading akm:looksAtSector ?sector } UNION { ?reading akm:looksAtLevel ?level }
    UNION { FILTER NOT EXISTS { ?reading akm:looksAtSector|akm:looksAtLevel ?any } }
  }
} ORDER BY ?number ?perspective ?reading
"""


@dataclass(frozen=True)
class Reading:
    """One rectangle of the matrix that a perspective looks at; no sectors or levels means all."""

    name: Piece
    sectors: frozenset[str]
    levels: frozenset[str]

    def covers(self, sector: str, level: str) -> bool:
        """Whether a cell is singled out."""
        if not (self.sectors or self.levels):
            return False
        return sector in (self.sectors or {sector}) and level in (self.levels or {level})


@dataclass(frozen=True)
class Perspective:
    """A slide's title, and what it looks at in our reading."""

    name: str
    title: Piece
    slide: str
    readings: tuple[Reading, ...]

    def tint(self, sector: str, level: str) -> int:
        """Return which reading singles a cell out, counted from 1; 0 for none."""
        for number, reading in enumerate(self.readings, start=1):
            if reading.covers(sector, level):
                return number
        return 0


def perspectives(source: Queryable, lang: Lang) -> tuple[Perspective, ...]:
    """Return the perspectives in the order of the slides."""
    numbers: dict[NamedNode, str] = {}
    reading_of: dict[NamedNode, dict[NamedNode, tuple[set[str], set[str]]]] = {}
    for row in rows(source, QUERY):
        perspective, reading = node(row, "perspective"), node(row, "reading")
        if perspective is None:
            continue
        numbers[perspective] = text(row, "number")
        found = reading_of.setdefault(perspective, defaultdict(lambda: (set(), set())))
        if reading is not None:
            found[reading][0].add(text(row, "sector"))
            found[reading][1].add(text(row, "level"))
    every = [r for found in reading_of.values() for r in found]
    words = labels(source, [*reading_of, *every], lang)
    return tuple(
        Perspective(
            name=local_name(perspective.value).removeprefix("perspective-"),
            title=Piece(words[perspective], perspective.value),
            slide=numbers[perspective],
            readings=tuple(
                Reading(
                    Piece(words[reading], reading.value),
                    frozenset(sectors - {""}),
                    frozenset(levels - {""}),
                )
                for reading, (sectors, levels) in found.items()
            ),
        )
        for perspective, found in reading_of.items()
    )
