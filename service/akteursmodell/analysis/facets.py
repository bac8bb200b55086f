"""What relations are about: themes, districts, tasks; the choices by which a view is narrowed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from akteursmodell.analysis.relations import Relation
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode, local_name
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import node, rows

__all__ = ["FACETS", "Choice", "Facet", "Facets", "facets"]

Facet = Literal["theme", "district", "task"]
FACETS: Final[tuple[Facet, ...]] = get_args(Facet)
PATTERNS: Final[dict[Facet, str]] = {
    "theme": "?relation akm:theme ?value .",
    "district": """
        { ?relation akm:concernsSpace ?space } UNION { ?relation akm:atSite ?space }
        ?space akm:within* ?value . ?value a akm:District .
    """,
    "task": "?relation akm:forTask ?value .",
}


@dataclass(frozen=True)
class Choice:
    """A value that a view can be narrowed to, and how many relations are about it."""

    name: str
    label: str
    count: int


@dataclass(frozen=True)
class Facets:
    """For each facet what each relation is about, by address, and the words for it."""

    values: Mapping[Facet, Mapping[str, frozenset[str]]]
    words: Mapping[str, str]

    def about(self, facet: Facet, relation: str) -> frozenset[str]:
        """Return the names of what a relation is about."""
        return self.values[facet].get(relation, frozenset())

    def label(self, name: str) -> str:
        """Return the word for a value; its name where there is none."""
        return self.words.get(name, name)

    def choices(self, facet: Facet, relations: Iterable[Relation]) -> tuple[Choice, ...]:
        """Return the values that relations are about, by label."""
        counted = Counter(name for each in relations for name in self.about(facet, each.iri))
        found = (Choice(name, self.label(name), count) for name, count in counted.items())
        return tuple(sorted(found, key=lambda choice: choice.label.casefold()))


def facets(source: Queryable, lang: Lang) -> Facets:
    """Read what each relation is about."""
    values: dict[Facet, dict[str, frozenset[str]]] = {}
    things: set[NamedNode] = set()
    for facet, pattern in PATTERNS.items():
        found: dict[str, set[str]] = defaultdict(set)
        for row in rows(source, f"SELECT DISTINCT ?relation ?value WHERE {{ {pattern} }}"):
            relation, value = node(row, "relation"), node(row, "value")
            if relation is not None and value is not None:
                found[relation.value].add(local_name(value.value))
                things.add(value)
        values[facet] = {relation: frozenset(names) for relation, names in found.items()}
    words = labels(source, things, lang)
    return Facets(values, {local_name(thing.value): words[thing] for thing in things})
