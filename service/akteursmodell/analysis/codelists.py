"""The code lists: their concepts in order, and how often each is used."""

from dataclasses import dataclass

from akteursmodell.analysis.documents import value
from akteursmodell.analysis.pieces import Piece
from akteursmodell.errors import Lang
from akteursmodell.graph.shipped import INFERRED
from akteursmodell.graph.store import Queryable, Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import Row, node, rows, text
from akteursmodell.vocabulary import AKM, SKOS

__all__ = ["CodeList", "Concept", "code_list", "code_lists"]

CONCEPTS = """
SELECT ?concept ?position ?parent ?note (COUNT(DISTINCT ?thing) AS ?n) WHERE {{
  ?concept skos:inScheme <{scheme}> .
  OPTIONAL {{ ?concept akm:position ?position }}
  OPTIONAL {{ ?concept skos:broader ?parent }}
  OPTIONAL {{ ?concept skos:notation ?note }}
  OPTIONAL {{ GRAPH ?graph {{ ?thing ?by ?concept }}
    FILTER(?graph != <{inferred}> && STRSTARTS(STR(?by), "{akm}")) }}
}} GROUP BY ?concept ?position ?parent ?note
"""
SCHEMES = """
SELECT ?scheme (COUNT(DISTINCT ?concept) AS ?n) WHERE {
  ?scheme a skos:ConceptScheme . OPTIONAL { ?concept skos:inScheme ?scheme }
} GROUP BY ?scheme
"""


@dataclass(frozen=True)
class Concept:
    """A value of a code list, and in how many entries it stands."""

    piece: Piece
    name: str
    notation: str
    definition: str
    note: str
    broader: Piece | None
    uses: int


@dataclass(frozen=True)
class CodeList:
    """A code list and the number of its values."""

    piece: Piece
    size: int


def code_list(store: Store, scheme: str, lang: Lang) -> tuple[Concept, ...]:
    """Return the concepts of a code list, in its own order."""
    found = {
        concept: row for row in rows(store, query(scheme)) if (concept := node(row, "concept"))
    }
    above = [parent for row in found.values() if (parent := node(row, "parent"))]
    words = labels(store, [*found, *above], lang)

    def place(item: tuple[NamedNode, Row]) -> tuple[float, str]:
        concept, row = item
        position = text(row, "position")
        return float(position) if position else float("inf"), words[concept].casefold()

    listed = []
    for concept, row in sorted(found.items(), key=place):
        parent = node(row, "parent")
        listed.append(
            Concept(
                piece=Piece(words[concept], concept.value),
                name=concept.value.removeprefix(AKM),
                notation=text(row, "note"),
                definition=value(store, concept, SKOS + "definition", lang),
                note=value(store, concept, SKOS + "editorialNote", lang),
                broader=Piece(words[parent], parent.value) if parent else None,
                uses=int(text(row, "n")),
            )
        )
    return tuple(listed)


def query(scheme: str) -> str:
    """Return the query for the concepts of a scheme."""
    return CONCEPTS.format(scheme=scheme, inferred=INFERRED, akm=AKM)


def code_lists(source: Queryable, lang: Lang) -> tuple[CodeList, ...]:
    """Return our code lists by label."""
    sizes = {
        scheme: int(text(row, "n"))
        for row in rows(source, SCHEMES)
        if (scheme := node(row, "scheme")) and scheme.value.startswith(AKM)
    }
    words = labels(source, sizes, lang)
    found = [CodeList(Piece(words[scheme], scheme.value), n) for scheme, n in sizes.items()]
    return tuple(sorted(found, key=lambda each: each.piece.text.casefold()))
