"""The ontology as a text: every term is named, explained, and declared where it is used."""

import re
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

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


def test_every_term_has_label_and_definition_in_both_languages(ontology: rdflib.Graph) -> None:
    terms = ours(ontology)
    assert len(terms) > 200
    for term in terms:
        assert langs(ontology, term, RDFS.label) == {"de", "en"}, term
        assert langs(ontology, term, SKOS.definition) == {"de", "en"}, term
        assert len(list(ontology.objects(term, RDFS.isDefinedBy))) == 1, term


def test_every_concept_has_label_definition_and_scheme(ontology: rdflib.Graph) -> None:
    concepts = {c for c in ontology.subjects(RDF.type, SKOS.Concept) if str(c).startswith(str(AKM))}
    assert len(concepts) > 150
    for concept in concepts:
        assert langs(ontology, concept, SKOS.prefLabel) == {"de", "en"}, concept
        assert langs(ontology, concept, SKOS.definition) == {"de", "en"}, concept
        assert list(ontology.objects(concept, SKOS.inScheme)), concept


def test_each_term_is_declared_in_one_file_only() -> None:
    declared = Counter(term for file in OWN for term in ours(read([file])))
    assert not [term for term, count in declared.items() if count > 1]


def test_what_the_data_use_is_declared_and_named_in_both_languages(
    ontology: rdflib.Graph, data: rdflib.Graph
) -> None:
    used = set(data.predicates()) | set(data.objects(None, RDF.type))
    for term in used:
        assert langs(ontology, term, RDFS.label) >= {"de", "en"}, term
        if str(term).startswith(str(AKM)):
            assert term in ours(ontology), term


def test_every_concept_the_data_name_exists(ontology: rdflib.Graph, data: rdflib.Graph) -> None:
    known = set(ontology.subjects())
    named = {o for o in data.objects() if isinstance(o, rdflib.URIRef) and o.startswith(AKM)}
    assert named <= known


def test_every_thing_the_data_name_is_described(data: rdflib.Graph) -> None:
    things = {o for o in data.objects() if isinstance(o, rdflib.URIRef)}
    missing = {t for t in things if t.startswith(vocabulary.ID)} - set(data.subjects())
    assert not missing


def test_no_term_of_the_ontology_is_named_but_not_declared(ontology: rdflib.Graph) -> None:
    terms = {t for triple in ontology for t in triple if isinstance(t, rdflib.URIRef)}
    subjects = set(ontology.subjects())
    missing = {t for t in terms if t.startswith(AKM) and t not in subjects}
    assert not {t for t in missing if not str(t).endswith("/0.1.0")}


def test_properties_that_are_not_simple_carry_no_cardinality(ontology: rdflib.Graph) -> None:
    transitive = set(ontology.subjects(RDF.type, OWL.TransitiveProperty))
    chained = set(ontology.subjects(OWL.propertyChainAxiom))
    complex_ones = transitive | chained
    for _ in range(5):
        complex_ones |= {
            sup for p in complex_ones for sup in ontology.objects(p, RDFS.subPropertyOf)
        }
    assert AKM.dependsOn in complex_ones
    restricted = {
        ontology.value(node, OWL.onProperty)
        for kind in (
            OWL.cardinality,
            OWL.minCardinality,
            OWL.maxCardinality,
            OWL.qualifiedCardinality,
            OWL.minQualifiedCardinality,
            OWL.maxQualifiedCardinality,
            OWL.hasSelf,
        )
        for node in ontology.subjects(kind)
    }
    simple_only = {
        p
        for kind in (
            OWL.FunctionalProperty,
            OWL.InverseFunctionalProperty,
            OWL.IrreflexiveProperty,
            OWL.AsymmetricProperty,
        )
        for p in ontology.subjects(RDF.type, kind)
    }
    assert not complex_ones & (restricted | simple_only)


def test_no_property_is_of_two_kinds(ontology: rdflib.Graph) -> None:
    objects = set(ontology.subjects(RDF.type, OWL.ObjectProperty))
    datatypes = set(ontology.subjects(RDF.type, OWL.DatatypeProperty))
    annotations = set(ontology.subjects(RDF.type, OWL.AnnotationProperty))
    assert not objects & datatypes
    assert not (objects | datatypes) & annotations


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
