"""What relations are about: themes, districts, tasks; the choices by which a view is narrowed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from akteursmodell.analysis.relations import Relation
from akteursmodell.errors import Lang, Text
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode, local_name
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import node, rows

__all__ = ["FACETS", "Choice", "Facet", "Facets", "facets"]

Facet = Literal["theme", "district", "task", "evidence"]
FACETS: Final[tuple[Facet, ...]] = get_args(Facet)
PATTERNS: Final[dict[Facet, str]] = {
    "theme": "?relation akm:theme ?value .",
    "district": """
        { ?relation akm:concernsSpace ?space } UNION { ?relation akm:atSite ?space }
        ?space akm:within* ?value . ?value a akm:District .
    """,
    "task": "?relation akm:forTask ?value .",
    "evidence": """
        VALUES ?class {
          akm:Cooperation akm:Network akm:Agreement akm:Responsibility akm:Funding
          akm:SpaceDefinition akm:BoardMembership akm:Stake akm:Belonging
        }
        ?relation a ?class ; akm:evidence/akm:evidenceStatus ?value .
    """,
}
CONFIRMED: Final = "evidence-confirmed"
# What follows from evidence and dates: nobody in charge has confirmed it; it is old.
UNCONFIRMED: Final = "evidence-unconfirmed"
OLD: Final = "evidence-old"
DERIVED: Final = {
    UNCONFIRMED: Text("nur berichtet, nicht bestätigt", "only reported, not confirmed"),
    OLD: Text("zuletzt vor über 24 Monaten belegt", "last attested more than 24 months ago"),
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


def facets(source: Queryable, lang: Lang, relations: Iterable[Relation] = ()) -> Facets:
    """Read what each relation is about, and what it rests on as of the day of the relations."""
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
    values["evidence"] = with_derived(values["evidence"], relations)
    told = {name: label.in_(lang) for name, label in DERIVED.items()}
    return Facets(values, {local_name(thing.value): words[thing] for thing in things} | told)


def with_derived(
    known: Mapping[str, frozenset[str]], relations: Iterable[Relation]
) -> dict[str, frozenset[str]]:
    """Return the kinds of evidence with what follows for the relations that have any."""
    found = dict(known)
    for relation in relations:
        names = set(found.get(relation.iri, ()))
        if not names:
            continue
        if CONFIRMED not in names:
            names.add(UNCONFIRMED)
        if relation.state == "attested":
            names.add(OLD)
        found[relation.iri] = frozenset(names)
    return found
