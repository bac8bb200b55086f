"""Where an actor, or the parties of a relation, stand in the matrix, in which reading."""

from collections.abc import Iterable
from dataclasses import dataclass

from akteursmodell.analysis.pieces import Piece
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable, Store
from akteursmodell.graph.terms import NamedNode, Quad, local_name
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import node, rows, text, values
from akteursmodell.vocabulary import akm

__all__ = ["Place", "parties", "places_of"]

QUERY = """
SELECT ?actor ?placement ?sector ?level ?status WHERE {{
  {actors}
  ?placement akm:placedActor ?actor ; akm:inSector ?sector .
  OPTIONAL {{ ?placement akm:atLevel ?level }}
  OPTIONAL {{ ?placement akm:placementStatus ?status }}
}} ORDER BY DESC(?status) ?sector ?level ?actor
"""
PARTIES = frozenset(
    akm(name)
    for name in (
        *("agent", "bearer", "definer", "exemplar", "funder", "obligatedBody", "operator"),
        *("part", "partner", "principal", "seatHolder", "seatIn", "spaceUser", "stakeHolder"),
        *("stakeIn", "template", "toward", "whole"),
    )
)
IN_COOPERATION, PARTNER = NamedNode(akm("inCooperation")), NamedNode(akm("partner"))


@dataclass(frozen=True)
class Place:
    """A cell of the matrix; `reading` is set where the place is ambiguous.

    `actor` is who stands there, where it is not the thing itself.
    """

    placement: str
    sector: str
    sector_label: str
    level: str
    level_label: str
    reading: str
    actor: Piece | None = None

    @property
    def cell(self) -> str:
        """The name of the cell on the page of the matrix."""
        sector = local_name(self.sector).removeprefix("sector-")
        level = local_name(self.level).removeprefix("level-") if self.level else ""
        return f"cell-{sector}-{level}" if level else f"org-{sector}"


def parties(store: Store, thing: NamedNode, quads: Iterable[Quad]) -> list[NamedNode]:
    """Return the actors that a relation names; `quads` are its statements."""
    found = [quad.object for quad in quads if quad.predicate.value in PARTIES]
    for part in store.quads(predicate=IN_COOPERATION, object=thing):
        if isinstance(part.subject, NamedNode):
            found += [q.object for q in store.quads(subject=part.subject, predicate=PARTNER)]
    return [term for term in found if isinstance(term, NamedNode)]


def places_of(
    source: Queryable, thing: NamedNode, others: Iterable[NamedNode], lang: Lang
) -> tuple[Place, ...]:
    """Return the places of an actor or of the parties of a relation, preferred readings first."""
    found = rows(source, QUERY.format(actors=values("actor", [thing, *others])))
    words = labels(source, [term for row in found for term in row.values() if term], lang)
    places = []
    for row in found:
        sector, level, status = node(row, "sector"), node(row, "level"), node(row, "status")
        actor = node(row, "actor")
        certain = status is None or local_name(status.value) == "placement-certain"
        places.append(
            Place(
                placement=text(row, "placement"),
                sector=text(row, "sector"),
                sector_label=words[sector] if sector else "",
                level=text(row, "level"),
                level_label=words[level] if level else "",
                reading="" if certain or status is None else words[status],
                actor=Piece(words[actor], actor.value) if actor and actor != thing else None,
            )
        )
    return tuple(places)
