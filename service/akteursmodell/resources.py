"""Finds the shipped folders `ontology`, `shapes` and `data`, in a wheel or in a checkout."""

from importlib.resources import files
from pathlib import Path

from akteursmodell.errors import StoreError, Text

__all__ = ["data_files", "folder", "ontology_files", "question_files", "root", "shape_files"]

FOLDERS = ("ontology", "shapes", "data")


def root() -> Path:
    """Return the folder that holds the shipped folders."""
    package = Path(str(files("akteursmodell")))
    for candidate in (package / "_shipped", package.parent.parent):
        if all((candidate / name).is_dir() for name in FOLDERS):
            return candidate
    raise StoreError(
        Text(
            "Die mitgelieferten Dateien (ontology, shapes, data) fehlen in der Installation.",
            "The shipped files (ontology, shapes, data) are missing from this installation.",
        ),
        Text("Bitte neu installieren.", "Please install again."),
    )


def folder(name: str) -> Path:
    """Return one shipped folder."""
    return root() / name


def ontology_files() -> list[Path]:
    """Return modules, code lists and imports, in a fixed order."""
    return sorted(folder("ontology").rglob("*.ttl"))


def shape_files() -> list[Path]:
    """Return the shape files, in a fixed order."""
    return sorted(folder("shapes").glob("*.ttl"))


def data_files() -> list[Path]:
    """Return the data files, one named graph each, in a fixed order."""
    return sorted(folder("data").rglob("*.ttl"))


def question_files() -> list[Path]:
    """Return the competency questions, in the order of their numbers."""
    return sorted(folder("ontology").glob("questions/cq-*.rq"))
