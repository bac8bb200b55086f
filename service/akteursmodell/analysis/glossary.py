"""The words of the pages, explained by the ontology's own definitions."""

from collections import defaultdict
from dataclasses import dataclass

from akteursmodell.analysis.pieces import Piece
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.labels import labels, texts
from akteursmodell.query.rows import node, rows
from akteursmodell.vocabulary import AKM, SKOS

__all__ = ["Explained", "Group", "glossary"]

CLASSES = "SELECT DISTINCT ?term WHERE { ?term a owl:Class ; skos:definition ?text }"
# The values that pages show as a word or a letter without more.
CONCEPTS = """
SELECT ?term ?scheme ?position WHERE {
  VALUES ?scheme {
    akm:obligation-kinds akm:responsibility-kinds akm:evidence-statuses akm:planning-modes
    akm:sectors akm:levels akm:agreement-kinds akm:end-states
  }
  ?term skos:inScheme ?scheme ; skos:definition ?text .
  OPTIONAL { ?term akm:position ?position }
} ORDER BY ?scheme ?position
"""


@dataclass(frozen=True)
class Explained:
    """A word with what it means, and an example where there is one."""

    term: Piece
    text: str
    example: str


@dataclass(frozen=True)
class Group:
    """The words of one list; that of the classes has no name."""

    name: Piece | None
    words: tuple[Explained, ...]


def glossary(store: Store, lang: Lang) -> tuple[Group, ...]:
    """Return the words by name, then those of each list in its own order."""
    classes = [t for row in rows(store, CLASSES) if (t := node(row, "term"))]
    classes = [term for term in classes if term.value.startswith(AKM)]
    listed: dict[NamedNode, dict[NamedNode, None]] = defaultdict(dict)
    for row in rows(store, CONCEPTS):
        term, scheme = node(row, "term"), node(row, "scheme")
        if term is not None and scheme is not None:
            listed[scheme][term] = None
    terms = [*classes, *(term for group in listed.values() for term in group)]
    words = labels(store, [*terms, *listed], lang)
    told = texts(store, terms, SKOS + "definition", lang)
    examples = texts(store, terms, SKOS + "example", lang)

    def explained(term: NamedNode) -> Explained:
        return Explained(Piece(words[term], term.value), told[term], examples.get(term, ""))

    first = sorted(map(explained, classes), key=lambda each: each.term.text.casefold())
    groups = [
        Group(Piece(words[scheme], scheme.value), tuple(map(explained, group)))
        for scheme, group in listed.items()
    ]
    groups.sort(key=lambda group: group.name.text.casefold() if group.name else "")
    return (Group(None, tuple(first)), *groups)
