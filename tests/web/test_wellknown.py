"""What machines look for: descriptions, examples, tests, robots, sitemap and signposts."""

from xml.etree import ElementTree

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.namespace import DCAT, RDF, RDFS, SDO, VOID

from akteursmodell.analysis.partitions import COUNTS
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.rows import rows, text
from akteursmodell.questions.catalogue import catalogue
from akteursmodell.vocabulary import AKM, BASE

HOST = "http://localhost"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
OWLUNIT = rdflib.Namespace("https://w3id.org/OWLunit/ontology/")
DATASET = rdflib.URIRef(f"{HOST}/.well-known/void#dataset")
ENDPOINT = rdflib.URIRef(f"{HOST}/sparql")
TURTLE = {"Accept": "text/turtle"}


def graph(client: FlaskClient, path: str) -> rdflib.Graph:
    answer = client.get(path, headers=TURTLE)
    assert answer.status_code == 200
    assert answer.mimetype == "text/turtle"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return rdflib.Graph().parse(data=answer.data, format="turtle")


def test_void_counts_what_is_served(client: FlaskClient, shipped: EmbeddedStore) -> None:
    found = graph(client, "/.well-known/void")
    (row,) = rows(shipped, COUNTS["triples"])
    assert str(found.value(DATASET, VOID.triples)) == text(row, "n")
    assert found.value(DATASET, VOID.sparqlEndpoint) == ENDPOINT
    assert any(found.objects(DATASET, VOID.classPartition))


def test_void_comes_as_turtle_to_a_browser(client: FlaskClient) -> None:
    assert client.get("/.well-known/void").mimetype == "text/turtle"
    other = client.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    assert other.mimetype == "application/n-triples"


@pytest.mark.parametrize("path", ["/dataset", "/dataset.ttl"])
def test_the_dataset_is_described_for_catalogues_without_statistics(
    client: FlaskClient, path: str
) -> None:
    found = graph(client, path)
    kinds = set(found.objects(DATASET, RDF.type))
    assert {DCAT.Dataset, SDO.Dataset} <= kinds
    assert found.value(DATASET, rdflib.DCTERMS.license)
    assert not any(found.triples((None, VOID.classPartition, None)))
    assert len(found) < 400


def test_people_are_led_from_the_dataset_to_the_page_about_it(client: FlaskClient) -> None:
    answer = client.get("/dataset")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/about"
    assert client.get("/dataset.jsonld").mimetype == "application/ld+json"


def test_every_question_is_an_example_for_editors(client: FlaskClient) -> None:
    found = graph(client, "/.well-known/sparql-examples")
    examples = set(found.subjects(RDF.type, SH.SPARQLSelectExecutable))
    assert len(examples) == len(catalogue())
    for example in examples:
        assert str(example).startswith(f"{HOST}/.well-known/sparql-examples#cq-")
        assert found.value(example, SDO.target) == ENDPOINT
        languages = {c.language for c in found.objects(example, RDFS.comment)}  # type: ignore[attr-defined]
        assert languages == {"de", "en"}


def test_every_question_is_a_test_of_the_ontology_that_resolves(client: FlaskClient) -> None:
    found = graph(client, "/ontology/questions")
    cases = set(found.objects(rdflib.URIRef(AKM + "questions"), OWLUNIT.hasTestCase))
    assert len(cases) == len(catalogue())
    slug = next(iter(catalogue().values())).slug
    case = rdflib.URIRef(f"{AKM}questions/{slug}")
    assert case in cases
    for path in (f"/ontology/questions/{slug}", f"/ontology/questions/{slug}.ttl"):
        alone = graph(client, path)
        assert (case, RDF.type, OWLUNIT.CompetencyQuestionVerification) in alone
        assert alone.value(case, OWLUNIT.hasSPARQLUnitTest)


def test_people_are_led_from_the_tests_to_the_questions(client: FlaskClient) -> None:
    assert client.get("/ontology/questions").headers["Location"] == "/questions"
    question = next(iter(catalogue().values()))
    answer = client.get(f"/ontology/questions/{question.slug}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/questions/{question.id}")
    assert client.get("/ontology/questions/cq-99-nothing").status_code == 404


@pytest.mark.parametrize("accept", ["text/turtle", "text/turtle, text/html;q=0.5"])
def test_the_endpoint_describes_itself_to_machines(
    client: FlaskClient, shipped: EmbeddedStore, accept: str
) -> None:
    answer = client.get("/sparql", headers={"Accept": accept})
    assert answer.mimetype == "text/turtle"
    assert "Accept" in answer.headers["Vary"]
    found = rdflib.Graph().parse(data=answer.data, format="turtle")
    (service,) = found.subjects(RDF.type, SD.Service)
    assert found.value(service, SD.endpoint) == ENDPOINT
    assert found.value(service, SD.supportedLanguage) == SD.SPARQL11Query
    assert set(found.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    assert found.value(service, RDFS.seeAlso) == DATASET
    names = {str(name) for name in found.objects(None, SD.name)}
    assert names == {each.value for each in shipped.graphs()}
    sites = f"{BASE}data/viersen/sites"
    inside = found.value(found.value(None, SD.name, rdflib.URIRef(sites)), SD.graph)
    count = sum(1 for _ in shipped.quads(graph=NamedNode(sites)))
    assert int(str(found.value(inside, VOID.triples))) == count


@pytest.mark.parametrize(
    "accept", ["*/*", "application/json", "application/sparql-results+json", ""]
)
def test_the_endpoint_misses_the_query_of_all_others(client: FlaskClient, accept: str) -> None:
    assert client.get("/sparql", headers={"Accept": accept}).status_code == 400


def test_the_endpoint_shows_people_the_form(client: FlaskClient) -> None:
    assert "<textarea" in client.get("/sparql").text


def test_robots_and_sitemap_name_pages_that_are_there(client: FlaskClient) -> None:
    robots = client.get("/robots.txt").text
    assert f"Sitemap: {HOST}/sitemap.xml" in robots
    assert "Disallow: /sparql\n" in robots
    tree = ElementTree.fromstring(client.get("/sitemap.xml").data)
    pages = [
        str(each.text) for each in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    assert len(pages) == len(set(pages)) > 500
    for path in ("/", "/ontology", "/ontology/tasks", "/ontology/Task", "/questions/CQ16"):
        assert HOST + path in pages
    assert f"{HOST}/doc/site-dueno" in pages
    for page in pages[::40]:
        assert client.get(page.removeprefix(HOST)).status_code == 200, page


def test_the_start_page_has_signposts_that_lead_somewhere(
    client: FlaskClient, shipped: EmbeddedStore
) -> None:
    links = client.get("/").headers["Link"].split(", ")
    by_rel: dict[str, list[str]] = {}
    for link in links:
        target, *parameters = link.split("; ")
        rel = next(p.split('"')[1] for p in parameters if p.startswith("rel="))
        by_rel.setdefault(rel, []).append(target.strip("<>"))
    assert set(by_rel) == {"describedby", "license", "type", "item"}  # no cite-as without a DOI
    data = [each for each in shipped.graphs() if "/data/" in each.value]
    assert len(by_rel["item"]) == len(data)
    for path in (*by_rel["item"], *by_rel["describedby"]):
        assert client.get(path).status_code == 200
        assert path.startswith("/.well-known") or client.get(path).mimetype != "text/html"
    item = client.get(by_rel["item"][0])
    assert '</>; rel="collection"; type="text/html"' in item.headers["Link"]
