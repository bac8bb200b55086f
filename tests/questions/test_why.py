"""Why a row stands in an answer: what it rests on is enough for it, and what is told is right."""

from collections import Counter
from collections.abc import Iterable

import pytest
from tests.graphs import graph

from akteursmodell.errors import LimitError
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.shipped import INFERRED
from akteursmodell.graph.terms import Literal, NamedNode, Quad, QuerySolutions, Triple
from akteursmodell.query.execution import answer as run
from akteursmodell.questions.algebra import read
from akteursmodell.questions.answers import Answer, ask
from akteursmodell.questions.catalogue import catalogue
from akteursmodell.questions.rewriting import select
from akteursmodell.questions.support import Support, support
from akteursmodell.questions.tables import merged
from akteursmodell.questions.why import explain, group_of, row_key
from akteursmodell.reasoning.maintenance import Stored
from akteursmodell.reasoning.program import Fact, Program
from akteursmodell.reasoning.proofs import prove
from akteursmodell.updates.inference import program_in
from akteursmodell.vocabulary import AKM, ID

SPREAD = 8
"""Rows of a long answer that are tried; of a short one all are."""
ANYWHERE = NamedNode("https://example.org/graph")
PREFIXES = f"PREFIX akm: <{AKM}> PREFIX id: <{ID}> "


@pytest.fixture(scope="module")
def program(shipped: EmbeddedStore) -> Program:
    return program_in(shipped)


def rows_of(store: EmbeddedStore, query: str) -> list[tuple[object, ...]]:
    answer = run(store, query)
    assert isinstance(answer, QuerySolutions)
    return [tuple(row) for row in answer]


def holding(statements: Iterable[Triple]) -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    quads = frozenset(Quad(t.subject, t.predicate, t.object, ANYWHERE) for t in statements)
    store.apply(ChangeSet(frozenset(), quads, "", ""))
    return store


