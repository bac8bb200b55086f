"""What binds a thing to others: sentences on each relation, and its neighbours one step away.

A relation that is a node of its own (a responsibility, a part in a cooperation) is told through to
its other parties; an entry that has a name of its own is a neighbour itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from akteursmodell.analysis.mentions import Mention
from akteursmodell.analysis.pieces import Piece, plain
from akteursmodell.analysis.sentences import Sentence, sentences_of
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import TYPE, NamedNode, Quad, local_name
from akteursmodell.query.evidence import Evidence, evidence_of
from akteursmodell.query.labels import labels
from akteursmodell.query.periods import Period, State, periods_of
from akteursmodell.query.rows import is_entered
from akteursmodell.vocabulary import ID, akm

__all__ = ["Neighbour", "TieKind", "Ties", "Told", "ties_of"]

TieKind = Literal["contract", "cooperation", "law", "other"]
KINDS: dict[str, TieKind] = {
    "Agreement": "contract",
    "Funding": "contract",
    "Partnership": "cooperation",
    "Cooperation": "cooperation",
    "Network": "cooperation",
    "Responsibility": "law",
    "Obligation": "law",
    "LegalResource": "law",
}
ORDER: tuple[TieKind, ...] = ("cooperation", "contract", "law", "other")
# What says something about a thing and is no partner of it.
ASIDE = frozenset(
    akm(name)
    for name in (
        *("Conflict", "ExtractionGap", "Identifier", "KnowledgeGap", "Observation", "Placement"),
        *("PointGeometry", "Slide"),
    )
)
ASIDE_BY = frozenset(
    {
        *(akm(name) for name in ("evidence", "couldKnow", "missingProperty")),
        "http://www.w3.org/ns/locn#address",
        "http://www.opengis.net/ont/geosparql#hasGeometry",
    }
)
RESTS_ON = akm("evidence")
GAP = akm("KnowledgeGap")
RELATION = NamedNode(akm("QualifiedRelation"))


@dataclass(frozen=True)
class Told:
    """An entry that mentions a thing: the sentence, when it holds, and what it rests on."""

    entry: Piece
    sentence: tuple[Piece, ...]
    note: str
    state: State
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Neighbour:
    """Something one step away, the entries that say so, and what kind of tie it is."""

    name: Piece
    via: tuple[str, ...]
    facts: tuple[Piece, ...]
    kind: TieKind
    state: State


@dataclass(frozen=True)
class Ties:
    """A thing in sentences, what mentions it by property and address, and its neighbours."""

    sentences: tuple[tuple[Piece, ...], ...]
    told: dict[tuple[str, str], Told]
    neighbours: tuple[Neighbour, ...]


@dataclass
class Near:
    """A neighbour while it is found."""

    via: list[str] = field(default_factory=list)
    facts: list[Piece] = field(default_factory=list)
    kinds: list[TieKind] = field(default_factory=list)
    states: list[State] = field(default_factory=list)


def ties_of(
    store: Store,
    thing: NamedNode,
    mentions: Sequence[Mention],
    lang: Lang,
    today: date,
) -> Ties:
    """Return what binds a thing to others, by what is entered and by those that mention it."""
    states = {
        node: period.state(today) if period != Period() or is_relation(store, node) else "valid"
        for mention in mentions
        for entry, period in zip(mention.entries, mention.periods, strict=True)
        for node in [NamedNode(entry.iri)]
    }
    own = periods_of(store, [thing])
    states |= {each: period.state(today) for each, period in own.items()}
    ended = {each for each, state in states.items() if state == "ended"}
    telling = sentences_of(store, [thing, *states], lang, ended=ended, page=thing)
    proof = evidence_of(store, states, lang)
    told = {
        (mention.via.iri, entry.iri): Told(
            entry=entry,
            sentence=sentence,
            note="" if note in plain(sentence) else note,
            state=states[NamedNode(entry.iri)],
            evidence=tuple(proof[NamedNode(entry.iri)]),
        )
        for mention in mentions
        if mention.cls != GAP
        for entry, note in zip(mention.entries, mention.notes, strict=True)
        for sentence in [silent(about(telling[NamedNode(entry.iri)], mention.via.iri), thing)]
    }
    near: dict[NamedNode, Near] = defaultdict(Near)
    outwards(store, near, filter(is_entered, store.quads(subject=thing)), lang)
    for mention in mentions:
        inwards(near, thing, mention, telling, states)
    return Ties(
        sentences=tuple(silent(each.pieces, thing) for each in telling[thing]),
        told=told,
        neighbours=named(store, near, lang),
    )


def is_relation(store: Store, node: NamedNode) -> bool:
    """Whether an entry is of the kind that holds for a time."""
    return any(store.quads(subject=node, predicate=TYPE, object=RELATION))


def about(sentences: Sequence[Sentence], via: str) -> tuple[Piece, ...]:
    """Return how an entry speaks of the thing: all that a relation says, else one sentence."""
    if not sentences[0].is_own:
        return tuple(p for each in sentences for p in (*each.pieces, Piece(" ")))[:-1]
    return next((each for each in sentences if via in each.uses), sentences[0]).pieces


def silent(pieces: Iterable[Piece], thing: NamedNode) -> tuple[Piece, ...]:
    """Take the link from a thing's own name: the reader is there already."""
    return tuple(Piece(p.text) if p.iri == thing.value else p for p in pieces)


