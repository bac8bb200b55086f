"""The ontology on the web: each address answers people and machines, and the pages tell it all."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDF, SKOS

from akteursmodell.analysis.documents import documents
from akteursmodell.analysis.modules import ClassRow, PropertyRow, module
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.resources import data_files, folder, ontology_files, root
from akteursmodell.vocabulary import AKM, BASE

FORMS = {
    "text/turtle": ("ttl", RdfFormat.TURTLE),
    "application/ld+json": ("jsonld", RdfFormat.JSON_LD),
    "application/rdf+xml": ("rdf", RdfFormat.RDF_XML),
    "application/n-triples": ("nt", RdfFormat.N_TRIPLES),
}
MODULES = {
    "actors": "actors",
    "cooperation": "cooperation",
    "evidence-and-sources": "evidence",
    "incentives": "incentives",
    "participation": "participation",
    "responsibilities": "responsibilities",
    "spaces": "spaces",
    "tasks": "tasks",
}
TERM_KINDS = (
    *(OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.Ontology),
    *(SKOS.Concept, SKOS.ConceptScheme),
)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def whole() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in ontology_files():
        graph.parse(file)
    return graph


def turtle(client: FlaskClient, path: str) -> rdflib.Graph:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer.mimetype == "text/turtle"
    return rdflib.Graph().parse(data=answer.data, format="turtle")


def test_every_term_of_the_namespace_resolves_as_page_and_as_turtle(
    client: FlaskClient, whole: rdflib.Graph
) -> None:
    named = {
        str(term)
        for kind in TERM_KINDS
        for term in whole.subjects(RDF.type, kind)
        if str(term).startswith(AKM)
    }
    assert len(named) > 400
    for iri in sorted(named):
        path = iri.removeprefix(BASE)
        for accept in ("text/html", "text/turtle"):
            answer = client.get(f"/{path}", headers={"Accept": accept})
            assert (answer.status_code, answer.mimetype) == (200, accept), iri
            assert "Accept" in answer.headers["Vary"], iri


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("path", ["", "/tasks", "/sectors", "/alignments", "/imports/org"])
def test_each_document_comes_in_each_format_by_ending_and_by_accept(
    client: FlaskClient, path: str, kind: str
) -> None:
    ending, form = FORMS[kind]
    by_ending = client.get(f"/ontology{path}.{ending}")
    by_accept = client.get(f"/ontology{path}", headers={"Accept": kind})
    assert by_ending.mimetype == by_accept.mimetype == kind
    assert by_ending.headers["Access-Control-Allow-Origin"] == "*"
    plain = client.get(f"/ontology{path}.nt").data
    count = sum(1 for _ in parse(plain, format=RdfFormat.N_TRIPLES))
    assert sum(1 for _ in parse(by_ending.data, format=form)) == count
    assert sum(1 for _ in parse(by_accept.data, format=form)) == count
    assert (
        f'</ontology{path}.ttl>; rel="alternate"; type="text/turtle"' in by_accept.headers["Link"]
    )


@pytest.mark.parametrize("path", ["/ontology", "/ontology/tasks", "/ontology/sectors"])
def test_an_unknown_format_is_refused_with_the_list(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    for kind in FORMS:
        assert kind in answer.text


@pytest.mark.parametrize("name", MODULES)
def test_a_module_gives_its_file_with_nameless_nodes(client: FlaskClient, name: str) -> None:
    file = rdflib.Graph().parse(folder("ontology") / f"{MODULES[name]}.ttl")
    given = turtle(client, f"/ontology/{name}.ttl")
    assert len(given) == len(file)
    assert not any("genid" in str(term) for triple in given for term in triple)
    if name in ("incentives", "responsibilities", "spaces"):  # small enough to compare fully
        assert isomorphic(given, file)


def test_a_code_list_gives_its_file_under_both_addresses(client: FlaskClient) -> None:
    file = rdflib.Graph().parse(folder("ontology") / "vocabularies" / "sectors.ttl")
    for path in ("/ontology/sectors.ttl", "/ontology/vocabularies/sectors.ttl"):
        assert isomorphic(turtle(client, path), file)


def test_the_whole_is_one_ontology_that_imports_the_extracts_only(
    client: FlaskClient, whole: rdflib.Graph
) -> None:
    given = turtle(client, "/ontology.ttl")
    header = rdflib.URIRef(AKM + "akteursmodell")
    assert list(given.subjects(RDF.type, OWL.Ontology)) == [header]
    imported = {str(each) for each in given.objects(header, OWL.imports)}
    extracts = {f.stem for f in (folder("ontology") / "imports").glob("*.ttl")}
    assert imported == {f"{AKM}imports/{name}" for name in extracts}
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        ours = {t for t in whole.subjects(RDF.type, kind) if str(t).startswith(AKM)}
        assert ours <= set(given.subjects(RDF.type, kind))
    schemes = set(whole.subjects(RDF.type, SKOS.ConceptScheme))
    assert schemes == set(given.subjects(RDF.type, SKOS.ConceptScheme))
    assert set(turtle(client, "/ontology/akteursmodell.ttl").predicates()) == set(
        given.predicates()
    )


@pytest.mark.parametrize("name", ["akteursmodell", "tasks", "vocabularies/sectors", "alignments"])
def test_the_address_of_the_present_version_leads_to_the_document(
    client: FlaskClient, name: str
) -> None:
    answer = client.get(f"/ontology/{name}/0.1.0")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/ontology/{name}"
    turtle_at = client.get(f"/ontology/{name}/0.1.0.ttl").headers["Location"]
    assert turtle_at == f"/ontology/{name}.ttl"
    assert client.get(f"/ontology/{name}/9.9.9").status_code == 404


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("name", MODULES)
def test_the_tables_of_a_module_hold_all_its_terms_and_the_diagram_all_its_classes(
    client: FlaskClient, shipped: EmbeddedStore, name: str, lang: str
) -> None:
    found = module(shipped, AKM + name, "de" if lang == "de" else "en")
    page = client.get(f"/ontology/{name}?lang={lang}").text
    picture = client.get(f"/ontology/{name}.svg?lang={lang}")
    drawn = ElementTree.fromstring(picture.data)
    texts = " ".join("".join(each.itertext()) for each in drawn.iter(SVG + "text"))
    rows: list[ClassRow | PropertyRow] = [*found.classes, *found.properties]
    for row in rows:
        assert f'<tr role="row" id="{row.name}">' in page
        assert f'href="/ontology/{row.name}"' in page
        assert row.definition
    for one in found.classes:
        assert one.label in texts
    for each in found.properties:
        assert not each.relation or each.label in texts or len(each.label) > 25
    for code_list in found.lists:
        assert f'href="{code_list.iri.removeprefix(BASE.rstrip("/"))}"' in page


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_diagram_says_what_it_is_and_only_its_own_style_may_run(
    client: FlaskClient, lang: str
) -> None:
    answer = client.get(f"/ontology/tasks.svg?lang={lang}")
    assert answer.mimetype == "image/svg+xml"
    drawn = ElementTree.fromstring(answer.data)
    assert drawn.get("lang") == lang
    titles = {"de": "Diagramm: Akteursmodell: Aufgaben", "en": "Diagram: Akteursmodell: tasks"}
    assert drawn.findtext(SVG + "title") == titles[lang]
    assert drawn.findtext(SVG + "desc")
    policy = answer.headers["Content-Security-Policy"]
    assert re.match(r"default-src 'none'; style-src 'sha256-[\w+/=]+'; frame-ancestors", policy)
    assert "http" not in answer.text.replace("http://www.w3.org/2000/svg", "")
    assert answer.data == client.get(f"/ontology/tasks.svg?lang={lang}").data


def test_every_code_list_belongs_to_a_module(shipped: EmbeddedStore, client: FlaskClient) -> None:
    parts = documents(shipped, "en")
    used = {
        each.iri
        for part in parts
        if part.role == "module"
        for each in module(shipped, part.iri, "en").lists
    }
    lists = {AKM + part.name for part in parts if part.role == "list"}
    assert lists - used == {AKM + "raci"}  # only matched with the kinds of responsibility
    page = client.get("/ontology").text
    for iri in lists:
        assert f'href="/ontology/{iri.removeprefix(AKM)}"' in page


def test_the_index_tells_version_licence_prefix_citation_and_counts(client: FlaskClient) -> None:
    page = client.get("/ontology?lang=en").text
    for text in (
        "https://w3id.org/akteursmodell/ontology/akteursmodell/0.1.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "@prefix akm: &lt;https://w3id.org/akteursmodell/ontology/&gt; .",
        "akteursmodell maintainers (2026)",
        "not registered yet",
    ):
        assert text in page
    for name in MODULES:
        assert f'href="/ontology/{name}"' in page
    assert 'href="/ontology.ttl"' in page


def test_a_code_list_shows_its_values_in_order_with_their_meaning(client: FlaskClient) -> None:
    page = client.get("/ontology/sectors?lang=en").text
    names = re.findall(r'<tr role="row" id="([\w-]+)">', page)
    assert names == [
        f"sector-{name}"
        for name in ("county", "town", "providers", "housing", "groups", "citizens")
    ]
    assert "Administration, politics and association at the tier of the county" in page


def test_a_term_tells_how_often_it_is_used_and_where_it_is_drawn(client: FlaskClient) -> None:
    page = client.get("/ontology/Site?lang=en").text
    found = re.search(r"subclasses included: (\d+)\.", " ".join(page.split()))
    assert found
    assert int(found.group(1)) == 12
    assert 'href="/ontology/spaces#Site"' in page
    assert "not registered yet" in page
    assert "Statements with this property:" in client.get("/ontology/operator?lang=en").text


def test_only_a_module_has_a_diagram(client: FlaskClient) -> None:
    for path in ("/ontology/sectors.svg", "/ontology/Task.svg", "/ontology/nothing.svg"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("file", data_files(), ids=lambda f: f.stem)
def test_each_data_file_is_there_at_the_address_of_its_graph(
    client: FlaskClient, file: Path
) -> None:
    path = "/" + file.relative_to(root()).with_suffix("").as_posix()
    page = client.get(path)
    assert page.mimetype == "text/html"
    assert BASE.rstrip("/") + path in page.text
    given = turtle(client, path + ".ttl")
    assert len(given) == len(rdflib.Graph().parse(file))
    assert client.get(path, headers={"Accept": "text/turtle"}).mimetype == "text/turtle"
    assert f'href="{path}"' in client.get("/about").text


@pytest.mark.parametrize("name", ["nothing", "viersen", "viersen/nothing", "%00", "a%20b"])
def test_there_is_no_other_data_file(client: FlaskClient, name: str) -> None:
    assert client.get(f"/data/{name}").status_code == 404
