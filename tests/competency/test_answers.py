"""Each question has its exact answer on the shipped data, and no answer is without a question.

`python tests/competency/test_answers.py [CQ01 …]` writes the answers anew; look at the difference
before you commit it.
"""

import csv
import io
import sys
from collections import Counter
from pathlib import Path

import pytest

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import Literal, NamedNode, Term
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import catalogue
from akteursmodell.updates.inference import bring_up
from akteursmodell.vocabulary import compact

DAY = "2026-11-23"
EXPECTED = Path(__file__).parent / "expected"


def show(term: Term | None) -> str:
    if term is None:
        return ""
    return compact(term.value) if isinstance(term, NamedNode) else str(term)


def given(question_id: str) -> dict[str, str]:
    """The parameters of the expected answers: the day on which they hold."""
    assert question_id in catalogue()
    return {"day": DAY}


def written(store: EmbeddedStore, question_id: str) -> str:
    answer = ask(store, catalogue()[question_id], given(question_id))
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([*answer.columns, "fact"])
    for row, fact in zip(answer.rows, answer.facts, strict=True):
        writer.writerow([*map(show, row), show(fact)])
    return buffer.getvalue()


def expected_file(question_id: str) -> Path:
    return EXPECTED / f"cq-{question_id.removeprefix('CQ')}.csv"


@pytest.mark.parametrize("question_id", list(catalogue()))
def test_the_answer_is_exactly_the_expected_one(shipped: EmbeddedStore, question_id: str) -> None:
    expected = expected_file(question_id).read_text(encoding="utf-8")
    head, *rows = written(shipped, question_id).splitlines()
    expected_head, *expected_rows = expected.splitlines()
    assert head == expected_head
    assert rows == expected_rows


def test_every_question_has_an_answer_and_every_answer_a_question() -> None:
    assert {f.name for f in EXPECTED.iterdir()} == {expected_file(q).name for q in catalogue()}


def test_each_row_names_a_fact_with_evidence(shipped: EmbeddedStore) -> None:
    evidence = NamedNode("https://w3id.org/akteursmodell/ontology/evidence")
    for question in catalogue().values():
        for fact in ask(shipped, question, {}).facts:
            assert fact is not None, question.id
            assert next(shipped.quads(fact, evidence), None), f"{question.id}: {fact}"


def test_the_relations_listed_for_each_perspective_are_as_many_as_the_comparison_counts(
    shipped: EmbeddedStore,
) -> None:
    rows = ask(shipped, catalogue()["CQ64"], given("CQ64")).rows
    listed = Counter(perspective for perspective, _ in {(row[0], row[1]) for row in rows})
    compared = ask(shipped, catalogue()["CQ31"], given("CQ31")).rows
    counted = {row[0]: int(row[1].value) for row in compared if isinstance(row[1], Literal)}
    assert len(counted) == 5
    assert all(counted.values())
    assert listed == counted


if __name__ == "__main__":
    engine = EmbeddedStore.in_memory()
    bring_up(engine)
    for name in sys.argv[1:] or catalogue():
        expected_file(name).write_text(written(engine, name), encoding="utf-8")
