"""Things and terms: where an address leads, in which format, and what its page says."""

import json

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from akteursmodell.vocabulary import ID, akm

RDF_TYPES = {
    "text/turtle": ("ttl", RdfFormat.TURTLE),
    "application/ld+json": ("jsonld", RdfFormat.JSON_LD),
    "application/n-triples": ("nt", RdfFormat.N_TRIPLES),
    "application/rdf+xml": ("rdf", RdfFormat.RDF_XML),
}


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("text/html", ""),
        ("*/*", ""),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ""),
        ("application/json", ".json"),
        ("text/turtle;q=0.9, application/ld+json;q=0.5", ".ttl"),
        *((kind, "." + ending) for kind, (ending, _) in RDF_TYPES.items()),
    ],
)
def test_a_thing_leads_to_what_is_known_about_it(
    visit: FlaskClient, accept: str, ending: str
) -> None:
    answer = visit.get("/id/site-treff", headers={"Accept": accept})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/doc/site-treff{ending}"
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/id/site-treff", "/doc/site-treff", "/ontology/ContactPoint"])
def test_a_format_that_does_not_exist_is_refused_with_those_that_do(
    visit: FlaskClient, path: str
) -> None:
    answer = visit.get(path, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.text


@pytest.mark.parametrize(("kind", "form"), [(k, f) for k, (_, f) in RDF_TYPES.items()])
@pytest.mark.parametrize("iri", [ID + "site-treff", akm("ContactPoint")])
def test_the_same_statements_come_in_every_rdf_format_by_ending_and_by_accept(
    visit: FlaskClient, iri: str, kind: str, form: RdfFormat
) -> None:
    path = iri.replace(ID, "/doc/").replace(akm(""), "/ontology/")
    by_ending = visit.get(f"{path}.{RDF_TYPES[kind][0]}")
    by_accept = visit.get(path, headers={"Accept": kind})
    assert by_ending.status_code == by_accept.status_code == 200
    assert by_ending.mimetype == by_accept.mimetype == kind
    assert "Accept" in by_accept.headers["Vary"]
    triples = {str(quad) for quad in parse(by_ending.data, format=form)}
    assert triples == {str(quad) for quad in parse(by_accept.data, format=form)}
    plain = visit.get(f"{path}.nt").data
    assert triples == {str(quad) for quad in parse(plain, format=RdfFormat.N_TRIPLES)}
    assert any(triple.startswith(f"<{iri}> ") for triple in triples)


def test_the_description_holds_what_mentions_the_thing_and_its_evidence(visit: FlaskClient) -> None:
    subjects = {
        str(quad.subject)
        for quad in parse(visit.get("/doc/site-treff.nt").data, format=RdfFormat.N_TRIPLES)
    }
    assert subjects == {
        f"<{ID}{name}>" for name in ("site-treff", "operation-treff", "gap-1", "ev-1")
    }


def test_the_json_is_plain(visit: FlaskClient) -> None:
    found = json.loads(visit.get("/doc/operation-treff.json?lang=en").data)
    assert found["label"] == "Running of the meeting point"
    assert found["period"] == "from 2023 to the end of 2026"
    operator = next(p for p in found["properties"] if p["property"] == akm("operator"))
    assert operator["label"] == "run by"
    assert operator["values"] == [{"label": "Association <b>Süd</b>", "iri": ID + "org-verein"}]
    (evidence,) = found["evidence"]
    assert evidence["status"] == "external"
    assert evidence["checked"] == "2026-11-22"
    assert found["files"] == ["data/test.ttl"]


def test_a_page_names_its_other_forms(visit: FlaskClient) -> None:
    answer = visit.get("/doc/site-treff")
    for link in ("/doc/site-treff.ttl", "/doc/site-treff.jsonld", "/doc/site-treff.json"):
        assert f'<{link}>; rel="alternate"' in answer.headers["Link"]
        assert f'href="{link}"' in answer.text
    assert f'<{ID}site-treff>; rel="describes"' in answer.headers["Link"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_page_speaks_in_labels_dates_in_words_and_evidence(visit: FlaskClient) -> None:
    page = visit.get("/doc/operation-treff").text
    assert "von 2023 bis Ende 2026" in page
    assert '<a href="/ontology/operator">Betrieb durch</a>' in page
    assert "Verein &lt;b&gt;Süd&lt;/b&gt;" in page
    assert "aus anderer Quelle" in page
    assert "geprüft am 22.11.2026" in page
    assert "Lesestand: gelesen" in page
    assert 'href="https://example.org/a?b=1&amp;c=2" rel="noreferrer"' in page


def test_a_page_tells_who_mentions_the_thing_and_what_is_not_known(visit: FlaskClient) -> None:
    page = visit.get("/doc/site-treff").text
    assert "auch: Alter Treff" in page
    assert "Betrieb des Treffs" in page
    assert "Was wir nicht wissen" in page
    assert "Wer das bezahlt" in page
    assert "<dt>Gesucht am 22.11.2026</dt><dd>Presse</dd>" in page


def test_a_link_opens_nothing_but_web_pages(visit: FlaskClient) -> None:
    page = visit.get("/doc/site-treff").text
    assert 'href="https://example.org/treff" rel="noreferrer"' in page
    assert 'href="javascript:' not in page


@pytest.mark.parametrize(
    ("path", "near"),
    [("/doc/site-tref", "/doc/site-treff"), ("/ontology/ContactPiont", "/ontology/ContactPoint")],
)
def test_an_unknown_name_leads_to_those_called_alike(
    visit: FlaskClient, path: str, near: str
) -> None:
    answer = visit.get(path)
    assert answer.status_code == 404
    assert "Meinten Sie?" in answer.text
    assert f'href="{near}"' in answer.text
    plain = visit.get(path, headers={"Accept": "application/json"})
    assert plain.status_code == 404
    assert near.rsplit("/", 1)[-1] in plain.json["hint"]  # type: ignore[index]


@pytest.mark.parametrize(
    "name", ["%3Cscript%3Ealert(1)%3C/script%3E", "a%20b", "..%2f..%2fetc", "x.ttl", "%00", "a%5Cb"]
)
@pytest.mark.parametrize("base", ["/id/", "/doc/", "/ontology/"])
def test_a_strange_name_is_only_unknown(visit: FlaskClient, base: str, name: str) -> None:
    answer = visit.get(base + name)
    assert answer.status_code == 404
    assert "<script" not in answer.text


def test_owl_expressions_are_told_in_words(client: FlaskClient) -> None:
    chain = client.get("/ontology/dependsOn").text
    assert "umgekehrt " in chain
    union = client.get("/ontology/theme").text
    assert " oder " in union
    assert ".well-known/genid" not in chain + union


def test_the_list_of_terms_leads_to_each(client: FlaskClient) -> None:
    page = client.get("/ontology").text
    for name in ("Actor", "operator", "sectors"):
        assert f'href="/ontology/{name}"' in page
