"""What the documents show is true: commands run, links lead somewhere, settings are told."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest
from tests.conftest import ROOT
from tests.serving import serving

from akteursmodell.cli import main
from akteursmodell.config import PREFIX, Settings

DOCUMENTS = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/**/*.md"),
    *ROOT.glob("*/README.md"),
    *ROOT.glob("*/*/README.md"),
]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")
SERVED = "http://127.0.0.1:8000"


def commands() -> list[str]:
    lines = []
    for document in DOCUMENTS:
        for block in BLOCK.findall(document.read_text(encoding="utf-8")):
            lines += [line.split("    # ")[0].strip() for line in block.splitlines() if line]
    return list(dict.fromkeys(lines))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving() as base:
        yield base


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the checkout and holds a store."""
    folder = tmp_path_factory.mktemp("docs")
    for name in ("data", "shapes"):
        (folder / name).symlink_to(ROOT / name)
    with serving("--store", str(folder / "store")):
        pass
    return folder


@pytest.mark.parametrize("line", commands())
def test_commands_shown_in_documents_run(line: str, address: str, folder: Path) -> None:
    words = shlex.split(line.replace(SERVED, address))
    if words[0] == "make":
        targets = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert re.search(rf"^{words[1]}:", targets, re.MULTILINE)
        return
    if words[:2] == ["akteursmodell", "serve"]:
        with serving(*words[words.index("--store") :], cwd=folder):
            return
    environ = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        words, cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: str(d.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def test_every_setting_is_documented_with_default_and_meaning() -> None:
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    for setting in fields(Settings):
        row = re.search(
            rf"^\| `{PREFIX}{setting.name.upper()}` \|(.*)\|(.*)\|$", text, re.MULTILINE
        )
        assert row, setting.name
        default = str(setting.default).lower() if setting.type is bool else str(setting.default)
        assert row.group(1).strip().strip("`") == default.replace("False", "false")
        assert row.group(2).strip() == setting.metadata["help"]


def test_every_command_stands_in_the_readme_or_the_manual() -> None:
    text = "".join(d.read_text(encoding="utf-8") for d in DOCUMENTS)
    for name in main.list_commands(click.Context(main)):
        assert f"akteursmodell {name}" in text, name


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 100


def test_no_document_names_a_path_of_a_machine() -> None:
    for document in DOCUMENTS:
        found = re.search(r"(?<![\w.])/(home|root|work|tmp)/", document.read_text(encoding="utf-8"))
        assert not found, document
