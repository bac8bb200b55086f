"""What a run of the command validates: the shipped data, or files in their context."""

from collections.abc import Iterable
from pathlib import Path

from akteursmodell.graph.files import read_file
from akteursmodell.graph.shipped import read_shipped
from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.resources import data_files, ontology_files
from akteursmodell.validation.engine import validate, validate_with_reference
from akteursmodell.validation.places import find_places
from akteursmodell.validation.report import Report

__all__ = ["validate_files"]


def validate_files(files: Iterable[Path], *, reference: bool = False) -> Report:
    """Validate files together with ontology and shipped data, or the shipped data alone.

    A file that is one of the shipped ones replaces it; the report tells of the entries in the
    files only. `reference` lets pySHACL check.
    """
    files = [file.resolve() for file in files]
    shipped = [file for file in data_files() if not any(same(file, given) for given in files)]
    context = read_shipped([*ontology_files(), *shipped])
    given = [quad for file in files for quad in read_file(file)]
    check = validate_with_reference if reference else validate
    report = check([*context, *given], find_places(files or shipped))
    return report.only(subjects(given)) if files else report


def same(shipped: Path, given: Path) -> bool:
    """Whether a given file stands for a shipped one: the same file, or one of the same path end."""
    return shipped.resolve() == given or given.parts[-3:] == shipped.parts[-3:]


def subjects(quads: Iterable[Quad]) -> set[str]:
    """Return the IRIs that are described."""
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
