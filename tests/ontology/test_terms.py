"""The ontology as files: what no query over the whole can see; the rest is in `checks/`."""

import re
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, SKOS

from akteursmodell import vocabulary
from akteursmodell.resources import data_files, ontology_files

AKM = rdflib.Namespace(vocabulary.AKM)
OWN = [f for f in ontology_files() if f.parent.name != "imports"]
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


def read(files: list[Path]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in files:
        graph.parse(file)
    return graph


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return read(ontology_files())


@pytest.fixture(scope="module")
def data() -> rdflib.Graph:
    return read(data_files())


def ours(graph: rdflib.Graph) -> set[rdflib.URIRef]:
    return {
        s
        for kind in KINDS
        for s in graph.subjects(RDF.type, kind)
        if isinstance(s, rdflib.URIRef) and s.startswith(AKM)
    }


def langs(graph: rdflib.Graph, node: rdflib.term.Node, *predicates: rdflib.URIRef) -> set[str]:
    return {
        str(o.language)
        for p in predicates
        for o in graph.objects(node, p)
        if isinstance(o, rdflib.Literal) and str(o).strip()
    }


def test_there_are_terms_and_concepts_to_check(ontology: rdflib.Graph) -> None:
    concepts = {c for c in ontology.subjects(RDF.type, SKOS.Concept) if str(c).startswith(AKM)}
    assert len(ours(ontology)) > 200
    assert len(concepts) > 150


def test_each_term_is_declared_in_one_file_only() -> None:
    declared = Counter(term for file in OWN for term in ours(read([file])))
    assert not [term for term, count in declared.items() if count > 1]


def test_every_thing_the_data_name_is_described(data: rdflib.Graph) -> None:
    things = {o for o in data.objects() if isinstance(o, rdflib.URIRef)}
    missing = {t for t in things if t.startswith(vocabulary.ID)} - set(data.subjects())
    assert not missing


def test_each_module_tells_version_licence_and_prefix(ontology: rdflib.Graph) -> None:
    for file in (f for f in OWN if f.parent.name == "ontology"):
        graph = read([file])
        (header,) = graph.subjects(RDF.type, OWL.Ontology)
        assert str(graph.value(header, OWL.versionIRI)).startswith(f"{header}/"), file
        assert graph.value(header, rdflib.DCTERMS.license), file
        assert langs(graph, header, rdflib.DCTERMS.title) == {"de", "en"}, file
    prefixes = rdflib.URIRef(vocabulary.PREFIXES["vann"] + "preferredNamespacePrefix")
    assert rdflib.Literal("akm") in set(ontology.objects(None, prefixes))


def test_the_terms_that_the_program_names_exist(root: Path, ontology: rdflib.Graph) -> None:
    known = {str(s).removeprefix(str(AKM)) for s in ontology.subjects()}
    sources = [*(root / "service").rglob("*.py"), *(root / "service").rglob("*.html")]
    questions = (root / "ontology" / "questions").glob("*.rq")
    for file in [*sources, *questions]:
        for name in re.findall(r"\bakm:([A-Za-z][\w-]*)", file.read_text(encoding="utf-8")):
            assert name in known, f"{file.name}: akm:{name}"
