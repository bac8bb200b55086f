"""What a client accepts, worked out once for each Accept header and format name.

RFC 9110, section 12.5. Parameters of a media type other than its weight are passed over.
"""

from dataclasses import dataclass
from functools import lru_cache

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from akteursmodell.errors import NotAcceptableError
from akteursmodell.query.encodings import CODINGS
from akteursmodell.query.results import GRAPHS, ROWS, Format, by_name

__all__ = ["Accepted", "accepted", "coding"]

PAGES = ("text/html", "application/xhtml+xml")
LONGEST = 4096
HTML = "html"


@dataclass(frozen=True)
class Accepted:
    """The formats for a table and for a graph, empty where none fits; and if a page is wanted."""

    rows: str
    graph: str
    page: bool


@lru_cache(maxsize=1024)
def accepted(header: bytes | None, name: str | None) -> Accepted:
    """Return what a client accepts, by the name of a format or else by its Accept header."""
    if name:
        return Accepted(named(ROWS, name), named(GRAPHS, name), name.lower() in (HTML, *PAGES))
    if not header or len(header) > LONGEST:
        return Accepted(ROWS[0].name, GRAPHS[0].name, page=False)
    values = parse_accept_header(header.decode("latin-1"), MIMEAccept)
    simple = MIMEAccept([(value.partition(";")[0].strip(), weight) for value, weight in values])
    explicit = {value for value, weight in simple if weight > 0}
    page = any(kind in explicit for kind in PAGES)
    return Accepted(best(simple, ROWS), best(simple, GRAPHS), page)


def named(formats: tuple[Format, ...], name: str) -> str:
    """Return the format of a short name or media type, empty where there is none."""
    try:
        return by_name(formats, name).name
    except NotAcceptableError:
        return ""


def best(header: MIMEAccept, formats: tuple[Format, ...]) -> str:
    """Return the format that a header likes best, the first of equals; empty where none fits."""
    offered = [media for form in formats for media in form.media_types]
    found = header.best_match(offered)
    return next((form.name for form in formats if found in form.media_types), "")


@lru_cache(maxsize=256)
def coding(header: bytes | None) -> str:
    """Return the content coding to answer in, empty for none (RFC 9110, section 12.5.3)."""
    if not header or len(header) > LONGEST:
        return ""
    weights = {}
    for part in header.decode("latin-1").lower().split(","):
        name, _, parameters = part.partition(";")
        weights[name.strip()] = "q=0" not in parameters.replace(" ", "") or "q=0." in parameters
    return next((name for name in CODINGS if weights.get(name, weights.get("*", False))), "")
