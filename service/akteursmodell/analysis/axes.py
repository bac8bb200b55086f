"""The two axes of the matrix, and the sector in which an actor stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode, local_name
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import node, rows, text

__all__ = [
    "Line",
    "in_short",
    "level_of_actors",
    "levels",
    "sector_of_actors",
    "sectors",
    "short_names",
]

AXIS = """
SELECT ?concept ?position WHERE {{ ?concept a akm:{cls} ; akm:position ?position }}
ORDER BY ?position
"""
PLACED = """
SELECT ?actor ?sector WHERE {
  ?placement akm:placedActor ?actor ; akm:inSector ?sector .
  OPTIONAL { ?placement akm:placementStatus ?status }
} ORDER BY (?status = akm:placement-alternative)
"""
ON_LEVEL = """
SELECT ?actor ?level WHERE {
  ?placement akm:placedActor ?actor ; akm:atLevel ?level .
  OPTIONAL { ?placement akm:placementStatus ?status }
} ORDER BY (?status = akm:placement-alternative) ?level
"""
BELONGING = "SELECT ?part ?whole WHERE { ?belonging akm:part ?part ; akm:whole ?whole }"
SHORT = """
SELECT ?thing ?name WHERE {
  ?thing a/rdfs:subClassOf* akm:Organisation ; skos:prefLabel|skos:altLabel ?name .
  FILTER(lang(?name) = "de")
}
"""
LONG = 24
PROPER = 14
SHORTEST = 3


@dataclass(frozen=True)
class Line:
    """A sector (column) or a level (row) of the matrix."""

    iri: str
    name: str
    label: str
    position: str


def sectors(source: Queryable, lang: Lang) -> tuple[Line, ...]:
    """Return the columns in their order."""
    return axis(source, "Sector", lang)


def levels(source: Queryable, lang: Lang) -> tuple[Line, ...]:
    """Return the rows in their order."""
    return axis(source, "Level", lang)


def axis(source: Queryable, cls: str, lang: Lang) -> tuple[Line, ...]:
    """Return the members of one axis, with their labels."""
    found = [(c, row) for row in rows(source, AXIS.format(cls=cls)) if (c := node(row, "concept"))]
    words = labels(source, [concept for concept, _ in found], lang)
    return tuple(
        Line(
            iri=concept.value,
            name=local_name(concept.value).partition("-")[2],
            label=words[concept][:1].upper() + words[concept][1:],
            position=text(row, "position"),
        )
        for concept, row in found
    )


def sector_of_actors(source: Queryable) -> dict[NamedNode, NamedNode]:
    """Return the sector of each actor: its own place, else that of what it belongs to."""
    found: dict[NamedNode, NamedNode] = {}
    for row in rows(source, PLACED):
        actor, sector = node(row, "actor"), node(row, "sector")
        if actor and sector:
            found.setdefault(actor, sector)
    wholes: dict[NamedNode, NamedNode] = {}
    for row in rows(source, BELONGING):
        part, whole = node(row, "part"), node(row, "whole")
        if part and whole:
            wholes.setdefault(part, whole)
    return {**{p: s for p in wholes if (s := climb(p, wholes, found))}, **found}


def level_of_actors(source: Queryable) -> dict[NamedNode, NamedNode]:
    """Return the level on which each actor itself is placed; none is taken from elsewhere."""
    found: dict[NamedNode, NamedNode] = {}
    for row in rows(source, ON_LEVEL):
        actor, level = node(row, "actor"), node(row, "level")
        if actor and level:
            found.setdefault(actor, level)
    return found


def climb(
    part: NamedNode, wholes: Mapping[NamedNode, NamedNode], known: Mapping[NamedNode, NamedNode]
) -> NamedNode | None:
    """Go up from part to whole until something has a sector."""
    seen: set[NamedNode] = set()
    here: NamedNode | None = part
    while here is not None and here not in seen:
        if here in known:
            return known[here]
        seen.add(here)
        here = wholes.get(here)
    return None


def short_names(source: Queryable, lang: Lang) -> dict[NamedNode, str]:
    """Return for organisations of a long name the shortest one that people use instead.

    The names are German; elsewhere only what serves as a proper name is taken: AWO, Caritas.
    """
    names: dict[NamedNode, list[str]] = {}
    for row in rows(source, SHORT):
        thing = node(row, "thing")
        if thing is not None:
            names.setdefault(thing, []).append(text(row, "name"))
    longest = LONG if lang == "de" else PROPER
    shortest = {
        thing: min((n for n in known if len(n) >= SHORTEST), key=plainness, default=known[0])
        for thing, known in names.items()
        if max(map(len, known)) > LONG and len(known) > 1
    }
    return {thing: name for thing, name in shortest.items() if len(name) <= longest}


def plainness(name: str) -> tuple[int, bool]:
    """Order names: short before long, words before abbreviations with a slash."""
    return len(name), "/" in name


def in_short(name: str) -> str:
    """Drop the explanation in brackets at the end of a very long name."""
    start, bracket, _ = name.partition(" (")
    return start if bracket and name.endswith(")") and len(name) > 2 * LONG else name
