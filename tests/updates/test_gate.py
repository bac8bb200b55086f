"""The gate: what is right is stored whole, what is wrong leaves no trace."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.updates.writing import WritingGate

import akteursmodell.updates.inference
from akteursmodell.errors import ForbiddenError, InputError, NotFoundError, SourceSyntaxError
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_text
from akteursmodell.graph.shipped import load_shipped
from akteursmodell.graph.terms import DefaultGraph, NamedNode, Quad, RdfFormat
from akteursmodell.updates.gate import (
    ChangeRejectedError,
    Outcome,
    Signature,
)
from akteursmodell.updates.inference import with_inferred
from akteursmodell.validation.model import Evaluation
from akteursmodell.validation.report import nothing_to_check

GRAPH = NamedNode("https://w3id.org/akteursmodell/data/test")
PREFIXES = """@prefix akm: <https://w3id.org/akteursmodell/ontology/> .
@prefix id: <https://w3id.org/akteursmodell/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SOURCE = """
id:source-test a akm:Source ; skos:prefLabel "Quelle"@de , "source"@en ;
    akm:address "https://example.org/"^^xsd:anyURI ; akm:accessState akm:access-archived-copy .
id:ev-test a akm:EvidenceItem ; akm:evidenceStatus akm:evidence-external ;
    akm:source id:source-test ; akm:readingState akm:reading-full ;
    akm:checkedOn "2026-11-23"^^xsd:date .
"""
GOOD = (
    PREFIXES
    + SOURCE
    + """id:task-test a akm:Task ; skos:prefLabel "Aufgabe"@de , "task"@en ;
    akm:evidence id:ev-test .
"""
)
BAD = (
    PREFIXES
    + """id:task-test a akm:Task ; skos:prefLabel "Aufgabe"@de , "task"@en .
