"""The lines of the matrix as strokes inside its boxes, for a table that a browser lays out.

Each stroke lies in one cell or at one chip and reaches its edges, however high that is; so lines
stay together when text grows. Lengths are in rem or in percent of the box. The gutter's own
coordinates begin at its left edge; it is `BASE` + `LANE` × lanes wide.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from akteursmodell.analysis.lines import Course, Dock, Trunk
from akteursmodell.analysis.relations import Relation
from akteursmodell.analysis.table import ORGANISATIONS, Table

__all__ = ["BASE", "LANE", "PAD", "Stroke", "Strokes", "strokes"]

BASE: Final = 0.75
LANE: Final = 0.625
# Inner edge of a cell, half the space between two rows; as in matrix.css.
PAD: Final = 0.4
ROW_GAP: Final = 0.25
REACH: Final = PAD + ROW_GAP
# Height of the crossbar in a relation's row, and of the first port of a chip; space between ports.
BAR: Final = 1.4
PORT: Final = 0.875
PORTS: Final = 0.8
WHOLE: Final = "100%"


@dataclass(frozen=True)
class Stroke:
    """A straight piece of a relation's line; `dot` marks where its trunk meets its own row."""

    relation: Relation
    x1: str
    y1: str
    x2: str
    y2: str
    dot: bool = False


@dataclass(frozen=True)
class Strokes:
    """Strokes by row and column: in the gutter before a cell, across a cell, and at its chips."""

    gutters: dict[tuple[str, int], list[Stroke]]
    across: dict[tuple[str, int], list[Stroke]]
    left: dict[tuple[str, int, int], list[Stroke]]
    right: dict[tuple[str, int, int], list[Stroke]]


def strokes(table: Table, chips: dict[tuple[str, int], int]) -> Strokes:
    """Return the strokes of a view; `chips` tells how many chips each cell has."""
    found = Strokes(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
    for trunk in table.course.trunks:
        upright(found, table, trunk, chips)
    for relation in table.drawn:
        crossbar(found, table.course, relation)
    return found


def upright(found: Strokes, table: Table, trunk: Trunk, chips: dict[tuple[str, int], int]) -> None:
    """Add the strokes of a trunk: through the rows between its ends, and to its chips."""
    x = rem(lane_at(trunk.lane))
    for row in range(trunk.top, trunk.bottom + 1):
        name = table.rows[row]
        start, end = "0", WHOLE
        if row == trunk.own:
            start = rem(BAR) if row == trunk.top else start
            end = rem(BAR) if row == trunk.bottom else end
        elif row in (trunk.top, trunk.bottom):
            continue
        stroke = Stroke(trunk.relation, x, start, x, end, dot=row == trunk.own)
        found.gutters[name, trunk.gutter].append(stroke)
    for dock in trunk.docks:
        at_chip(found, table, trunk, dock, chips)


def at_chip(
    found: Strokes,
    table: Table,
    trunk: Trunk,
    dock: Dock,
    chips: dict[tuple[str, int], int],
) -> None:
    """Add the stub that joins a chip to a trunk, and what is left of the trunk in that cell.

    The strokes at a chip reach `REACH` above and below it: to the edge of the row from its last
    chip, since the cells of the first row are filled from below.
    """
    name, column, position = table.rows[dock.place.row], dock.place.column, dock.place.position
    side = found.left if dock.on_left else found.right
    x, port = rem(lane_at(trunk.lane)), rem(REACH + PORT + PORTS * dock.port)
    edge = rem(width(table.course.lanes[trunk.gutter]) + PAD) if dock.on_left else rem(-PAD)
    side[name, column, position].append(Stroke(trunk.relation, x, port, edge, port))
    if dock.place.row not in (trunk.top, trunk.bottom):
        return
    if name == ORGANISATIONS:
        for other in range(position, chips[name, column]):
            start = port if other == position else "0"
            side[name, column, other].append(Stroke(trunk.relation, x, start, x, WHOLE))
    else:
        for other in range(position + 1):
            end = port if other == position else WHOLE
            side[name, column, other].append(Stroke(trunk.relation, x, "0", x, end))


def crossbar(found: Strokes, course: Course, relation: Relation) -> None:
    """Add what joins the pills of a relation in its row, and these to its trunks."""
    lanes = {trunk.gutter: trunk.lane for trunk in course.of(relation)}
    pills = course.bars[relation.iri]
    points = {2 * gutter for gutter in lanes} | {2 * column + 1 for column in pills}
    y = rem(BAR)
    for point in range(min(points, default=0), max(points, default=-1) + 1):
        before, after = point > min(points), point < max(points)
        column, odd = divmod(point, 2)
        if odd and column not in pills:
            found.across[relation.anchor, column].append(Stroke(relation, "0", y, WHOLE, y))
        if not odd and (before or after):
            at = lane_at(lanes[column]) if column in lanes else 0
            start = rem(-PAD) if before else rem(at)
            end = rem(width(course.lanes[column]) + PAD) if after else rem(at)
            found.gutters[relation.anchor, column].append(Stroke(relation, start, y, end, y))


def lane_at(lane: int) -> float:
    """Return where in its gutter a lane lies, in rem."""
    return BASE / 2 + LANE * (lane + 0.5)


def width(lanes: int) -> float:
    """Return the width of a gutter, in rem."""
    return BASE + LANE * lanes


def rem(length: float) -> str:
    """Return a length as SVG writes it."""
    return f"{length:g}rem" if length else "0"
