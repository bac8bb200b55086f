"""The picture of what surrounds a thing: its name above, its neighbours below it, one line each.

It is as narrow as a phone, so that its letters can be read everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from akteursmodell.analysis.pieces import Piece
from akteursmodell.analysis.ties import Neighbour
from akteursmodell.analysis.widths import wide

__all__ = ["MOST", "Fan", "Ray", "fan"]

MOST = 24
"""Neighbours that the picture shows; the list beside it has all."""
WIDTH = 360
TOP, STEP = 56, 38
# Each text begins further right than the one above it, and all end before the edge.
MIDDLE_AT, NEIGHBOUR_AT = 32, 66
SIZE, SMALL_SIZE = 14, 12
WIDER = 1.2
"""So much wider than in Roboto, whose widths are known, letters are in other usual typefaces."""
FOOT = 26


@dataclass(frozen=True)
class Ray:
    """A neighbour with its place, and its name as long as there is room."""

    neighbour: Neighbour
    y: int
    name: str
    via: str


@dataclass(frozen=True)
class Fan:
    """The whole picture; `more` counts the neighbours that only the list has."""

    name: str
    width: int
    height: int
    rays: tuple[Ray, ...]
    more: int


def fan(middle: Piece, neighbours: Sequence[Neighbour]) -> Fan:
    """Return the picture of a thing and its neighbours, in their order."""
    shown = neighbours[:MOST]
    more = len(neighbours) - len(shown)
    return Fan(
        name=short(middle.text, WIDTH - MIDDLE_AT, SIZE, bold=True),
        width=WIDTH,
        height=TOP + STEP * len(shown) - STEP // 2 + 4 + (FOOT if more else 0),
        rays=tuple(
            Ray(
                each,
                TOP + STEP * number,
                short(each.name.text, WIDTH - NEIGHBOUR_AT, SIZE),
                short(", ".join(each.via), WIDTH - NEIGHBOUR_AT, SMALL_SIZE),
            )
            for number, each in enumerate(shown)
        ),
        more=more,
    )


def short(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return a text as long as there is room, in the unit of its size."""
    kept = text
    while kept and wide(kept if kept == text else kept + "…", size, bold=bold) * WIDER > room:
        kept = kept[:-1].rstrip()
    return kept if kept == text else kept + "…"
