import pytest

from akteursmodell.errors import ForbiddenError, NotAcceptableError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import Literal, NamedNode
from akteursmodell.query.execution import answer
from akteursmodell.query.labels import best, labels
from akteursmodell.query.results import GRAPHS, ROWS, by_name, formats_for, write


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { sErViCe#x\n SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { FILTER(1<2)SERVICE<http://127.0.0.1:9/>{} }",
        "LOAD <http://127.0.0.1:9/>",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "DROP ALL",
    ],
)
def test_calls_to_the_outside_and_updates_are_refused(store: EmbeddedStore, query: str) -> None:
    with pytest.raises(ForbiddenError):
        answer(store, query)


def test_the_same_words_are_fine_where_they_are_no_keywords(store: EmbeddedStore) -> None:
    query = 'SELECT ?load { BIND("SERVICE" AS ?load) } # LOAD'
    assert write(answer(store, query), ROWS[2]) == b"load\r\nSERVICE\r\n"


def test_each_format_of_rows_is_written(store: EmbeddedStore) -> None:
    query = 'SELECT ?a { VALUES ?a { "ü" } }'
    written = {f.name: write(answer(store, query), f) for f in ROWS}
    assert b'"bindings":[{"a":{"type":"literal","value":"\xc3\xbc"}}]' in written["json"]
    assert b"<literal>\xc3\xbc</literal>" in written["xml"]
    assert written["csv"] == b"a\r\n\xc3\xbc\r\n"
    assert written["tsv"] == b'?a\n"\xc3\xbc"\n'


def test_each_format_of_graphs_is_written(store: EmbeddedStore) -> None:
    query = "CONSTRUCT { id:a akm:b 'c' } {}"
    written = {f.name: write(answer(store, query), f).decode() for f in GRAPHS}
    assert 'id:a akm:b "c" .' in written["turtle"]
    assert '"@id":"https://w3id.org/akteursmodell/id/a"' in written["jsonld"].replace(" ", "")
    assert written["ntriples"].count("\n") == 1
    assert "rdf:Description" in written["rdfxml"]


def test_an_unknown_format_lists_those_that_exist(store: EmbeddedStore) -> None:
    formats = formats_for(answer(store, "ASK {}"))
    assert by_name(formats, "TEXT/CSV").name == "csv"
    with pytest.raises(NotAcceptableError) as caught:
        by_name(formats, "pdf")
    assert caught.value.hint is not None
    assert "application/sparql-results+json" in caught.value.hint.en


def test_words_fall_back_from_the_asked_language_to_german_english_any() -> None:
    de, en, fr = (Literal(t, language=t) for t in ("de", "en", "fr"))
    assert best([fr, en, de], "en") == "en"
    assert best([fr, en, de], "de") == "de"
    assert best([fr, en], "de") == "en"
    assert best([fr, de], "en") == "de"
    assert best([fr], "de") == "fr"


def test_a_thing_without_label_is_called_by_its_local_name(shipped: EmbeddedStore) -> None:
    nameless = NamedNode("http://example.org/things#one")
    town = NamedNode("https://w3id.org/akteursmodell/id/org-town-viersen")
    words = labels(shipped, [nameless, town, Literal("x")], "de")
    assert words == {nameless: "one", town: "Stadt Viersen", Literal("x"): "x"}
