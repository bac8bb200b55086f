import gzip
import io
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

import brotli
import pytest
import zstandard

from akteursmodell.errors import ForbiddenError, NotAcceptableError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import Literal, NamedNode
from akteursmodell.query.encodings import CODINGS, compressor
from akteursmodell.query.execution import answer
from akteursmodell.query.labels import best, labels
from akteursmodell.query.results import GRAPHS, ROWS, XmlSink, by_name, formats_for, write


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { sErViCe#x\n SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { FILTER(1<2)SERVICE<http://127.0.0.1:9/>{} }",
    ],
)
def test_calls_to_the_outside_are_refused(store: EmbeddedStore, query: str) -> None:
    with pytest.raises(ForbiddenError):
        answer(store, query)


def test_the_same_words_are_fine_where_they_are_no_keywords(store: EmbeddedStore) -> None:
    query = 'SELECT ?load { BIND("SERVICE" AS ?load) } # LOAD'
    assert write(answer(store, query), ROWS[2]) == b"load\r\nSERVICE\r\n"


def test_each_format_of_rows_is_written(store: EmbeddedStore) -> None:
    query = 'SELECT ?a { VALUES ?a { "ü" } }'
    written = {f.name: write(answer(store, query), f) for f in ROWS}
    assert set(written) == {"json", "xml", "csv", "tsv", "xlsx"}
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


def test_xml_stays_well_formed_whatever_a_text_holds(store: EmbeddedStore) -> None:
    query = r'SELECT ("a\u0001b\uFFFEc" AS ?x) {}'
    xml = write(answer(store, query), by_name(ROWS, "xml"))
    parsed = ElementTree.fromstring(xml)
    assert [
        each.text for each in parsed.iter("{http://www.w3.org/2005/sparql-results#}literal")
    ] == ["a\ufffdb\ufffdc"]


def test_a_character_that_xml_cannot_hold_is_found_across_pieces() -> None:
    whole = io.BytesIO()
    sink = XmlSink(whole)
    for data in (b"a\xef", b"\xbf", b"\xbeb\xef\xbf\xbdc\x00", b"d\xef"):
        sink.write(data)
    sink.finish()
    assert whole.getvalue() == "a\ufffdb\ufffdc\ufffdd".encode() + b"\xef"


def test_a_workbook_keeps_kinds_and_runs_no_formula(store: EmbeddedStore) -> None:
    query = """SELECT * { VALUES (?text ?number ?day ?flag ?iri ?big ?old) {
      ("=1+1" 4.5 "2026-11-25"^^xsd:date true <https://example.org/=x> 1234567890123456789
       "0800-01-01"^^xsd:date) (UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF) } }"""
    with zipfile.ZipFile(io.BytesIO(write(answer(store, query), by_name(ROWS, "xlsx")))) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        shared = [
            "".join(each.itertext())
            for each in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    cells = {
        str(cell.get("r")): (cell.get("t", "n"), "".join(cell.itertext()))
        for cell in sheet.iter(main + "c")
    }
    cells = {
        place: (kind, shared[int(text)] if kind == "s" else text)
        for place, (kind, text) in cells.items()
    }
    heads = {cells[f"{column}1"][1]: cells.get(f"{column}2") for column in "ABCDEFG"}
    assert heads == {
        "text": ("s", "=1+1"),
        "number": ("n", "4.5"),
        "day": ("n", "46351"),
        "flag": ("b", "1"),
        "iri": ("s", "https://example.org/=x"),
        "big": ("s", "1234567890123456789"),
        "old": ("s", "0800-01-01"),
    }
    assert not list(sheet.iter(main + "f"))
    assert not any(name.endswith("3") for name in cells)


@pytest.mark.parametrize("coding", CODINGS)
def test_each_coding_can_be_read_again(coding: str) -> None:
    pieces = [b"a" * 1000, b"", bytes(range(256)) * 100]
    stream = compressor(coding)
    packed = b"".join(stream.compress(piece) for piece in pieces) + stream.flush()
    readers: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.decompress,
        "br": brotli.decompress,
        "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
    }
    assert readers[coding](packed) == b"".join(pieces)
