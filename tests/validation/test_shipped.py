"""The shipped data against the shapes, and what happens when evidence goes."""

import re
from collections import Counter

import pytest

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.shipped import read_shipped
from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.resources import data_files, ontology_files
from akteursmodell.validation.engine import validate
from akteursmodell.validation.places import find_places
from akteursmodell.validation.report import Report
from akteursmodell.vocabulary import ASH, akm

EVIDENCE = NamedNode(akm("evidence"))


@pytest.fixture(scope="module")
def ontology() -> list[Quad]:
    return read_shipped(ontology_files())


@pytest.fixture(scope="module")
def data() -> list[Quad]:
    return read_shipped(data_files())


@pytest.fixture(scope="module")
def report(ontology: list[Quad], data: list[Quad]) -> Report:
    return validate([*ontology, *data], find_places(data_files()))


def test_the_shipped_data_hold_no_error(report: Report) -> None:
    assert report.conforms, report.without_notes().as_text("en")


def test_no_statement_is_in_two_graphs(shipped: EmbeddedStore) -> None:
    # The engine counts such a statement twice (oxigraph#1919), one entered and inferred too.
    found = Counter(quad.triple for quad in shipped.quads())
    assert found
    assert [triple for triple, times in found.items() if times > 1] == []


def test_every_note_is_a_thesis_of_the_deck_that_is_not_met(report: Report) -> None:
    notes = report.of("warning")
    assert notes
    assert {note.basis for note in notes} == {"thesis"}
    titles = {note.title.en for note in notes}
    assert any("S3" in title for title in titles)
    assert any("S10" in title for title in titles)


def test_every_note_reads_like_a_sentence_and_says_where(report: Report) -> None:
    for note in report.results:
        for text in (note.message.de, note.message.en):
            assert text
            assert not re.search(r"https?://|[{}]|id:|akm:", text), text
        assert note.message.de != note.message.en
        assert note.fixes
        assert re.fullmatch(r"[\w-]+\.ttl:\d+", note.place or ""), note.focus


def test_the_county_s_care_planning_is_a_note_that_sets_law_beside_thesis(report: Report) -> None:
    (note,) = (n for n in report.of("warning") if "S3" in n.title.en)
    assert "care-planning" in note.focus
    assert "APG" in note.message.de


def test_a_fact_that_loses_its_last_evidence_is_an_error_whichever_it_is(
    ontology: list[Quad], data: list[Quad]
) -> None:
    facts = {quad.subject for quad in data if quad.predicate == EVIDENCE}
    bare = [quad for quad in data if quad.predicate != EVIDENCE]
    report = validate([*ontology, *bare])
    reported = {r.focus for r in report.of("violation") if r.shape == ASH + "FactEvidence"}
    assert len(facts) > 500
    assert reported == {fact.value for fact in facts if isinstance(fact, NamedNode)}


def test_the_w3c_report_has_its_languages_back(report: Report) -> None:
    turtle = report.as_turtle()
    assert "sh:ValidationReport" in turtle
    assert '"@de' in turtle
    assert '"@en' in turtle


def test_a_report_tells_its_counts_in_both_languages(report: Report) -> None:
    assert report.counts("de").startswith("0 Fehler, ")
    assert report.counts("en").startswith("0 errors, ")
