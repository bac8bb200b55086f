from pathlib import Path

import pytest

from akteursmodell.errors import InputError, NotRdfError, SourceSyntaxError
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import graph_of, read_file
from akteursmodell.graph.shipped import load_shipped
from akteursmodell.graph.terms import DefaultGraph, NamedNode
from akteursmodell.resources import data_files, ontology_files

GRAPH = NamedNode("http://example.org/g")


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        ("ttl", "<http://a/s> <http://a/p> 'x' ."),
        ("nt", '<http://a/s> <http://a/p> "x" .'),
        ("trig", "<http://a/s> <http://a/p> 'x' ."),
        ("jsonld", '{"@id": "http://a/s", "http://a/p": "x"}'),
        (
            "rdf",
            '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="http://a/">'
            '<r:Description r:about="http://a/s"><a:p>x</a:p></r:Description></r:RDF>',
        ),
    ],
)
def test_every_known_format_is_read_into_the_graph(tmp_path: Path, ending: str, text: str) -> None:
    file = tmp_path / f"x.{ending}"
    file.write_text(text)
    (quad,) = read_file(file, GRAPH)
    assert str(quad) == '<http://a/s> <http://a/p> "x" <http://example.org/g>'
    assert isinstance(read_file(file)[0].graph_name, DefaultGraph)


def test_a_syntax_fault_names_file_line_column_and_text(tmp_path: Path) -> None:
    file = tmp_path / "bad.ttl"
    file.write_text("@prefix a: <http://a/> .\na:s a:p 'x' .\na:s a:p nothing .\n")
    with pytest.raises(SourceSyntaxError) as caught:
        read_file(file)
    fault = caught.value
    assert (fault.line, fault.column) == (3, 9)
    assert "bad.ttl" in str(fault)
    assert "a:s a:p nothing ." in str(fault)


def test_what_is_no_rdf_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "table.xlsx").write_bytes(b"PK")
    with pytest.raises(NotRdfError, match="does not end like an RDF file"):
        read_file(tmp_path / "table.xlsx")
    (tmp_path / "latin.ttl").write_bytes("# Dülken".encode("latin-1"))
    with pytest.raises(NotRdfError, match="not UTF-8"):
        read_file(tmp_path / "latin.ttl")
    with pytest.raises(InputError, match="cannot be read"):
        read_file(tmp_path / "missing.ttl")


def test_a_remote_json_ld_context_is_not_fetched(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonld"
    file.write_text('{"@context": "http://127.0.0.1:9/context", "@id": "http://a/s", "p": 1}')
    with pytest.raises(SourceSyntaxError):
        read_file(file)


def test_loading_twice_changes_nothing_and_every_file_is_a_graph(store: EmbeddedStore) -> None:
    assert load_shipped(store) > 5000
    assert load_shipped(store) == 0
    assert set(store.graphs()) == {graph_of(f) for f in [*data_files(), *ontology_files()]}


def test_the_ontology_follows_the_release_and_edited_data_stay(store: EmbeddedStore) -> None:
    load_shipped(store)
    data = next(iter(store.quads(graph=graph_of(data_files()[0]))))
    term = next(iter(store.quads(graph=graph_of(ontology_files()[0]))))
    store.apply(ChangeSet(frozenset({data, term}), frozenset(), "test", "test"))
    assert load_shipped(store) == 1
    assert list(store.quads(term.subject, term.predicate, term.object)) == [term]
    assert not list(store.quads(data.subject, data.predicate, data.object, data.graph_name))


def test_an_empty_store_has_the_ontology_only(store: EmbeddedStore) -> None:
    load_shipped(store, data=False)
    assert set(store.graphs()) == {graph_of(f) for f in ontology_files()}
