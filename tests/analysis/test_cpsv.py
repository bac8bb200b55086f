"""The derived public organisations pass CPSV-AP's own shapes, and these notice what is missing."""

import pyshacl
import pytest
import rdflib
from rdflib.namespace import DCTERMS, ORG, RDF, SH, SKOS
from tests.vocabularies import vocabulary

from akteursmodell.analysis.cpsv import public_organisations
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import RdfFormat, write_triples
from akteursmodell.resources import ontology_files
from akteursmodell.vocabulary import ID, PREFIXES

CV = rdflib.Namespace(PREFIXES["cv"])
THINGS = rdflib.Namespace(ID)


@pytest.fixture
def derived(shipped: EmbeddedStore) -> rdflib.Graph:
    text = write_triples(public_organisations(shipped), RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=text, format="nt")


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return vocabulary("cpsvap-shacl.ttl")


@pytest.fixture(scope="module")
def hierarchy() -> rdflib.Graph:
    """The ontology: with it a public organisation is an agent too, and AgentShape asks more."""
    graph = rdflib.Graph()
    for file in ontology_files():
        graph.parse(file)
    return graph


def faults(data: rdflib.Graph, shapes: rdflib.Graph) -> set[rdflib.term.Node | None]:
    """Return the properties about which the shapes complain."""
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, rdflib.Graph)
    found = {report.value(r, SH.resultPath) for r in report.subjects(RDF.type, SH.ValidationResult)}
    assert conforms == (not found)
    return found


def test_county_and_its_nine_municipalities_are_public_organisations(
    derived: rdflib.Graph,
) -> None:
    bodies = set(derived.subjects(RDF.type, CV.PublicOrganisation))
    assert len(bodies) == 10
    assert {THINGS["org-county-viersen"], THINGS["org-town-viersen"]} <= bodies
    assert THINGS["org-state-nrw"] not in bodies
    assert derived.value(THINGS["org-town-viersen"], ORG.identifier) == rdflib.Literal("05166032")


def test_no_task_is_given_out_as_a_public_service(derived: rdflib.Graph) -> None:
    assert set(derived.objects(None, RDF.type)) == {
        CV.PublicOrganisation,
        ORG.Organization,
        DCTERMS.Location,
    }


def test_a_key_that_is_only_our_reading_is_not_handed_on(
    shipped: EmbeddedStore, derived: rdflib.Graph
) -> None:
    answer = shipped.query(
        "SELECT ?body { ?i akm:identifierScheme akm:scheme-ags ; akm:identifierOf ?body ;"
        " akm:evidence/akm:evidenceStatus akm:evidence-interpreted "
        "FILTER NOT EXISTS { ?i akm:evidence/akm:evidenceStatus akm:evidence-external } }"
    )
    unverified = {str(row["body"])[1:-1] for row in answer}  # type: ignore[union-attr]
    assert unverified
    assert not [body for body in unverified if derived.value(rdflib.URIRef(body), ORG.identifier)]


def test_the_shapes_of_cpsv_ap_are_met(
    derived: rdflib.Graph, shapes: rdflib.Graph, hierarchy: rdflib.Graph
) -> None:
    assert not faults(derived, shapes)
    with_classes = derived + rdflib.Graph()
    for triple in hierarchy.triples((None, rdflib.RDFS.subClassOf, None)):
        with_classes.add(triple)
    assert not faults(with_classes, shapes)


@pytest.mark.parametrize("demanded", [SKOS.prefLabel, DCTERMS.spatial])
def test_the_shapes_notice_what_is_missing(
    derived: rdflib.Graph, shapes: rdflib.Graph, demanded: rdflib.URIRef
) -> None:
    derived.remove((THINGS["org-town-viersen"], demanded, None))
    assert faults(derived, shapes) == {demanded}
