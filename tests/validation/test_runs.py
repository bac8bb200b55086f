"""Validation runs are kept: by several processes, the newest first, and never in the way."""

import os
from pathlib import Path

import pytest

import akteursmodell.validation.runs
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.validation.report import Report, nothing_to_check
from akteursmodell.validation.runs import Run, Runs
from akteursmodell.validation.watched import watched

NO_CHANGE = ChangeSet(frozenset(), frozenset(), "", "")


@pytest.mark.parametrize("kept", ["file", "memory"])
def test_runs_come_back_the_newest_first(tmp_path: Path, kept: str) -> None:
    runs = Runs(tmp_path / "runs.sqlite" if kept == "file" else None)
    assert runs.latest(10) == []
    made = [Run.now("write", number, 0.25, number, 2 * number) for number in range(5)]
    for run in made:
        runs.keep(run)
    assert runs.latest(10) == made[::-1]
    assert runs.latest(2) == made[:-3:-1]
    assert made[0].at <= made[-1].at
    runs.close()


def test_another_process_and_another_life_see_them(tmp_path: Path) -> None:
    file = tmp_path / "runs.sqlite"
    runs = Runs(file)
    runs.keep(Run.now("data", 1, 0.1, 0, 3))
    child = os.fork()
    if child == 0:
        runs.keep(Run.now("shapes", 2, 0.2, 1, 0))
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert [run.kind for run in runs.latest(9)] == ["shapes", "data"]
    runs.close()
    again = Runs(file)
    assert [run.kind for run in again.latest(9)] == ["shapes", "data"]
    again.close()


def test_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(akteursmodell.validation.runs, "MOST", 3)
    runs = Runs(tmp_path / "runs.sqlite")
    for number in range(5):
        runs.keep(Run.now("write", number, 0.0, 0, 0))
    assert [run.revision for run in runs.latest(9)] == [4, 3, 2]
    runs.close()


def test_what_cannot_be_kept_is_no_fault_of_the_change(
    tmp_path: Path, store: EmbeddedStore
) -> None:
    runs = Runs(tmp_path / "missing" / "runs.sqlite")
    report = watched(lambda *_: nothing_to_check(), runs, "write", lambda: 7)(store, NO_CHANGE)
    assert report.conforms
    assert runs.latest(9) == []


def test_a_watched_validator_notes_duration_counts_and_the_state_it_began_from(
    store: EmbeddedStore,
) -> None:
    runs = Runs()
    given: list[Report] = []

    def validator(*_: object) -> Report:
        given.append(nothing_to_check())
        return given[-1]

    assert watched(validator, runs, "write", lambda: 7)(store, NO_CHANGE) is given[0]
    (run,) = runs.latest(9)
    assert (run.kind, run.revision, run.errors, run.notes) == ("write", 7, 0, 0)
    assert 0 <= run.seconds < 1
    runs.close()
