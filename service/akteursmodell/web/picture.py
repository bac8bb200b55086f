"""A laid out matrix as SVG: real text, no script, no style sheet, every look an attribute.

So that browsers, word processors and the typesetter of the papers paint the same.
"""

from collections.abc import Iterator
from html import escape
from typing import Final

from akteursmodell.analysis.drawing import SMALL, Block, Box, Line, Mark, Sheet

__all__ = ["FONTS", "svg"]

FONTS: Final = "Roboto, Arial, 'Liberation Sans', Helvetica, sans-serif"
KINDS: Final = {
    "law": "#8a4300",
    "contract": "#6b1f8f",
    "cooperation": "#00635a",
    "network": "#00635a",
}
OTHER: Final = "#455a64"
TEXT, SOFT, PAPER = "#16181d", "#4a5260", "#ffffff"
CELLS: Final = {"cell": "#f5f7fa", "cell tint-1": "#fdf0df", "cell tint-2": "#e4f2f0"}
CHIPS: Final = {
    "documented": f'fill="{PAPER}" stroke="#2b3442" stroke-width="1.5"',
    "template": 'fill="none" stroke="#7b8494" stroke-dasharray="4 3"',
    "ambiguous": 'fill="none" stroke="#7b8494" stroke-width="1.5" stroke-dasharray="1.5 2.5"',
    "hidden": 'fill="none" stroke="none"',
}
DASHES: Final = {
    "ending": ' stroke-dasharray="12 3 2 3"',
    "attested": ' stroke-dasharray="7 4"',
    "future": ' stroke-dasharray="2 4"',
}


def svg(sheet: Sheet, title: str, summary: str, lang: str) -> str:
    """Return the picture; title and summary are for those who hear it."""
    size = f'width="{sheet.width:g}" height="{sheet.height:g}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{lang}" lang="{lang}" role="img" '
        f'aria-labelledby="title desc" {size} viewBox="0 0 {sheet.width:g} {sheet.height:g}" '
        f'font-family="{FONTS}">',
        f'<title id="title">{escape(title)}</title><desc id="desc">{escape(summary)}</desc>',
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        *(cell(box) for box in sheet.cells if box.height),
        *(path for line in sheet.lines if not line.dot for path in strokes(line)),
        *(dot(line) for line in sheet.lines if line.dot),
        *map(chip, sheet.boxes),
        *(part for each in sheet.marks for part in mark(each)),
        *(words for block in sheet.texts for words in texts(block)),
        "</svg>",
    ]
    return "\n".join(parts)


def cell(box: Box) -> str:
    """Return the ground of a cell."""
    return f'<rect {place(box)} fill="{CELLS[box.look]}"/>'


def chip(box: Box) -> str:
    """Return a chip or a pill with what it stands for."""
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in box.about.items())
    kind, _, state = box.look.removeprefix("pill-").partition(" ")
    look = CHIPS.get(box.look)
    if look is None:
        dashed = ' stroke-dasharray="4 3"' if state else ""
        look = f'fill="{PAPER}" stroke="{KINDS.get(kind, OTHER)}" stroke-width="1.5"{dashed}'
    return f'<rect {place(box)} rx="4" {look}{data}/>'


def strokes(line: Line) -> Iterator[str]:
    """Yield a piece of a line: a casing, which makes crossings bridges, and the line."""
    (x, y), *others = line.points
    path = f"M{x:g} {y:g}" + "".join(f"L{a:g} {b:g}" for a, b in others)
    colour = KINDS.get(line.relation.kind, OTHER)
    state = "ending" if line.relation.ends_soon else line.relation.state
    yield f'<path d="{path}" stroke="{PAPER}" stroke-width="6" fill="none"/>'
    yield (
        f'<path d="{path}" stroke="{colour}" stroke-width="2.5" fill="none" '
        f'stroke-linecap="round"{DASHES.get(state, "")} '
        f'data-line="{escape(line.relation.anchor)}"/>'
    )


def dot(line: Line) -> str:
    """Return the mark where a trunk meets its own row."""
    ((x, y),) = line.points
    return f'<circle cx="{x:g}" cy="{y:g}" r="4" fill="{KINDS.get(line.relation.kind, OTHER)}"/>'


def mark(each: Mark) -> Iterator[str]:
    """Yield the number of a relation: hexagon, square, round or ring as on the page."""
    x, y, kind = each.x, each.y, each.relation.kind
    colour = KINDS.get(kind, OTHER)
    if kind == "law":
        points = [(4, 0), (18, 0), (22, 8), (18, 16), (4, 16), (0, 8)]
        corners = " ".join(f"{x + a:g},{y + b:g}" for a, b in points)
        yield f'<polygon points="{corners}" fill="{colour}"/>'
    else:
        round_ = {"cooperation": 8, "network": 8}.get(kind, 2)
        ring = kind == "network"
        look = (
            f'fill="{PAPER if ring else colour}"' + f' stroke="{colour}" stroke-width="1.5"' * ring
        )
        yield f'<rect x="{x:g}" y="{y:g}" width="22" height="16" rx="{round_}" {look}/>'
    ink = colour if kind == "network" else PAPER
    yield (
        f'<text x="{x + 11:g}" y="{y + 12:g}" font-size="{SMALL:g}" font-weight="bold" '
        f'text-anchor="middle" fill="{ink}">{each.relation.number}</text>'
    )


def texts(block: Block) -> Iterator[str]:
    """Yield the lines of a text."""
    weight = ' font-weight="bold"' if block.bold else ""
    ink = SOFT if block.look == "soft" else TEXT
    for number, words in enumerate(block.lines):
        if words:
            yield (
                f'<text x="{block.x:g}" y="{block.y + block.leading * number:g}" '
                f'font-size="{block.size:g}"{weight} fill="{ink}">{escape(words)}</text>'
            )


def place(box: Box) -> str:
    """Return where a box lies."""
    return f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
