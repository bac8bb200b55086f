"""The application over the shipped data, and over a small graph where exact facts matter."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from tests.graphs import graph

from akteursmodell.config import Settings
from akteursmodell.errors import Text, ToldError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.store import Store
from akteursmodell.query.frames import FrameBuffer, Kind
from akteursmodell.query.jobs import Head, Job
from akteursmodell.query.worker import Outlet, answer, carry_out
from akteursmodell.validation.report import Report, Result
from akteursmodell.vocabulary import ASH, ID
from akteursmodell.web import create_app
from akteursmodell.web.backend import Backend
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
        return Report((NOTE,))


class Direct(Backend):
    """Answers as a worker does, but in this process."""

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store

    def query(self, job: Job) -> tuple[Head, bytes]:
        frames = FrameBuffer()
        sent: list[bytes] = []
        carry_out(answer, self._store, job, Outlet(sent.append))
        found: dict[int, bytes] = {}
        for kind, data in frames.feed(b"".join(sent)):
            found[kind] = found.get(kind, b"") + data
        if Kind.FAULT in found:
            raise ToldError(json.loads(found[Kind.FAULT]))
        return Head.from_bytes(found[Kind.HEAD]), found[Kind.DATA]


def application(store: EmbeddedStore, settings: Settings) -> Flask:
    app = create_app(store, settings)
    app.extensions["akteursmodell"]["reports"] = MadeReport()
    app.extensions["akteursmodell"]["backend"] = Direct(store)
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
