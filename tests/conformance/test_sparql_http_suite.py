"""The W3C's SPARQL 1.1 tests over HTTP: query, update, protocol, graph store, formats."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

# What is said over HTTP is ours, whatever the engine's own server does.
OURS = ("protocol/", "gsp/", "extra-")


def run(suites: Path, *options: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, suites / "sparql_http_suite.py", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


@pytest.fixture(scope="module")
def report(
    suites: Path, where: list[str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What one run of all tests found."""
    folder = tmp_path_factory.mktemp("sparql")
    done = run(suites, *where, "--gsp-direct", "--json", "report.json", folder=folder)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def engine_limits(suites: Path) -> set[str]:
    """The tests that the engine itself fails in the version we use."""
    (file,) = suites.glob("known-oxigraph-*.txt")
    names = {line.partition("#")[0].strip() for line in file.read_text("utf-8").splitlines()}
    return {name for name in names if name and not name.startswith(OURS)}


def test_every_test_ran(
    suites: Path, where: list[str], report: dict[str, Any], tmp_path: Path
) -> None:
    listed = run(suites, *where, "--gsp-direct", "--list", folder=tmp_path).stdout.splitlines()
    assert report["passed"] + report["failed"] == len(listed) - 1 > 0


def test_nothing_fails_but_what_the_engine_cannot(
    report: dict[str, Any], engine_limits: set[str]
) -> None:
    failed = [
        f"{fault['id']} - {fault['reason']}"
        for fault in report["failures"]
        if fault["id"] not in engine_limits
    ]
    assert failed == [], "\n".join(failed)
