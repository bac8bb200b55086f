"""A module of the ontology as a reader needs it: its classes, properties and code lists."""

from collections.abc import Iterable
from dataclasses import dataclass

from akteursmodell.analysis.documents import value
from akteursmodell.analysis.pieces import Piece, members, pieces
from akteursmodell.errors import Lang, Text
from akteursmodell.graph.shipped import INFERRED
from akteursmodell.graph.store import Queryable, Store
from akteursmodell.graph.terms import TYPE, NamedNode, Term
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import node, rows, text, values
from akteursmodell.vocabulary import AKM, GENID, PREFIXES, RDFS, SKOS, akm

__all__ = ["ClassRow", "Module", "PropertyRow", "module", "terms_of", "uses"]

OWL = PREFIXES["owl"]
KINDS = {name: NamedNode(OWL + name) for name in ("Class", "ObjectProperty", "DatatypeProperty")}
DEFINED = NamedNode(RDFS + "isDefinedBy")
UNION = NamedNode(OWL + "unionOf")
MEMBERS = """
SELECT ?term (COUNT(DISTINCT ?thing) AS ?n) WHERE {{
  {terms} ?thing a/rdfs:subClassOf* ?term .
}} GROUP BY ?term
"""
STATED = """
SELECT ?term (COUNT(*) AS ?n) WHERE {{
  {terms} GRAPH ?graph {{ ?thing ?term ?value }} FILTER(?graph != <{inferred}>)
}} GROUP BY ?term
"""
LISTS = """
SELECT DISTINCT ?term ?scheme WHERE {{
  {terms} ?term rdfs:range/rdfs:subClassOf* skos:Concept .
  {{ ?thing ?term ?concept }}
  UNION {{ ?term rdfs:range ?class . ?concept a ?class FILTER(?class != skos:Concept) }}
  ?concept skos:inScheme ?scheme .
}}
"""
XSD = PREFIXES["xsd"]
DATATYPES: dict[Term, Text] = {
    NamedNode(XSD + "string"): Text("Text", "text"),
    NamedNode(XSD + "boolean"): Text("ja oder nein", "yes or no"),
    NamedNode(XSD + "integer"): Text("ganze Zahl", "whole number"),
    NamedNode(XSD + "decimal"): Text("Zahl", "number"),
    NamedNode(XSD + "anyURI"): Text("Webadresse", "web address"),
}
# Properties whose code list no entry uses yet; nothing else in the graph tells which one it is.
UNUSED = {
    akm("assessedBySide"): akm("assessment-sides"),
    akm("effectIntent"): akm("effect-intents"),
    akm("intensity"): akm("intensities"),
    akm("targetGroup"): akm("target-groups"),
}


