"""Where an actor stands in the matrix, in which reading."""

from dataclasses import dataclass

from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode, local_name
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import node, rows, text

__all__ = ["Place", "places_of"]

QUERY = """
SELECT ?placement ?sector ?level ?status WHERE {{
  ?placement akm:placedActor {thing} ; akm:inSector ?sector .
  OPTIONAL {{ ?placement akm:atLevel ?level }}
  OPTIONAL {{ ?placement akm:placementStatus ?status }}
}} ORDER BY DESC(?status) ?sector ?level
"""


@dataclass(frozen=True)
class Place:
    """A cell of the matrix; `reading` is set where the place is ambiguous."""

    placement: str
    sector: str
    sector_label: str
    level: str
    level_label: str
    reading: str


def places_of(source: Queryable, thing: NamedNode, lang: Lang) -> tuple[Place, ...]:
    """Return the places of an actor, the preferred reading first."""
    found = rows(source, QUERY.format(thing=thing))
    words = labels(source, [term for row in found for term in row.values() if term], lang)
    places = []
    for row in found:
        sector, level, status = node(row, "sector"), node(row, "level"), node(row, "status")
        certain = status is None or local_name(status.value) == "placement-certain"
        places.append(
            Place(
                placement=text(row, "placement"),
                sector=text(row, "sector"),
                sector_label=words[sector] if sector else "",
                level=text(row, "level"),
                level_label=words[level] if level else "",
                reading="" if certain or status is None else words[status],
            )
        )
    return tuple(places)
