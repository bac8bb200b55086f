"""What nobody documents about the relations of a view: knowledge gaps by what they are about."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from akteursmodell.analysis.pieces import Piece
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import node, rows

__all__ = ["Gap", "concerning", "gaps"]

QUERY = "SELECT ?gap ?about WHERE { ?gap a akm:KnowledgeGap ; akm:about ?about } ORDER BY ?gap"


@dataclass(frozen=True)
class Gap:
    """A knowledge gap, and the addresses of what it is about."""

    name: Piece
    about: frozenset[str]


def gaps(source: Queryable, lang: Lang) -> tuple[Gap, ...]:
    """Return all knowledge gaps that are about something, by name."""
    about: dict[NamedNode, set[str]] = defaultdict(set)
    for row in rows(source, QUERY):
        gap, thing = node(row, "gap"), node(row, "about")
        if gap is not None and thing is not None:
            about[gap].add(thing.value)
    words = labels(source, about, lang)
    found = [Gap(Piece(words[gap], gap.value), frozenset(iris)) for gap, iris in about.items()]
    return tuple(sorted(found, key=lambda gap: gap.name.text.casefold()))


def concerning(found: Iterable[Gap], things: Iterable[str]) -> tuple[Gap, ...]:
    """Return the gaps that are about any of some things."""
    wanted = frozenset(things)
    return tuple(gap for gap in found if gap.about & wanted)
