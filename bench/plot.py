"""Draw CPU times as SVG: a panel for each size, a row for each query, a mark for each server."""

import math
from typing import Any
from xml.sax.saxutils import escape

from bench.book import CONNECTIONS, Book

__all__ = ["plot"]

LABELS, PANEL, GAP, ROW, TOP = 120, 270, 40, 24, 72
LOW, HIGH = -2, 5  # powers of ten of a millisecond
MARKS = {
    "akteursmodell": ("#0b5394", "M-6,0 0,-6 6,0 0,6Z"),
    "oxigraph serve": ("#b45f06", "M-5,-5H5V5H-5Z"),
    "rdflib-endpoint": ("#38761d", "M0,-6 6,5 -6,5Z"),
    "rdflib in process": ("#741b47", "M-5,-5 5,5M-5,5 5,-5"),
}


def x_of(milliseconds: float, panel: int) -> float:
    """Return where a time stands on the logarithmic axis of a panel."""
    power = min(max(math.log10(milliseconds), LOW), HIGH)
    return LABELS + panel * (PANEL + GAP) + (power - LOW) / (HIGH - LOW) * PANEL


def duration(milliseconds: float) -> str:
    """Return a time in the unit that fits."""
    thousand = 1000
    if milliseconds >= thousand:
        return f"{milliseconds / thousand:g} s"
    return f"{milliseconds:g} ms"


def mark(server: str, x: float, y: float, title: str, *, hollow: bool = False) -> str:
    """Return the mark of a server; hollow where the cap was exceeded."""
    colour, path = MARKS[server]
    fill = "none" if hollow or server == "rdflib in process" else colour
    return (
        f'<path d="{path}" transform="translate({x:.1f},{y:.1f})" fill="{fill}" '
        f'stroke="{colour}" stroke-width="1.5"><title>{escape(title)}</title></path>'
    )


def text(x: float, y: float, words: str, anchor: str = "start", weight: str = "normal") -> str:
    """Return a text."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}">'
        f"{escape(words)}</text>"
    )


def frame(book: Book, bottom: float) -> list[str]:
    """Return titles, axes and names of the rows."""
    parts = []
    for panel, size in enumerate(book.sizes):
        middle = x_of(10 ** ((LOW + HIGH) / 2), panel)
        parts.append(text(middle, TOP - 24, f"{size:,} triples", "middle", "bold"))
        for power in range(LOW, HIGH + 1):
            x = x_of(10.0**power, panel)
            parts.append(
                f'<line x1="{x:.1f}" y1="{TOP - 12}" x2="{x:.1f}" y2="{bottom}" stroke="#ddd"/>'
            )
            if power % 2 == 0:
                parts.append(text(x, bottom + 16, duration(10.0**power), "middle"))
    for row, query in enumerate(book.queries):
        parts.append(text(LABELS - 14, TOP + row * ROW + 4, query, "end"))
    return parts


def legend(book: Book) -> list[str]:
    """Return what the marks mean."""
    parts = []
    for number, server in enumerate(book.servers):
        x = LABELS + number * 160
        parts += [mark(server, x, 20, server), text(x + 12, 24, server)]
    x = LABELS + len(book.servers) * 160
    return [*parts, text(x, 24, f"hollow, at the edge: > {book.cap:g} s")]


def plot(results: dict[str, Any]) -> str:
    """Return the SVG; equal tables stand on the page."""
    book = Book(results)
    bottom = TOP + len(book.queries) * ROW - 8
    width = LABELS + len(book.sizes) * (PANEL + GAP)
    parts = [*legend(book), *frame(book, bottom)]
    for panel, size in enumerate(book.sizes):
        for row, query in enumerate(book.queries):
            for server in book.servers:
                cell = book.cell(size, query, server, CONNECTIONS)
                if cell is None or cell["failure"]:
                    continue
                exceeded = cell["exceeded"]
                title = f"{server}, {query}, {size:,} triples: {book.shown(cell, 'cpu')}"
                x = x_of(10.0**HIGH if exceeded else cell["cpu"] or 10.0**LOW, panel)
                parts.append(mark(server, x, TOP + row * ROW, title, hollow=exceeded))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width + 20} {bottom + 30}" '
        'font-family="sans-serif" font-size="12" role="img">\n'
        f"<title>CPU time per request at {CONNECTIONS} connections</title>\n"
        '<rect width="100%" height="100%" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )
