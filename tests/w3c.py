"""The W3C test data, which lie beside the checkout and not in it."""

import os
from pathlib import Path

import pytest

__all__ = ["conformance_folder"]

BESIDE = Path(__file__).parents[2] / "shared" / "conformance"


def conformance_folder(name: str) -> Path:
    """Return a folder of the test data; skips the calling module where there are none."""
    folder = Path(os.environ.get("TEST_CONFORMANCE", str(BESIDE))) / name
    if not folder.is_dir():
        pytest.skip(
            f"no W3C test data in {folder}: set TEST_CONFORMANCE to their folder",
            allow_module_level=True,
        )
    return folder
