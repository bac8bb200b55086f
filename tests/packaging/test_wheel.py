"""What people install is the wheel: it serves and answers outside the checkout."""

import re
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from tests.serving import serving

from akteursmodell import __version__
from akteursmodell.graph.remote import RemoteEndpoint
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import catalogue


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(root))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pip("install", str(wheel), python=folder / "bin" / "python")
    return folder / "bin" / "akteursmodell"


def pip(*args: str, python: Path | str = sys.executable) -> None:
    line = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", *args]
    subprocess.run(line, check=True, capture_output=True)


def test_the_wheel_holds_what_the_service_reads(wheel: Path, root: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("ontology", "shapes", "data"):
        for file in (root / folder).rglob("*"):
            if file.is_file():
                assert f"akteursmodell/_shipped/{file.relative_to(root).as_posix()}" in names
    web = root / "service" / "akteursmodell" / "web"
    assert (web / "static" / "vendor" / "libraries.json").is_file()
    read = [*(web / "templates").rglob("*.html"), *(web / "static").rglob("*.*")]
    tables = list((root / "service").rglob("*.toml"))
    assert tables
    for file in [*read, *tables]:
        assert file.relative_to(root / "service").as_posix() in names


def test_the_installed_wheel_serves_and_answers_every_question(command: Path) -> None:
    expected = Path(__file__).parent.parent / "competency" / "expected"
    with serving(command=(str(command),)) as address:
        endpoint = RemoteEndpoint(address + "/sparql")
        for question in catalogue().values():
            rows = ask(endpoint, question, {}).rows
            file = expected / f"cq-{question.id.removeprefix('CQ')}.csv"
            assert len(rows) == len(file.read_text().splitlines()) - 1, question.id


def test_the_installed_command_answers_and_validates(command: Path, tmp_path: Path) -> None:
    for line in (["--version"], ["ask", "CQ17"], ["validate"], ["check-ontology"]):
        done = subprocess.run(
            [str(command), *line], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_entry_point_loads() -> None:
    points = distribution("akteursmodell").entry_points
    assert {point.name for point in points} == {"akteursmodell"}
    for point in points:
        assert callable(point.load())


def test_the_version_is_told_in_one_voice(root: Path) -> None:
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    entries = re.findall(r"^## \[(.+?)\]", changelog, re.MULTILINE)
    assert next(entry for entry in entries if entry != "Unreleased") == __version__
    assert f"version: {__version__}\n" in (root / "CITATION.cff").read_text(encoding="utf-8")
