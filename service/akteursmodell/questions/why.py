"""Why a row stands in an answer: the statements behind it, and where each comes from."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from akteursmodell.graph.shipped import INFERRED
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import Literal, NamedNode, Quad, Triple
from akteursmodell.query.rows import is_entered
from akteursmodell.questions.absences import Absence
from akteursmodell.questions.answers import Answer
from akteursmodell.questions.support import support
from akteursmodell.questions.tables import merged
from akteursmodell.reasoning.maintenance import Stored
from akteursmodell.reasoning.program import Fact, Program
from akteursmodell.reasoning.proofs import Step, prove

__all__ = ["Ground", "Why", "explain", "group_of", "row_key"]

LENGTH = 12


@dataclass(frozen=True)
class Ground:
    """A statement behind a row: the graphs where it was entered, else the steps that derive it."""

    statement: Triple
    graphs: tuple[NamedNode, ...]
    steps: tuple[Step, ...]

    @property
    def quads(self) -> list[Quad]:
        """The statement in its graphs, in that of what follows where it was not entered."""
        graphs = self.graphs or (NamedNode(INFERRED),)
        it = self.statement
        return [Quad(it.subject, it.predicate, it.object, graph) for graph in graphs]


@dataclass(frozen=True)
class Why:
    """What a row rests on; see `Support` for the words."""

    grounds: tuple[Ground, ...]
    rejected: tuple[Ground, ...]
    absences: tuple[Absence, ...]
    counted: bool
    cut: bool


def row_key(answer: Answer, group: list[int]) -> str:
    """Return a name for a row as it is shown, which lasts as its values do, in any language."""
    kept = [
        f"{name} {term}"
        for name, term in answer.solution(group[0]).items()
        if name not in answer.question.collect and not (isinstance(term, Literal) and term.language)
    ]
    return hashlib.sha256("\n".join(kept).encode()).hexdigest()[:LENGTH]


def group_of(answer: Answer, key: str) -> list[int] | None:
    """Return the rows that are shown as the one of a name, or None where there is none."""
    return next((group for group in merged(answer) if row_key(answer, group) == key), None)


def explain(store: Store, program: Program, answer: Answer, group: Iterable[int]) -> Why:
    """Return why some rows stand in an answer; raises EvaluationError and LimitError.

    `program` are the rules of the store's ontology.
    """
    found = [support(store, answer.query, answer.solution(number)) for number in group]
    statements = dict.fromkeys(each for part in found for each in part.statements)
    rejected = dict.fromkeys(each for part in found for each in part.rejected)
    return Why(
        grounds=grounds(store, program, statements),
        rejected=grounds(store, program, (each for each in rejected if each not in statements)),
        absences=tuple(dict.fromkeys(each for part in found for each in part.absences)),
        counted=any(part.counted for part in found),
        cut=any(part.cut for part in found),
    )


def grounds(store: Store, program: Program, statements: Iterable[Triple]) -> tuple[Ground, ...]:
    """Return for each statement where it was entered, or what it follows from."""
    facts = Stored(store)

    def entered(fact: Fact) -> bool:
        return next(facts.entered(*fact), None) is not None

    made = []
    for it in statements:
        quads = store.quads(it.subject, it.predicate, it.object)
        graphs = sorted(
            {
                quad.graph_name
                for quad in quads
                if is_entered(quad) and isinstance(quad.graph_name, NamedNode)
            },
            key=str,
        )
        fact = (it.subject, it.predicate, it.object)
        steps = () if graphs else prove(fact, facts, program, entered)
        made.append(Ground(it, tuple(graphs), steps))
    return tuple(made)
