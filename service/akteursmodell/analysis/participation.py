"""Participation: the theses on it, its stages from both sides, and the processes on record."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from akteursmodell.analysis.pieces import Piece
from akteursmodell.analysis.wording import word
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import Literal, NamedNode, Term, local_name
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import Row, node, rows, text
from akteursmodell.vocabulary import akm

__all__ = ["Participation", "Process", "Stage", "Thesis", "participation"]

SIDES = ("side-administration", "side-target-group")
# The pyramid alone tells each stage twice; the name of a stage says from which side.
TWO_SIDED = "strassburger-rieger"
CITIZENS = "-citizens-"
# The deck speaks of participation in these two.
THESES = """
SELECT ?thesis ?words WHERE {
  VALUES ?number { 8 9 }
  ?thesis a akm:Statement ; akm:statementNumber ?number ; akm:quotation ?words .
} ORDER BY ?number
"""
STAGES = """
SELECT ?scale ?stage ?position WHERE {
  ?stage a akm:ParticipationStage ; skos:inScheme ?scale ; akm:position ?position .
} ORDER BY ?scale ?position
"""
PROCESSES = """
SELECT ?process ?property ?value WHERE {
  VALUES ?property {
    akm:organisedBy akm:targetGroup akm:heldIn akm:concernsSpace akm:beganOn akm:decidedOn
  }
  ?process a akm:ParticipationProcess .
  OPTIONAL { ?process ?property ?value }
}
"""
ASSESSMENTS = """
SELECT ?process ?assessment ?side ?stage WHERE {
  ?assessment akm:assesses ?process ; akm:assessedBySide ?side .
  OPTIONAL { ?assessment akm:stage ?stage }
} ORDER BY ?process ?side ?stage
"""


@dataclass(frozen=True)
class Thesis:
    """A statement of the deck on participation, in its own words."""

    name: Piece
    words: str


@dataclass(frozen=True)
class Stage:
    """A step of the pyramid: its name from either side, and the processes said to reach it."""

    number: str
    names: tuple[Piece | None, Piece | None]
    reached: tuple[tuple[Piece, ...], tuple[Piece, ...]]


@dataclass(frozen=True)
class Process:
    """A participation process; `stages` are those by the administration and by those involved."""

    name: Piece
    organisers: tuple[Piece, ...]
    groups: tuple[Piece, ...]
    places: tuple[Piece, ...]
    spaces: tuple[Piece, ...]
    began: str
    decided: str
    stages: tuple[tuple[Piece, ...], tuple[Piece, ...]]


@dataclass(frozen=True)
class Participation:
    """Everything on participation that no question tells."""

    theses: tuple[Thesis, ...]
    scale: Piece
    stages: tuple[Stage, ...]
    other_scales: tuple[Piece, ...]
    processes: tuple[Process, ...]


def participation(store: Store, lang: Lang) -> Participation:
    """Return theses, stages and processes."""
    steps, found = rows(store, STAGES), rows(store, ASSESSMENTS)
    details = rows(store, PROCESSES)
    theses = rows(store, THESES)
    every = [t for row in (*steps, *found, *details, *theses) for t in row.values() if t]
    words = labels(store, every, lang)

    def piece(term: Term) -> Piece:
        if isinstance(term, Literal):
            return Piece(word(term, lang))
        return Piece(words[term], term.value if isinstance(term, NamedNode) else "")

    reached: dict[tuple[NamedNode, int], list[Piece]] = defaultdict(list)
    said: dict[tuple[NamedNode, int], list[Piece]] = defaultdict(list)
    for row in found:
        process, side, stage = node(row, "process"), node(row, "side"), node(row, "stage")
        if process and side and stage and local_name(side.value) in SIDES:
            number = SIDES.index(local_name(side.value))
            reached[stage, number].append(piece(process))
            said[process, number].append(piece(stage))
    scales = dict.fromkeys(scale for row in steps if (scale := node(row, "scale")))
    own = NamedNode(akm(TWO_SIDED))
    values: dict[NamedNode, dict[str, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    for row in details:
        process, value, name = node(row, "process"), row["value"], node(row, "property")
        if process is not None:
            known = values[process]
            if value is not None and name is not None:
                known[local_name(name.value)].append(piece(value))
    return Participation(
        theses=tuple(
            Thesis(piece(thesis), text(row, "words"))
            for row in theses
            if (thesis := node(row, "thesis"))
        ),
        scale=piece(own) if own in words else Piece(""),
        stages=tuple(ladder([row for row in steps if row["scale"] == own], words, reached)),
        other_scales=tuple(piece(scale) for scale in scales if scale != own),
        processes=tuple(
            Process(
                name=piece(process),
                organisers=tuple(known["organisedBy"]),
                groups=tuple(known["targetGroup"]),
                places=tuple(known["heldIn"]),
                spaces=tuple(known["concernsSpace"]),
                began="".join(p.text for p in known["beganOn"][:1]),
                decided="".join(p.text for p in known["decidedOn"][:1]),
                stages=(tuple(said[process, 0]), tuple(said[process, 1])),
            )
            for process, known in sorted(values.items(), key=lambda each: words[each[0]])
        ),
    )


def ladder(
    steps: Iterable[Row],
    words: dict[Term, str],
    reached: dict[tuple[NamedNode, int], list[Piece]],
) -> list[Stage]:
    """Return the steps of the pyramid, the highest first, each from both sides."""
    sides: dict[str, dict[int, NamedNode]] = defaultdict(dict)
    for row in steps:
        stage = node(row, "stage")
        if stage is not None:
            sides[text(row, "position")][int(CITIZENS in stage.value)] = stage

    def name(stage: NamedNode | None) -> Piece | None:
        return Piece(words[stage], stage.value) if stage else None

    def who(stage: NamedNode | None, side: int) -> tuple[Piece, ...]:
        return tuple(dict.fromkeys(reached.get((stage, side), ()))) if stage else ()

    return [
        Stage(
            number,
            (name(known.get(0)), name(known.get(1))),
            (who(known.get(0), 0), who(known.get(1), 1)),
        )
        for number, known in sorted(sides.items(), key=lambda each: int(each[0]), reverse=True)
    ]
