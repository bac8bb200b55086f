"""Bad input, wrong credentials, giant requests and calls to elsewhere: the service stands it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.serving import Server

DEBATABLE = Path(__file__).parent / "debatable.txt"


@pytest.fixture(scope="module")
def report(
    suites: Path, server: Server, where: list[str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What one run of all probes found."""
    folder = tmp_path_factory.mktemp("abuse")
    watched = ("--pid", str(server.pid), "--known-failures", str(DEBATABLE))
    done = subprocess.run(
        [sys.executable, suites / "abuse_http.py", *where, *watched, "--json", "report.json"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=1900,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    return found


def test_every_probe_ran(report: dict[str, Any]) -> None:
    assert report["passed"] > 0
    assert report["skipped"] == []


def test_no_probe_fails(report: dict[str, Any]) -> None:
    failed = [f"{fault['id']} - {fault['reason']}" for fault in report["failures"]]
    assert failed == [], "\n".join(failed)


def test_the_service_stays_up(report: dict[str, Any]) -> None:
    assert report["service_deaths"] == 0


def test_what_is_debatable_has_a_reason_and_still_fails(report: dict[str, Any]) -> None:
    lines = [line for line in DEBATABLE.read_text("utf-8").splitlines() if line[:1] not in "#"]
    named = {name.strip(): reason.strip() for name, _, reason in (s.partition("#") for s in lines)}
    assert all(named.values())
    assert {fault["id"] for fault in report["known"]} == set(named)