"""
)


@pytest.fixture
def engine(store: EmbeddedStore) -> EmbeddedStore:
    load_shipped(store, data=False)
    return store


def load(
    store: EmbeddedStore,
    folder: Path,
    text: str,
    *,
    graph: NamedNode = GRAPH,
    replace_graph: bool = False,
) -> Outcome:
    file = folder / "x.ttl"
    file.write_text(text, encoding="utf-8")
    return WritingGate(store).load_file(
        file, graph, replace_graph=replace_graph, signature=Signature("me", "test")
    )


def everything(store: EmbeddedStore) -> set[Quad]:
    return set(store.quads())


def test_a_right_change_is_stored_and_counted(engine: EmbeddedStore, tmp_path: Path) -> None:
    before = engine.revision
    outcome = load(engine, tmp_path, GOOD)
    assert outcome.revision == engine.revision == before + 1
    assert len(list(engine.quads(graph=GRAPH))) == len(outcome.change.inserts) == 14
    assert outcome.report.conforms


def test_a_wrong_change_leaves_no_trace_and_says_why(engine: EmbeddedStore, tmp_path: Path) -> None:
    before = everything(engine)
    with pytest.raises(ChangeRejectedError) as caught:
        load(engine, tmp_path, BAD)
    assert everything(engine) == before
    (result,) = caught.value.report.of("violation")
    assert result.focus.endswith("task-test")
    assert "Beleg" in result.message.de
    assert (caught.value.status, caught.value.exit_code) == (422, 1)


def test_a_change_that_takes_evidence_away_is_refused_too(
    engine: EmbeddedStore, tmp_path: Path
) -> None:
    load(engine, tmp_path, GOOD)
    before = everything(engine)
    with pytest.raises(ChangeRejectedError):
        load(engine, tmp_path, BAD, replace_graph=True)
    assert everything(engine) == before


def test_what_is_already_there_is_no_change(engine: EmbeddedStore, tmp_path: Path) -> None:
    first = load(engine, tmp_path, GOOD)
    second = load(engine, tmp_path, GOOD, replace_graph=True)
    assert second.change.is_empty
    assert second.revision == first.revision


def test_replacing_removes_what_the_file_lacks(engine: EmbeddedStore, tmp_path: Path) -> None:
    load(engine, tmp_path, GOOD + "id:source-test akm:publisher 'x' .")
    outcome = load(engine, tmp_path, GOOD, replace_graph=True)
    assert (len(outcome.change.deletes), len(outcome.change.inserts)) == (1, 0)


@pytest.mark.parametrize("name", ["ontology/actors", "shapes/actors", "system"])
def test_graphs_of_the_release_are_not_writable(
    engine: EmbeddedStore, tmp_path: Path, name: str
) -> None:
    before = everything(engine)
    with pytest.raises(ForbiddenError):
        load(engine, tmp_path, GOOD, graph=NamedNode("https://w3id.org/akteursmodell/" + name))
    assert everything(engine) == before


def test_a_file_with_graphs_of_its_own_is_held_to_the_same(
    engine: EmbeddedStore, tmp_path: Path
) -> None:
    file = tmp_path / "x.trig"
    file.write_text(
        "<https://w3id.org/akteursmodell/ontology/actors> { <http://a/s> <http://a/p> 'x' }"
    )
    with pytest.raises(ForbiddenError):
        WritingGate(engine).load_file(
            file, GRAPH, replace_graph=False, signature=Signature("me", "test")
        )


def test_a_change_without_a_reason_or_with_a_broken_file_never_begins(
    engine: EmbeddedStore, tmp_path: Path
) -> None:
    file = tmp_path / "x.ttl"
    file.write_text("this is no turtle")
    for reason, error in (("  ", InputError), ("why", SourceSyntaxError)):
        with pytest.raises(error):
            WritingGate(engine).load_file(
                file, GRAPH, replace_graph=False, signature=Signature("me", reason)
            )


ME = Signature("me", "test")
X = NamedNode("http://example.org/x")
SYSTEM = "https://w3id.org/akteursmodell/system"
INFERRED = NamedNode("https://w3id.org/akteursmodell/inferred")


def turtle(text: str) -> list[Quad]:
    return read_text(text, RdfFormat.TURTLE, name="test")


def replica(gate: WritingGate) -> set[Quad]:
    return set(gate._trial.replica.quads())


def entered(store: EmbeddedStore) -> set[Quad]:
    internal = (SYSTEM, INFERRED.value)
    return {q for q in store.quads() if not str(q.graph_name).strip("<>").startswith(internal)}


def test_a_graph_is_put_posted_and_deleted(store: EmbeddedStore) -> None:
    gate = WritingGate(store)
    one, other = turtle("<u:a> <u:b> 01 ."), turtle("<u:a> <u:b> 2 .")
    put = gate.put_graph(GRAPH, one, ME)
    assert put.change.created == {GRAPH}
    assert len(put.change.inserts) == 1
    assert gate.put_graph(GRAPH, one, ME).change.is_empty
    posted = gate.post_graph(GRAPH, [*one, *other], ME)
    assert len(posted.change.inserts) == 1
    assert not posted.change.created
    assert len(gate.put_graph(GRAPH, other, ME).change.deletes) == 1
    emptied = gate.put_graph(GRAPH, [], ME)
    assert len(emptied.change.deletes) == 1
    assert not emptied.change.dropped
    assert gate.delete_graph(GRAPH, ME).change.dropped == {GRAPH}
    with pytest.raises(NotFoundError, match="data/test"):
        gate.delete_graph(GRAPH, ME)
    assert store.revision == gate.revision == 5


def test_the_default_graph_can_be_put_and_emptied(store: EmbeddedStore) -> None:
    gate = WritingGate(store, strict_default=True)
    (quad,) = gate.put_graph(None, turtle("<u:a> <u:b> 1 ."), ME).change.inserts
    assert isinstance(quad.graph_name, DefaultGraph)
    assert gate.delete_graph(None, ME).change.deletes == {quad}
    assert gate.delete_graph(None, ME).change.is_empty


def test_blank_nodes_of_two_uploads_are_different_nodes(store: EmbeddedStore) -> None:
    gate = WritingGate(store)
    for number in (1, 2):
        gate.post_graph(GRAPH, turtle(f"_:a <u:number> {number} ; <u:self> _:a ."), ME)
    nodes = {q.subject for q in store.quads(graph=GRAPH)}
    assert len(nodes) == 2
    assert all(q.object == q.subject for q in store.quads(None, NamedNode("u:self")))


@pytest.mark.parametrize("name", ["ontology/actors", "shapes/actors", "inferred", "history/1"])
def test_no_graph_of_the_release_is_put_posted_or_deleted(engine: EmbeddedStore, name: str) -> None:
    gate = WritingGate(engine)
    graph = NamedNode("https://w3id.org/akteursmodell/" + name)
    before = everything(engine)
    for write in (gate.put_graph, gate.post_graph):
        with pytest.raises(ForbiddenError):
            write(graph, turtle("<u:a> <u:b> 1 ."), ME)
    with pytest.raises((ForbiddenError, NotFoundError)):
        gate.delete_graph(graph, ME)
    assert everything(engine) == before
    assert replica(gate) == entered(engine)


def test_replaying_what_was_committed_makes_a_copy_equal(engine: EmbeddedStore) -> None:
    gate = WritingGate(engine)
    copy = EmbeddedStore.replica_of(engine, without=lambda _: False)
    first = gate.put_graph(GRAPH, turtle(GOOD), ME)
    assert INFERRED in first.committed.graphs
    assert INFERRED not in first.change.graphs
    second = gate.update("DROP GRAPH <https://w3id.org/akteursmodell/data/test>", signature=ME)
    assert INFERRED in second.committed.graphs
    gate.put_graph(X, turtle("<u:a> <u:b> [] ."), ME)
    for outcome in (first, second):
        copy.replay(ChangeSet.from_bytes(outcome.committed.to_bytes()))
    gate.delete_graph(X, ME)
    without = {q for q in copy.quads() if str(q.graph_name) != f"<{SYSTEM}>"}
    assert without == {q for q in engine.quads() if str(q.graph_name) != f"<{SYSTEM}>"}
    assert replica(gate) == entered(engine)


def test_what_is_refused_leaves_store_and_replica_as_they_were(engine: EmbeddedStore) -> None:
    gate = WritingGate(engine)
    gate.put_graph(GRAPH, turtle(GOOD), ME)
    before, graphs = everything(engine), engine.named_graphs()
    bad = "INSERT DATA { GRAPH <u:new> { id:task-test a akm:Task . <u:a> <u:b> [] } }"
    with pytest.raises(ChangeRejectedError):
        gate.update(f"CREATE GRAPH <u:more> ; {bad}; DROP GRAPH <{GRAPH.value}>", signature=ME)
    assert everything(engine) == before
    assert engine.named_graphs() == graphs
    assert replica(gate) == entered(engine)
    assert set(gate._trial.replica.named_graphs()) == {
        g for g in graphs if not g.value.startswith((SYSTEM, INFERRED.value))
    }


def test_a_store_in_a_folder_goes_the_same_road_and_is_there_again(tmp_path: Path) -> None:
    store = EmbeddedStore.open(tmp_path / "store", create=True)
    gate = WritingGate(store)
    gate.put_graph(GRAPH, turtle("<u:a> <u:b> [ <u:c> 1 ] ."), ME)
    text = "DELETE { ?s <u:c> 1 } INSERT { ?s <u:c> 2 , [] } WHERE { ?a <u:b> ?s . ?s <u:c> 1 }"
    done = gate.update(f"WITH <{GRAPH.value}> {text}", signature=ME)
    assert (len(done.change.deletes), len(done.change.inserts)) == (1, 2)
    before = everything(store)
    store.close()
    again = EmbeddedStore.open(tmp_path / "store")
    assert everything(again) == before
    assert replica(WritingGate(again)) == replica(gate) == entered(again)
    again.close()


def test_a_store_that_fails_leaves_the_replica_equal_to_it(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = WritingGate(store)
    gate.put_graph(GRAPH, turtle("<u:a> <u:b> 1 ."), ME)

    def fail(_: ChangeSet) -> int:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(store, "apply", fail)
        with pytest.raises(OSError, match="disk full"):
            gate.delete_graph(GRAPH, ME)
    assert replica(gate) == entered(store) != set()
    assert gate.delete_graph(GRAPH, ME).revision == 2


def test_a_change_made_elsewhere_is_submitted_and_dropping_takes_the_quads_along(
    store: EmbeddedStore,
) -> None:
    gate = WritingGate(store)
    done = gate.put_graph(GRAPH, turtle("<u:a> <u:b> 1 ."), ME)
    (quad,) = done.change.inserts
    assert gate.submit(done.change).change.is_empty
    drop = ChangeSet(frozenset(), frozenset(), "me", "test", dropped=frozenset({GRAPH}))
    dropped = gate.submit(drop)
    assert dropped.change.deletes == {quad}
    back = replace(dropped.change.inverse(), base=None)
    assert gate.submit(back).change.inserts == {quad}
    assert entered(store) == {quad}


def test_a_foreign_change_is_neither_validated_nor_inferred_from(
    engine: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = WritingGate(engine)

    def never(*_: object) -> None:
        raise AssertionError("the whole store was read")

    monkeypatch.setattr(Evaluation, "findings", never)
    monkeypatch.setattr(akteursmodell.updates.inference, "closure", never)
    monkeypatch.setattr(akteursmodell.updates.inference, "maintain", never)
    outcome = gate.put_graph(X, turtle("<u:a> <u:b> [ a <u:C> ] ."), ME)
    assert outcome.report.conforms
    assert "conforms true" in outcome.report.as_turtle()
    assert outcome.committed == outcome.change


CHANGES = {
    "INSERT DATA { GRAPH <u:g> { id:three akm:within id:four } }": True,
    "INSERT DATA { GRAPH <u:g> { id:one akm:within id:three } }": True,
    "INSERT DATA { GRAPH <u:g> { id:one a akm:Fact } }": True,
    "INSERT DATA { GRAPH <u:g> { <u:a> skos:broader <u:b> } }": True,
    "DELETE WHERE { GRAPH <u:h> { id:two akm:within ?other } }": True,
    "DELETE DATA { GRAPH <u:h> { id:one a akm:Actor } }": True,
    "DROP GRAPH <u:h>": True,
    "INSERT DATA { GRAPH <u:g> { <u:a> a <u:C> ; <u:p> akm:Actor , [] } }": False,
    "DELETE WHERE { GRAPH <u:h> { id:one skos:prefLabel ?label } }": False,
    "INSERT DATA { GRAPH <u:g> { id:two skos:prefLabel 'two'@en } }": False,
}


@pytest.mark.parametrize(("text", "concerned"), CHANGES.items())
def test_what_a_change_entails_is_what_a_closure_of_the_whole_says(
    engine: EmbeddedStore, text: str, *, concerned: bool
) -> None:
    data = """id:one a akm:OrganisationalUnit , akm:Actor ; skos:prefLabel "x"@de ;
    akm:within id:two . id:two akm:within id:three ."""
    start = engine.canonical(
        read_text(PREFIXES + data, RdfFormat.TURTLE, NamedNode("u:h"), name="test")
    )
    engine.apply(with_inferred(engine, ChangeSet(frozenset(), start, "me", "test")))
    gate = WritingGate(engine, validator=lambda *_: nothing_to_check())
    copy = EmbeddedStore.replica_of(engine, without=lambda _: False)
    outcome = gate.update(text, signature=ME)
    expected = with_inferred(copy, outcome.change)
    assert outcome.committed == expected
    assert (outcome.committed != outcome.change) == concerned
