"""What is not known, what is lost, and where sources contradict each other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from akteursmodell.analysis.pieces import Piece, pieces
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import Literal, NamedNode, Term
from akteursmodell.query.labels import best, labels
from akteursmodell.query.periods import spoken
from akteursmodell.query.rows import node, rows
from akteursmodell.vocabulary import DCTERMS, akm

__all__ = [
    "Lost",
    "Unknown",
    "conflicts_about",
    "gaps_about",
    "knowledge_gaps",
    "lost_elements",
    "unknowns",
]

LINKS = ("about", "missingProperty", "couldKnow", "conflictingClaim")
ALL_GAPS = "SELECT DISTINCT ?gap WHERE { ?gap a akm:KnowledgeGap }"
GAPS_ABOUT = (
    "SELECT DISTINCT ?gap WHERE {{ ?gap akm:about {thing} . FILTER EXISTS {{ "
    "?gap a ?kind . FILTER(?kind IN (akm:KnowledgeGap, akm:ExtractionGap)) }} }}"
)
CONFLICTS_ABOUT = """
SELECT DISTINCT ?gap WHERE {{
  {{ ?gap akm:conflictingClaim {thing} }} UNION {{
    ?claim ?property {thing} . FILTER(?property != rdf:type)
    ?gap akm:conflictingClaim ?claim .
  }}
}}
"""
LOST = """
SELECT ?gap ?kind ?slide ?number WHERE {
  ?gap a akm:ExtractionGap ; akm:onSlide ?slide ; akm:gapKind ?kind .
  OPTIONAL { ?slide akm:slideNumber ?number }
} ORDER BY ?number ?kind ?gap
"""


@dataclass(frozen=True)
class Unknown:
    """Something open: what it is, what it is about, what is missing, and who could know."""

    name: Piece
    text: str
    about: tuple[Piece, ...]
    missing: tuple[Piece, ...]
    searched_on: str
    searched_in: str
    could_know: tuple[Piece, ...]
    claims: tuple[Piece, ...]


@dataclass(frozen=True)
class Lost:
    """Something that stood on a slide and did not come down to us."""

    gap: Piece
    kind: str
    number: str
    slide: Piece


def knowledge_gaps(store: Store, lang: Lang) -> tuple[Unknown, ...]:
    """Return every knowledge gap, by name."""
    return read_all(store, ALL_GAPS, lang)


def gaps_about(store: Store, thing: NamedNode, lang: Lang) -> tuple[Unknown, ...]:
    """Return the gaps about a thing: what nobody documents, and what the slides lost."""
    return read_all(store, GAPS_ABOUT.format(thing=thing), lang)


def conflicts_about(store: Store, thing: NamedNode, lang: Lang) -> tuple[Unknown, ...]:
    """Return the contradictions between sources that concern a thing."""
    return read_all(store, CONFLICTS_ABOUT.format(thing=thing), lang)


def lost_elements(store: Store, lang: Lang) -> tuple[Lost, ...]:
    """Return what the slides lost, by slide."""
    found = rows(store, LOST)
    words = labels(store, [term for row in found for term in row.values() if term], lang)

    def piece(term: Term | None) -> Piece:
        return Piece(words[term], term.value) if isinstance(term, NamedNode) else Piece("")

    return tuple(
        Lost(
            gap=piece(row["gap"]),
            kind=piece(row["kind"]).text,
            number=words[row["number"]] if row["number"] else "",
            slide=piece(row["slide"]),
        )
        for row in found
    )


def read_all(store: Store, query: str, lang: Lang) -> tuple[Unknown, ...]:
    """Read the open points that a query finds, by name."""
    gaps = [gap for row in rows(store, query) if (gap := node(row, "gap"))]
    found = unknowns(store, gaps, lang)
    return tuple(sorted(found, key=lambda gap: gap.name.text.casefold()))


def unknowns(store: Store, gaps: Iterable[NamedNode], lang: Lang) -> tuple[Unknown, ...]:
    """Read open points, in the order given."""
    known = {gap: by_property(store, gap) for gap in dict.fromkeys(gaps)}
    links = {gap: [t for name in LINKS for t in found[akm(name)]] for gap, found in known.items()}
    words = labels(store, [t for gap, others in links.items() for t in (gap, *others)], lang)

    def text(found: Mapping[str, list[Term]], name: str) -> str:
        texts = [term for term in found[name] if isinstance(term, Literal)]
        return best(texts, lang) if texts else ""

    def shown(found: Mapping[str, list[Term]], name: str) -> tuple[Piece, ...]:
        return tuple(value[0] for value in pieces(store, found[akm(name)], lang, words))

    return tuple(
        Unknown(
            name=Piece(words[gap], gap.value),
            text=text(found, DCTERMS + "description"),
            about=shown(found, "about"),
            missing=shown(found, "missingProperty"),
            searched_on=spoken(text(found, akm("searchedOn")), lang),
            searched_in=text(found, akm("searchedIn")),
            could_know=shown(found, "couldKnow"),
            claims=shown(found, "conflictingClaim"),
        )
        for gap, found in known.items()
    )


def by_property(store: Store, gap: NamedNode) -> Mapping[str, list[Term]]:
    """Return the values of an open point by property."""
    found: dict[str, list[Term]] = defaultdict(list)
    for quad in store.quads(subject=gap):
        if quad.object not in found[quad.predicate.value]:
            found[quad.predicate.value].append(quad.object)
    return found
