"""A named graph by itself: how many statements it makes, and about what."""

from dataclasses import dataclass

from akteursmodell.analysis.pieces import Piece
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable, Store
from akteursmodell.graph.terms import Literal, NamedNode
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import node, rows, text
from akteursmodell.vocabulary import AKM, GENID, PREFIXES, SKOS

__all__ = ["Kind", "kinds", "matches", "notes", "size"]

KINDS = """
SELECT ?kind (COUNT(DISTINCT ?thing) AS ?n) WHERE {{
  GRAPH <{graph}> {{ ?thing a ?kind }}
  FILTER(!STRSTARTS(STR(?thing), "{genid}") && !STRSTARTS(STR(?kind), "{owl}"))
}} GROUP BY ?kind
"""
MATCHES = """
SELECT DISTINCT ?ours ?relation ?other WHERE {{
  GRAPH <{graph}> {{ ?ours ?relation ?other }}
  FILTER(STRSTARTS(STR(?ours), "{akm}") && isIRI(?other) && !STRSTARTS(STR(?other), "{akm}"))
  FILTER(?relation NOT IN (rdf:type, dcterms:license, owl:imports, owl:versionIRI))
}}
"""


@dataclass(frozen=True)
class Kind:
    """A class, and how many of its members a graph describes."""

    piece: Piece
    count: int


def size(store: Store, graph: str) -> int:
    """Return how many statements a graph makes; 0 where there is no such graph."""
    return sum(1 for _ in store.quads(graph=NamedNode(graph)))


def kinds(source: Queryable, graph: str, lang: Lang) -> tuple[Kind, ...]:
    """Return what a graph describes, the most frequent class first."""
    asked = KINDS.format(graph=graph, genid=GENID, owl=PREFIXES["owl"])
    found = {k: int(text(row, "n")) for row in rows(source, asked) if (k := node(row, "kind"))}
    words = labels(source, found, lang)
    listed = [Kind(Piece(words[kind], kind.value), count) for kind, count in found.items()]
    return tuple(sorted(listed, key=lambda kind: (-kind.count, kind.piece.text.casefold())))


def matches(source: Queryable, graph: str, lang: Lang) -> tuple[tuple[Piece, Piece, Piece], ...]:
    """Return which of our terms a graph ties to which others, by our term."""
    asked = rows(source, MATCHES.format(graph=graph, akm=AKM))
    columns = ("ours", "relation", "other")
    found = [[term for name in columns if (term := node(row, name))] for row in asked]
    words = labels(source, {term for row in found for term in row}, lang)
    shown = [tuple(Piece(words[term], term.value) for term in row) for row in found]
    told = [(row[0], row[1], row[2]) for row in shown if len(row) == len(columns)]
    return tuple(sorted(told, key=lambda row: [piece.text.casefold() for piece in row]))


def notes(store: Store, graph: str, lang: Lang) -> tuple[tuple[Piece, str], ...]:
    """Return what a graph remarks on terms, in the reader's language, by term."""
    note = NamedNode(SKOS + "editorialNote")
    found = {
        quad.subject: quad.object.value
        for quad in store.quads(predicate=note, graph=NamedNode(graph))
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
        and quad.object.language == lang
    }
    words = labels(store, found, lang)
    told = [(Piece(words[term], term.value), said) for term, said in found.items()]
    return tuple(sorted(told, key=lambda row: row[0].text.casefold()))
