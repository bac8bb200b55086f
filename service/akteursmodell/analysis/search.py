"""Finding entries by name: in any language, without regard to case, umlauts and word ends."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from akteursmodell.analysis.pieces import Piece
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable, Store
from akteursmodell.graph.terms import Literal, NamedNode, local_name
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import entered, node, rows, text, values
from akteursmodell.query.words import plain, spelled, words_of
from akteursmodell.vocabulary import AKM, ID, RDFS, SKOS

__all__ = ["NAMES", "Hit", "fits", "kinds_of", "nearest", "search"]

NAMES = """
SELECT ?thing ?name ?other WHERE {
  { ?thing skos:prefLabel|rdfs:label|akm:citation ?name BIND(false AS ?other) }
  UNION { ?thing skos:altLabel ?name BIND(true AS ?other) }
}
"""
USUAL_NAMES = (SKOS + "prefLabel", RDFS + "label", AKM + "citation")
OTHER_NAMES = SKOS + "altLabel"
KINDS = """
SELECT ?thing ?class ?template ?main WHERE {{
  {things}
  {kind} FILTER(?class NOT IN (akm:TemplateActor, akm:DocumentedActor))
  BIND(EXISTS {{ ?thing a akm:TemplateActor }} AS ?template)
  BIND(EXISTS {{
    VALUES ?first {{ akm:Actor akm:Space akm:Task akm:Cooperation akm:LegalResource }}
    ?class rdfs:subClassOf* ?first
  }} AS ?main)
}}
"""
# What stands behind a fact is found too, but after the facts themselves.
BEHIND = {"EvidenceItem", "Placement", "Identifier", "PointGeometry", "Address", "Source"}
ENTRIES, SLOTS, FACTS, TERMS, BEHIND_FACTS = range(5)
LIMIT = 60
NEAR = 5
KEPT = 2**16


@dataclass(frozen=True)
class Hit:
    """An entry that a search finds; `by` is the name that fits where it is another one."""

    thing: Piece
    kind: str
    by: str
    rank: tuple[int, ...]


def search(source: Store, wanted: str, lang: Lang) -> tuple[tuple[Hit, ...], int]:
    """Return the entries whose name fits, best first, and how many there are in all."""
    if not words_of(wanted):
        return (), 0
    best: dict[NamedNode, tuple[int, bool, str]] = {}
    for thing, name, other in names(source):
        if thing.value.startswith((ID, AKM)) and fits(wanted, name):
            found = (closeness(wanted, name), other, name)
            best[thing] = min(best.get(thing, found), found)
    kinds = kinds_of(source, best)
    words = labels(source, [*best, *(kind for kind, _ in kinds.values() if kind)], lang)
    hits = []
    for thing, (close, other, name) in best.items():
        kind, group = kinds.get(thing, (None, FACTS))
        label = words[thing]
        hits.append(
            Hit(
                thing=Piece(label, thing.value),
                kind=words[kind] if kind else "",
                by="" if fits(wanted, label) else name,
                rank=(group, close, other, len(label)),
            )
        )
    hits.sort(key=lambda hit: (hit.rank, hit.thing.text.casefold()))
    return tuple(hits[:LIMIT]), len(hits)


def names(source: Store) -> Iterator[tuple[NamedNode, str, bool]]:
    """Yield each name of each thing, and whether it is another one than the usual."""
    for predicate in (*USUAL_NAMES, OTHER_NAMES):
        for quad in source.quads(predicate=NamedNode(predicate)):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                yield quad.subject, quad.object.value, predicate == OTHER_NAMES


def kinds_of(
    source: Queryable, things: Iterable[NamedNode]
) -> dict[NamedNode, tuple[NamedNode | None, int]]:
    """Return a class of each thing, and in which group it is listed."""
    found: dict[NamedNode, tuple[NamedNode | None, int]] = {}
    for row in rows(
        source, KINDS.format(things=values("thing", things), kind=entered("?thing a ?class"))
    ):
        thing, kind = node(row, "thing"), node(row, "class")
        if thing is None or kind is None:
            continue
        if thing.value.startswith(AKM):
            group = TERMS
        elif text(row, "main") == "true":
            group = SLOTS if text(row, "template") == "true" else ENTRIES
        else:
            group = BEHIND_FACTS if local_name(kind.value) in BEHIND else FACTS
        found[thing] = min(found.get(thing, (kind, group)), (kind, group), key=lambda k: k[1])
    return found


def nearest(source: Queryable, name: str, base: str, lang: Lang) -> tuple[Piece, ...]:
    """Return the entries whose short name or label is most like a name that does not exist."""
    things: dict[str, NamedNode] = {}
    for row in rows(source, NAMES):
        thing = node(row, "thing")
        if thing is not None and thing.value.startswith(base):
            short = thing.value.removeprefix(base)
            things[short] = thing
            things.setdefault(short.partition("-")[2], thing)
            things.setdefault("-".join(words_of(text(row, "name"))), thing)
    close = get_close_matches("-".join(words_of(name)), [t for t in things if t], n=NEAR * 2)
    found = list(dict.fromkeys(things[each] for each in close))[:NEAR]
    words = labels(source, found, lang)
    return tuple(Piece(words[thing], thing.value) for thing in found)


def fits(wanted: str, name: str) -> bool:
    """Whether each word of a search begins a word of a name."""
    without_marks, spelt_out = joined(name)
    return all(
        f" {begun}" in without_marks or f" {spelt}" in spelt_out for begun, spelt in folded(wanted)
    )


@lru_cache(maxsize=KEPT)
def joined(name: str) -> tuple[str, str]:
    """Return the words of a name without marks and with umlauts spelled out, each after a space."""
    pairs = folded(name)
    return "".join(f" {p}" for p, _ in pairs), "".join(f" {s}" for _, s in pairs)


def folded(name: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a name without marks and with umlauts spelled out."""
    return tuple((plain(word), spelled(word)) for word in words_of(name))


def closeness(wanted: str, name: str) -> int:
    """Return how near a name is: the same 0, all words whole 1 or 2, begun words 3 or 4.

    The lower of two where the name begins with what was wanted.
    """
    given, known = joined(wanted)[1], joined(name)[1]
    if given == known:
        return 0
    whole = set(given.split()) <= set(known.split())
    return (1 if whole else 3) + (not known.startswith(given))
