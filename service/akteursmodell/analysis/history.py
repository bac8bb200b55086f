"""What a change altered, as people read it: by thing, with names instead of addresses."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from akteursmodell.analysis.pieces import Piece, pieces
from akteursmodell.errors import Lang
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import Literal, NamedNode, Quad, Term
from akteursmodell.history.blame import blame
from akteursmodell.history.journal import Journal
from akteursmodell.history.revisions import Revision
from akteursmodell.query.labels import LABELS, best, labels
from akteursmodell.query.rows import is_entered

__all__ = ["ChangedThing", "Origin", "Statement", "changed_things", "origins"]

MOST = 300
"""Statements that a page shows; the patch has all."""


@dataclass(frozen=True)
class Statement:
    """One statement without its subject; `added` is false where it was removed."""

    property: Piece
    value: tuple[Piece, ...]
    added: bool = True


@dataclass(frozen=True)
class ChangedThing:
    """A thing with what changed about it."""

    name: Piece
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Origin:
    """Statements about a thing since one data state; None stands for before the journal."""

    revision: Revision | None
    statements: tuple[Statement, ...]


def changed_things(
    store: Store, change: ChangeSet, lang: Lang, most: int = MOST
) -> tuple[list[ChangedThing], int]:
    """Return what a change altered, by thing, and how many statements are left out.

    Names come from the present data, for things that are gone from the change itself.
    """
    order = sorted(change.deletes | change.inserts, key=str)
    shown = order[:most]
    words = named(store, shown, change, lang)
    by_thing: dict[Term, list[Statement]] = defaultdict(list)
    for quad in sorted(shown, key=lambda q: q in change.inserts):
        statement = Statement(
            Piece(words[quad.predicate], quad.predicate.value),
            value(store, quad, lang, words),
            quad in change.inserts,
        )
        by_thing[quad.subject].append(statement)
    things = [
        ChangedThing(
            Piece(words[thing], thing.value if isinstance(thing, NamedNode) else ""),
            tuple(sorted(statements, key=lambda s: s.property.text.casefold())),
        )
        for thing, statements in by_thing.items()
    ]
    return sorted(things, key=lambda each: each.name.text.casefold()), len(order) - len(shown)


def origins(store: Store, journal: Journal, iri: str, lang: Lang) -> list[Origin]:
    """Return since when each present statement about a thing stands there, newest first."""
    thing = NamedNode(iri)
    present = [quad for quad in store.quads(subject=thing) if is_entered(quad)]
    words = labels(store, [t for q in present for t in (q.predicate, q.object)], lang)

    def told(quads: Iterable[Quad]) -> tuple[Statement, ...]:
        found = [
            Statement(
                Piece(words[quad.predicate], quad.predicate.value), value(store, quad, lang, words)
            )
            for quad in quads
        ]
        return tuple(sorted(found, key=lambda each: each.property.text.casefold()))

    since = blame(journal, thing, present, store.revision)
    return [Origin(each.revision, told(each.quads)) for each in since]


def value(store: Store, quad: Quad, lang: Lang, words: dict[Term, str]) -> tuple[Piece, ...]:
    """Return how the object of a statement is shown."""
    return pieces(store, [quad.object], lang, words)[0]


def named(store: Store, quads: list[Quad], change: ChangeSet, lang: Lang) -> dict[Term, str]:
    """Return the words for all terms of some quads."""
    terms = {term for q in quads for term in (q.subject, q.predicate, q.object)}
    words = labels(store, terms, lang)
    told: dict[Term, list[Literal]] = defaultdict(list)
    for quad in (*change.deletes, *change.inserts):
        if quad.predicate.value in LABELS and isinstance(quad.object, Literal):
            told[quad.subject].append(quad.object)
    for thing, texts in told.items():
        if thing in words and next(store.quads(subject=thing), None) is None:  # type: ignore[arg-type]  # a subject
            words[thing] = best(texts, lang)
    return words
