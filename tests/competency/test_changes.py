"""For each question one fact comes and one goes, and its answer moves by exactly the rows told.

The changes are in `changes/cq-NN.yaml`: `insert` and `delete`, each with Turtle and the rows that
the answer gains and loses, written as in the expected answers.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_text
from akteursmodell.graph.terms import NamedNode, Quad, RdfFormat
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import catalogue
from akteursmodell.updates.inference import bring_up, with_inferred
from akteursmodell.vocabulary import PREFIXES
from tests.competency.test_answers import given, show

Rows: TypeAlias = Counter[tuple[str, ...]]
CHANGES = Path(__file__).parent / "changes"
INFERRED_TERM = "akm:dependsOn"
GRAPH = NamedNode("https://w3id.org/akteursmodell/data/test")
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
FILES = {f"CQ{f.stem.removeprefix('cq-')}": f for f in sorted(CHANGES.glob("cq-*.yaml"))}


@pytest.fixture(scope="module")
def engine() -> Iterator[EmbeddedStore]:
    """A store of this module's own; each test puts it back as it was."""
    store = EmbeddedStore.in_memory()
    bring_up(store)
    yield store
    store.close()


def read(question_id: str) -> dict[str, Any]:
    change: dict[str, Any] = yaml.safe_load(FILES[question_id].read_text(encoding="utf-8"))
    return change


def rows(
    store: EmbeddedStore, question_id: str, params: dict[str, str]
) -> Counter[tuple[str, ...]]:
    answer = ask(store, catalogue()[question_id], {**given(question_id), **params})
    return Counter(
        (*map(show, row), show(fact)) for row, fact in zip(answer.rows, answer.facts, strict=True)
    )


def expected(told: list[list[Any]] | None) -> Rows:
    return Counter(tuple("" if cell is None else str(cell) for cell in row) for row in told or [])


def quads(store: EmbeddedStore, turtle: str) -> frozenset[Quad]:
    return store.canonical(read_text(HEAD + turtle, RdfFormat.TURTLE, GRAPH, name="change"))


def everywhere(store: EmbeddedStore, wanted: frozenset[Quad]) -> frozenset[Quad]:
    """The quads of these triples in whatever graph they are; each must be in one."""
    found = [list(store.quads(q.subject, q.predicate, q.object)) for q in wanted]
    assert all(found), "a triple to delete is not in the data"
    return frozenset(quad for matches in found for quad in matches)


def moved(store: EmbeddedStore, question_id: str, part: str) -> None:
    change = read(question_id)
    params = {name: str(value) for name, value in (change.get("params") or {}).items()}
    told = change[part]
    triples = quads(store, told["turtle"])
    before = rows(store, question_id, params)
    gone = everywhere(store, triples) if part == "delete" else frozenset[Quad]()
    come = triples if part == "insert" else frozenset[Quad]()
    forth = ChangeSet(gone, come, "test", part)
    if INFERRED_TERM in catalogue()[question_id].query:
        forth = with_inferred(store, forth)
    store.apply(forth)
    try:
        after = rows(store, question_id, params)
    finally:
        store.apply(ChangeSet(forth.inserts, forth.deletes, "test", "put back"))
    assert expected(told.get("added")) == after - before
    assert expected(told.get("removed")) == before - after
    assert after != before


def test_every_question_has_its_changes_and_every_change_its_question() -> None:
    assert set(FILES) == set(catalogue())


@pytest.mark.parametrize("question_id", list(FILES))
def test_a_fact_that_comes_moves_the_answer_by_exactly_the_rows_told(
    engine: EmbeddedStore, question_id: str
) -> None:
    moved(engine, question_id, "insert")


@pytest.mark.parametrize("question_id", list(FILES))
def test_a_fact_that_goes_moves_the_answer_by_exactly_the_rows_told(
    engine: EmbeddedStore, question_id: str
) -> None:
    moved(engine, question_id, "delete")
