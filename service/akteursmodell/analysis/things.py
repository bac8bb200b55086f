"""What the page of a thing or of a term shows: names, kinds, properties, and who mentions it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from akteursmodell.analysis.mentions import Mention, mentions_of
from akteursmodell.analysis.pieces import Piece, pieces
from akteursmodell.analysis.places import Place, parties, places_of
from akteursmodell.analysis.ties import Ties, ties_of
from akteursmodell.analysis.unknowns import Unknown, conflicts_about, gaps_about
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import TYPE, Literal, NamedNode, Quad, Term
from akteursmodell.query.evidence import Evidence, evidence_of
from akteursmodell.query.labels import best, labels
from akteursmodell.query.periods import periods_of
from akteursmodell.query.rows import is_entered
from akteursmodell.vocabulary import AKM, BASE, DCTERMS, ID, RDFS, SKOS

__all__ = ["Property", "Thing", "describe", "description_of"]

NAMES = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title")
TEXTS = (DCTERMS + "description", SKOS + "definition", RDFS + "comment")
DATED = tuple(
    AKM + name
    for name in (
        *("validFrom", "validUntil", "startNotAfter", "lastAttestedOn", "endState"),
        *("validFromPrecision", "validUntilPrecision", "lastAttestedPrecision"),
    )
)
APART = frozenset({TYPE.value, AKM + "evidence", SKOS + "altLabel", *NAMES, *TEXTS, *DATED})
LATE = (RDFS + "isDefinedBy", AKM + "rawText", DCTERMS + "rights")


@dataclass(frozen=True)
class Property:
    """A property of a thing with its values, ready to be shown."""

    iri: str
    label: str
    values: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class Thing:
    """Everything that the page of a thing shows."""

    iri: str
    label: str
    kinds: tuple[Piece, ...]
    other_names: tuple[str, ...]
    texts: tuple[str, ...]
    period: str
    properties: tuple[Property, ...]
    inferred: tuple[Property, ...]
    mentions: tuple[Mention, ...]
    ties: Ties
    places: tuple[Place, ...]
    evidence: tuple[Evidence, ...]
    gaps: tuple[Unknown, ...]
    conflicts: tuple[Unknown, ...]
    files: tuple[str, ...]


def describe(store: Store, iri: str, lang: Lang, today: date) -> Thing | None:
    """Return what is known about a thing, or None where nothing is.

    Of a term of the ontology those that mention it are listed without a sentence: they are many.
    """
    thing = NamedNode(iri)
    quads = [quad for quad in store.quads(subject=thing) if is_entered(quad)]
    if not quads:
        return None
    found = by_predicate(quads)
    period = periods_of(store, [thing]).get(thing)
    mentions = mentions_of(store, thing, lang)
    spoken_of = mentions if iri.startswith(ID) else ()
    return Thing(
        iri=iri,
        label=labels(store, [thing], lang)[thing],
        kinds=kinds_of(store, found[TYPE.value], lang),
        other_names=other_names(found, lang),
        texts=tuple(best(texts, lang) for name in TEXTS if (texts := literals(found[name]))),
        period=period.in_words(lang) if period else "",
        properties=properties_of(store, found, lang),
        inferred=properties_of(store, inferred_about(store, thing), lang),
        mentions=mentions,
        ties=ties_of(store, thing, spoken_of, lang, today),
        places=places_of(store, thing, parties(store, thing, quads), lang),
        evidence=tuple(evidence_of(store, [thing], lang)[thing]),
        gaps=gaps_about(store, thing, lang),
        conflicts=conflicts_about(store, thing, lang) if iri.startswith(ID) else (),
        files=files_of(quads),
    )


def description_of(store: Store, iri: str) -> list[Quad]:
    """Return the statements of a thing, those that mention it, and those of its evidence."""
    thing = NamedNode(iri)
    about = [*store.quads(subject=thing), *store.quads(object=thing)]
    quads = [quad for quad in about if is_entered(quad)]
    evidence = [q.object for q in quads if q.predicate.value == AKM + "evidence"]
    nameless = [q.object for q in quads if ".well-known/genid/" in str(q.object)]
    seen: set[Term] = set()
    while waiting := [t for t in (*evidence, *nameless) if t not in seen]:
        seen.update(waiting)
        things = [term for term in waiting if isinstance(term, NamedNode)]
        new = [q for each in things for q in store.quads(subject=each) if is_entered(q)]
        quads += new
        nameless = [q.object for q in new if ".well-known/genid/" in str(q.object)]
    return list(dict.fromkeys(quads))


def by_predicate(quads: Iterable[Quad]) -> dict[str, list[Term]]:
    """Return the objects of statements by their predicates."""
    found: dict[str, list[Term]] = defaultdict(list)
    for quad in quads:
        found[quad.predicate.value].append(quad.object)
    return found


def inferred_about(store: Store, thing: NamedNode) -> dict[str, list[Term]]:
    """Return what follows about a thing in terms of our ontology, beside its classes."""
    quads = list(store.quads(subject=thing))
    known = {(quad.predicate, quad.object) for quad in quads if is_entered(quad)}
    return by_predicate(
        quad
        for quad in quads
        if quad.predicate.value.startswith(AKM) and (quad.predicate, quad.object) not in known
    )


def literals(terms: Iterable[Term]) -> list[Literal]:
    """Keep the literals."""
    return [term for term in terms if isinstance(term, Literal)]


def other_names(found: dict[str, list[Term]], lang: Lang) -> tuple[str, ...]:
    """Return further names of a thing in the reader's language, else in German."""
    names = literals(found[SKOS + "altLabel"])
    own = [name.value for name in names if name.language == lang]
    return tuple(sorted(own or [name.value for name in names]))


def kinds_of(store: Store, types: Iterable[Term], lang: Lang) -> tuple[Piece, ...]:
    """Return the classes of a thing: ours first, general ones only where there is no other."""
    types = list(types)
    ours = [t for t in types if isinstance(t, NamedNode) and t.value.startswith(AKM)]
    shown = [kind[0] for kind in pieces(store, ours or types, lang)]
    return tuple(sorted(shown, key=lambda kind: kind.text.casefold()))


def properties_of(store: Store, found: dict[str, list[Term]], lang: Lang) -> tuple[Property, ...]:
    """Return the properties that stand in the table, by label."""
    names = [name for name in found if name not in APART]
    terms = [term for name in names for term in found[name]]
    words = labels(store, [*terms, *map(NamedNode, names)], lang)
    shown = [
        Property(
            iri=name,
            label=words[NamedNode(name)],
            values=tuple(
                sorted(
                    pieces(store, in_language(found[name], lang), lang, words),
                    key=lambda value: value[0].text.casefold(),
                )
            ),
        )
        for name in names
    ]
    return tuple(sorted(shown, key=lambda p: (p.iri in LATE, p.label.casefold())))


def in_language(terms: list[Term], lang: Lang) -> list[Term]:
    """Drop texts in other languages where one in the reader's language says the same."""
    languages = {term.language for term in literals(terms) if term.language}
    if lang not in languages:
        return terms
    return [t for t in terms if not isinstance(t, Literal) or t.language in (None, lang)]


def files_of(quads: Iterable[Quad]) -> tuple[str, ...]:
    """Return the files that describe a thing, as paths inside the project."""
    graphs = {q.graph_name.value for q in quads if isinstance(q.graph_name, NamedNode)}
    return tuple(sorted(g.removeprefix(BASE) + ".ttl" for g in graphs if g.startswith(BASE)))
