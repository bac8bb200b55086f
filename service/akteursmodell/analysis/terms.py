"""The ontology as a list: modules with their classes and properties, and the code lists."""

from collections import defaultdict
from dataclasses import dataclass

from akteursmodell.analysis.pieces import Piece
from akteursmodell.analysis.rows import node, rows, text
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode, local_name
from akteursmodell.query.labels import labels
from akteursmodell.vocabulary import AKM

__all__ = ["Module", "code_lists", "modules"]

TERMS = f"""
SELECT DISTINCT ?module ?term ?kind WHERE {{
  VALUES ?kind {{ owl:Class owl:ObjectProperty owl:DatatypeProperty }}
  ?term a ?kind ; rdfs:isDefinedBy ?module .
  FILTER(STRSTARTS(STR(?module), "{AKM}"))
}}
"""
SCHEMES = "SELECT DISTINCT ?scheme WHERE { ?scheme a skos:ConceptScheme }"


@dataclass(frozen=True)
class Module:
    """A module of the ontology with its terms by name."""

    name: Piece
    classes: tuple[Piece, ...]
    properties: tuple[Piece, ...]


def modules(source: Queryable, lang: Lang) -> tuple[Module, ...]:
    """Return our own modules with their terms, all by label."""
    found: dict[NamedNode, tuple[set[NamedNode], set[NamedNode]]] = defaultdict(
        lambda: (set(), set())
    )
    for row in rows(source, TERMS):
        module, term = node(row, "module"), node(row, "term")
        if module and term:
            found[module][local_name(text(row, "kind")) != "Class"].add(term)
    words = labels(source, [t for m, both in found.items() for t in (m, *both[0], *both[1])], lang)

    def listed(terms: set[NamedNode]) -> tuple[Piece, ...]:
        named = (Piece(words[term], term.value) for term in terms)
        return tuple(sorted(named, key=lambda piece: piece.text.casefold()))

    made = [
        Module(Piece(words[module], module.value), listed(classes), listed(properties))
        for module, (classes, properties) in found.items()
    ]
    return tuple(sorted(made, key=lambda module: module.name.text.casefold()))


def code_lists(source: Queryable, lang: Lang) -> tuple[Piece, ...]:
    """Return the code lists by label."""
    schemes = [scheme for row in rows(source, SCHEMES) if (scheme := node(row, "scheme"))]
    words = labels(source, schemes, lang)
    found = [Piece(words[scheme], scheme.value) for scheme in schemes]
    return tuple(sorted(found, key=lambda piece: piece.text.casefold()))
