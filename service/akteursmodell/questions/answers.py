"""Answers: a question with its parameters, asked of a store."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode, QuerySolutions, Term
from akteursmodell.query.execution import answer
from akteursmodell.questions.catalogue import Question
from akteursmodell.questions.parameters import DAY, LANG, bind, read_day

__all__ = ["Answer", "ask"]

FACT = "fact"
PRECISION = "Precision"


@dataclass(frozen=True)
class Answer:
    """The rows of a question as terms; `facts` has the node that carries each row's evidence.

    `precisions` tells for each row how exact its dates are, by column; `day` is the reference date,
    `query` is what was asked, with all parameters in it.
    """

    question: Question
    day: date
    query: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    facts: tuple[NamedNode | None, ...]
    precisions: tuple[Mapping[str, Term | None], ...]

    def solution(self, number: int) -> dict[str, Term | None]:
        """Return a row by the variables of the query; a fact that is no thing is left out."""
        exact = {name + PRECISION: term for name, term in self.precisions[number].items()}
        fact = self.facts[number]
        known = dict(zip(self.columns, self.rows[number], strict=True))
        return known | exact | ({FACT: fact} if fact else {})

    @property
    def dated(self) -> frozenset[str]:
        """The columns with dates of which each row tells how exact they are."""
        return frozenset(self.precisions[0] if self.precisions else ())


def ask(
    store: Queryable, question: Question, values: Mapping[str, str], lang: Lang = "de"
) -> Answer:
    """Answer a question; texts inside the answer come in `lang`.

    Raises UnknownParameterError and ParameterError for bad values.
    """
    day = read_day(values)
    defaults = {LANG: str(lang), DAY: day.isoformat()}
    known = {name: value for name, value in defaults.items() if question.parameter(name)}
    given = {name: value for name, value in values.items() if value.strip()}
    query = bind(question, {**known, **given})
    result = answer(store, query)
    if not isinstance(result, QuerySolutions):
        raise TypeError(question.id)
    names = [variable.value for variable in result.variables]
    columns = tuple(n for n in names if n != FACT and not n.endswith(PRECISION))
    dated = [name for name in columns if name + PRECISION in names]
    rows, facts, precisions = [], [], []
    for solution in result:
        rows.append(tuple(solution[name] for name in columns))
        precisions.append({name: solution[name + PRECISION] for name in dated})
        fact = solution[FACT] if FACT in names else None
        facts.append(fact if isinstance(fact, NamedNode) else None)
    return Answer(question, day, query, columns, tuple(rows), tuple(facts), tuple(precisions))
