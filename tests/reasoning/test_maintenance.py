"""The inferred graph after each edit is what the closure of the whole would be."""

import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reasoning.edits import EDITS, MODULE, ONTOLOGIES, Case, case

import akteursmodell.updates.inference
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.shipped import INFERRED, is_internal
from akteursmodell.graph.terms import BlankNode, NamedNode, Quad
from akteursmodell.reasoning.rules import compile_rules
from akteursmodell.resources import ontology_files
from akteursmodell.updates.inference import Inference, with_inferred
from akteursmodell.validation.rdf import read_graph
from akteursmodell.vocabulary import SYSTEM_GRAPH

EDITS_IN_ALL = int(os.environ.get("TEST_RANDOM_EDITS", "1000"))
SEED = int(os.environ.get("TEST_RANDOM_SEED", "1"))
A_CASE = 10
SHIPPED_EDITS = max(20, EDITS_IN_ALL // 50)
NONE: frozenset[Quad] = frozenset()


def follow(found: Case, inference: Inference, change: ChangeSet) -> None:
    """Make an edit by maintenance; building anew would lead to the same."""
    extended = inference.extended(change)
    assert extended == with_inferred(found.store, change)
    assert inference.concerns(change) or extended == change
    found.store.apply(extended)


@settings(
    max_examples=EDITS_IN_ALL // A_CASE, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(ONTOLOGIES, st.lists(EDITS, min_size=A_CASE, max_size=A_CASE))
def test_after_each_random_edit_the_inferred_graph_equals_the_closure_of_the_whole(
    ontology: list[str], edits: list[tuple[list[Quad], list[int]]]
) -> None:
    found = case(ontology)
    assert found.inferred() == found.expected()
    inference = Inference(found.store)
    for inserts, chosen in edits:
        follow(found, inference, found.change(inserts, chosen))
        assert found.inferred() == found.expected()


def test_after_each_edit_of_the_shipped_data_the_inferred_graph_equals_the_closure_of_the_whole(
    shipped: EmbeddedStore,
) -> None:
    """Each edit takes quads away, or puts some of those taken away back, or moves an object."""
    store = EmbeddedStore.replica_of(shipped, without=lambda graph: graph.value == SYSTEM_GRAPH)  # type: ignore[union-attr]
    found = Case(store, compile_rules(read_graph(ontology_files())))
    assert found.inferred() == found.expected()
    inference = Inference(store)
    chance = random.Random(SEED)
    data = sorted((q for q in found.entered if "/data/" in str(q.graph_name)), key=str)
    away: list[Quad] = []
    for _ in range(SHIPPED_EDITS):
        gone = [q for q in chance.sample(data, chance.choice([1, 3, 30])) if store.holds(q)]
        back = chance.sample(away, min(len(away), chance.choice([0, 2, 20])))
        moved = [Quad(q.subject, q.predicate, chance.choice(data).subject, q.graph_name)
                 for q in chance.sample(gone, min(2, len(gone)))]  # fmt: skip
        come = {q for q in (*back, *moved) if not store.holds(q)} - {*gone}
        follow(found, inference, ChangeSet(frozenset(gone), frozenset(come), "me", "test"))
        away += gone
    assert found.inferred() == found.expected()


CYCLE = ["<u:p> a owl:ObjectProperty , owl:TransitiveProperty , owl:SymmetricProperty ."]


def test_facts_that_only_prove_each_other_go_with_the_last_that_was_entered() -> None:
    found = case(CYCLE)
    a, b, p, graph = (NamedNode(f"u:{name}") for name in "abpg")
    quad = Quad(a, p, b, graph)
    inference = Inference(found.store)
    follow(found, inference, ChangeSet(NONE, frozenset({quad}), "me", "test"))
    assert {str(q.subject) for q in found.present} == {"<u:a>", "<u:b>"}
    assert len(found.present) == 3
    follow(found, inference, ChangeSet(frozenset({quad}), NONE, "me", "test"))
    assert found.present == set()


def test_the_delta_is_told_before_a_change_is_made_and_changes_nothing() -> None:
    found = case(CYCLE)
    quad = Quad(NamedNode("u:a"), NamedNode("u:p"), BlankNode("b"), NamedNode("u:g"))
    before = set(found.store.quads())
    delta = Inference(found.store).delta(ChangeSet(NONE, frozenset({quad}), "me", "test"))
    assert delta.deletes == NONE
    assert {q.graph_name for q in delta.inserts} == {NamedNode(INFERRED)}
    assert len(delta.inserts) == 3
    assert set(found.store.quads()) == before


@pytest.mark.parametrize(("count", "anew"), [(3, False), (3000, True)])
def test_what_touches_nearly_all_is_built_anew_and_little_is_not(
    monkeypatch: pytest.MonkeyPatch, count: int, *, anew: bool
) -> None:
    found = case(CYCLE)
    p, graph = NamedNode("u:p"), NamedNode("u:g")
    quads = frozenset(Quad(NamedNode(f"u:s{n}"), p, NamedNode(f"u:o{n}"), graph)
                      for n in range(count))  # fmt: skip
    assert len(quads) == count

    def never(*_: object) -> None:
        raise AssertionError("the other road was taken")

    road = "maintain" if anew else "rebuilt"
    monkeypatch.setattr(akteursmodell.updates.inference, road, never)
    delta = Inference(found.store).delta(ChangeSet(NONE, quads, "me", "test"))
    assert len(delta.inserts) == 3 * count


def test_nothing_follows_from_what_the_service_keeps_for_itself() -> None:
    found = case(CYCLE)
    graph = NamedNode(INFERRED.replace("inferred", "history/1"))
    assert is_internal(graph)
    quad = Quad(NamedNode("u:a"), NamedNode("u:p"), NamedNode("u:b"), graph)
    assert Inference(found.store).delta(ChangeSet(NONE, frozenset({quad}), "me", "test")) == (
        NONE,
        NONE,
    )
    assert MODULE in found.store.graphs()


def test_the_log_names_each_axiom_that_no_rule_stands_for(
    shipped: EmbeddedStore, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        Inference(shipped).tell_rules()
    skipped = compile_rules(read_graph(ontology_files())).skipped
    assert len(skipped) > 100
    for axiom in skipped:
        what, _, reason = axiom.partition(": ")
        assert any(reason in line and what in line for line in caplog.messages)


def test_building_anew_tells_how_far_it_is_and_stops_when_told(shipped: EmbeddedStore) -> None:
    nothing = ChangeSet(NONE, NONE, "me", "test")
    told: list[int] = []
    assert with_inferred(shipped, nothing, watch=told.append) == nothing
    assert told == [10_000]

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        with_inferred(shipped, nothing, watch=stop)
