"""`validate --watch` tells what each change of a file changes, and does nothing meanwhile."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from akteursmodell.cli.watching import PAUSE, watch
from akteursmodell.errors import InputError, Text
from akteursmodell.validation.report import Report, Result, Severity


def finding(name: str, severity: Severity = "warning", place: str = "x.ttl:1") -> Result:
    words = Text(name, name)
    return Result(
        severity, f"urn:{name}", words, "urn:shape", words, words, (), "model", place=place
    )


def report(*results: Result) -> Report:
    return Report(results)


class Watching:
    """Plays what happens to a file between two looks; Ctrl-C at the end."""

    def __init__(self, file: Path, reports: Sequence[Report | Exception], happen: str) -> None:
        self.file = file
        self.reports = list(reports)
        self.happen = list(happen)
        self.validated = 0
        self.slept: list[float] = []

    def validate(self, files: Sequence[Path]) -> Report:
        assert list(files) == [self.file]
        found = self.reports[self.validated]
        self.validated += 1
        if isinstance(found, Exception):
            raise found
        return found

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if not self.happen:
            raise KeyboardInterrupt
        if self.happen.pop(0) == "c":
            self.file.write_text(f"# {len(self.happen)}")
            os.utime(self.file, ns=(len(self.happen), len(self.happen)))

    def run(self) -> int:
        sleep: Callable[[float], None] = self.sleep
        return watch([self.file], "en", validator=self.validate, sleep=sleep)


def test_only_a_changed_file_is_validated_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.ttl"
    file.write_text("")
    first = report(finding("old"), finding("moved"))
    later = report(finding("moved", place="x.ttl:9"), finding("new", "violation"))
    watching = Watching(file, [first, later, later], "..c.c..")
    assert watching.run() == 1
    assert watching.validated == 3
    assert set(watching.slept) == {PAUSE}
    told = capsys.readouterr().out.splitlines()
    assert told[-7:] == [
        "+ Error · new · x.ttl:1",
        "    new",
        "− Note · old · x.ttl:1",
        "    old",
        "1 error, 1 note",
        "The findings are the same.",
        "1 error, 1 note",
    ]


def test_a_file_that_cannot_be_read_for_a_moment_does_not_end_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.ttl"
    file.write_text("")
    broken = InputError(Text("kaputt", "broken"))
    watching = Watching(file, [report(), broken, report(finding("new"))], "cc")
    assert watching.run() == 0
    out, err = capsys.readouterr()
    assert "broken" in err
    assert "+ Note · new" in out
    assert "Ctrl-C" in err
