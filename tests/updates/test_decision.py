"""What the gate decides: law refuses, a thesis of the deck only notes, and planners are told so."""

from collections.abc import Iterator

import pytest

from akteursmodell.errors import SettingError
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_text
from akteursmodell.graph.shipped import load_shipped
from akteursmodell.graph.terms import NamedNode, Quad, RdfFormat
from akteursmodell.updates.gate import ChangeRejectedError, Gate, Outcome
from akteursmodell.validation.engine import Validator
from akteursmodell.validation.levels import read_levels
from akteursmodell.vocabulary import ASH, PREFIXES

GRAPH = NamedNode("https://w3id.org/akteursmodell/data/test")
PREFIX = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
EVIDENCE = """id:ev-test a akm:EvidenceItem ; akm:evidenceStatus akm:evidence-interpreted ;
    akm:reason "Für diesen Test erfunden"@de , "Invented for this test"@en .
id:task-test a akm:Task ; skos:prefLabel "Quartierstreff"@de , "Neighbourhood meeting"@en ;
    akm:spatialLevel akm:spatial-neighbourhood ; akm:evidence id:ev-test .
id:law-test a akm:LegalResource ; skos:prefLabel "Testgesetz"@de , "Test act"@en ;
    akm:citation "§ 1 Testgesetz" ; akm:evidence id:ev-test .
"""
COUNTY = """id:responsibility-test a akm:Responsibility ; akm:evidence id:ev-test ;
    skos:prefLabel "Kreis im Quartier"@de , "County in the neighbourhood"@en ;
    akm:bearer id:org-county-viersen ; akm:forTask id:task-test ;
    akm:responsibilityKind akm:responsibility-overall {law} .
"""
DUTY = """id:obligation-test a akm:Obligation ; akm:evidence id:ev-test ;
    skos:prefLabel "Pflicht im Test"@de , "Duty in the test"@en ;
    akm:forTask id:task-test ; akm:obligatedBody id:org-town-viersen ;
    akm:obligationKind akm:obligation-mandatory {law} .
"""
LAW = "; akm:legalBasis id:law-test"


@pytest.fixture(scope="module")
def data() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    load_shipped(store)
    return store


@pytest.fixture
def gate(data: EmbeddedStore) -> Iterator[Gate]:
    store = EmbeddedStore.replica_of(data, without=lambda _: False)
    yield Gate(store)
    store.close()


def quads(turtle: str) -> frozenset[Quad]:
    return frozenset(read_text(PREFIX + turtle, RdfFormat.TURTLE, GRAPH, name="test"))


def submit(gate: Gate, turtle: str) -> Outcome:
    return gate.submit(ChangeSet(frozenset(), quads(turtle), "me", "test"))


def test_the_county_may_not_take_a_quarter_task_without_law(gate: Gate) -> None:
    with pytest.raises(ChangeRejectedError) as refused:
        submit(gate, EVIDENCE + COUNTY.format(law=""))
    (error,) = refused.value.report.of("violation")
    assert error.shape == ASH + "CountyWithoutLaw"
    assert "Quartierstreff" in error.message.de
    assert "Kreis Viersen" in error.message.de
    assert "Rechtsgrundlage" in error.message.de
    assert "Die Änderung wird nicht gespeichert. So geht es weiter: " in error.message.de


def test_with_a_law_it_is_stored_with_a_note_that_names_law_and_thesis(gate: Gate) -> None:
    outcome = submit(gate, EVIDENCE + COUNTY.format(law=LAW))
    assert outcome.report.conforms
    (note,) = outcome.report.of("warning")
    assert note.shape == ASH + "CountyByLaw"
    for part in ("Quartierstreff", "Kreis Viersen", "§ 1 Testgesetz", "These S3 der Folie"):
        assert part in note.message.de
    assert "Die Angabe ist gespeichert" in note.message.de


def test_a_duty_without_law_is_refused_and_with_law_stored(gate: Gate) -> None:
    with pytest.raises(ChangeRejectedError) as refused:
        submit(gate, EVIDENCE + DUTY.format(law=""))
    (error,) = refused.value.report.of("violation")
    assert error.shape == ASH + "MandatoryByLaw"
    assert error.message.de.startswith("„Quartierstreff“ ist für „Stadt Viersen“ als Pflicht")
    assert "Pflichten entstehen nur durch Gesetz" in error.message.de
    assert submit(gate, EVIDENCE + DUTY.format(law=LAW)).report.results == ()


def test_a_change_is_told_only_about_what_it_concerns(gate: Gate) -> None:
    outcome = submit(gate, EVIDENCE)
    assert outcome.report.results == ()
    assert outcome.report.scope.everything is False
    assert 0 < (outcome.report.scope.pairs or 0) < 100


def test_taking_a_law_away_that_a_note_rests_on_is_refused(gate: Gate) -> None:
    submit(gate, EVIDENCE + COUNTY.format(law=LAW))
    (law,) = (q for q in quads(COUNTY.format(law=LAW)) if q.predicate.value.endswith("legalBasis"))
    with pytest.raises(ChangeRejectedError, match="1 error"):
        gate.submit(ChangeSet(frozenset({law}), frozenset(), "me", "test"))


def test_an_operator_may_make_a_note_an_error(data: EmbeddedStore) -> None:
    store = EmbeddedStore.replica_of(data, without=lambda _: False)
    gate = Gate(store, validator=Validator(read_levels("CountyByLaw=violation")))
    with pytest.raises(ChangeRejectedError) as refused:
        submit(gate, EVIDENCE + COUNTY.format(law=LAW))
    (error,) = refused.value.report.of("violation")
    assert "Die Änderung wird nicht gespeichert." in error.message.de
    assert "ist gespeichert" not in error.message.de
    assert "is saved" not in error.message.en


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ("MandatoryByLaw=warning", "stricter"),
        ("CountyByLaw=info", "stricter"),
        ("NoSuchRule=violation", "no such rule"),
        ("CountyByLaw=hard", "written like this"),
        ("CountyByLaw", "written like this"),
    ],
)
def test_a_level_that_is_lower_or_unknown_is_refused(levels: str, told: str) -> None:
    with pytest.raises(SettingError, match=told):
        Validator(read_levels(levels))


def test_levels_may_stay_as_they_are() -> None:
    Validator(read_levels(" CountyByLaw = warning , "))
