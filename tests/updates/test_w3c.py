"""The W3C tests of SPARQL 1.1 Update, each request through the gate."""

from pathlib import Path

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, RDFS
from tests.updates.writing import WritingGate
from tests.w3c import conformance_folder

from akteursmodell.errors import SourceSyntaxError
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_file
from akteursmodell.graph.terms import DefaultGraph, NamedNode, Quad
from akteursmodell.graph.tokens import one_reading
from akteursmodell.updates.gate import Signature
from akteursmodell.updates.request import read_request
from akteursmodell.validation.rdf import to_graph
from akteursmodell.validation.report import nothing_to_check

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
FOLDER = conformance_folder("rdf-tests-data")
ME = Signature("me", "test")
BASE = NamedNode("http://example.org/base/")


def entries() -> list[tuple[rdflib.Graph, rdflib.term.Node]]:
    """Return all entries of all manifests that the manifest of SPARQL 1.1 Update includes."""
    top = FOLDER / "manifest-sparql11-update.ttl"
    found = []
    for file in listed(rdflib.Graph().parse(top), MF.include):
        manifest = rdflib.Graph().parse(path(file))
        found += [(manifest, entry) for entry in listed(manifest, MF.entries)]
    return found


def listed(manifest: rdflib.Graph, predicate: rdflib.URIRef) -> list[rdflib.term.Node]:
    return [
        item for head in manifest.objects(None, predicate) for item in Collection(manifest, head)
    ]


def path(file: rdflib.term.Node | None) -> Path:
    return Path(str(file).removeprefix("file://"))


ENTRIES = entries()


def of_kind(kind: str) -> list[object]:
    return [
        pytest.param(manifest, entry, id=str(entry).rsplit("data-sparql11/", 1)[-1])
        for manifest, entry in ENTRIES
        if (entry, RDF.type, MF[kind]) in manifest
    ]


def dataset(manifest: rdflib.Graph, node: rdflib.term.Node | None) -> set[Quad]:
    """Return the quads that a manifest describes as data, or as the result."""
    quads: set[Quad] = set()
    for file in manifest.objects(node, UT.data):
        quads |= set(read_file(path(file)))
    for part in manifest.objects(node, UT.graphData):
        name = NamedNode(str(manifest.value(part, RDFS.label)))
        quads |= set(read_file(path(manifest.value(part, UT.graph)), name))
    return quads


def same(one: set[Quad], other: set[Quad]) -> bool:
    """Whether two datasets are equal graph by graph, up to the names of blank nodes."""
    names = {quad.graph_name for quad in one | other}
    return all(
        isomorphic(
            to_graph(q for q in one if q.graph_name == name),
            to_graph(q for q in other if q.graph_name == name),
        )
        for name in names
    )


def content(store: EmbeddedStore) -> set[Quad]:
    return {quad for quad in store.quads() if "akteursmodell/system" not in str(quad.graph_name)}


@pytest.mark.parametrize(("manifest", "entry"), of_kind("UpdateEvaluationTest"))
def test_an_update_leaves_what_the_standard_says(
    manifest: rdflib.Graph, entry: rdflib.term.Node, store: EmbeddedStore
) -> None:
    action = manifest.value(entry, MF.action)
    data = store.canonical(dataset(manifest, action))
    store.apply(ChangeSet(frozenset(), data, "test", "test"))
    gate = WritingGate(store, strict_default=True, validator=lambda *_: nothing_to_check())
    request = path(manifest.value(action, UT.request)).read_text(encoding="utf-8")
    gate.update(request, base=BASE, signature=ME)
    expected = set(store.canonical(dataset(manifest, manifest.value(entry, MF.result))))
    assert same(content(store), expected)


@pytest.mark.parametrize(("manifest", "entry"), of_kind("PositiveUpdateSyntaxTest11"))
def test_what_the_standard_allows_is_read(manifest: rdflib.Graph, entry: rdflib.term.Node) -> None:
    request = path(manifest.value(entry, MF.action)).read_text(encoding="utf-8")
    read_request(one_reading(request), BASE)


@pytest.mark.parametrize(("manifest", "entry"), of_kind("NegativeUpdateSyntaxTest11"))
def test_what_the_standard_forbids_is_a_fault_with_a_place(
    manifest: rdflib.Graph, entry: rdflib.term.Node, store: EmbeddedStore
) -> None:
    request = path(manifest.value(entry, MF.action)).read_text(encoding="utf-8")
    with pytest.raises(SourceSyntaxError):
        WritingGate(store, strict_default=True).update(request, base=BASE, signature=ME)


def test_the_manifests_hold_as_many_tests_as_the_standard() -> None:
    assert len(of_kind("UpdateEvaluationTest")) == 94
    assert len(of_kind("PositiveUpdateSyntaxTest11")) == 42
    assert len(of_kind("NegativeUpdateSyntaxTest11")) == 13


def test_the_comparison_tells_different_datasets_apart() -> None:
    s, p, g = (NamedNode("urn:" + name) for name in "spg")
    assert not same({Quad(s, p, s, g)}, {Quad(s, p, s, DefaultGraph())})
    assert not same({Quad(s, p, s, g)}, {Quad(s, p, s, g), Quad(s, p, p, g)})
