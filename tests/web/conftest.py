"""The application over the shipped data, and over a small graph where exact facts matter."""

from collections.abc import Iterator

import pytest
import rdflib
from flask import Flask
from flask.testing import FlaskClient
from tests.graphs import graph

from akteursmodell.config import Settings
from akteursmodell.errors import Text
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.store import Store
from akteursmodell.validation.report import Report, Result
from akteursmodell.vocabulary import ASH, ID
from akteursmodell.web import create_app
from akteursmodell.web.checks import Reports

NOTE = Result(
    severity="warning",
    focus=ID + "org-town-viersen",
    focus_label=Text("Stadt Viersen", "Town of Viersen"),
    shape=ASH + "Example",
    title=Text("Eine Regel", "A rule"),
    message=Text("Etwas fehlt.", "Something is missing."),
    fixes=(Text("Ergänzen Sie es.", "Add it."),),
    basis="thesis",
)


class MadeReport(Reports):
    """A report that is there at once; the real one is made in the tests of the browser."""

    def current(self, store: Store) -> Report:  # noqa: ARG002 -- as its parent
        return Report((NOTE,), rdflib.Graph())


def application(store: Store, settings: Settings) -> Flask:
    app = create_app(store, settings)
    app.extensions["akteursmodell"]["reports"] = MadeReport()
    return app


@pytest.fixture(scope="session")
def app(shipped: EmbeddedStore) -> Flask:
    """The application over the shipped data."""
    return application(shipped, Settings())


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    """A visitor of the shipped data."""
    with app.test_client() as visitor:
        visitor.environ_base["HTTP_ACCEPT"] = "text/html,application/xhtml+xml,*/*;q=0.8"
        yield visitor


@pytest.fixture
def visit(store: EmbeddedStore) -> Iterator[FlaskClient]:
    """A visitor of a small graph: one site, its provider, and what is not known about it."""
    graph(store, SMALL)
    with application(store, Settings(contact="daten@example.org")).test_client() as visitor:
        visitor.environ_base["HTTP_ACCEPT"] = "text/html"
        yield visitor


SMALL = """
akm:ContactPoint rdfs:label "Anlaufstelle"@de , "contact point"@en ; skos:definition "Ort"@de .
akm:NonStatutoryProvider rdfs:label "Freier Träger"@de , "non-statutory provider"@en .
akm:operator rdfs:label "Betrieb durch"@de , "run by"@en .
akm:evidence-external skos:prefLabel "aus anderer Quelle"@de , "from another source"@en .
akm:reading-full skos:prefLabel "gelesen"@de , "read"@en .
id:site-treff a akm:ContactPoint ;
    skos:prefLabel "Treff"@de , "Meeting point"@en ; skos:altLabel "Alter Treff"@de ;
    dcterms:description "Ein Ort."@de , "A place."@en ;
    rdfs:seeAlso <https://example.org/treff> , <javascript:alert(1)> ;
    akm:evidence id:ev-1 .
id:org-verein a akm:NonStatutoryProvider , akm:DocumentedActor ;
    skos:prefLabel "Verein <b>Süd</b>"@de , "Association <b>Süd</b>"@en ; akm:evidence id:ev-1 .
id:operation-treff a akm:SiteOperation ;
    skos:prefLabel "Betrieb des Treffs"@de , "Running of the meeting point"@en ;
    akm:operatedSite id:site-treff ; akm:operator id:org-verein ;
    akm:validFrom "2023-01-01"^^xsd:date ; akm:validFromPrecision akm:precision-year ;
    akm:validUntil "2027-01-01"^^xsd:date ; akm:validUntilPrecision akm:precision-year ;
    akm:endState akm:end-fixed ; akm:evidence id:ev-1 .
id:ev-1 a akm:EvidenceItem ; akm:evidenceStatus akm:evidence-external ; akm:source id:source-1 ;
    akm:readingState akm:reading-full ; akm:checkedOn "2026-11-22"^^xsd:date ;
    skos:prefLabel "Beleg"@de , "Evidence"@en .
id:source-1 a akm:Source ; skos:prefLabel "Zeitung: Treff eröffnet"@de , "Paper: opened"@en ;
    akm:address "https://example.org/a?b=1&c=2"^^xsd:anyURI .
id:gap-1 a akm:KnowledgeGap ; skos:prefLabel "Wer das bezahlt"@de , "Who pays"@en ;
    akm:about id:site-treff ; akm:missingProperty akm:operator ;
    akm:searchedOn "2026-11-22"^^xsd:date ; akm:searchedIn "Presse"@de , "Press"@en ;
    akm:couldKnow id:org-verein .
"""
