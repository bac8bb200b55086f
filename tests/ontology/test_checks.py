"""Each rule of quality is a query whose rows are faults; one case passes it, one fails."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyoxigraph as oxigraph
import pytest

from akteursmodell.resources import data_files, ontology_files, shape_files
from akteursmodell.vocabulary import compact, expand

FOLDER = Path(__file__).parent / "checks"
CHECKS = sorted(FOLDER.glob("*.rq"))
PARTS: dict[str, Callable[[], list[Path]]] = {
    "ontology": ontology_files,
    "data": data_files,
    "shapes": shape_files,
}


def store_of(files: list[Path]) -> oxigraph.Store:
    store = oxigraph.Store()
    for file in files:
        store.load(path=str(file), format=oxigraph.RdfFormat.TURTLE)
    return store


@cache
def shipped(parts: tuple[str, ...]) -> oxigraph.Store:
    return store_of([file for part in parts for file in PARTS[part]()])


def found(check: Path, store: oxigraph.Store) -> set[str]:
    rows = store.query(check.read_text(encoding="utf-8"))
    assert isinstance(rows, oxigraph.QuerySolutions)
    return {compact(row["term"].value) for row in rows}


def line(file: Path, key: str) -> list[str]:
    match = re.search(rf"^# {key}: (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return match[1].split() if match else []


def name(check: Path) -> str:
    return check.stem


def test_each_check_has_both_cases_and_no_case_lacks_its_check() -> None:
    assert len(CHECKS) >= 40
    cases = {file.name for file in FOLDER.glob("*.ttl")}
    assert cases == {f"{c.stem}.{kind}.ttl" for c in CHECKS for kind in ("good", "bad")}
    assert {file.suffix for file in FOLDER.iterdir()} == {".rq", ".ttl"}


@pytest.mark.parametrize("check", CHECKS, ids=name)
def test_the_shipped_ontology_breaks_no_rule(check: Path) -> None:
    parts = line(check, "over") or ["ontology"]
    assert not found(check, shipped(tuple(parts)))


@pytest.mark.parametrize("check", CHECKS, ids=name)
def test_the_good_case_passes(check: Path) -> None:
    assert not found(check, store_of([check.with_suffix(".good.ttl")]))


@pytest.mark.parametrize("check", CHECKS, ids=name)
def test_of_the_bad_case_exactly_the_culprits_are_found(check: Path) -> None:
    case = check.with_suffix(".bad.ttl")
    culprits = {compact(expand(term) or term) for term in line(case, "found")}
    assert culprits
    assert found(check, store_of([case])) == culprits


def test_the_page_on_quality_names_each_check(root: Path) -> None:
    page = (root / "docs" / "ontology-quality.md").read_text(encoding="utf-8")
    assert {c.stem for c in CHECKS} <= set(re.findall(r"`([a-z-]+)`", page))
