"""Who mentions a thing: the statements in which it is the object, grouped and in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from akteursmodell.analysis.pieces import Piece
from akteursmodell.analysis.wording import word
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import TYPE, Literal, NamedNode
from akteursmodell.query.labels import labels
from akteursmodell.query.periods import Period, periods_of
from akteursmodell.query.rows import Row, entered, node, rows, text, values
from akteursmodell.vocabulary import GENID, PREFIXES, akm

__all__ = ["LIMIT", "Mention", "mentions_of"]

LIMIT = 100
UNDATED = Period()
ELSEWHERE = frozenset(
    {
        *(akm(name) for name in ("about", "conflictingClaim", "placedActor")),
        # The description of the data set picks examples; that says nothing about them.
        PREFIXES["void"] + "exampleResource",
    }
)
QUERY = """
SELECT ?subject ?property (SAMPLE(?class) AS ?kind) WHERE {{
  {mention}
  OPTIONAL {{ {kind} FILTER(?class NOT IN (akm:TemplateActor, akm:DocumentedActor)) }}
}} GROUP BY ?subject ?property
"""
VALUE = """
SELECT ?thing ?value ?unit ?on WHERE {{
  {things}
  ?thing akm:value ?value .
  OPTIONAL {{ ?thing akm:unitText ?unit }}
}}
"""


@dataclass(frozen=True)
class Mention:
    """The entries of one kind that mention a thing by one property.

    `notes` says of each entry when it holds, or which value it has; `more` counts what is left out.
    """

    via: Piece
    kind: str
    cls: str
    entries: tuple[Piece, ...]
    notes: tuple[str, ...]
    periods: tuple[Period, ...]
    more: int

    @property
    def is_type(self) -> bool:
        """Whether the entries are those of a class."""
        return self.via.iri == TYPE.value


def mentions_of(store: Store, thing: NamedNode, lang: Lang) -> tuple[Mention, ...]:
    """Return who mentions a thing, the largest groups last."""
    query = QUERY.format(
        mention=entered(f"?subject ?property {thing}"),
        kind=entered("?subject a ?class").replace("?entered", "?typed"),
    )
    groups: dict[tuple[NamedNode, NamedNode | None], list[NamedNode]] = defaultdict(list)
    for row in rows(store, query):
        subject, via = node(row, "subject"), node(row, "property")
        if subject and via and via.value not in ELSEWHERE and not nameless(subject):
            groups[via, node(row, "kind")].append(subject)
    everything = {t for key, group in groups.items() for t in (*key, *group) if t is not None}
    words = labels(store, everything, lang)
    periods = periods_of(store, [t for group in groups.values() for t in group])
    notes = notes_on(store, periods, [t for group in groups.values() for t in group], lang)
    found = []
    for (via, kind), group in groups.items():
        group.sort(key=lambda t: words[t].casefold())
        shown = group[:LIMIT]
        found.append(
            Mention(
                via=Piece(words[via], via.value),
                kind=words[kind] if kind else "",
                cls=kind.value if kind else "",
                entries=tuple(Piece(words[t], t.value) for t in shown),
                notes=tuple(notes.get(t, "") for t in shown),
                periods=tuple(periods.get(t, UNDATED) for t in shown),
                more=len(group) - len(shown),
            )
        )
    return tuple(sorted(found, key=lambda m: (len(m.entries) == LIMIT, m.kind, m.via.text)))


def nameless(subject: NamedNode) -> bool:
    """Whether a subject is a node of an OWL expression, which has no page."""
    return subject.value.startswith(GENID)


def notes_on(
    store: Store, periods: Mapping[NamedNode, Period], things: Iterable[NamedNode], lang: Lang
) -> dict[NamedNode, str]:
    """Return for dated things their period, and for observations their value."""
    notes = {t: period.in_words(lang) for t, period in periods.items()}
    for row in rows(store, VALUE.format(things=values("thing", things))):
        thing = node(row, "thing")
        if thing is not None:
            notes[thing] = value_in_words(row, lang)
    return notes


def value_in_words(row: Row, lang: Lang) -> str:
    """Return the value of an observation with its unit."""
    value = row["value"]
    amount = word(value, lang) if isinstance(value, Literal) else ""
    unit = text(row, "unit")
    return f"{amount} ({unit})" if unit else amount
