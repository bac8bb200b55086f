"""Two writers, one statement; and taking a data state back."""

import pytest
from tests.updates.writing import WritingGate

from akteursmodell.errors import ForbiddenError, InputError, NotFoundError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import NamedNode
from akteursmodell.history.journal import Journal
from akteursmodell.history.ledger import Ledger
from akteursmodell.updates.conflicts import ConflictError
from akteursmodell.updates.gate import Outcome, Signature
from akteursmodell.updates.requests import WriteRequest
from akteursmodell.updates.starting import bring_to_release
from akteursmodell.validation.report import nothing_to_check

START = (
    'INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> "1" ; <urn:q> "2" . <urn:b> <urn:p> "3" . '
    '<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "Treff"@de } }'
)


@pytest.fixture
def gate() -> WritingGate:
    """A gate over a store with a journal, at data state 1."""
    ledger = Ledger(EmbeddedStore.in_memory(), Journal.in_memory())
    made = WritingGate(ledger, strict_default=True, validator=lambda *_: nothing_to_check())
    write(made, START)
    return made


def write(
    gate: WritingGate, text: str, *, base: int | None = None, author: str = "anna"
) -> Outcome:
    return gate.write(
        WriteRequest("update", text.encode(), author, "Grund", None, revision=base, source="urn:s")
    )


def undo(gate: WritingGate, number: int) -> Outcome:
    return gate.undo(number, Signature("ben", "Irrtum"))


def replaced(subject: str, predicate: str, value: str, graph: str = "g") -> str:
    return (
        f"DELETE {{ GRAPH ?g {{ <urn:{subject}> <urn:{predicate}> ?o }} }} "
        f'INSERT {{ GRAPH <urn:{graph}> {{ <urn:{subject}> <urn:{predicate}> "{value}" }} }} '
        f"WHERE {{ GRAPH ?g {{ <urn:{subject}> <urn:{predicate}> ?o }} }}"
    )


def test_of_two_writers_of_one_statement_one_wins_and_the_other_is_told(gate: WritingGate) -> None:
    assert write(gate, replaced("a", "p", "ben's"), base=1, author="ben").revision == 2
    before = set(gate.replica.quads())
    with pytest.raises(ConflictError) as caught:
        write(gate, replaced("a", "p", "anna's"), base=1)
    assert set(gate.replica.quads()) == before
    assert gate.revision == 2
    assert caught.value.status == 409
    (told,) = caught.value.changes
    assert (told["revision"], told["author"], told["reason"]) == (2, "ben", "Grund")
    assert told["removed"] == ['<urn:a> <urn:p> "1" <urn:g>']
    assert told["added"] == ['<urn:a> <urn:p> "ben\'s" <urn:g>']
    assert told["de"] == ["entfernt: Treff – urn:p: 1", "neu: Treff – urn:p: ben's"]
    assert told["more"] == 0
    assert "ben" in caught.value.message.de
    assert write(gate, replaced("a", "p", "anna's"), base=2).revision == 3


@pytest.mark.parametrize(
    "text",
    [
        replaced("a", "q", "x"),
        replaced("b", "p", "x"),
        'INSERT DATA { GRAPH <urn:g> { <urn:c> <urn:p> "x" } }',
        "CREATE GRAPH <urn:other>",
    ],
)
def test_what_others_did_not_touch_goes_through(gate: WritingGate, text: str) -> None:
    write(gate, replaced("a", "p", "x"), author="ben")
    assert write(gate, text, base=1).revision == 3


@pytest.mark.parametrize(
    "text",
    [
        replaced("a", "p", "y", graph="elsewhere"),
        'INSERT DATA { GRAPH <urn:elsewhere> { <urn:a> <urn:p> "y" } }',
        "DROP GRAPH <urn:g>",
    ],
)
def test_the_same_property_of_the_same_thing_is_a_conflict_in_any_graph(
    gate: WritingGate, text: str
) -> None:
    write(gate, replaced("a", "p", "x"), author="ben")
    with pytest.raises(ConflictError):
        write(gate, text, base=1)


def test_making_a_graph_that_another_dropped_meanwhile_is_a_conflict(gate: WritingGate) -> None:
    write(gate, "CREATE GRAPH <urn:new>")
    write(gate, "DROP GRAPH <urn:new>", author="ben")
    with pytest.raises(ConflictError):
        write(gate, "CREATE GRAPH <urn:new>", base=2)


def test_without_a_base_the_newest_data_state_is_meant(gate: WritingGate) -> None:
    write(gate, replaced("a", "p", "x"), author="ben")
    assert write(gate, replaced("a", "p", "y")).revision == 3


@pytest.mark.parametrize("base", [99, 2])
def test_a_base_that_does_not_exist_is_refused(gate: WritingGate, base: int) -> None:
    with pytest.raises(InputError, match=f"data state {base}"):
        write(gate, replaced("a", "p", "y"), base=base)


def test_the_journal_keeps_source_and_base(gate: WritingGate) -> None:
    write(gate, replaced("a", "p", "x"))
    write(gate, replaced("b", "p", "x"), base=1)
    assert isinstance(gate._store, Ledger)
    told = gate._store.journal.revision(3)
    assert (told.source, told.base, told.undoes) == ("urn:s", 1, None)


def test_undoing_restores_what_was_and_is_a_data_state_of_its_own(gate: WritingGate) -> None:
    before = set(gate.replica.quads())
    write(gate, replaced("a", "p", "x"))
    write(gate, 'INSERT DATA { GRAPH <urn:new> { <urn:z> <urn:p> "z" } }')
    outcome = undo(gate, 2)
    undo(gate, 3)
    assert set(gate.replica.quads()) == before
    assert gate.revision == 5
    assert not gate.replica.has_graph(NamedNode("urn:new"))
    assert isinstance(gate._store, Ledger)
    told = gate._store.journal.revision(outcome.revision)
    assert (told.undoes, told.author, told.reason) == (2, "ben", "Irrtum")


def test_an_undo_can_be_undone(gate: WritingGate) -> None:
    write(gate, "DROP GRAPH <urn:g>")
    undo(gate, 2)
    undo(gate, 3)
    assert set(gate.replica.quads()) == set()
    assert gate.replica.named_graphs() == []


def test_what_later_ones_changed_is_not_undone_and_they_are_named(gate: WritingGate) -> None:
    write(gate, replaced("a", "p", "x"))
    write(gate, replaced("b", "p", "y"))
    write(gate, replaced("a", "p", "z"), author="ben")
    with pytest.raises(ConflictError) as caught:
        undo(gate, 2)
    assert [told["revision"] for told in caught.value.changes] == [4]
    assert undo(gate, 3).revision == 5
    undo(gate, 4)
    assert undo(gate, 2).revision == 7


def test_a_graph_that_others_filled_since_is_not_dropped_by_an_undo(gate: WritingGate) -> None:
    write(gate, 'INSERT DATA { GRAPH <urn:new> { <urn:z> <urn:p> "1" } }')
    write(gate, 'INSERT DATA { GRAPH <urn:new> { <urn:z> <urn:p> "2" } }')
    undo(gate, 2)
    assert [str(q.object) for q in gate.replica.quads() if str(q.subject) == "<urn:z>"] == ['"2"']


def test_what_does_not_exist_or_came_with_a_release_is_not_undone(gate: WritingGate) -> None:
    with pytest.raises(NotFoundError):
        undo(gate, 9)
    ledger = Ledger(EmbeddedStore.in_memory(), Journal.in_memory())
    bring_to_release(ledger, data=False)
    with pytest.raises(ForbiddenError):
        undo(WritingGate(ledger), 1)
