"""Numbers about the whole: what there is, how old it is, and what it rests on."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from akteursmodell.analysis.pieces import Piece
from akteursmodell.errors import Lang
from akteursmodell.graph.shipped import INFERRED
from akteursmodell.graph.store import Queryable, Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.labels import labels
from akteursmodell.query.periods import State, periods_of, spoken
from akteursmodell.query.rows import node, rows, text
from akteursmodell.vocabulary import BASE

__all__ = ["Age", "GraphInfo", "Overview", "SourceInfo", "age", "graphs", "overview", "sources"]

COUNTS = {
    "sites": "?thing a/rdfs:subClassOf* akm:Site",
    "actors": "?thing a akm:DocumentedActor",
    "slots": "?thing a akm:TemplateActor",
    "facts": "?thing akm:evidence ?item",
    "gaps": "?thing a akm:KnowledgeGap",
    "lost": "?thing a akm:ExtractionGap",
    "sources": "?thing a/rdfs:subClassOf* akm:Source FILTER NOT EXISTS { ?thing a akm:Slide }",
}
RELATIONS = "SELECT DISTINCT ?thing WHERE { ?thing a/rdfs:subClassOf* akm:QualifiedRelation }"
CHECKED = "SELECT (MAX(?day) AS ?last) WHERE { ?item akm:checkedOn ?day }"
STATUSES = """
SELECT ?status (COUNT(DISTINCT ?fact) AS ?facts) WHERE {
  ?fact akm:evidence/akm:evidenceStatus ?status
} GROUP BY ?status ORDER BY DESC(?facts) ?status
"""
SOURCES = """
SELECT ?source (SAMPLE(?p) AS ?publisher) (SAMPLE(?i) AS ?issued) (SAMPLE(?s) AS ?state)
  (COUNT(DISTINCT ?fact) AS ?facts)
WHERE {
  ?source a/rdfs:subClassOf* akm:Source . FILTER NOT EXISTS { ?source a akm:Slide }
  OPTIONAL { ?source akm:publisher ?p }
  OPTIONAL { ?source akm:issuedOn ?i }
  OPTIONAL { ?source akm:accessState ?s }
  OPTIONAL { ?fact akm:evidence/akm:source/akm:partOfDeck? ?source }
} GROUP BY ?source
"""


@dataclass(frozen=True)
class Overview:
    """How many things of which kind there are, and how many facts rest on which evidence."""

    counts: dict[str, int]
    statuses: tuple[tuple[Piece, int], ...]
    checked: str


@dataclass(frozen=True)
class Age:
    """How the dated relations stand to a day."""

    total: int
    states: dict[State, int]


@dataclass(frozen=True)
class SourceInfo:
    """A source: its name, who published it, when, how it was reached, and what rests on it."""

    source: Piece
    publisher: str
    issued: str
    state: str
    facts: int


@dataclass(frozen=True)
class GraphInfo:
    """A named graph, the file it came from, and how many statements it holds."""

    iri: str
    file: str
    statements: int


def overview(source: Queryable, lang: Lang) -> Overview:
    """Return the numbers about the whole."""
    counts = {
        name: int(
            text(
                rows(source, f"SELECT (COUNT(DISTINCT ?thing) AS ?n) WHERE {{ {pattern} }}")[0], "n"
            )
        )
        for name, pattern in COUNTS.items()
    }
    found = [(s, int(text(row, "facts"))) for row in rows(source, STATUSES)
             if (s := node(row, "status"))]  # fmt: skip
    words = labels(source, [status for status, _ in found], lang)
    return Overview(
        counts=counts,
        statuses=tuple((Piece(words[status], status.value), facts) for status, facts in found),
        checked=spoken(text(rows(source, CHECKED)[0], "last"), lang),
    )


def age(source: Queryable, today: date) -> Age:
    """Return how many relations are known to hold, and of how many there is only old news."""
    things = [thing for row in rows(source, RELATIONS) if (thing := node(row, "thing"))]
    periods = periods_of(source, things)
    states = Counter(period.state(today) for period in periods.values())
    return Age(total=len(periods), states=dict(states))


def sources(source: Queryable, lang: Lang) -> tuple[SourceInfo, ...]:
    """Return all sources, by name."""
    found = [(s, row) for row in rows(source, SOURCES) if (s := node(row, "source"))]
    states = [state for _, row in found if (state := node(row, "state"))]
    words = labels(source, [*(each for each, _ in found), *states], lang)
    listed = []
    for each, row in found:
        state = node(row, "state")
        listed.append(
            SourceInfo(
                source=Piece(words[each], each.value),
                publisher=text(row, "publisher"),
                issued=spoken(text(row, "issued"), lang),
                state=words[state] if state else "",
                facts=int(text(row, "facts")),
            )
        )
    return tuple(sorted(listed, key=lambda info: info.source.text.casefold()))


def graphs(store: Store) -> tuple[GraphInfo, ...]:
    """Return the named graphs with their sizes."""

    def info(graph: NamedNode) -> GraphInfo:
        shipped = graph.value.startswith(BASE) and graph.value != INFERRED
        file = graph.value.removeprefix(BASE) + ".ttl" if shipped else ""
        return GraphInfo(graph.value, file, sum(1 for _ in store.quads(graph=graph)))

    return tuple(info(graph) for graph in store.graphs())
