"""What FOOPS! asks of an ontology (https://w3id.org/foops/), as far as the files alone can answer.

Its 24 tests, read in its source (github oeg-upm/fair_ontologies): `OFFLINE` are asked here,
`SERVED` need the running service, `OUTSIDE` need somebody else. FOOPS! reads the document served at
the ontology's address without its imports: the service has to serve root and modules as one there.
"""

import json
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, FOAF, OWL, RDF, RDFS, SKOS, VANN

from akteursmodell.resources import folder, ontology_files
from akteursmodell.vocabulary import AKM

ROOT = Path(__file__).parents[2]
BIBO = rdflib.Namespace("http://purl.org/ontology/bibo/")
ONTOLOGY = rdflib.URIRef(AKM + "akteursmodell")
METADATA = {
    "title": (DCTERMS.title,),
    "description": (DCTERMS.description, DCTERMS.abstract, RDFS.comment),
    "licence": (DCTERMS.license,),
    "version IRI": (OWL.versionIRI,),
    "author": (DCTERMS.creator,),
    "namespace URI": (VANN.preferredNamespaceUri,),
    "namespace prefix": (VANN.preferredNamespacePrefix,),
    "version info": (OWL.versionInfo,),
    "creation date": (DCTERMS.created,),
    "citation": (DCTERMS.bibliographicCitation,),
    "DOI": (BIBO.doi,),
    "publisher": (DCTERMS.publisher,),
    "logo": (FOAF.logo,),
    "status": (BIBO.status,),
    "source": (DCTERMS.source,),
    "issued": (DCTERMS.issued,),
}
ASKED = {
    "OM1": ("title", "description", "licence", "version IRI", "author", "namespace URI"),
    "OM2": ("namespace prefix", "version info", "creation date", "citation"),
    "OM3": ("DOI", "publisher", "logo", "status", "source", "issued"),
    "OM5.1": ("creation date", "author"),
    "OM5.2": ("issued", "publisher"),
}
OFFLINE = {"PURL1", "URI2", "VER1", "OM4.1", "OM4.2", "FIND1", "HTTP1", "RDF1", *ASKED} | {
    f"VOC{number}" for number in (1, 2, 3, 4)
}
SERVED = {"URI1", "VER2", "CN1", "DOC1"}
OUTSIDE = {"FIND2", "FIND3", "FIND3bis"}
NOT_YET = {"OM3": {"DOI"}}  # one comes with the first release that is archived


@pytest.fixture(scope="module")
def root_file() -> rdflib.Graph:
    return rdflib.Graph().parse(folder("ontology") / "akteursmodell.ttl")


@pytest.fixture(scope="module")
def whole() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in ontology_files():
        graph.parse(file)
    return graph


def test_all_24_tests_have_a_place() -> None:
    assert len(OFFLINE) + len(SERVED) == 21
    assert len(OUTSIDE) == 3
    assert not OFFLINE & SERVED
    assert not OUTSIDE & (OFFLINE | SERVED)


@pytest.mark.parametrize("test", ASKED)
def test_metadata_that_it_asks_for_are_there(test: str, root_file: rdflib.Graph) -> None:
    missing = {
        name
        for name in ASKED[test]
        if not any(root_file.value(ONTOLOGY, prop, any=True) for prop in METADATA[name])
    }
    assert missing == NOT_YET.get(test, set())


def test_address_is_persistent_open_and_the_ontologys_own(root_file: rdflib.Graph) -> None:
    (header,) = root_file.subjects(RDF.type, OWL.Ontology)
    assert header == ONTOLOGY  # URI2
    assert str(header).startswith(
        "https://w3id.org/"
    )  # HTTP1, PURL1; the redirect is not registered


def test_version_has_an_address_of_its_own(root_file: rdflib.Graph) -> None:
    version = str(root_file.value(ONTOLOGY, OWL.versionIRI))
    info = str(root_file.value(ONTOLOGY, OWL.versionInfo))
    assert version == f"{ONTOLOGY}/{info}"  # VER1
    assert info in str(root_file.value(ONTOLOGY, DCTERMS.bibliographicCitation))


def test_licence_and_logo_are_addresses(root_file: rdflib.Graph) -> None:
    for prop in (DCTERMS.license, FOAF.logo):  # OM4.1
        assert str(root_file.value(ONTOLOGY, prop)).startswith("https://")


def test_licence_is_at_the_address_that_spdx_has_for_it(root_file: rdflib.Graph) -> None:  # OM4.2
    """FOOPS! fetches the address; the list that SPDX keeps and checks stands for that here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = json.loads((files("reuse") / "resources" / "licenses.json").read_text("utf-8"))
    addresses = {each["licenseId"]: each["seeAlso"] for each in listed["licenses"]}
    of_code, of_data = project["license"].split(" AND ")
    assert of_code in addresses
    assert f"{root_file.value(ONTOLOGY, DCTERMS.license)}legalcode" in addresses[of_data]


def test_prefix_is_declared_and_belongs_to_the_namespace(root_file: rdflib.Graph) -> None:  # FIND1
    assert root_file.value(ONTOLOGY, VANN.preferredNamespacePrefix) == rdflib.Literal(
        "akm"
    )  # FIND1
    assert str(root_file.value(ONTOLOGY, VANN.preferredNamespaceUri)) == AKM


def test_vocabularies_are_reused_for_metadata_and_for_terms(whole: rdflib.Graph) -> None:
    about = set(whole.predicates(ONTOLOGY))
    assert {DCTERMS.title, VANN.preferredNamespacePrefix, FOAF.logo} <= about  # VOC1
    above = {str(o) for o in whole.objects(None, RDFS.subClassOf) if isinstance(o, rdflib.URIRef)}
    assert {str(rdflib.ORG.Organization), str(rdflib.PROV.Entity)} <= above  # VOC2


@pytest.mark.parametrize(
    "properties", [(RDFS.label, SKOS.prefLabel), (RDFS.comment, SKOS.definition)], ids=str
)
def test_every_term_is_named_and_described(
    properties: tuple[rdflib.URIRef, ...], whole: rdflib.Graph
) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    terms = {str(s) for kind in kinds for s in whole.subjects(RDF.type, kind)}
    ours = {rdflib.URIRef(term) for term in terms if term.startswith(AKM)}
    assert ours
    for term in ours:  # VOC3, VOC4
        assert any(whole.value(term, prop, any=True) for prop in properties), term
