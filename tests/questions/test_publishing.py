"""The questions as SIB examples, as OWLUnit tests, and as grlc reads their files."""

import re
from pathlib import Path
from typing import Any

import pytest
import rdflib
import yaml
from rdflib.namespace import OWL, RDF, RDFS, SDO, SH
from rdflib.plugins.sparql import prepareQuery

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import QuerySolutions, RdfFormat, Triple, write_triples
from akteursmodell.questions.catalogue import Question, catalogue
from akteursmodell.questions.parameters import bind
from akteursmodell.questions.publishing import SUITE, examples, owlunit
from akteursmodell.resources import question_files
from akteursmodell.vocabulary import AKM, PREFIXES

ENDPOINT = "http://127.0.0.1:8000/sparql"
BASE = "http://127.0.0.1:8000/.well-known/sparql-examples"
UNIT = rdflib.Namespace(PREFIXES["owlunit"])
SCHEMA = rdflib.Namespace("http://www.ontologydesignpatterns.org/schemas/testannotationschema.owl#")
# grlc's documented names (https://grlc.io): ?_name, ?__name where optional, then _iri, _number,
# _literal or _integer, or _prefix_datatype, or else the tag of a language.
GRLC = re.compile(r"\?__?(?P<name>[A-Za-z0-9]+)(?:_(?P<rest>[A-Za-z0-9]+(?:_[A-Za-z0-9]+)?))?")
GRLC_TYPES = {"iri", "number", "literal", "integer"}


def graph(triples: list[Triple]) -> rdflib.Graph:
    text = write_triples(triples, RdfFormat.TURTLE)
    return rdflib.Graph().parse(data=text, format="turtle")


@pytest.fixture(scope="module")
def published() -> rdflib.Graph:
    return graph(examples(ENDPOINT, BASE))


@pytest.fixture(scope="module")
def suite() -> rdflib.Graph:
    return graph(owlunit())


def named(file: Path) -> str:
    return file.stem


def test_each_question_is_an_example_in_both_languages(published: rdflib.Graph) -> None:
    for question in catalogue().values():
        about = rdflib.URIRef(f"{BASE}/{question.slug}")
        kinds = set(published.objects(about, RDF.type))
        assert kinds == {SH.SPARQLExecutable, SH.SPARQLSelectExecutable}
        assert set(published.objects(about, RDFS.comment)) == {
            rdflib.Literal(question.title.de, lang="de"),
            rdflib.Literal(question.title.en, lang="en"),
        }
        assert {str(k) for k in published.objects(about, SDO.keywords)} == set(question.tags)
        assert published.value(about, SDO.target) == rdflib.URIRef(ENDPOINT)


def test_examples_declare_the_prefixes_once_and_without_blank_nodes(
    published: rdflib.Graph,
) -> None:
    declared = {
        str(published.value(node, SH.prefix)): str(published.value(node, SH.namespace))
        for node in published.objects(rdflib.URIRef(f"{BASE}/prefixes"), SH.declare)
    }
    assert declared == PREFIXES
    assert not [t for triple in published for t in triple if isinstance(t, rdflib.BNode)]


def test_a_base_that_ends_with_a_slash_gives_the_same_names() -> None:
    assert examples(ENDPOINT, BASE) == examples(ENDPOINT, BASE + "/")


@pytest.mark.parametrize("question", catalogue().values(), ids=lambda question: question.id)
def test_each_example_runs_as_it_stands(
    question: Question, published: rdflib.Graph, shipped: EmbeddedStore
) -> None:
    query = str(published.value(rdflib.URIRef(f"{BASE}/{question.slug}"), SH.select))
    assert "#+" not in query
    assert "?_lang" not in query
    answer = shipped.query(query)
    assert isinstance(answer, QuerySolutions)
    shown = {v.value for v in answer.variables if not v.value.endswith("Precision")} - {"fact"}
    assert shown == set(question.columns)


def test_each_question_is_an_owlunit_test_of_the_ontology(suite: rdflib.Graph) -> None:
    cases = set(suite.objects(rdflib.URIRef(SUITE), UNIT.hasTestCase))
    assert len(cases) == len(catalogue()) == len(question_files())
    for case in cases:
        assert suite.value(case, RDF.type) == UNIT.CompetencyQuestionVerification
        assert suite.value(case, UNIT.testsOntology) == rdflib.URIRef(AKM + "akteursmodell")
        assert suite.value(case, UNIT.hasInputTestDataCategory) == UNIT.SPARQLendpoint
        query = suite.value(case, UNIT.hasSPARQLUnitTest)
        assert query is not None
        assert query == suite.value(case, SCHEMA.hasSPARQLQueryUnitTest)
        asked = set(suite.objects(case, UNIT.hasCompetencyQuestion))
        assert asked == set(suite.objects(case, SCHEMA.hasCQ))
        assert {text.language for text in asked if isinstance(text, rdflib.Literal)} == {"de", "en"}


def test_the_tested_ontology_is_the_shipped_one(suite: rdflib.Graph, root: Path) -> None:
    header = rdflib.Graph().parse(root / "ontology" / "akteursmodell.ttl")
    assert set(suite.objects(None, UNIT.testsOntology)) == set(
        header.subjects(RDF.type, OWL.Ontology)
    )


def as_grlc_reads(text: str) -> dict[str, str]:
    """Return names and types of the parameters; for a language its tag after an @."""
    found = {}
    for match in GRLC.finditer(text):
        rest = match["rest"] or "literal"
        known = rest in GRLC_TYPES or "_" in rest
        found[match["name"]] = rest if known else f"@{rest}"
    return found


@pytest.mark.parametrize("file", question_files(), ids=named)
def test_the_header_is_what_grlc_reads(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    header: dict[str, Any] = yaml.safe_load(
        "\n".join(line[2:] for line in lines if line.startswith("#+"))
    )
    question = next(q for q in catalogue().values() if q.slug == file.stem)
    assert isinstance(header["summary"], str)
    assert tuple(header.get("tags", ())) == question.tags
    assert all(isinstance(tag, str) for tag in question.tags)


@pytest.mark.parametrize("file", question_files(), ids=named)
def test_grlc_finds_the_same_parameters(file: Path) -> None:
    question = next(q for q in catalogue().values() if q.slug == file.stem)
    read = as_grlc_reads(file.read_text(encoding="utf-8"))
    assert set(read) == {parameter.name for parameter in question.parameters}
    for parameter in question.parameters:
        assert read[parameter.name] == parameter.type


@pytest.mark.parametrize("file", question_files(), ids=named)
def test_the_query_parses_elsewhere_as_it_stands_and_with_its_parameters_filled(file: Path) -> None:
    question = next(q for q in catalogue().values() if q.slug == file.stem)
    examples = {"iri": "district-duelken", "xsd_date": "2026-11-23", "integer": "24"}
    values = {p.name: examples.get(p.type, "de") for p in question.parameters}
    prepareQuery(question.query)
    filled = bind(question, values)
    prepareQuery(filled)
    assert "?_" not in filled
