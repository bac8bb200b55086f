"""A dry run tells what a change would entail, break and answer, and stores nothing."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from akteursmodell.errors import ForbiddenError
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_text
from akteursmodell.graph.terms import NamedNode, Quad, RdfFormat
from akteursmodell.questions.answers import Answer, ask
from akteursmodell.questions.catalogue import catalogue
from akteursmodell.questions.difference import keys
from akteursmodell.updates.dry_run import Rehearsal
from akteursmodell.updates.dry_run_data import as_data
from akteursmodell.updates.dry_run_text import as_text
from akteursmodell.updates.gate import ChangeRejectedError, Gate, Signature
from akteursmodell.updates.inference import INFERRED, bring_up
from akteursmodell.vocabulary import ID, PREFIXES

NEW_SITE = Path(__file__).parent / "changes" / "new-site.ttl"
GRAPH = NamedNode("https://w3id.org/akteursmodell/data/test")
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
SIGNATURE = Signature("me", "test")


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    """A gate of this module's own over the shipped data; a dry run leaves it as it was."""
    store = EmbeddedStore.in_memory()
    bring_up(store)
    yield Gate(store)
    store.close()


@pytest.fixture(scope="module")
def new_site(gate: Gate) -> Rehearsal:
    return gate.rehearse_file(NEW_SITE, GRAPH, replace_graph=False, lang="de")


def everything(store: EmbeddedStore) -> tuple[int, set[Quad], set[NamedNode]]:
    return store.revision, set(store.quads()), set(store.named_graphs())


def store_of(gate: Gate) -> EmbeddedStore:
    store = gate._store
    assert isinstance(store, EmbeddedStore)
    return store


def answers(store: EmbeddedStore) -> dict[str, Counter[object]]:
    return {each.id: Counter(keys(ask(store, each, {}))) for each in catalogue().values()}


def told(answer: Answer) -> set[tuple[str, ...]]:
    return {
        tuple("" if term is None else str(term) for term in (*row, fact))
        for row, fact in zip(answer.rows, answer.facts, strict=True)
    }


def thing(name: str) -> str:
    return f"<{ID}{name}>"


def test_a_new_site_changes_exactly_these_rows_of_cq16_and_cq17(new_site: Rehearsal) -> None:
    moved = {each.question.id: each for each in new_site.difference.answers}
    day = '"2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert told(moved["CQ16"].gained) == {
        (
            thing("site-test"),
            thing("district-boisheim"),
            thing("org-asb-gemeinsam"),
            day,
            "",
            "",
            "",
            thing("operation-test"),
        )
    }
    assert told(moved["CQ16"].lost) == set()
    assert told(moved["CQ17"].gained) == set()
    assert told(moved["CQ17"].lost) == {(thing("district-boisheim"), thing("district-boisheim"))}


def test_the_rows_told_are_those_that_storing_the_change_really_moves(
    new_site: Rehearsal,
) -> None:
    store = EmbeddedStore.in_memory()
    bring_up(store)
    before = answers(store)
    outcome = Gate(store).load_file(NEW_SITE, GRAPH, replace_graph=False, signature=SIGNATURE)
    after = answers(store)
    moved = {each.question.id: each for each in new_site.difference.answers}
    really = {name for name in before if before[name] != after[name]}
    assert set(moved) == really
    assert {"CQ16", "CQ17"} < really < set(before)
    for name, each in moved.items():
        assert Counter(keys(each.gained)) == after[name] - before[name], name
        assert Counter(keys(each.lost)) == before[name] - after[name], name
    assert new_site.committed.inserts == outcome.committed.inserts
    assert new_site.committed.deletes == outcome.committed.deletes
    assert new_site.change.inserts == outcome.change.inserts
    assert new_site.entailed.inserts
    assert {quad.graph_name for quad in new_site.entailed.inserts} == {INFERRED}


