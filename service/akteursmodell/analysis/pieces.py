"""Text with links: the pieces that a value is shown with.

An OWL expression (`one of`, `A or B`, a list) is a structure of nodes without a name; it is told as
a sentence of pieces.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from akteursmodell.analysis.wording import word
from akteursmodell.errors import Lang, Text
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import Literal, NamedNode, Term, Triple
from akteursmodell.query.labels import labels
from akteursmodell.vocabulary import GENID, PREFIXES, RDF

__all__ = ["Piece", "expression", "pieces", "plain"]

OWL = PREFIXES["owl"]
ANY_URI = PREFIXES["xsd"] + "anyURI"
FIRST, REST = NamedNode(RDF + "first"), NamedNode(RDF + "rest")
LISTS: dict[str, Text] = {
    "unionOf": Text(" oder ", " or "),
    "intersectionOf": Text(" und ", " and "),
    "oneOf": Text(", ", ", "),
    "members": Text(", ", ", "),
}
FILLERS: dict[str, Text] = {
    "someValuesFrom": Text("mindestens eines aus", "at least one of"),
    "allValuesFrom": Text("nur aus", "only of"),
    "hasValue": Text("hat den Wert", "has the value"),
}


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `iri` is set where it links, `lang` where its language differs."""

    text: str
    iri: str = ""
    lang: str = ""


def plain(parts: Iterable[Piece]) -> str:
    """Return the text of pieces alone."""
    return "".join(part.text for part in parts)


def pieces(
    store: Store, terms: Iterable[Term], lang: Lang, words: Mapping[Term, str] | None = None
) -> list[tuple[Piece, ...]]:
    """Return how each term is shown: literals in words, things by label, expressions as text."""
    terms = list(terms)
    words = words if words is not None else labels(store, terms, lang)
    return [show(store, term, lang, words) for term in terms]


def show(store: Store, term: Term, lang: Lang, words: Mapping[Term, str]) -> tuple[Piece, ...]:
    """Return how one term is shown."""
    if isinstance(term, Literal):
        spoken = (term.language or "")[:2]
        address = term.value if term.datatype.value == ANY_URI else ""
        return (Piece(word(term, lang), address, spoken if spoken != lang else ""),)
    if isinstance(term, NamedNode) and term.value.startswith(GENID):
        return tuple(expression(store, term, lang))
    if isinstance(term, NamedNode):
        return (Piece(words[term], term.value),)
    return (Piece(str(term)),)


def expression(store: Store, node: NamedNode, lang: Lang) -> Iterator[Piece]:
    """Tell a nameless node of the ontology in words."""
    parts = {
        quad.predicate.value.removeprefix(OWL): quad.object
        for quad in store.quads(subject=node)
        if not isinstance(quad.object, Triple)
    }
    if RDF + "first" in parts:
        yield from joined(store, node, lang, Text(" → ", " → "))
        return
    if "inverseOf" in parts:
        yield Piece(Text("umgekehrt ", "inverse of ").in_(lang))
        yield from named(store, parts["inverseOf"], lang)
        return
    if "onProperty" in parts:
        yield from restriction(store, parts, lang)
        return
    for name, separator in LISTS.items():
        head = parts.get(name)
        if isinstance(head, NamedNode):
            yield from joined(store, head, lang, separator)
            return
    yield Piece("…")


def restriction(store: Store, parts: Mapping[str, Term], lang: Lang) -> Iterator[Piece]:
    """Tell a restriction: the property, and what its values must be."""
    yield from named(store, parts["onProperty"], lang)
    for name, verb in FILLERS.items():
        if name in parts:
            yield Piece(f" {verb.in_(lang)} ")
            yield from named(store, parts[name], lang)


def joined(store: Store, head: NamedNode, lang: Lang, separator: Text) -> Iterator[Piece]:
    """Tell the members of a list, with a word between them."""
    for number, member in enumerate(members(store, head)):
        if number:
            yield Piece(separator.in_(lang))
        yield from named(store, member, lang)


def named(store: Store, term: Term, lang: Lang) -> tuple[Piece, ...]:
    """Show a single term inside an expression."""
    return pieces(store, [term], lang)[0]


def members(store: Store, head: NamedNode) -> Iterator[Term]:
    """Iterate over an RDF list, at most once over each of its nodes."""
    seen: set[NamedNode] = set()
    cell: Term = head
    while isinstance(cell, NamedNode) and cell not in seen:
        seen.add(cell)
        first = next(store.quads(subject=cell, predicate=FIRST), None)
        if first is None:
            return
        yield first.object
        rest = next(store.quads(subject=cell, predicate=REST), None)
        cell = rest.object if rest else Literal("")