def spread(answer: Answer) -> list[int]:
    return list(range(0, len(answer.rows), max(1, len(answer.rows) // SPREAD)))


@pytest.mark.parametrize("name", catalogue())
def test_a_query_written_from_its_algebra_has_the_same_answer(
    shipped: EmbeddedStore, name: str
) -> None:
    query = ask(shipped, catalogue()[name], {"day": "2026-11-23"}).query
    assert Counter(rows_of(shipped, select(read(query)))) == Counter(rows_of(shipped, query))


@pytest.mark.parametrize("name", catalogue())
def test_asked_of_what_a_row_rests_on_alone_the_question_has_the_row_again(
    shipped: EmbeddedStore, name: str
) -> None:
    question = catalogue()[name]
    answer = ask(shipped, question, {"day": "2026-11-23"})
    for number in spread(answer):
        found = support(shipped, answer.query, answer.solution(number))
        behind = {**found.statements, **found.rejected}
        for it in behind:
            assert next(shipped.quads(it.subject, it.predicate, it.object), None), it
        again = ask(holding(behind), question, {"day": "2026-11-23"})
        solutions = [again.solution(n) for n in range(len(again.rows))]
        assert answer.solution(number) in solutions, number


def test_without_any_of_its_statements_a_plain_row_is_gone(shipped: EmbeddedStore) -> None:
    question = catalogue()["CQ01"]
    answer = ask(shipped, question, {})
    statements = support(shipped, answer.query, answer.solution(0)).statements
    assert len(statements) == 8
    for left_out in statements:
        rest = holding(each for each in statements if each != left_out)
        assert ask(rest, question, {}).rows == (), left_out


SMALL = """
id:a akm:within id:b . id:b akm:within id:c . id:a akm:within id:x . id:x akm:within id:c .
id:a akm:partner id:p , id:q . id:p akm:validUntil "2020-01-01"^^xsd:date .
id:q akm:funder id:a .
"""


def told(store: EmbeddedStore, query: str, **values: str | int | None) -> Support:
    row = {
        name: None
        if value is None
        else Literal(value)
        if isinstance(value, int)
        else NamedNode(ID + value)
        for name, value in values.items()
    }
    return support(store, PREFIXES + query, row)


def short(statements: Iterable[Triple]) -> set[str]:
    def name(term: object) -> str:
        return str(term).strip("<>").rsplit("/", 1)[-1]

    return {" ".join(map(name, (t.subject, t.predicate, t.object))) for t in statements}


@pytest.fixture
def small(store: EmbeddedStore) -> EmbeddedStore:
    graph(store, SMALL)
    return store


def test_of_an_optional_part_only_what_matched_counts(small: EmbeddedStore) -> None:
    query = "SELECT ?x ?y { id:a akm:partner ?x OPTIONAL { ?x akm:funder ?y } }"
    assert short(told(small, query, x="p", y=None).statements) == {"a partner p"}
    assert short(told(small, query, x="q", y="a").statements) == {"a partner q", "q funder a"}


def test_of_a_union_the_branch_counts_that_matched(small: EmbeddedStore) -> None:
    query = "SELECT ?x { { id:a akm:partner ?x } UNION { ?x akm:funder id:a } }"
    assert short(told(small, query, x="p").statements) == {"a partner p"}
    assert short(told(small, query, x="q").statements) == {"a partner q", "q funder a"}


def test_of_a_path_of_any_length_the_shortest_way_is_told(small: EmbeddedStore) -> None:
    query = "SELECT ?x { id:a akm:within+ ?x }"
    found = short(told(small, query, x="c").statements)
    assert found in ({"a within b", "b within c"}, {"a within x", "x within c"})
    back = "SELECT ?x { id:c ^akm:within/^akm:within ?x }"
    every = {"a within b", "b within c", "a within x", "x within c"}
    assert short(told(small, back, x="a").statements) == every


def test_of_a_count_all_that_is_counted_is_told(small: EmbeddedStore) -> None:
    query = "SELECT ?x (COUNT(?y) AS ?n) { ?x akm:within ?y } GROUP BY ?x"
    found = told(small, query, x="a", n=2)
    assert found.counted
    assert short(found.statements) == {"a within b", "a within x"}


@pytest.mark.parametrize("word", ["FILTER NOT EXISTS", "MINUS"])
def test_what_must_be_absent_is_told(small: EmbeddedStore, word: str) -> None:
    found = told(small, f"SELECT ?x {{ id:a akm:partner ?x {word} {{ ?x akm:funder ?z }} }}", x="p")
    assert short(found.statements) == {"a partner p"}
    assert not found.rejected
    (absence,) = found.absences
    ((subject, path, anything),) = absence.patterns
    assert (subject, str(path), anything) == (NamedNode(ID + "p"), AKM + "funder", "z")


def test_what_comes_near_but_does_not_meet_the_conditions_is_told_apart(
    small: EmbeddedStore,
) -> None:
    later = "FILTER NOT EXISTS { ?x akm:validUntil ?u FILTER(?u > '2021-01-01'^^xsd:date) }"
    found = told(small, f"SELECT ?x {{ id:a akm:partner ?x {later} }}", x="p")
    assert [t.predicate.value for t in found.rejected] == [AKM + "validUntil"]
    assert [absence.conditions for absence in found.absences] == [True]


def test_an_absence_that_does_not_matter_is_not_told(small: EmbeddedStore) -> None:
    either = "FILTER(BOUND(?u) || NOT EXISTS { ?x akm:funder ?z })"
    query = f"SELECT ?x {{ id:a akm:partner ?x OPTIONAL {{ ?x akm:validUntil ?u }} {either} }}"
    assert told(small, query, x="p").absences == {}


def test_of_exists_one_witness_is_told(small: EmbeddedStore) -> None:
    query = "SELECT ?x { ?x akm:within ?y FILTER EXISTS { ?x akm:partner ?z } }"
    found = short(told(small, query, x="a").statements)
    assert {"a within b", "a within x"} <= found
    assert len(found & {"a partner p", "a partner q"}) == 1


def test_each_inferred_statement_has_a_proof_from_what_was_entered(
    shipped: EmbeddedStore, program: Program
) -> None:
    facts = Stored(shipped)

    def entered(fact: Fact) -> bool:
        return next(facts.entered(*fact), None) is not None

    count = 0
    for quad in shipped.quads(graph=NamedNode(INFERRED)):
        fact = (quad.subject, quad.predicate, quad.object)
        steps = prove(fact, facts, program, entered)
        assert steps, quad
        assert steps[-1].fact == fact
        known: set[Fact] = set()
        for step in steps:
            assert all(each in known or entered(each) for each in step.premises), quad
            assert step.rule.name
            known.add(step.fact)
        count += 1
    assert count > 1000


def test_nothing_proves_what_does_not_follow(shipped: EmbeddedStore, program: Program) -> None:
    fact = (NamedNode(ID + "a"), NamedNode(AKM + "partner"), NamedNode(ID + "b"))
    assert prove(fact, Stored(shipped), program, lambda _: False) == ()


def test_rows_have_names_of_their_own_that_lead_back_to_them(shipped: EmbeddedStore) -> None:
    for question in catalogue().values():
        answer = ask(shipped, question, {})
        groups = merged(answer)
        keys = [row_key(answer, group) for group in groups]
        assert len(set(keys)) == len(keys), question.id
        assert not keys or group_of(answer, keys[-1]) == groups[-1]
    assert group_of(answer, "none") is None


def test_a_collected_row_rests_on_all_that_it_shows(
    shipped: EmbeddedStore, program: Program
) -> None:
    answer = ask(shipped, catalogue()["CQ16"], {})
    group = next(each for each in merged(answer) if len(each) > 1)
    why = explain(shipped, program, answer, group)
    place = answer.columns.index("partner")
    partners = {answer.rows[number][place] for number in group}
    said = {
        g.statement.object for g in why.grounds if g.statement.predicate.value.endswith("partner")
    }
    assert partners == said
    assert all(ground.graphs or ground.steps for ground in why.grounds)


def test_a_row_that_takes_too_long_is_given_up(shipped: EmbeddedStore) -> None:
    answer = ask(shipped, catalogue()["CQ25"], {})
    with pytest.raises(LimitError, match=r"so many statements|zu vielen Angaben"):
        support(shipped, answer.query, answer.solution(0), patience=0)