@dataclass(frozen=True)
class PropertyRow:
    """A property: what it means, from which classes to which, and how often it is used.

    `domain` and `range` are told in words; the classes in them are named apart, by IRI.
    """

    iri: str
    name: str
    label: str
    relation: bool
    definition: str
    note: str
    traits: tuple[Piece, ...]
    domain: tuple[Piece, ...]
    range: tuple[Piece, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    lists: tuple[Piece, ...]
    uses: int

    @property
    def piece(self) -> Piece:
        """The property with its link."""
        return Piece(self.label, self.iri)

    @property
    def listed(self) -> bool:
        """Whether any concept fits by its class, so that only the code list tells which."""
        return self.ranges == (SKOS + "Concept",)


@dataclass(frozen=True)
class ClassRow:
    """A class: what it means, what it is a kind of, its properties, and how many there are."""

    iri: str
    name: str
    label: str
    definition: str
    example: str
    above: tuple[Piece, ...]
    same: tuple[tuple[Piece, ...], ...]
    always: tuple[tuple[Piece, ...], ...]
    properties: tuple[PropertyRow, ...]
    uses: int

    @property
    def piece(self) -> Piece:
        """The class with its link."""
        return Piece(self.label, self.iri)


@dataclass(frozen=True)
class Module:
    """What a module defines, all by label, and the code lists that its properties take."""

    classes: tuple[ClassRow, ...]
    properties: tuple[PropertyRow, ...]
    lists: tuple[Piece, ...]


def module(store: Store, iri: str, lang: Lang) -> Module:
    """Return what the module with this IRI defines."""
    found = terms_of(store, iri)
    relations, plain = found["ObjectProperty"], found["DatatypeProperty"]
    properties = property_rows(store, [*relations, *plain], set(relations), lang)
    classes = class_rows(store, found["Class"], properties, lang)
    lists = {each.iri: each for row in properties for each in row.lists}
    return Module(
        classes=classes,
        properties=properties,
        lists=tuple(sorted(lists.values(), key=lambda each: each.text.casefold())),
    )


def terms_of(store: Store, iri: str) -> dict[str, list[NamedNode]]:
    """Return the classes and properties that a module defines, by kind."""
    defined = {quad.subject for quad in store.quads(predicate=DEFINED, object=NamedNode(iri))}
    return {
        name: sorted(
            {
                quad.subject
                for quad in store.quads(predicate=TYPE, object=kind)
                if quad.subject in defined and isinstance(quad.subject, NamedNode)
            },
            key=str,
        )
        for name, kind in KINDS.items()
    }


def property_rows(
    store: Store, terms: list[NamedNode], relations: set[NamedNode], lang: Lang
) -> tuple[PropertyRow, ...]:
    """Return the rows of properties, relations first, then by label."""
    words = labels(store, terms, lang)
    used, lists = uses(store, terms), lists_of(store, terms, lang)
    found = [
        PropertyRow(
            iri=term.value,
            name=term.value.removeprefix(AKM),
            label=words[term],
            relation=term in relations,
            definition=value(store, term, SKOS + "definition", lang),
            note=value(store, term, SKOS + "scopeNote", lang),
            traits=traits(store, term, lang),
            domain=in_words(store, term, "domain", lang),
            range=in_words(store, term, "range", lang),
            domains=classes_in(store, term, "domain"),
            ranges=classes_in(store, term, "range"),
            lists=lists.get(term, ()),
            uses=used.get(term, 0),
        )
        for term in terms
    ]
    return tuple(sorted(found, key=lambda row: (not row.relation, row.label.casefold(), row.iri)))


def class_rows(
    store: Store, terms: list[NamedNode], properties: Iterable[PropertyRow], lang: Lang
) -> tuple[ClassRow, ...]:
    """Return the rows of classes, by label."""
    words, used = labels(store, terms, lang), uses(store, terms)
    found = []
    for term in terms:
        above = objects(store, term, RDFS + "subClassOf")
        named = pieces(store, [each for each in above if not unnamed(each)], lang)
        same = objects(store, term, OWL + "equivalentClass")
        found.append(
            ClassRow(
                iri=term.value,
                name=term.value.removeprefix(AKM),
                label=words[term],
                definition=value(store, term, SKOS + "definition", lang),
                example=value(store, term, SKOS + "example", lang),
                above=tuple(sorted((piece for (piece,) in named), key=ours_first)),
                same=tuple(pieces(store, same, lang)),
                always=tuple(pieces(store, filter(unnamed, above), lang)),
                properties=tuple(row for row in properties if term.value in row.domains),
                uses=used.get(term, 0),
            )
        )
    return tuple(sorted(found, key=lambda row: (row.label.casefold(), row.iri)))


def ours_first(piece: Piece) -> tuple[bool, str]:
    """Return a key that sorts our own classes before those of others."""
    return not piece.iri.startswith(AKM), piece.text.casefold()


def objects(store: Store, term: NamedNode, predicate: str) -> list[Term]:
    """Return what somebody entered as the values of a property, in a fixed order."""
    quads = store.quads(subject=term, predicate=NamedNode(predicate))
    return sorted({q.object for q in quads if q.graph_name != NamedNode(INFERRED)}, key=str)


def unnamed(term: Term) -> bool:
    """Whether a class is an expression without a name."""
    return isinstance(term, NamedNode) and term.value.startswith(GENID)


def in_words(store: Store, term: NamedNode, name: str, lang: Lang) -> tuple[Piece, ...]:
    """Return domain or range in words, empty where there is none."""
    terms = objects(store, term, RDFS + name)
    if name == "range" and all(each in DATATYPES for each in terms):
        return tuple(Piece(DATATYPES[each].in_(lang)) for each in terms)
    return tuple(piece for each in pieces(store, terms, lang) for piece in each)


def classes_in(store: Store, term: NamedNode, name: str) -> tuple[str, ...]:
    """Return the classes that domain or range consist of, by IRI."""
    found: list[str] = []
    for each in objects(store, term, RDFS + name):
        if not isinstance(each, NamedNode):
            continue
        union = next(store.quads(subject=each, predicate=UNION), None)
        parts = [each] if union is None else members(store, union.object)  # type: ignore[arg-type]
        found += [part.value for part in parts if isinstance(part, NamedNode)]
    return tuple(sorted(found))


def traits(store: Store, term: NamedNode, lang: Lang) -> tuple[Piece, ...]:
    """Return what else a property is: functional, transitive, symmetric."""
    kinds = [kind for kind in objects(store, term, TYPE.value) if kind not in KINDS.values()]
    return tuple(shown[0] for shown in pieces(store, kinds, lang))


def lists_of(
    source: Queryable, terms: list[NamedNode], lang: Lang
) -> dict[NamedNode, tuple[Piece, ...]]:
    """Return the code lists that the values of each property come from."""
    found: dict[NamedNode, set[NamedNode]] = {
        term: {NamedNode(UNUSED[term.value])} for term in terms if term.value in UNUSED
    }
    for row in rows(source, LISTS.format(terms=values("term", terms))):
        term, scheme = node(row, "term"), node(row, "scheme")
        if term and scheme:
            found.setdefault(term, set()).add(scheme)
    words = labels(source, {scheme for schemes in found.values() for scheme in schemes}, lang)
    return {
        term: tuple(
            sorted((Piece(words[s], s.value) for s in schemes), key=lambda p: p.text.casefold())
        )
        for term, schemes in found.items()
    }


def uses(source: Queryable, terms: list[NamedNode]) -> dict[NamedNode, int]:
    """Return how many entries a class has, and how many statements use a property."""
    found: dict[NamedNode, int] = {}
    bound = values("term", terms)
    for query in (MEMBERS.format(terms=bound), STATED.format(terms=bound, inferred=INFERRED)):
        for row in rows(source, query):
            term = node(row, "term")
            if term is not None:
                found[term] = found.get(term, 0) + int(text(row, "n"))
    return found
