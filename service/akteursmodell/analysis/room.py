"""How many relations a compact view has room for, from the widths of their words.

The heights are an estimate in pixels of the page at its usual size: of the rows, and of the chips
of those who take part, one below the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import Final

from akteursmodell.analysis.relations import Relation
from akteursmodell.analysis.widths import wide

__all__ = ["ROOM", "within"]

# What title, legend, heads and folded levels leave of 900 pixels.
ROOM: Final = 420.0
SIZE: Final = 13.0
LABEL, PILL, CHIP = 290.0, 140.0, 140.0
LINE: Final = 17.0
ROW, STACKED, SITE = 10.0, 8.0, 56.0
BADGE: Final = "00000"


def within(found: Sequence[Relation], least: int, room: float = ROOM) -> list[Relation]:
    """Return the first relations that fit into a height together, but at least some."""
    chosen = list(found[:least])
    for relation in found[least:]:
        if height([*chosen, relation]) <= room:
            chosen.append(relation)
    return chosen


def height(found: Sequence[Relation]) -> float:
    """Return the height of rows and of the chips that their lines reach."""
    return sum(map(row, found)) + stacks(found)


def row(relation: Relation) -> float:
    """Return the height of a relation's row: its label, or the fullest of its cells."""
    told = [relation.name, relation.when, *(basis.text for basis in relation.bases)]
    told += [f"{p.name}: {', '.join(p.roles)}" for p in relation.elsewhere]
    cells = [cell(relation, sector) for sector in {p.sector for p in relation.pills} - {""}]
    return ROW + LINE * max(lines([BADGE, *told], LABEL), *cells, 1)


def cell(relation: Relation, sector: str) -> int:
    """Return how many lines the partners of a sector take; those that do the same share a pill."""
    same: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for pill in relation.in_sector(sector):
        same[pill.roles].append(pill.name)
    return sum(lines([*names, *roles], PILL) for roles, names in same.items())


def stacks(found: Sequence[Relation]) -> float:
    """Return the height of the fullest column of organisations, and of that of contact points."""
    part_in: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, relation in enumerate(found):
        for pill in relation.pills:
            if pill.iri and pill.sector:
                part_in[pill.sector, pill.iri, pill.name].append(number)
    shared: dict[tuple[str, tuple[int, ...]], list[str]] = defaultdict(list)
    for (sector, _, name), numbers in part_in.items():
        shared[sector, tuple(numbers)].append(name)
    columns: dict[str, float] = defaultdict(float)
    for (sector, together), names in shared.items():
        columns[sector] += STACKED + (LINE + 3) * lines([*names, *(BADGE for _ in together)], CHIP)
    sites = {site for relation in found for site in relation.sites}
    return max(columns.values(), default=0) + SITE * len(sites)


def lines(texts: Iterable[str], width: float) -> int:
    """Return how many lines some texts take, one after the other."""
    return ceil(wide(" ".join(words(texts)), SIZE, bold=True) / width)


def words(texts: Iterable[str]) -> Iterator[str]:
    """Yield the texts that are not empty."""
    return (text for text in texts if text)
