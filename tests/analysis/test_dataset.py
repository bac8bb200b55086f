"""The description of the dataset says what the store holds, in VoID, DCAT-AP.de and schema.org."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, RDF, SDO, VOID, XSD
from tests.vocabularies import vocabulary

from akteursmodell.analysis.dataset import Dump, describe, dumps_by_query, is_statistic
from akteursmodell.analysis.schema_org import json_ld
from akteursmodell.config import Settings
from akteursmodell.errors import Lang
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_text
from akteursmodell.graph.terms import NamedNode, QueryTriples, RdfFormat, Triple, write_triples
from akteursmodell.vocabulary import PREFIXES

ADDRESS = "https://viersen.example"
DATASET = rdflib.URIRef(f"{ADDRESS}/.well-known/void#dataset")
DCATDE = rdflib.Namespace(PREFIXES["dcatde"])
VCARD = rdflib.Namespace(PREFIXES["vcard"])
KEYS = "http://dcat-ap.de/def/politicalGeocoding/"
# What SIB's editor asks of an endpoint in order to complete classes and properties.
COMPLETION = """
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX voidext: <http://ldf.fi/void-ext#>
SELECT DISTINCT ?class ?property ?target WHERE {
  ?part void:class ?class ; void:propertyPartition ?use .
  ?use void:property ?property .
  { ?use void:classPartition/void:class ?target }
  UNION { ?use voidext:datatypePartition/voidext:datatype ?target }
}
"""


def graph(triples: list[Triple]) -> rdflib.Graph:
    return rdflib.Graph().parse(data=write_triples(triples, RdfFormat.TURTLE), format="turtle")


@pytest.fixture(scope="module")
def described(shipped: EmbeddedStore) -> rdflib.Graph:
    return graph(describe(shipped, ADDRESS + "/", Settings(operator="Kreis Muster")))


def count(shipped: EmbeddedStore, query: str) -> int:
    return len(list(shipped.query(query)))  # type: ignore[arg-type]


def test_counts_are_those_of_the_store(shipped: EmbeddedStore, described: rdflib.Graph) -> None:
    total = described.value(DATASET, VOID.triples)
    assert total == rdflib.Literal(count(shipped, "SELECT * WHERE { ?s ?p ?o }") - 1)  # revision
    shares = [
        int(str(described.value(part, VOID.triples)))
        for part in described.objects(DATASET, VOID.propertyPartition)
    ]
    assert total == rdflib.Literal(sum(shares))
    assert described.value(DATASET, VOID.properties) == rdflib.Literal(len(shares))


def test_each_class_has_a_partition_with_its_members(
    shipped: EmbeddedStore, described: rdflib.Graph
) -> None:
    parts = set(described.objects(DATASET, VOID.classPartition))
    assert described.value(DATASET, VOID.classes) == rdflib.Literal(len(parts))
    site = rdflib.URIRef(PREFIXES["akm"] + "SiteOperation")
    (part,) = (part for part in parts if described.value(part, VOID["class"]) == site)
    members = count(shipped, "SELECT DISTINCT ?s WHERE { ?s a akm:SiteOperation }")
    assert described.value(part, VOID.entities) == rdflib.Literal(members)


def test_an_editor_can_complete_from_it(described: rdflib.Graph) -> None:
    akm = PREFIXES["akm"]
    found = {tuple(map(str, row)) for row in described.query(COMPLETION)}  # type: ignore[arg-type]
    assert (akm + "SiteOperation", akm + "operator", akm + "NonStatutoryProvider") in found
    assert (akm + "SiteOperation", akm + "validFrom", str(XSD.date)) in found


def test_vocabularies_and_examples_are_named(described: rdflib.Graph) -> None:
    used = {str(o) for o in described.objects(DATASET, VOID.vocabulary)}
    assert {PREFIXES[name] for name in ("akm", "skos", "geo", "locn", "owl")} <= used
    assert PREFIXES["vcard"] not in used
    named = {str(o) for o in described.objects(DATASET, VOID.exampleResource)}
    assert len(named) == 4
    assert all(iri.startswith(PREFIXES["id"]) for iri in named)


def test_the_document_names_dataset_and_endpoint(described: rdflib.Graph) -> None:
    document = rdflib.URIRef(f"{ADDRESS}/.well-known/void")
    assert described.value(document, FOAF.primaryTopic) == DATASET
    assert described.value(DATASET, VOID.sparqlEndpoint) == rdflib.URIRef(f"{ADDRESS}/sparql")
    kinds = set(described.objects(DATASET, RDF.type))
    assert kinds == {VOID.Dataset, DCAT.Dataset, SDO.Dataset}


def test_dcat_has_what_the_profile_demands(described: rdflib.Graph) -> None:
    for prop in (DCTERMS.title, DCTERMS.description):
        texts = [o for o in described.objects(DATASET, prop) if isinstance(o, rdflib.Literal)]
        assert {text.language for text in texts} == {"de", "en"}
    publisher = described.value(DATASET, DCTERMS.publisher)
    assert str(described.value(publisher, FOAF.name)) == "Kreis Muster"
    assert described.value(DATASET, DCTERMS.issued) == rdflib.Literal(
        "2026-11-23", datatype=XSD.date
    )
    for download in described.objects(DATASET, DCAT.distribution):
        licence = str(described.value(download, DCTERMS.license))
        assert licence.startswith("http://dcat-ap.de/def/licenses/")
        for prop in (DCAT.accessURL, DCAT.mediaType, DCATDE.licenseAttributionByText):
            assert described.value(download, prop)
    assert not list(described.objects(DATASET, DCATDE.contributorID))


def test_places_are_keys_that_a_source_confirms(
    shipped: EmbeddedStore, described: rdflib.Graph
) -> None:
    places = {str(o) for o in described.objects(DATASET, DCATDE.politicalGeocodingURI)}
    assert {KEYS + "districtKey/05166", KEYS + "municipalityKey/05166032"} <= places
    known = count(shipped, "SELECT * { ?i akm:identifierScheme akm:scheme-ags }")
    assert 2 <= len(places) < known
    levels = {str(o) for o in described.objects(DATASET, DCATDE.politicalGeocodingLevelURI)}
    assert levels == {KEYS + "Level/administrativeDistrict", KEYS + "Level/municipality"}


def test_time_is_that_of_the_facts_and_never_ahead_of_them(described: rdflib.Graph) -> None:
    period = described.value(DATASET, DCTERMS.temporal)
    start, end = described.value(period, DCAT.startDate), described.value(period, DCAT.endDate)
    assert isinstance(start, rdflib.Literal)
    assert start.datatype == XSD.gYear
    assert str(described.value(DATASET, SDO.temporalCoverage)) == f"{start}/{end}"
    assert "1900" < str(start) < str(end) <= "2026"


@pytest.mark.parametrize(
    ("contact", "prop", "expected"),
    [
        ("daten@muster.example", VCARD.hasEmail, "mailto:daten@muster.example"),
        ("mailto:daten@muster.example", VCARD.hasEmail, "mailto:daten@muster.example"),
        ("https://muster.example/a b", VCARD.hasURL, "https://muster.example/a%20b"),
    ],
)
def test_the_contact_is_that_of_the_settings(
    store: EmbeddedStore, contact: str, prop: rdflib.URIRef, expected: str
) -> None:
    described = graph(describe(store, ADDRESS, Settings(contact=contact)))
    point = described.value(DATASET, DCAT.contactPoint)
    assert described.value(point, RDF.type) == VCARD.Kind
    assert described.value(point, prop) == rdflib.URIRef(expected)


def test_an_empty_store_without_a_contact_claims_nothing(store: EmbeddedStore) -> None:
    described = graph(describe(store, ADDRESS, Settings()))
    assert described.value(DATASET, VOID.triples) == rdflib.Literal(0)
    unknown = (DCAT.contactPoint, DCTERMS.temporal, DCTERMS.issued, DCATDE.politicalGeocodingURI)
    assert not [prop for prop in (*unknown, OWL.versionInfo) if described.value(DATASET, prop)]


def test_the_downloads_are_queries_that_run(shipped: EmbeddedStore) -> None:
    for dump in dumps_by_query(f"{ADDRESS}/sparql"):
        asked = parse_qs(urlsplit(dump.address).query)
        answer = shipped.query(asked["query"][0])
        assert isinstance(answer, QueryTriples)
        assert next(iter(answer))
        assert asked["format"][0] in ("turtle", "ntriples", "jsonld")


def test_downloads_can_be_given(store: EmbeddedStore) -> None:
    dump = Dump(f"{ADDRESS}/dumps/0.1.0.nt.gz", "application/n-triples", "RDF_N_TRIPLES")
    described = graph(describe(store, ADDRESS, Settings(), [dump]))
    assert set(described.objects(DATASET, VOID.dataDump)) == {rdflib.URIRef(dump.address)}


def test_it_has_no_blank_nodes_and_one_json_ld_object_a_node(
    shipped: EmbeddedStore, described: rdflib.Graph
) -> None:
    assert not [t for triple in described for t in triple if isinstance(t, rdflib.BNode)]
    text = write_triples(describe(shipped, ADDRESS, Settings()), RdfFormat.JSON_LD)
    names = [node["@id"] for node in json.loads(text)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("lang", "title"), [("de", "Wissensgraph"), ("en", "knowledge graph")])
def test_a_page_can_carry_it_for_search_engines(
    shipped: EmbeddedStore, lang: Lang, title: str
) -> None:
    found = json_ld(describe(shipped, ADDRESS, Settings()), str(DATASET), lang)
    assert found["@context"] == "https://schema.org/"
    assert found["@type"] == "Dataset"
    assert title in str(found["name"])
    assert found["isAccessibleForFree"] is True
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert isinstance(found["keywords"], list)
    assert isinstance(found["distribution"], list)
    assert isinstance(found["publisher"], dict)
    assert found["publisher"]["name"] == "akteursmodell maintainers"
    inline = {**found, "@context": {"@vocab": "https://schema.org/"}}  # a test fetches nothing
    quads = read_text(json.dumps(inline), RdfFormat.JSON_LD, name="page")
    assert (str(DATASET), str(SDO.Dataset)) in {
        (quad.subject.value, quad.object.value)
        for quad in quads
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    }


def test_each_term_of_dcat_exists(described: rdflib.Graph) -> None:
    declared = set(vocabulary("dcat3.ttl").subjects())
    used = {t for triple in described for t in triple if str(t).startswith(str(DCAT))}
    assert used
    assert used <= declared


def test_without_partitions_all_else_is_the_same(shipped: EmbeddedStore) -> None:
    whole = describe(shipped, ADDRESS, Settings())
    short = describe(shipped, ADDRESS, Settings(), partitioned=False)
    assert short == [each for each in whole if not is_statistic(each)]
    assert len(short) < len(whole)
