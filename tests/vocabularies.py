"""Where the unchanged copies of foreign vocabularies lie, which are no part of the checkout."""

import os
from pathlib import Path

import pytest
import rdflib

from tests.conftest import ROOT

VARIABLE = "TEST_VOCABULARIES"


def vocabulary(name: str) -> rdflib.Graph:
    """Read one of them, or skip the test that asks for it."""
    folder = Path(os.environ.get(VARIABLE, ROOT.parent / "shared" / "vocabularies"))
    file = folder / name
    if not file.is_file():
        pytest.skip(f"{file} is not there: {VARIABLE} may name the folder with the vocabularies")
    return rdflib.Graph().parse(file)