def outwards(store: Store, near: dict[NamedNode, Near], quads: Iterable[Quad], lang: Lang) -> None:
    """Note the things that a thing names itself."""
    found = [
        (quad.predicate, quad.object)
        for quad in quads
        if isinstance(quad.object, NamedNode)
        and quad.object.value.startswith(ID)
        and quad.predicate.value not in ASIDE_BY
    ]
    words = labels(store, [predicate for predicate, _ in found], lang)
    for predicate, other in found:
        note(near[other], words[predicate], None, "other", "valid")


def inwards(
    near: dict[NamedNode, Near],
    thing: NamedNode,
    mention: Mention,
    telling: dict[NamedNode, tuple[Sentence, ...]],
    states: dict[NamedNode, State],
) -> None:
    """Note the entries that mention a thing, or the other parties where an entry only links."""
    if mention.cls in ASIDE and mention.via.iri != RESTS_ON:
        return
    if mention.via.iri in ASIDE_BY - {RESTS_ON}:
        return
    kind = KINDS.get(local_name(mention.cls), "other")
    for entry in mention.entries:
        node = NamedNode(entry.iri)
        sentences = telling[node]
        others = {
            other: None
            for each in sentences
            for other in each.direct
            if other != thing and other.value.startswith(ID)
        }
        if sentences[0].is_own or mention.via.iri == RESTS_ON or not others:
            note(near[node], mention.via.text, None, kind, states[node])
            continue
        for other in others:
            note(near[other], mention.kind, entry, kind, states[node])


def note(near: Near, via: str, fact: Piece | None, kind: TieKind, state: State) -> None:
    """Add one reason to a neighbour."""
    if via not in near.via:
        near.via.append(via)
    if fact is not None and fact not in near.facts:
        near.facts.append(fact)
    near.kinds.append(kind)
    near.states.append(state)


def named(store: Store, near: dict[NamedNode, Near], lang: Lang) -> tuple[Neighbour, ...]:
    """Return the neighbours, the closest kind of tie first, then by name; ended ones last."""
    words = labels(store, near, lang)
    found = [
        Neighbour(
            name=Piece(words[node], node.value),
            via=tuple(each.via),
            facts=tuple(each.facts),
            kind=min(each.kinds, key=ORDER.index),
            state=next((s for s in each.states if s != "ended"), "ended"),
        )
        for node, each in near.items()
    ]
    return tuple(
        sorted(
            found,
            key=lambda n: (n.state == "ended", ORDER.index(n.kind), n.name.text.casefold()),
        )
    )
