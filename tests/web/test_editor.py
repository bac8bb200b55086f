"""What the editor asks for: words to complete, labels of things, examples."""

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.namespace import SH

from akteursmodell.questions.catalogue import catalogue
from akteursmodell.questions.publishing import query_of
from akteursmodell.resources import shape_files
from akteursmodell.vocabulary import AKM, ID, PREFIXES


def by_short(listed: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {each["short"]: each for each in listed}


def test_classes_and_properties_come_with_labels_in_the_reader_s_language(
    client: FlaskClient,
) -> None:
    german, english = (client.get(f"/editor/terms.json?lang={lang}").json for lang in ("de", "en"))
    assert german is not None
    assert english is not None
    assert by_short(german["classes"])["akm:Cooperation"]["label"] == "Kooperation"
    assert by_short(english["classes"])["akm:Cooperation"]["label"] == "cooperation"
    assert german["prefixes"] == PREFIXES
    assert [each["id"] for each in german["examples"]] == list(catalogue())


def test_each_property_that_a_shape_requires_says_so(client: FlaskClient) -> None:
    told = client.get("/editor/terms.json?lang=en").json
    assert told is not None
    notes = {each["iri"]: each["note"] for each in told["properties"]}
    shapes = Graph()
    for file in shape_files():
        shapes.parse(file)
    required = {
        str(path)
        for shape in shapes.subjects(SH.targetClass)
        for part in shapes.objects(shape, SH.property)
        if isinstance(path := shapes.value(part, SH.path), URIRef)
        and int(str(shapes.value(part, SH.minCount) or 0)) > 0
    }
    assert required
    for name in required & set(notes):
        assert notes[name].startswith("required for "), name
    assert notes[AKM + "partnerRole"] == "required for part in a cooperation; any number"
    assert "at most once" in notes[AKM + "inCooperation"]


@pytest.mark.parametrize(
    ("typed", "short"), [("dülk", "id:district-duelken"), ("gwg", "id:org-gwg")]
)
def test_things_are_found_by_their_name(client: FlaskClient, typed: str, short: str) -> None:
    found = client.get("/editor/things.json", query_string={"q": typed, "lang": "de"}).json
    assert found is not None
    assert found[0]["short"] == short
    assert client.get("/editor/things.json?q=d").json == []


def test_labels_come_with_the_page_of_each_thing(client: FlaskClient) -> None:
    asked = [ID + "org-gwg", AKM + "Actor", "https://example.org/x", "no address", 7]
    told = client.post("/editor/labels.json?lang=de", json=asked).json
    assert told is not None
    assert told == {
        ID + "org-gwg": {"label": told[ID + "org-gwg"]["label"], "page": "/doc/org-gwg"},
        AKM + "Actor": {"label": "Akteur", "page": "/ontology/Actor"},
        "https://example.org/x": {"label": "x", "page": "https://example.org/x"},
    }
    assert told[ID + "org-gwg"]["label"].startswith("Gemeinnützige")


@pytest.mark.parametrize("body", [b"", b"{}", b"not json", b"[" + b'"x",' * 2000 + b'"x"]'])
def test_other_bodies_are_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/editor/labels.json", data=body, content_type="application/json")
    assert answer.status_code == 400


def test_an_example_stands_in_the_form(client: FlaskClient) -> None:
    page = client.get("/sparql?example=CQ22").text
    first = query_of(catalogue()["CQ22"]).splitlines()[0]
    assert first.replace("<", "&lt;").replace(">", "&gt;") in page
    assert client.get("/sparql?example=CQ999").status_code == 404
