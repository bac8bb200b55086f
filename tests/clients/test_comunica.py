"""Comunica, a query engine in JavaScript, with the service as its source."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.clients.queries import AKM, ASK_NO, ASK_YES, BROKEN, CONSTRUCT, ROWS, SECTORS, STATEMENTS

Comunica = Callable[..., "subprocess.CompletedProcess[str]"]
FILE = "/data/" + STATEMENTS.partition("/data/")[2] + ".ttl"
JSON = "application/sparql-results+json"


@pytest.fixture(scope="module")
def comunica(modules: Path, node: Path) -> Comunica:
    program = modules / "@comunica/query-sparql/bin/query.js"

    def ask(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [node, program, *arguments], capture_output=True, text=True, timeout=120, check=False
        )

    return ask


def answer(comunica: Comunica, *arguments: str, form: str = JSON) -> str:
    done = comunica(*arguments, "-t", form)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(answered: str) -> list[tuple[str, str]]:
    found = json.loads(answered)["results"]["bindings"]
    return [(row["s"]["value"], row["n"]["value"]) for row in found]


@pytest.mark.parametrize("kind", ["sparql@", ""])
def test_rows_arrive_from_the_endpoint_named_or_recognised(
    comunica: Comunica, endpoint: str, kind: str
) -> None:
    assert rows(answer(comunica, kind + endpoint, SECTORS)) == ROWS


@pytest.mark.parametrize(("query", "truth"), [(ASK_YES, True), (ASK_NO, False)])
def test_yes_and_no_arrive(comunica: Comunica, endpoint: str, query: str, truth: bool) -> None:
    assert json.loads(answer(comunica, "sparql@" + endpoint, query))["boolean"] is truth


def test_a_graph_arrives(comunica: Comunica, endpoint: str) -> None:
    found = answer(comunica, "sparql@" + endpoint, CONSTRUCT, form="application/n-triples")
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert sorted(found.splitlines()) == sorted(
        f'<{sector}> <urn:next> "{number}"^^<{integer}> .' for sector, number in ROWS
    )


def test_the_service_is_joined_with_itself_by_comunica(
    comunica: Comunica, base: str, endpoint: str
) -> None:
    query = (
        f"SELECT ?s ?n {{ SERVICE <{endpoint}> {{ ?s a <{AKM}Sector> }} "
        f"SERVICE <{endpoint}> {{ ?s <{AKM}position> ?n }} }} ORDER BY ?n"
    )
    assert rows(answer(comunica, base + FILE, query)) == ROWS


def test_two_sources_are_joined_by_comunica(comunica: Comunica, base: str, endpoint: str) -> None:
    query = SECTORS.replace("SELECT", "SELECT DISTINCT")
    assert rows(answer(comunica, "sparql@" + endpoint, f"sparql@{base}/query", query)) == ROWS


def test_the_service_and_a_download_are_joined(
    comunica: Comunica, base: str, endpoint: str
) -> None:
    query = (
        f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a <{AKM}Statement> "
        f"SERVICE <{endpoint}> {{ ?x a <{AKM}Statement> }} }}"
    )
    found = json.loads(answer(comunica, base + FILE, query))["results"]["bindings"]
    assert [row["n"]["value"] for row in found] == ["10"]


def test_a_syntax_error_ends_in_an_error(comunica: Comunica, endpoint: str) -> None:
    done = comunica("sparql@" + endpoint, BROKEN)
    assert (done.returncode, done.stdout) == (1, "")
