"""The rows as the slides draw them: the town's ladder stands a row below the county's.

That is no difference of rank. Units that really exist have no place on a slide; they stand with the
slots of their sector and level.
"""

from collections import defaultdict
from collections.abc import Iterable

from akteursmodell.analysis.axes import Line
from akteursmodell.analysis.chips import Cells, Chip

__all__ = ["DrawnRow", "drawn_rows"]

Placed = tuple[Line, Chip]
DrawnRow = tuple[Line, dict[str, tuple[Placed, ...]]]


def drawn_rows(cells: Cells, levels: Iterable[Line]) -> tuple[DrawnRow, ...]:
    """Return each drawn row with its chips and their levels, by the addresses of the sectors."""
    found: dict[int, dict[str, list[Placed]]] = defaultdict(lambda: defaultdict(list))
    by_level = {level.iri: level for level in levels}
    own, usual = rows_of_slots(cells)
    for (sector, level), chips in cells.items():
        if level not in by_level:
            continue
        for chip in chips:
            row = chip.drawn_row or own.get((sector, level)) or usual.get(level, "")
            if row:
                found[int(row)][sector].append((by_level[level], chip))
    return tuple(
        (line(number, placed), {sector: tuple(there) for sector, there in placed.items()})
        for number, placed in sorted(found.items())
    )


def rows_of_slots(cells: Cells) -> tuple[dict[tuple[str, str], str], dict[str, str]]:
    """Return the last row in which slots of a cell stand, and the first of each level."""
    own: dict[tuple[str, str], str] = {}
    usual: dict[str, str] = {}
    for (sector, level), chips in cells.items():
        for chip in chips:
            if chip.drawn_row:
                own[sector, level] = max(own.get((sector, level), "0"), chip.drawn_row, key=int)
                usual[level] = min(usual.get(level, chip.drawn_row), chip.drawn_row, key=int)
    return own, usual


def line(number: int, placed: dict[str, list[Placed]]) -> Line:
    """Return a drawn row, named after the levels that stand in it."""
    levels = {level.position: level.label for there in placed.values() for level, _ in there}
    label = " / ".join(label for _, label in sorted(levels.items()))
    return Line(iri="", name=f"row-{number}", label=label, position=str(number))
