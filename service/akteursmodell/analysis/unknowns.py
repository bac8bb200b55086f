"""What is not known, what is lost, and where sources contradict each other."""

from dataclasses import dataclass

from akteursmodell.analysis.pieces import Piece, pieces
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import Literal, NamedNode, Term
from akteursmodell.query.labels import best, labels
from akteursmodell.query.periods import spoken
from akteursmodell.query.rows import node, rows
from akteursmodell.vocabulary import DCTERMS, akm

__all__ = ["Lost", "Unknown", "conflicts_about", "gaps_about", "knowledge_gaps", "lost_elements"]

ALL_GAPS = "SELECT DISTINCT ?gap WHERE { ?gap a akm:KnowledgeGap }"
GAPS_ABOUT = (
    "SELECT DISTINCT ?gap WHERE {{ ?gap akm:about {thing} ; a ?kind . "
    "VALUES ?kind {{ akm:KnowledgeGap akm:ExtractionGap }} }}"
)
CONFLICTS_ABOUT = """
SELECT DISTINCT ?gap WHERE {{
  ?gap akm:conflictingClaim ?claim .
  {{ FILTER(?claim = {thing}) }} UNION {{ ?claim ?property {thing} FILTER(?property != rdf:type) }}
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
    found = [read(store, gap, lang) for gap in gaps]
    return tuple(sorted(found, key=lambda gap: gap.name.text.casefold()))


def read(store: Store, gap: NamedNode, lang: Lang) -> Unknown:
    """Read one open point."""

    def objects(name: str) -> list[Term]:
        return [quad.object for quad in store.quads(gap, NamedNode(name))]

    def text(name: str) -> str:
        texts = [term for term in objects(name) if isinstance(term, Literal)]
        return best(texts, lang) if texts else ""

    def links(name: str) -> tuple[Piece, ...]:
        return tuple(value[0] for value in pieces(store, objects(akm(name)), lang))

    return Unknown(
        name=pieces(store, [gap], lang)[0][0],
        text=text(DCTERMS + "description"),
        about=links("about"),
        missing=links("missingProperty"),
        searched_on=spoken(text(akm("searchedOn")), lang),
        searched_in=text(akm("searchedIn")),
        could_know=links("couldKnow"),
        claims=links("conflictingClaim"),
    )
