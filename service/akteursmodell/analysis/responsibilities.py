"""Tasks, whom they bind and how, and who is in charge, pays, supervises or must be heard."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from akteursmodell.analysis.axes import climb, in_short, short_names
from akteursmodell.analysis.pieces import Piece
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode, Term
from akteursmodell.query.labels import labels
from akteursmodell.query.periods import Period, State, periods_of
from akteursmodell.query.rows import Row, node, rows, text
from akteursmodell.vocabulary import akm

__all__ = ["Board", "Duty", "Entry", "KindOf", "TaskInfo", "board"]

KINDS = """
SELECT ?kind ?letter ?position ?raci WHERE {
  ?kind skos:inScheme akm:responsibility-kinds ; skos:notation ?letter ; akm:position ?position .
  OPTIONAL { ?kind skos:closeMatch ?match . ?match skos:inScheme akm:raci ; skos:notation ?raci }
} ORDER BY ?position
"""
# What is in no responsibility but means one: who pays, and who does it under contract.
ENTRIES = """
SELECT ?fact ?task ?kind ?actor ?toward ?law ?citation WHERE {
  {
    ?fact a akm:Responsibility ; akm:responsibilityKind ?kind ; akm:bearer ?actor .
  } UNION {
    ?fact a akm:Funding ; akm:funder ?actor . BIND(akm:responsibility-funding AS ?kind)
  } UNION {
    ?fact a akm:Agreement ; akm:agent ?actor . BIND(akm:responsibility-contract AS ?kind)
  }
  ?fact akm:forTask ?task .
  OPTIONAL { ?fact akm:toward ?toward }
  OPTIONAL { ?fact akm:legalBasis ?law OPTIONAL { ?law akm:citation ?citation } }
} ORDER BY ?fact ?actor ?law
"""
TASKS = """
SELECT ?task ?mode ?theme WHERE {
  ?task a/rdfs:subClassOf* akm:Task .
  OPTIONAL { ?task akm:planningMode ?mode }
  OPTIONAL { ?task akm:theme ?theme }
}
"""
DUTIES = """
SELECT ?fact ?task ?kind ?body ?group ?law ?citation ?binds ?position WHERE {
  ?fact a akm:Obligation ; akm:forTask ?task ; akm:obligationKind ?kind ; akm:obligatedBody ?body .
  OPTIONAL { ?kind akm:imposesDuty ?binds }
  OPTIONAL { ?kind akm:position ?position }
  OPTIONAL { ?fact akm:legalBasis ?law OPTIONAL { ?law akm:citation ?citation } }
  BIND(EXISTS { ?body a akm:ActorGroup } AS ?group)
} ORDER BY ?position ?fact ?law
"""
WHOLES = "SELECT ?part ?whole WHERE { ?belonging akm:part ?part ; akm:whole ?whole }"
AUTHORITIES = "SELECT DISTINCT ?one WHERE { ?one a/rdfs:subClassOf* akm:TerritorialAuthority }"
OVERALL = akm("responsibility-overall")
GONE: tuple[State, ...] = ("ended", "future")


@dataclass(frozen=True)
class KindOf:
    """A kind of responsibility with its letter, and the one of RACI where one is close."""

    piece: Piece
    letter: str
    raci: str


@dataclass(frozen=True)
class Entry:
    """What one actor is, must or may in one task; `authority` is the body that it belongs to."""

    fact: str
    task: str
    actor: Piece
    authority: str
    kind: KindOf
    toward: tuple[Piece, ...]
    laws: tuple[Piece, ...]
    state: State
    when: str

    @property
    def leads(self) -> bool:
        """Whether it is the overall responsibility."""
        return self.kind.piece.iri == OVERALL


@dataclass(frozen=True)
class Duty:
    """In which way a task binds a body, and by which law."""

    fact: str
    kind: Piece
    body: Piece
    authority: str
    of_group: bool
    binds: bool
    laws: tuple[Piece, ...]
    when: str


@dataclass(frozen=True)
class TaskInfo:
    """A task with those whom it binds and all who take part."""

    task: Piece
    modes: tuple[Piece, ...]
    duties: tuple[Duty, ...]
    entries: tuple[Entry, ...]

    @property
    def is_example(self) -> bool:
        """Whether it is only known as a task of a whole group of bodies."""
        return not self.entries and all(duty.of_group for duty in self.duties)


@dataclass(frozen=True)
class Board:
    """All tasks by name, the kinds of responsibility, of obligation and of planning in use."""

    tasks: tuple[TaskInfo, ...]
    kinds: tuple[KindOf, ...]
    obligations: tuple[Piece, ...]
    modes: tuple[Piece, ...]
    authorities: tuple[Piece, ...]


class Reading:
    """What the queries find, and the words for it."""

    def __init__(self, source: Queryable, lang: Lang, day: date) -> None:
        """Ask for everything once."""
        self.lang, self.day = lang, day
        self.kinds, self.entries = rows(source, KINDS), rows(source, ENTRIES)
        self.tasks, self.duties = rows(source, TASKS), rows(source, DUTIES)
        self.authorities = [one for row in rows(source, AUTHORITIES) if (one := node(row, "one"))]
        self.wholes: dict[NamedNode, NamedNode] = {}
        for row in rows(source, WHOLES):
            part, whole = node(row, "part"), node(row, "whole")
            if part and whole:
                self.wholes.setdefault(part, whole)
        found = [*self.kinds, *self.entries, *self.tasks, *self.duties]
        terms: set[Term] = {t for row in found for t in row.values() if isinstance(t, NamedNode)}
        self.words: dict[Term, str] = labels(source, [*terms, *self.authorities], lang)
        short: dict[Term, str] = {
            t: name for t, name in short_names(source, lang).items() if t in self.words
        }
        self.words |= short
        facts = [fact for row in (*self.entries, *self.duties) if (fact := node(row, "fact"))]
        self.periods = periods_of(source, facts)
        self._known = {one: one for one in self.authorities}

    def piece(self, term: NamedNode) -> Piece:
        """Return a thing with its name."""
        return Piece(in_short(self.words[term]), term.value)

    def pieces(self, terms: Iterable[NamedNode]) -> tuple[Piece, ...]:
        """Return things with their names, by name."""
        found = map(self.piece, dict.fromkeys(terms))
        return tuple(sorted(found, key=lambda piece: (piece.text.casefold(), piece.iri)))

    def authority(self, actor: NamedNode) -> str:
        """Return the county or municipality that an actor belongs to, empty where it is none."""
        top = climb(actor, self.wholes, self._known)
        return top.value if top else ""

    def when(self, fact: NamedNode) -> tuple[State, str]:
        """Return how a fact stands to the day, and its period in words."""
        period = self.periods.get(fact, Period())
        return period.state(self.day), period.in_words(self.lang)

    def laws(self, told: Iterable[Row]) -> tuple[Piece, ...]:
        """Return the legal bases in rows as they are cited."""
        cited = {
            law: text(row, "citation") or self.words[law]
            for row in told
            if (law := node(row, "law"))
        }
        return tuple(
            sorted((Piece(c, law.value) for law, c in cited.items()), key=lambda p: p.text)
        )


def board(source: Queryable, lang: Lang, day: date) -> Board:
    """Return all tasks with their obligations and responsibilities as they stand on a day."""
    read = Reading(source, lang, day)
    kinds = {
        kind: KindOf(read.piece(kind), text(row, "letter"), text(row, "raci"))
        for row in read.kinds
        if (kind := node(row, "kind"))
    }
    entries, duties = entries_of(read, kinds), duties_of(read)
    modes: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for row in read.tasks:
        task, mode = node(row, "task"), node(row, "mode")
        if task is not None:
            modes[task] += [mode] if mode else []
    tasks = [
        TaskInfo(read.piece(task), read.pieces(own), tuple(duties[task]), tuple(entries[task]))
        for task, own in modes.items()
    ]
    ordered = dict.fromkeys(kind for row in read.duties if (kind := node(row, "kind")))
    return Board(
        tasks=tuple(sorted(tasks, key=lambda each: each.task.text.casefold())),
        kinds=tuple(kinds.values()),
        obligations=tuple(map(read.piece, ordered)),
        modes=read.pieces(mode for own in modes.values() for mode in own),
        authorities=read.pieces(read.authorities),
    )


def grouped(found: Iterable[Row], *columns: str) -> Mapping[tuple[NamedNode, ...], list[Row]]:
    """Return rows by the things in some columns; a row without one of them is left out."""
    groups: dict[tuple[NamedNode, ...], list[Row]] = defaultdict(list)
    for row in found:
        key = tuple(thing for column in columns if (thing := node(row, column)))
        if len(key) == len(columns):
            groups[key].append(row)
    return groups


def entries_of(read: Reading, kinds: Mapping[NamedNode, KindOf]) -> Mapping[NamedNode, list[Entry]]:
    """Return what holds on the day, by task, in the order of the kinds."""
    found: dict[NamedNode, list[Entry]] = defaultdict(list)
    for (fact, task, kind, actor), told in grouped(
        read.entries, "fact", "task", "kind", "actor"
    ).items():
        state, when = read.when(fact)
        if state in GONE or kind not in kinds:
            continue
        found[task].append(
            Entry(
                fact=fact.value,
                task=task.value,
                actor=read.piece(actor),
                authority=read.authority(actor),
                kind=kinds[kind],
                toward=read.pieces(t for row in told if (t := node(row, "toward"))),
                laws=read.laws(told),
                state=state,
                when=when,
            )
        )
    order = list(kinds.values())
    for each in found.values():
        each.sort(key=lambda e: (order.index(e.kind), e.actor.text.casefold(), e.fact))
    return found


def duties_of(read: Reading) -> Mapping[NamedNode, list[Duty]]:
    """Return in which way tasks bind on the day, by task."""
    found: dict[NamedNode, list[Duty]] = defaultdict(list)
    for (fact, task, kind, body), told in grouped(
        read.duties, "fact", "task", "kind", "body"
    ).items():
        state, when = read.when(fact)
        if state in GONE:
            continue
        found[task].append(
            Duty(
                fact=fact.value,
                kind=read.piece(kind),
                body=read.piece(body),
                authority=read.authority(body),
                of_group=text(told[0], "group") == "true",
                binds=text(told[0], "binds") == "true",
                laws=read.laws(told),
                when=when,
            )
        )
    return found