def test_what_goes_is_told_with_the_words_that_it_had(gate: Gate) -> None:
    operation = NamedNode(ID + "operation-hamm-unnamed")
    gone = frozenset(q for q in gate.replica.quads(operation) if "operatedSite" in str(q.predicate))
    assert len(gone) == 1
    rehearsal = gate.rehearse(ChangeSet(gone, frozenset(), "", ""), "en")
    moved = next(e for e in rehearsal.difference.answers if e.question.id == "CQ16")
    lost = moved.lost_rows
    assert [len(row.cells) for row in lost] == [7]
    assert "Hamm" in lost[0].texts[0]
    assert len(lost[0].cells[-1]) == 3, "three partners in one row, as the question's page has them"
    assert not moved.gained.rows


def test_nothing_is_stored_and_the_next_change_is_judged_as_if_nothing_had_been(
    gate: Gate,
) -> None:
    store = store_of(gate)
    before, replica = everything(store), everything(gate.replica)
    gate.rehearse_file(NEW_SITE, GRAPH, replace_graph=True, lang="en")
    drop = ChangeSet(frozenset(), frozenset(), "", "", dropped=frozenset({graph_of(gate, "sites")}))
    assert gate.rehearse(drop, "en").change.deletes
    assert everything(store) == before
    assert everything(gate.replica) == replica
    assert not list(gate.replica.quads(graph=INFERRED))


def graph_of(gate: Gate, name: str) -> NamedNode:
    return next(g for g in gate.replica.named_graphs() if g.value.endswith(f"/{name}"))


def test_what_would_be_refused_is_told_with_its_report_and_the_answers_it_would_move(
    gate: Gate,
) -> None:
    text = HEAD + "id:test a akm:SiteOperation ; akm:operatedSite id:site-dueno ."
    quads = gate.replica.canonical(read_text(text, RdfFormat.TURTLE, GRAPH, name="x"))
    change = ChangeSet(frozenset(), quads, "me", "test")
    rehearsal = gate.rehearse(change, "en")
    assert not rehearsal.report.conforms
    assert {found.focus for found in rehearsal.findings} == {ID + "test"}
    assert "CQ16" in {each.question.id for each in rehearsal.difference.answers}
    with pytest.raises(ChangeRejectedError) as refused:
        gate.submit(change)
    assert refused.value.report.counts("en") == rehearsal.report.counts("en")
    assert "would not be stored" in as_text(as_data(rehearsal), "en")


def test_a_failing_dry_run_leaves_everything_as_it_was(gate: Gate) -> None:
    before = everything(gate.replica)
    ontology = NamedNode("https://w3id.org/akteursmodell/ontology/actors")
    quads = frozenset({Quad(ontology, ontology, ontology, ontology)})
    with pytest.raises(ForbiddenError):
        gate.rehearse(ChangeSet(frozenset(), quads, "", ""), "de")
    assert everything(gate.replica) == before


def test_a_change_that_is_there_already_moves_nothing(gate: Gate) -> None:
    present = frozenset(list(gate.replica.quads(graph=graph_of(gate, "sites")))[:3])
    rehearsal = gate.rehearse(ChangeSet(frozenset(), present, "", ""), "de")
    assert rehearsal.change.is_empty
    assert rehearsal.difference.answers == ()
    assert rehearsal.difference.asked < rehearsal.questions
    assert "Alles steht schon so da" in as_text(as_data(rehearsal), "de")


def test_foreign_statements_ask_no_question_that_they_cannot_move(gate: Gate) -> None:
    foreign = NamedNode("http://example.org/x")
    quads = frozenset({Quad(foreign, foreign, foreign, GRAPH)})
    rehearsal = gate.rehearse(ChangeSet(frozenset(), quads, "", ""), "de")
    assert rehearsal.difference.answers == ()
    assert 0 < rehearsal.difference.asked < rehearsal.questions / 2


def test_the_text_names_rows_that_come_and_go(new_site: Rehearsal) -> None:
    text = as_text(as_data(new_site), "de")
    assert text.startswith("Probelauf: Was würde sich ändern?")
    assert "  + Treffpunkt Boisheim (Beispiel) · Boisheim · ASB Gemeinsam gGmbH · " in text
    assert "  − Boisheim · " in text
    assert f"Geänderte Antworten: {len(new_site.difference.answers)} von {len(catalogue())}" in text
    assert not {"Tripel", "Graph", "Knoten"} & set(text.replace(".", " ").split())
