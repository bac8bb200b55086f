"""The picture of a network: actors on a circle by sector, relations of three or more inside.

The same network is always drawn in the same way: nothing is left to chance, so a reader finds
everything where it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from akteursmodell.analysis.network import Edge, Network, Node

__all__ = ["Arc", "Picture", "Spot", "Stroke", "draw"]

STEP = 24.0  # units of the picture between two names on the circle
LEAST_RADIUS = 170.0
MARGIN = 24.0
AWAY = 22.0  # from a point to its name
LETTER = 7.4  # units that a letter of a name takes at most, on average
LONGEST = 44
GAP = 0.7  # free places on the circle between two sectors
INNER = 0.78
APART = 30.0
ROUNDS = 60


@dataclass(frozen=True)
class Spot:
    """A point of the picture; `turn` is the angle of its name in degrees, `end` where it ends."""

    node: Node
    x: float
    y: float
    turn: float
    flipped: bool
    label: str


@dataclass(frozen=True)
class Stroke:
    """A line of the picture."""

    edge: Edge
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Arc:
    """The part of the circle that belongs to a sector."""

    sector: str
    path: str


@dataclass(frozen=True)
class Picture:
    """A network with a place for everything; the middle of the circle is at 0, 0."""

    left: float
    top: float
    width: float
    height: float
    spots: tuple[Spot, ...]
    strokes: tuple[Stroke, ...]
    arcs: tuple[Arc, ...]


def draw(found: Network) -> Picture:
    """Return the picture of a network."""
    around = [node for node in found.nodes if node.shape != "relation"]
    starts = [
        number
        for number, node in enumerate(around)
        if number and node.sector != around[number - 1].sector
    ]
    places = len(around) + GAP * (len(starts) + 1)
    radius = max(LEAST_RADIUS, places * STEP / (2 * pi))
    angles: dict[str, float] = {}
    for number, node in enumerate(around):
        place = number + GAP * sum(1 for start in starts if start <= number) + GAP / 2
        angles[node.id] = 2 * pi * (place + 0.5) / max(places, 1.0) - pi / 2
    spots = {node.id: on_circle(node, angles[node.id], radius) for node in around}
    hubs = [node for node in found.nodes if node.shape == "relation"]
    spots.update(inside(hubs, found.edges, spots, radius * INNER))
    across, down = reach_of(spots[node.id] for node in around)
    return Picture(
        left=round(-across[0], 1),
        top=round(-down[0], 1),
        width=round(sum(across), 1),
        height=round(sum(down), 1),
        spots=tuple(spots[node.id] for node in found.nodes),
        strokes=tuple(stroke(edge, spots) for edge in found.edges),
        arcs=tuple(arcs(around, angles, radius + 9, pi / max(places, 1.0))),
    )


def reach_of(around: Iterable[Spot]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return how far names reach to the left and right, and up and down, with a margin."""
    ends = [(LEAST_RADIUS, 0.0), (-LEAST_RADIUS, 0.0), (0.0, LEAST_RADIUS), (0.0, -LEAST_RADIUS)]
    for spot in around:
        far = hypot(spot.x, spot.y)
        reach = (far + AWAY + LETTER * len(spot.label)) / far
        ends.append((spot.x * reach, spot.y * reach))
    across = (MARGIN - min(x for x, _ in ends), MARGIN + max(x for x, _ in ends))
    down = (MARGIN - min(y for _, y in ends), MARGIN + max(y for _, y in ends))
    return across, down


def on_circle(node: Node, angle: float, radius: float) -> Spot:
    """Place a point on the circle, its name outwards."""
    flipped = cos(angle) < 0
    turn = angle * 180 / pi + (180 if flipped else 0)
    place = radius * cos(angle), radius * sin(angle)
    return Spot(node, round(place[0], 1), round(place[1], 1), round(turn, 1), flipped, short(node))


def short(node: Node) -> str:
    """Return a name as long as the picture has room for."""
    return node.name if len(node.name) <= LONGEST else node.name[: LONGEST - 1].rstrip() + "…"


def inside(
    hubs: Sequence[Node], edges: Sequence[Edge], spots: Mapping[str, Spot], most: float
) -> dict[str, Spot]:
    """Place the relations between their partners, and move them apart where they would meet."""
    places = {}
    for number, hub in enumerate(hubs):
        ends = [spots[edge.source] for edge in edges if edge.target == hub.id]
        # A little turned aside by its number, so that two of the same partners do not coincide.
        x = sum(end.x for end in ends) / len(ends) + cos(2.4 * number)
        y = sum(end.y for end in ends) / len(ends) + sin(2.4 * number)
        places[hub.id] = (x, y)
    for _ in range(ROUNDS):
        for one in places:
            places[one] = apart(one, places, most)
    return {
        hub.id: Spot(hub, round(x, 1), round(y, 1), 0, flipped=False, label=str(hub.relations))
        for hub in hubs
        for x, y in (places[hub.id],)
    }


def apart(one: str, places: Mapping[str, tuple[float, float]], most: float) -> tuple[float, float]:
    """Return where a point goes that stands too near to others, still inside the circle."""
    x, y = places[one]
    for other, (left, top) in places.items():
        away = hypot(x - left, y - top)
        if other != one and away < APART:
            push = (APART - away) / 2 / max(away, 0.1)
            x, y = x + (x - left) * push, y + (y - top) * push
    far = hypot(x, y)
    return (x, y) if far <= most else (x * most / far, y * most / far)


def stroke(edge: Edge, spots: Mapping[str, Spot]) -> Stroke:
    """Return the line between the two points of an edge."""
    one, other = spots[edge.source], spots[edge.target]
    return Stroke(edge, one.x, one.y, other.x, other.y)


def arcs(
    around: Sequence[Node], angles: Mapping[str, float], radius: float, half: float
) -> list[Arc]:
    """Return the parts of the circle on which the actors of one sector stand."""
    found: list[Arc] = []
    for sector in dict.fromkeys(node.sector for node in around if node.shape == "actor"):
        here = [angles[n.id] for n in around if n.sector == sector and n.shape == "actor"]
        start, end = min(here) - half, max(here) + half
        wide = int(end - start > pi)
        ends = [f"{radius * cos(at):.1f} {radius * sin(at):.1f}" for at in (start, end)]
        found.append(Arc(sector, f"M{ends[0]}A{radius:.1f} {radius:.1f} 0 {wide} 1 {ends[1]}"))
    return found
