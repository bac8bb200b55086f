"""The state of knowledge in figures: how old statements are, and what they rest on, as bars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from akteursmodell.analysis.codelists import code_list
from akteursmodell.analysis.overview import age, overview
from akteursmodell.errors import Lang, Text
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import TYPE, NamedNode
from akteursmodell.query.periods import State
from akteursmodell.vocabulary import AKM

__all__ = ["WIDTH", "Bar", "Knowledge", "knowledge"]

WIDTH = 100
STATUSES = AKM + "evidence-statuses"
ILLUSTRATIVE = AKM + "evidence-illustrative"
AGES: dict[State, Text] = {
    "valid": Text(
        "in den letzten zwei Jahren belegt, oder bis zu einem späteren Tag vereinbart",
        "documented within the last two years, or agreed until a later day",
    ),
    "attested": Text("zuletzt vor über zwei Jahren belegt", "last attested over two years ago"),
    "undated": Text("ohne Datum", "undated"),
    "ended": Text("beendet", "ended"),
    "future": Text("beginnt später", "starts later"),
}


# As the pages of open points name them: kind, class, words.
OPEN: tuple[tuple[str, str, Text], ...] = (
    (
        "gap",
        "KnowledgeGap",
        Text("nicht belegt (Wissenslücken)", "not documented (knowledge gaps)"),
    ),
    ("conflict", "Conflict", Text("widersprüchliche Angaben", "conflicting statements")),
    ("lost", "ExtractionGap", Text("in der Folie nicht überliefert", "lost from the slides")),
)


@dataclass(frozen=True)
class Bar:
    """A bar of a chart: what it counts, how much, and its width out of `WIDTH`."""

    name: str
    label: str
    count: int
    width: float


@dataclass(frozen=True)
class Knowledge:
    """How dated relations stand to a day, what facts rest on, and what is open."""

    ages: tuple[Bar, ...]
    evidence: tuple[Bar, ...]
    open: tuple[Bar, ...]
    confirmed: int


def knowledge(store: Store, lang: Lang, today: date) -> Knowledge:
    """Return the figures; a kind of evidence that nothing rests on yet counts nought."""
    states = age(store, today).states
    known = {piece.iri: count for piece, count in overview(store, lang).statuses}
    evidence = [
        (each.name.removeprefix("evidence-"), each.piece.text, known.get(each.piece.iri, 0))
        for each in code_list(store, STATUSES, lang)
        if each.piece.iri != ILLUSTRATIVE or known.get(each.piece.iri)
    ]
    counts = [(name, words.in_(lang), states.get(name, 0)) for name, words in AGES.items()]
    return Knowledge(
        ages=bars(each for each in counts if each[2] or each[0] == "valid"),
        evidence=bars(evidence),
        open=bars((kind, words.in_(lang), number(store, cls)) for kind, cls, words in OPEN),
        confirmed=known.get(AKM + "evidence-confirmed", 0),
    )


def number(store: Store, cls: str) -> int:
    """Return how many things of a class there are."""
    return len({quad.subject for quad in store.quads(predicate=TYPE, object=NamedNode(AKM + cls))})


def bars(counted: Iterable[tuple[str, str, int]]) -> tuple[Bar, ...]:
    """Return bars as wide as their counts; the largest fills the width."""
    found = list(counted)
    most = max((count for _, _, count in found), default=0) or 1
    return tuple(Bar(n, label, count, round(WIDTH * count / most, 2)) for n, label, count in found)
