"""The picture of what surrounds a thing: its name above, its neighbours below it, one line each.

It is as narrow as a phone, so that its letters can be read everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from akteursmodell.analysis.pieces import Piece
from akteursmodell.analysis.ties import Neighbour

__all__ = ["MOST", "Fan", "Ray", "fan"]

MOST = 24
"""Neighbours that the picture shows; the list beside it has all."""
WIDTH = 360
TOP, STEP = 56, 38
LETTERS, SMALL_LETTERS = 38, 46
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
        name=short(middle.text, LETTERS),
        width=WIDTH,
        height=TOP + STEP * len(shown) - STEP // 2 + 4 + (FOOT if more else 0),
        rays=tuple(
            Ray(
                each,
                TOP + STEP * number,
                short(each.name.text, LETTERS),
                short(", ".join(each.via), SMALL_LETTERS),
            )
            for number, each in enumerate(shown)
        ),
        more=more,
    )


def short(text: str, letters: int) -> str:
    """Return a text as long as there is room."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
