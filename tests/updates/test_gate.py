"""The gate: what is right is stored whole, what is wrong leaves no trace."""

from pathlib import Path

import pytest

from akteursmodell.errors import ForbiddenError, InputError, SourceSyntaxError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.shipped import load_shipped
from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.updates.gate import (
    ChangeRejectedError,
    Outcome,
    Signature,
    change_from_file,
    submit,
)

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
    change = change_from_file(
        store, file, graph, replace_graph=replace_graph, signature=Signature("me", "test")
    )
    return submit(store, change)


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
    change = change_from_file(
        engine, file, GRAPH, replace_graph=False, signature=Signature("me", "test")
    )
    with pytest.raises(ForbiddenError):
        submit(engine, change)


def test_a_change_without_a_reason_or_with_a_broken_file_never_begins(
    engine: EmbeddedStore, tmp_path: Path
) -> None:
    file = tmp_path / "x.ttl"
    file.write_text("this is no turtle")
    for reason, error in (("  ", InputError), ("why", SourceSyntaxError)):
        with pytest.raises(error):
            change_from_file(
                engine, file, GRAPH, replace_graph=False, signature=Signature("me", reason)
            )
