"""What an editor completes: classes, properties with how often they are wanted, things."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from akteursmodell.analysis.search import NAMES, kinds_of
from akteursmodell.errors import Lang, Text
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import node, rows, text
from akteursmodell.query.words import plain, spelled, words_of
from akteursmodell.vocabulary import AKM, ID, compact

__all__ = ["Entry", "Suggestion", "classes", "entries", "properties", "things"]

CLASSES = "SELECT DISTINCT ?term { VALUES ?kind { owl:Class rdfs:Class } ?term a ?kind }"
PROPERTIES = """
SELECT DISTINCT ?term {
  VALUES ?kind {
    owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty rdf:Property
  }
  ?term a ?kind
}
"""
MOST_CLASSES = 3
MOST_THINGS = 60
LAST = 9
REQUIRED = Text("Pflicht bei", "required for")
OPTIONAL = Text("möglich bei", "optional for")
ANY_NUMBER = Text("beliebig oft", "any number")
AT_MOST_ONE = Text("höchstens einmal", "at most once")


@dataclass(frozen=True)
class Suggestion:
    """A term to complete: its short form, its label, and a note on its use."""

    short: str
    iri: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Use:
    """How often a shape wants a property at the members of a class."""

    cls: str
    required: bool
    single: bool


@cache
def uses() -> dict[str, tuple[Use, ...]]:
    """Return for each property how the shapes want it, by class.

    Read are shapes with a target class, their property shapes, and paths of one property.
    """
    from rdflib import URIRef  # noqa: PLC0415 -- slow import, for the editor only
    from rdflib.namespace import SH  # noqa: PLC0415

    from akteursmodell.validation.shapes import shapes_graph  # noqa: PLC0415

    graph = shapes_graph()
    found: dict[str, set[Use]] = defaultdict(set)
    for shape, cls in graph.subject_objects(SH.targetClass):
        for each in (shape, *graph.objects(shape, SH.property)):
            path = graph.value(each, SH.path)
            if isinstance(path, URIRef):
                least, most = graph.value(each, SH.minCount), graph.value(each, SH.maxCount)
                found[str(path)].add(
                    Use(
                        str(cls),
                        required=least is not None and int(str(least)) > 0,
                        single=most is not None and int(str(most)) == 1,
                    )
                )
    return {path: tuple(sorted(told, key=lambda u: u.cls)) for path, told in found.items()}


def classes(source: Queryable, lang: Lang) -> list[Suggestion]:
    """Return the classes, ours first."""
    return suggestions(source, CLASSES, lang)


def properties(source: Queryable, lang: Lang) -> list[Suggestion]:
    """Return the properties, ours first, each with what the shapes say of it."""
    found = suggestions(source, PROPERTIES, lang)
    names = {NamedNode(use.cls) for told in uses().values() for use in told}
    words = labels(source, names, lang)
    shown = {term.value: words[term] for term in names}
    return [
        Suggestion(each.short, each.iri, each.label, note(uses().get(each.iri, ()), shown, lang))
        for each in found
    ]


def suggestions(source: Queryable, query: str, lang: Lang) -> list[Suggestion]:
    """Return the named terms that a query finds, ours first, then by short form."""
    terms = [term for row in rows(source, query) if (term := node(row, "term"))]
    words = labels(source, terms, lang)
    listed = [Suggestion(compact(term.value), term.value, words[term]) for term in terms]
    return sorted(listed, key=lambda s: (not s.iri.startswith(AKM), s.short.casefold()))


def note(told: tuple[Use, ...], names: dict[str, str], lang: Lang) -> str:
    """Say where a property is required or optional, and whether it may stand more than once."""
    parts = []
    for word, required in ((REQUIRED, True), (OPTIONAL, False)):
        where = sorted({names[use.cls] for use in told if use.required == required})
        if where:
            more = " …" if len(where) > MOST_CLASSES else ""
            parts.append(f"{word.in_(lang)} {', '.join(where[:MOST_CLASSES])}{more}")
    if told:
        single = all(use.single for use in told)
        parts.append((AT_MOST_ONE if single else ANY_NUMBER).in_(lang))
    return "; ".join(parts)


@dataclass(frozen=True)
class Entry:
    """An entry with all its names, cut into words as they are compared, and its place in a list."""

    suggestion: Suggestion
    names: tuple[tuple[tuple[str, str], ...], ...]
    group: int


def entries(source: Queryable, lang: Lang) -> tuple[Entry, ...]:
    """Return all entries; made once for a state of the data."""
    names: dict[NamedNode, set[str]] = defaultdict(set)
    for row in rows(source, NAMES):
        thing = node(row, "thing")
        if thing is not None and thing.value.startswith(ID):
            names[thing].add(text(row, "name"))
    kinds = kinds_of(source, names)
    words = labels(source, [*names, *(kind for kind, _ in kinds.values() if kind)], lang)
    found = []
    for thing, known in names.items():
        kind, group = kinds.get(thing, (None, LAST))
        made = Suggestion(
            compact(thing.value), thing.value, words[thing], words[kind] if kind else ""
        )
        cut = tuple(tuple((plain(w), spelled(w)) for w in words_of(name)) for name in known)
        found.append(Entry(made, cut, group))
    return tuple(sorted(found, key=lambda each: each.suggestion.short))


def things(listed: Sequence[Entry], wanted: str) -> list[Suggestion]:
    """Return the entries with a name of which words begin as the words wanted, best first."""
    parts = [(plain(word), spelled(word)) for word in words_of(wanted)]
    if not parts:
        return []
    whole = [full for _, full in parts]

    def fits(name: tuple[tuple[str, str], ...]) -> bool:
        return all(
            any(p.startswith(bare) or s.startswith(full) for p, s in name) for bare, full in parts
        )

    def close(name: tuple[tuple[str, str], ...]) -> int:
        told = [full for _, full in name]
        return 0 if told == whole else 1 if told[0].startswith(whole[0]) else 2

    found = [
        (each.group, min(close(name) for name in fitting), len(each.suggestion.label), number)
        for number, each in enumerate(listed)
        if (fitting := [name for name in each.names if fits(name)])
    ]
    return [listed[place[-1]].suggestion for place in sorted(found)[:MOST_THINGS]]
