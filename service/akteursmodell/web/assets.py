"""Scripts and styles of the pages: their addresses carry a hash, so that browsers may keep them.

Libraries of others stand in `static/vendor`, put there when the package is built; without them the
pages work as they do without JavaScript. `/libraries` lists them with their licences.
"""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

__all__ = ["blueprint", "has_libraries", "install"]

blueprint = Blueprint("assets", __name__)

FOLDER = Path(__file__).parent / "static"
LISTING = FOLDER / "vendor" / "libraries.json"
YEAR = 365 * 24 * 3600
SHORT = 16
TEXTS = (".css", ".js", ".mjs", ".svg")
WORTHWHILE = 1024


@dataclass(frozen=True)
class Library:
    """A package that the pages bring with them, and its licence."""

    name: str
    version: str
    licence: str
    homepage: str
    text: str


@lru_cache(maxsize=512)
def fingerprint(path: Path, changed: int) -> str:  # noqa: ARG001 -- part of the key
    """Return the hash of a file's content; `changed` tells when it was last written."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:SHORT]


def path_of(name: str) -> Path | None:
    """Return the file of a name, or None where the folder has none."""
    found = safe_join(str(FOLDER), name)
    return Path(found) if found and Path(found).is_file() else None


def version_of(path: Path) -> str:
    """Return the hash that the address of a file carries."""
    return fingerprint(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=512)
def packed(path: Path, changed: int) -> bytes:  # noqa: ARG001 -- part of the key
    """Return a text in gzip, as it was built, or made now."""
    built = path.with_name(path.name + ".gz")
    return built.read_bytes() if built.is_file() else gzip.compress(path.read_bytes(), 9, mtime=0)


def static(filename: str) -> Response:
    """Send a file: for a year where its address has its hash, packed where that is understood."""
    path = path_of(filename)
    if path is None:
        raise NotFound
    found = version_of(path)
    kind = guess_type(path.name)[0] or "application/octet-stream"
    text = path.suffix in TEXTS and path.stat().st_size >= WORTHWHILE
    small = text and request.accept_encodings.quality("gzip") > 0
    body = packed(path, path.stat().st_mtime_ns) if small else path.read_bytes()
    answer = Response(body, mimetype=kind)
    answer.set_etag(f"{found}-gzip" if small else found)
    if text:
        answer.vary.add("Accept-Encoding")
    if small:
        answer.content_encoding = "gzip"
    if request.args.get("v") == found:
        answer.cache_control.public = True
        answer.cache_control.max_age = YEAR
        answer.cache_control.immutable = True
    else:
        answer.cache_control.no_cache = True
    answer.make_conditional(request)
    return answer


def libraries() -> list[Library]:
    """Return what the build has brought, by name; empty where nothing is built."""
    if not LISTING.is_file():
        return []
    listed = json.loads(LISTING.read_text(encoding="utf-8"))["packages"]
    return [Library(**each) for each in listed]


def has_libraries() -> bool:
    """Whether the libraries of the pages are there."""
    return LISTING.is_file()


@blueprint.get("/libraries")
def page() -> str:
    """List the libraries with their licences, or say how they come here."""
    return render_template("libraries.html", libraries=libraries())


def install(app: Flask) -> None:
    """Serve the folder at /static, and put the hash of each file into its address."""
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=static)
    app.register_blueprint(blueprint)

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values:
            path = path_of(str(values.get("filename", "")))
            if path is not None:
                values["v"] = version_of(path)

    @app.context_processor
    def known() -> dict[str, object]:
        return {"has_libraries": has_libraries()}
