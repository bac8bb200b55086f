"""The course of the lines of the matrix: trunks in the gutters between columns, never over text.

A relation has at most one trunk in a gutter. All its partners on both sides of the gutter dock on
it, and it crosses the relation's own row in the band. Gutter n lies before column n. Nothing here
is measured: rows and columns are counted, and whoever draws them knows where they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from akteursmodell.analysis.relations import Relation

__all__ = ["MOST_LANES", "Course", "Dock", "Place", "Trunk", "course"]

MOST_LANES: Final = 5


@dataclass(frozen=True)
class Place:
    """Where a chip stands: row of the whole table, column, and position in the cell."""

    row: int
    column: int
    position: int


@dataclass(frozen=True)
class Dock:
    """A chip that a trunk reaches; `port` counts the trunks on that side of the chip."""

    place: Place
    on_left: bool
    port: int = 0


@dataclass(frozen=True)
class Trunk:
    """The upright part of a relation's line in one gutter, from row `top` to row `bottom`."""

    relation: Relation
    own: int
    gutter: int
    docks: tuple[Dock, ...]
    lane: int = 0

    @cached_property
    def top(self) -> int:
        """The first row that it touches."""
        return min(self.own, *(dock.place.row for dock in self.docks))

    @cached_property
    def bottom(self) -> int:
        """The last row that it touches."""
        return max(self.own, *(dock.place.row for dock in self.docks))

    def meets(self, other: "Trunk") -> bool:
        """Whether two trunks stand side by side in any row."""
        return self.top <= other.bottom and other.top <= self.bottom


@dataclass(frozen=True)
class Course:
    """All lines of a view: the trunks, how many lanes each gutter has, and the crossbars.

    `bars` has for each relation the columns of its pills.
    """

    trunks: tuple[Trunk, ...]
    lanes: tuple[int, ...]
    bars: dict[str, frozenset[int]]

    def of(self, relation: Relation) -> tuple[Trunk, ...]:
        """Return the trunks of a relation."""
        return tuple(trunk for trunk in self.trunks if trunk.relation.iri == relation.iri)


def course(
    drawn: Sequence[Relation],
    own: dict[str, int],
    columns: Sequence[str],
    chips: dict[str, list[Place]],
) -> Course:
    """Return the course of the lines of relations.

    `own` tells the row of each relation, `chips` the places of the chips that take part in it;
    both by the relation's address. `columns` are the addresses of the sectors.
    """
    trunks: list[Trunk] = []
    bars: dict[str, frozenset[int]] = {}
    for relation in drawn:
        pills = {columns.index(p.sector) for p in relation.pills if p.sector in columns}
        bars[relation.iri] = frozenset(pills)
        trunks += trunks_of(relation, own[relation.iri], pills, chips.get(relation.iri, ()), trunks)
    placed = [each for gutter in range(len(columns)) for each in in_lanes(trunks, gutter)]
    lanes = tuple(
        max((t.lane + 1 for t in placed if t.gutter == gutter), default=0)
        for gutter in range(len(columns))
    )
    return Course(tuple(with_ports(placed)), lanes, bars)


def trunks_of(
    relation: Relation, own: int, pills: set[int], places: Iterable[Place], others: list[Trunk]
) -> list[Trunk]:
    """Return the trunks of one relation, in gutters that are not full."""
    places = list(places)
    involved = pills | {place.column for place in places}
    found: dict[int, Trunk] = {}
    for place in sorted(places, key=lambda p: (p.column, p.row, p.position)):
        for gutter in gutters_beside(place.column, involved, found):
            dock = Dock(place, on_left=gutter == place.column)
            docks = found[gutter].docks if gutter in found else ()
            grown = Trunk(relation, own, gutter, (*docks, dock))
            if fits(grown, others):
                found[gutter] = grown
                break
    return list(found.values())


def gutters_beside(column: int, involved: set[int], used: Iterable[int]) -> list[int]:
    """Return the gutters beside a chip, the better one first: toward the others, or in use."""
    left, right = column, column + 1
    beside = [left, right] if right <= max(involved | {left}) else [left]
    before, after = min(involved) < column, max(involved) > column
    if before and after:
        return sorted(beside, key=lambda gutter: gutter not in used)
    return beside[::-1] if after else beside


def fits(trunk: Trunk, others: Iterable[Trunk]) -> bool:
    """Whether a gutter has room for a trunk in each of its rows."""
    same = [o for o in others if o.gutter == trunk.gutter and o.meets(trunk)]
    return all(
        sum(o.top <= row <= o.bottom for o in same) < MOST_LANES
        for row in range(trunk.top, trunk.bottom + 1)
    )


def in_lanes(trunks: Iterable[Trunk], gutter: int) -> list[Trunk]:
    """Give each trunk of a gutter a lane: the shortest ones nearest to their chips."""
    here = [trunk for trunk in trunks if trunk.gutter == gutter]
    by_length = laid(sorted(here, key=lambda t: (t.bottom - t.top, t.relation.number)))
    if max((t.lane for t in by_length), default=0) < MOST_LANES:
        return by_length
    return laid(sorted(here, key=lambda t: (t.top, t.relation.number)))


def laid(ordered: Iterable[Trunk]) -> list[Trunk]:
    """Lay trunks one after the other into the first lane that is free in all their rows.

    Lanes are counted from the side on which most of a gutter's chips stand.
    """
    found: list[Trunk] = []
    for trunk in ordered:
        taken = {other.lane for other in found if other.meets(trunk)}
        lane = next(n for n in range(len(found) + 1) if n not in taken)
        found.append(replace(trunk, lane=lane))
    right = sum(dock.on_left for trunk in found for dock in trunk.docks)
    left = sum(not dock.on_left for trunk in found for dock in trunk.docks)
    if right > left:
        widest = max((t.lane for t in found), default=0)
        return [replace(t, lane=widest - t.lane) for t in found]
    return found


def with_ports(trunks: Sequence[Trunk]) -> Iterator[Trunk]:
    """Yield the trunks with ports so that no stub crosses its neighbour's trunk.

    Of trunks that go down the farthest lane has the highest port, of those that go up the lowest.
    """
    sides: dict[tuple[Place, bool], list[tuple[int, Trunk]]] = defaultdict(list)
    for trunk in trunks:
        for dock in trunk.docks:
            far = -trunk.lane if dock.on_left else trunk.lane
            down = trunk.own > dock.place.row
            sides[dock.place, dock.on_left].append((-far if down else far, trunk))
    ports = {
        (place, on_left, trunk.relation.iri): port
        for (place, on_left), ends in sides.items()
        for port, (_, trunk) in enumerate(sorted(ends, key=lambda end: end[0]))
    }
    for trunk in trunks:
        docks = tuple(
            replace(dock, port=ports[dock.place, dock.on_left, trunk.relation.iri])
            for dock in trunk.docks
        )
        yield replace(trunk, docks=docks)
