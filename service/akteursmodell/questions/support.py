"""Which statements a row of an answer rests on, and which are absent that would have kept it out.

A row is followed down the algebra of its query. What it matches is asked again with the values of
the row, all variables shown; each solution names the statements of its patterns. Of OPTIONAL and
UNION those parts count that the solution matches; of a count, all that is counted; of NOT EXISTS
and MINUS the absence is told. So the statements are enough: the question asked of them alone has
the row again (a law that is tested on each question).
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from akteursmodell.errors import LimitError, Text
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import (
    BlankNode,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    Term,
    Triple,
)
from akteursmodell.questions.absences import Absence, absences, term_of
from akteursmodell.questions.algebra import (
    Level,
    Node,
    branches,
    certain,
    exists_in,
    level_of,
    names_in,
    read,
    relaxed,
    some,
)
from akteursmodell.questions.rewriting import (
    condition,
    expression,
    group,
    pins,
    select,
    test,
    values,
)
from akteursmodell.questions.walks import ways

__all__ = ["Support", "support"]

Solution: TypeAlias = dict[str, Term]
Row: TypeAlias = Mapping[str, Term | None]
MOST_WAYS = 24
"""Derivations of one row that are followed where any of them is enough."""
MOST_NEAR = 200
PATIENCE = 8.0
"""Seconds after which the following of a row is given up; it is noticed between two solutions."""


@dataclass
class Support:
    """What a row rests on; `counted` tells that something of it was counted or summed up.

    `rejected` are statements that come near to what must be absent, but do not meet its conditions:
    an agreement that has ended. `cut` tells that the row follows in more ways than are told.
    """

    statements: dict[Triple, None] = field(default_factory=dict)
    rejected: dict[Triple, None] = field(default_factory=dict)
    absences: dict[Absence, None] = field(default_factory=dict)
    counted: bool = False
    cut: bool = False


def support(store: Store, query: str, row: Row, patience: float = PATIENCE) -> Support:
    """Return what one row of the answer to a query rests on.

    `row` has all variables of the SELECT, None for what is not bound. Raises EvaluationError for a
    query that cannot be followed, LimitError where that takes longer than `patience` seconds.
    """
    search = Search(store, time.monotonic() + patience)
    search.level(read(query), row, exact=True)
    return search.found


class Search:
    """Follows rows down the algebra and notes what it comes upon."""

    def __init__(self, store: Store, until: float) -> None:
        """Take the store that the answer came from, and when to give up."""
        self._store = store
        self._until = until
        self._held: dict[str, bool] = {}
        self._followed: set[object] = set()
        self.found = Support()
        self._into = self.found.statements
        self._near = False

    def level(self, level: Level, row: Row, *, exact: bool) -> None:
        """Follow one row of a SELECT; where it is not exact it may leave variables unbound."""
        if level.keys is None:
            solutions = self._solutions(level.body, row, exact)
            self.found.cut |= len(solutions) > MOST_WAYS
            solutions = solutions[:MOST_WAYS]
        else:
            self.found.counted = True
            solutions = [
                solution
                for keys in self._groups(level, row, exact)
                for solution in self._solutions(level.body, keys, exact)
            ]
        for solution in solutions:
            self._node(level.body, solution)

    def _groups(self, level: Level, row: Row, exact: bool) -> list[dict[str, Term | None]]:
        """Return the values of the keys of the groups that give a row."""
        keys = level.keys or ()
        if set(keys) <= set(row):
            return [{key: row[key] for key in keys}]
        text = select(level, pins({n: t for n, t in row.items() if t}), keys=True)
        found = self._rows(f"{{ {text} }}", row, exact)
        return [{key: solution.get(key) for key in keys} for solution in found]

    def _solutions(self, body: Node, row: Row, exact: bool) -> list[Solution]:
        """Return what a part matches with the values of a row, all variables shown."""
        sure = certain(body)
        known = {name: value for name, value in row.items() if value and name in sure}
        return self._rows(group(body, pins(known)), row, exact)

    def _rows(self, text: str, row: Row, exact: bool) -> list[Solution]:
        """Return the solutions of a group that agree with a row, in a fixed order."""
        tests = filter(None, (test(name, value, exact) for name, value in row.items()))
        where = " ".join(f"FILTER({each})" for each in tests)
        answer = self._ask(f"SELECT DISTINCT * WHERE {{ {text} {where} }}")
        if not isinstance(answer, QuerySolutions):
            raise TypeError(text)
        names = [variable.value for variable in answer.variables]
        found: list[Solution] = [
            {name: value for name in names if (value := solution[name]) is not None}
            for solution in answer
            if self._goes_on()
        ]
        blank = {name: value for name, value in row.items() if isinstance(value, BlankNode)}
        same = [
            each
            for each in found
            if all(each.get(n, None if exact else value) == value for n, value in blank.items())
        ]
        return sorted(same, key=lambda each: [str(each.get(name)) for name in names])

    def _node(self, node: Node, solution: Solution) -> None:
        """Note what a solution matches in a part."""
        FOLLOWING[node.name](self, node, solution)

    def bgp(self, node: Node, solution: Solution) -> None:
        """Note the statements of triple patterns."""
        for triple in node.triples:
            self._pattern(triple, solution)

    def join(self, node: Node, solution: Solution) -> None:
        """Follow both parts."""
        self._node(node.p1, solution)
        self._node(node.p2, solution)

    def optional(self, node: Node, solution: Solution) -> None:
        """Follow the first part, and the second where it matches."""
        self._node(node.p1, solution)
        if self._matches(node.p2, node.expr, solution):
            self._node(node.p2, solution)
            self._exists(node.expr, solution)

    def union(self, node: Node, solution: Solution) -> None:
        """Follow each branch that gives the solution; one of them does."""
        possible = [each for each in branches(node) if certain(each) <= set(solution)]
        for branch in possible:
            asked = relaxed(branch) if self._near else branch
            if len(possible) == 1 or self._matches(asked, None, solution):
                self._node(branch, solution)

    def tested(self, node: Node, solution: Solution) -> None:
        """Follow a part and what an expression on it looks for."""
        self._node(node.p, solution)
        self._exists(node.expr, solution)

    def minus(self, node: Node, solution: Solution) -> None:
        """Follow the first part, and note that the second is absent."""
        self._node(node.p1, solution)
        self._without(node.p2, solution, told=True)

    def table(self, node: Node, solution: Solution) -> None:
        """Follow a SELECT inside another, once for each of its rows; VALUES rest on nothing."""
        if node.p.name != "values":
            level = level_of(node.p)
            row = {name: solution.get(name) for name in level.variables}
            key = (id(node), id(self._into), *row.values())
            if key not in self._followed:
                self._followed.add(key)
                self.level(level, row, exact=False)

    def _pattern(self, triple: tuple[Node, Node, Node], solution: Solution) -> None:
        """Note the statements of a triple pattern."""
        subject, object_ = term_of(triple[0], solution), term_of(triple[2], solution)
        if subject is None or object_ is None:
            return
        predicate = term_of(triple[1], solution)
        if isinstance(predicate, NamedNode) and isinstance(subject, NamedNode | BlankNode):
            self._into[Triple(subject, predicate, object_)] = None
        else:
            self._goes_on()
            for way in ways(self._store, subject, triple[1], object_):
                self._into.update(dict.fromkeys(way))

    def _matches(self, node: Node, expr: Node | None, solution: Solution) -> bool:
        """Whether a solution has its values from an optional part, or from a branch of a union."""
        if not certain(node) <= set(solution):
            return False
        own = some(node)
        near = own if expr is None else own | names_in(expr)
        known = {name: solution[name] for name in sorted(near) if name in solution}
        free = " ".join(f"FILTER(!BOUND(?{name}))" for name in sorted(own - set(solution)))
        rest = "" if expr is None else condition(expr)
        inner = group(node, pins({n: t for n, t in known.items() if n in certain(node)}))
        return self._holds(f"{values(known)} {inner} {rest} {free}")

    def _exists(self, expr: Node, solution: Solution) -> None:
        """Note what the EXISTS and NOT EXISTS of an expression find, or do not find."""
        for each in exists_in(expr):
            if each.name == "Builtin_EXISTS":
                for inner in self._within(each.graph, solution)[:1]:
                    self._node(each.graph, {**solution, **inner})
            else:
                told = self._near or self._matters(each, expr, solution)
                self._without(each.graph, solution, told=told)

    def _without(self, node: Node, solution: Solution, *, told: bool) -> None:
        """Note that nothing matches a part, or what does so where that rejects something near."""
        found = self._within(node, solution)[:1]
        for inner in found if self._near else ():
            self._node(node, {**solution, **inner})
        if told and not found and not self._near:
            self.found.absences.update(dict.fromkeys(absences(node, solution)))
            self._note_near(node, solution)

    def _note_near(self, node: Node, solution: Solution) -> None:
        """Note what would match a part if it met the conditions, with what rejects it."""
        self._into, self._near = self.found.rejected, True
        for near in self._within(relaxed(node), solution)[:MOST_NEAR]:
            self._node(node, {**solution, **near})
        self._into, self._near = self.found.statements, False

    def _within(self, node: Node, solution: Solution) -> list[Solution]:
        """Return what a part matches where a solution is known, as EXISTS asks it."""
        known = {name: solution[name] for name in sorted(names_in(node)) if name in solution}
        given = values(known)
        return self._rows(f"{given} LATERAL {group(node)}" if given else group(node), {}, False)

    def _matters(self, absent: Node, expr: Node, solution: Solution) -> bool:
        """Whether an expression would not be true if what is absent were there."""
        known = {name: solution[name] for name in sorted(names_in(expr)) if name in solution}
        otherwise = expression(expr, {id(absent): "false"})
        return not self._holds(f"{values(known)} FILTER({otherwise})")

    def _holds(self, text: str) -> bool:
        """Whether anything matches a group."""
        if text not in self._held:
            answer = self._ask(f"ASK {{ {text} }}")
            self._held[text] = isinstance(answer, QueryBoolean) and bool(answer)
        return self._held[text]

    def _ask(self, text: str) -> object:
        """Ask the store."""
        self._goes_on()
        return self._store.query(text)

    def _goes_on(self) -> bool:
        """Return that there is time left; raises LimitError where there is none."""
        if time.monotonic() > self._until:
            raise LimitError(
                Text(
                    "Diese Zeile beruht auf zu vielen Angaben, um sie alle zu sammeln.",
                    "This row rests on so many statements that they cannot all be gathered.",
                ),
                Text(
                    "Fragen Sie mit einer Auswahl, damit sie weniger zusammenfasst.",
                    "Ask with a choice, so that it sums up less.",
                ),
            )
        return True


FOLLOWING: Final[dict[str, Callable[[Search, Node, Solution], None]]] = {
    "BGP": Search.bgp,
    "Join": Search.join,
    "LeftJoin": Search.optional,
    "Union": Search.union,
    "Filter": Search.tested,
    "Extend": Search.tested,
    "Minus": Search.minus,
    "ToMultiSet": Search.table,
}
