"""The columns of the matrix as a picture, in pixels, and the room for its letters and cells."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

__all__ = [
    "EDGE",
    "GUTTER",
    "LABELS",
    "LANE",
    "PRINT",
    "SCREEN",
    "WIDTH",
    "WORKSHEET",
    "Column",
    "Style",
    "columns",
]

WIDTH: Final = 1376.0
EDGE: Final = 20.0
LABELS: Final = 290.0
GUTTER, LANE = 12.0, 10.0
NARROW: Final = 0.6


@dataclass(frozen=True)
class Style:
    """How much wider than Roboto letters may be; in pixels, how high lines of text and cells are.

    `room` is how high cells are at least, `gap` the space between two rows.
    """

    spare: float
    room: float = 0
    leading: float = 15.5
    gap: float = 6


# A reader's browser may have another typeface than Roboto; few are wider than this.
SCREEN: Final = Style(1.2)
# On paper lines stand closer, so that more of the frame keeps its size.
PRINT: Final = Style(1.03, leading=14.5, gap=4)
WORKSHEET: Final = Style(1.03, 190)


@dataclass(frozen=True)
class Column:
    """A sector's column: where its cells begin, and how wide they are."""

    x: float
    width: float
    gutter: float


def columns(lanes: Iterable[int], narrow: Collection[int] = ()) -> list[Column]:
    """Return the columns: equally wide, whatever the gutters between them take, some narrow."""
    gutters = [GUTTER + LANE * count for count in lanes]
    shares = [NARROW if number in narrow else 1.0 for number in range(len(gutters))]
    room = (WIDTH - 2 * EDGE - LABELS - sum(gutters)) / sum(shares)
    found, x = [], EDGE + LABELS
    for gutter, share in zip(gutters, shares, strict=True):
        found.append(Column(x + gutter, room * share, gutter))
        x += gutter + room * share
    return found
