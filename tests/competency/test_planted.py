"""Planted entries at which a question could lose, gain or mix rows, however it is written."""

from collections.abc import Iterator

import pytest

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import Quad
from akteursmodell.updates.inference import bring_up
from tests.competency.test_changes import quads, rows

NONE: frozenset[Quad] = frozenset()
DAY = '"2026-01-01"^^xsd:date ; akm:lastAttestedPrecision akm:precision-day'


@pytest.fixture(scope="module")
def engine() -> Iterator[EmbeddedStore]:
    store = EmbeddedStore.in_memory()
    bring_up(store)
    yield store
    store.close()


def gained(store: EmbeddedStore, question: str, turtle: str, *columns: int) -> list[list[str]]:
    """Some columns of the rows that planted entries add; none may go."""
    planted = ChangeSet(NONE, quads(store, turtle), "test", "planted")
    before = rows(store, question, {})
    store.apply(planted)
    try:
        after = rows(store, question, {})
    finally:
        store.apply(planted.inverse())
    assert before <= after
    return sorted([row[n] for n in columns] for row in (after - before).elements())


def test_the_attestation_of_one_cooperation_does_not_stand_with_another(
    engine: EmbeddedStore,
) -> None:
    turtle = f"""
    id:test-funding a akm:Funding ; akm:throughProgramme id:test-programme ;
      akm:inCooperation id:test-old , id:test-new .
    id:test-old a akm:Cooperation ; akm:lastAttestedOn {DAY} .
    id:test-new a akm:Cooperation .
    id:test-alone a akm:Funding ; akm:throughProgramme id:test-programme .
    """
    day = '"2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert gained(engine, "CQ37", turtle, 0, 3, 7) == [
        ["id:test-alone", "", ""],
        ["id:test-funding", "id:test-new", ""],
        ["id:test-funding", "id:test-old", day],
    ]


def test_a_duty_stands_only_with_the_task_that_depends_on_it(engine: EmbeddedStore) -> None:
    turtle = """
    id:test-agreement a akm:Agreement ; akm:agent id:org-awo ;
      akm:forTask id:test-free , id:test-bound .
    id:test-free a akm:Task . id:test-bound a akm:Task .
    id:test-need akm:requiredTask id:test-bound ; akm:dependentTask id:test-duty .
    id:test-obligation akm:forTask id:test-duty ; akm:obligationKind id:test-kind .
    id:test-kind akm:imposesDuty true .
    id:test-taskless a akm:Agreement ; akm:agent id:org-awo .
    """
    assert gained(engine, "CQ52", turtle, 2, 4, 5) == [
        ["id:test-agreement", "id:test-bound", "id:test-duty"],
        ["id:test-agreement", "id:test-free", ""],
        ["id:test-taskless", "", ""],
    ]


def test_of_two_contractors_only_the_non_statutory_provider_stands_there(
    engine: EmbeddedStore,
) -> None:
    turtle = """
    id:test-agreement a akm:Agreement ; akm:agent id:org-awo , id:org-vab , id:test-firm .
    id:test-nobody a akm:Agreement .
    """
    found = gained(engine, "CQ32", turtle, 1, 2)
    assert found == [["id:test-agreement", "id:org-awo"], ["id:test-nobody", ""]]


def test_plans_meet_in_the_same_area_in_one_within_and_in_one_around_but_not_beside(
    engine: EmbeddedStore,
) -> None:
    plan = "".join(
        f"""id:test-resp-{name} a akm:Responsibility ; akm:bearer id:org-awo ;
          akm:responsibilityKind akm:responsibility-planning ;
          akm:forTask id:test-task-{name} ; akm:inSpace id:test-{space} .
        id:test-task-{name} a akm:PlanningTask .
        """
        for name, space in (
            *(("a", "town"), ("b", "part"), ("c", "part"), ("d", "alone"), ("e", "beside")),
        )
    )
    turtle = f"""{plan}
    id:test-town a akm:AdministrativeArea . id:test-part akm:within id:test-town ;
      a akm:AdministrativeArea .
    id:test-alone a akm:AdministrativeArea . id:test-beside a akm:Neighbourhood .
    """
    assert gained(engine, "CQ56", turtle, 0, 1) == [
        ["id:test-part", "id:test-task-b"],
        ["id:test-part", "id:test-task-c"],
        ["id:test-town", "id:test-task-a"],
    ]
