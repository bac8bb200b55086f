"""The matrix as a picture: where each box, word and line of a view lies, for SVG, PDF and PNG.

The course of the lines is the same as on the page; here rows and columns also get places, in
pixels, from the widths of the typeface. Relations and partners keep their names, so that a picture
can be compared with its table.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final

from akteursmodell.analysis.cellwords import folded, nothing
from akteursmodell.analysis.chips import Chip
from akteursmodell.analysis.drawing import SIZE, SMALL, Block, Box, Line, Mark, Sheet
from akteursmodell.analysis.grid import (
    EDGE,
    GUTTER,
    LABELS,
    LANE,
    SCREEN,
    WIDTH,
    Column,
    Style,
    columns,
)
from akteursmodell.analysis.lines import MOST_LANES, Dock, Trunk
from akteursmodell.analysis.matrix import Cell, Matrix
from akteursmodell.analysis.relations import KINDS, Pill, Relation
from akteursmodell.analysis.table import ORGANISATIONS, Table, alike
from akteursmodell.analysis.widths import wide, wrapped
from akteursmodell.errors import Lang, Text

__all__ = ["sheet", "told"]

PAD: Final = 6.0
MARK: Final = 22.0
BAR: Final = 16.0
PORT, PORTS = 13.0, 12.0
READINGS: Final = {
    "preferred": Text("? bevorzugte Lesart", "? preferred reading"),
    "other": Text("? andere Lesart", "? other reading"),
}


def sheet(
    matrix: Matrix,
    table: Table,
    lang: Lang,
    soften: Callable[[str], str] = str,
    style: Style = SCREEN,
) -> Sheet:
    """Lay a view out as a picture; `soften` puts soft hyphens into long words."""
    return Layout(matrix, table, lang, soften, style).made()


class Layout:
    """Places rows from top to bottom, then the lines between what was placed."""

    def __init__(
        self,
        matrix: Matrix,
        table: Table,
        lang: Lang,
        soften: Callable[[str], str],
        style: Style,
    ) -> None:
        """Take a view and the words that it is told in."""
        self._style = style
        self._matrix, self._table, self._lang, self._soften = matrix, table, lang, soften
        self._sheet = Sheet(WIDTH)
        self._columns = columns(table.course.lanes, table.narrow)
        self._rows: dict[str, tuple[float, float]] = {}
        self._chips: dict[tuple[int, int, int], Box] = {}
        self._y = EDGE

    def made(self) -> Sheet:
        """Return the picture."""
        self._head()
        self._cells(
            ORGANISATIONS,
            Text("Organisationen", "Organisations").in_(self._lang),
            self._matrix.organisations,
        )
        for kind, band in self._table.bands.items():
            if band and not self._table.compact:
                self._band_head(f"band-{kind}", KINDS[kind].in_(self._lang), len(band))
            for relation in band:
                self._relation(relation)
        for row in self._matrix.rows:
            name = f"level-{row.level.name}"
            title = f"{row.level.position} {row.level.label}"
            if row.level.name in self._table.folded:
                self._folded(name, title, row.cells)
            else:
                self._cells(name, title, row.cells)
        for trunk in self._table.course.trunks:
            self._trunk(trunk)
        for relation in self._table.drawn:
            self._bar(relation)
        self._sheet.height = self._y + EDGE
        return self._sheet

    def _text(
        self, x: float, y: float, width: float, text: str, **look: object
    ) -> tuple[Block, float]:
        size = SMALL if look.get("small") else SIZE
        bold = bool(look.get("bold"))
        lines = tuple(wrapped(self._soften(text), width / self._style.spare, size, bold=bold))
        kind, leading = str(look.get("look", "text")), self._style.leading
        block = Block(x, y + size, lines, size, bold, kind, leading)
        self._sheet.texts.append(block)
        return block, leading * len(lines)

    def _row(self, name: str, height: float, *, joined: bool = False) -> None:
        self._rows[name] = (self._y, self._y + height)
        self._y += height + (0 if joined else self._style.gap)

    def _head(self) -> None:
        heights = [
            self._text(c.x + PAD, self._y, c.width - PAD, sector.label, bold=True)[1]
            for c, sector in zip(self._columns, self._matrix.sectors, strict=True)
        ]
        self._y += max(heights, default=0) + 8

    def _label(self, title: str) -> float:
        return self._text(EDGE, self._y + PAD, LABELS - 2 * PAD, title, bold=True)[1]

    def _cells(self, name: str, title: str, cells: Iterable[Cell]) -> None:
        height, boxes = max(self._style.room, self._label(title) + 2 * PAD), []
        for number, cell in enumerate(cells):
            column, y = self._columns[number], self._y + PAD
            shown = self._table.shown(cell, name, number)
            for position, chip in enumerate(shown.chips):
                box = self._chip(chip, column, y)
                self._chips[self._table.rows.index(name), number, position] = box
                y += box.height + 6
            more = cell.count - shown.count
            if more:
                words = Text(f"und {more} weitere", f"and {more} more").in_(self._lang)
                y += self._text(
                    column.x + PAD, y, column.width - 2 * PAD, words, small=True, look="soft"
                )[1]
            elif not shown.chips and not (self._style.room and name == ORGANISATIONS):
                words = nothing(name).in_(self._lang)
                y += self._text(
                    column.x + PAD, y, column.width - 2 * PAD, words, small=True, look="soft"
                )[1]
            height = max(height, y - self._y)
            boxes.append((cell, column))
        for cell, column in boxes:
            look = f"cell tint-{cell.tint}" if cell.tint else "cell"
            self._sheet.cells.append(Box(column.x, self._y, column.width, height, look))
        self._row(name, height)

    def _chip(self, chip: Chip, column: Column, y: float) -> Box:
        x, width = column.x + PAD, column.width - 2 * PAD
        inner, bold = width - 2 * PAD, chip.documented
        numbers = ", ".join(member.text for member in chip.members)
        name = f"{chip.text} {numbers}".strip()
        block, taken = self._text(x + PAD, y + 4, inner, name, bold=bold)
        height = 4 + taken
        if chip.reading:
            words = READINGS[chip.reading].in_(self._lang)
            height += self._text(x + PAD, y + height, inner, words, small=True)[1]
        marked = [r for r in chip.relations if r.iri in self._table.listed]
        last = wide(block.lines[-1], SIZE, bold=bold) * self._style.spare + PAD
        if not chip.reading and last + len(marked) * (MARK + 2) <= inner:
            # There is room beside the last line of the name.
            for number, relation in enumerate(marked):
                left = x + PAD + last + number * (MARK + 2)
                self._sheet.marks.append(Mark(left, y + height - self._style.leading, relation))
            height += 5
        else:
            # Below the letters' descent, however close the lines stand.
            height += max(0.0, SIZE + 3 - self._style.leading) if marked else 0
            height += self._marks(marked, x + PAD, y + height, inner) + 5
        look = "documented" if chip.documented else "template"
        box = Box(
            x,
            y,
            width,
            max(height, PORT + PORTS * min(len(marked), MOST_LANES)),
            "ambiguous" if chip.reading else look,
        )
        self._sheet.boxes.append(box)
        return box

    def _marks(self, marked: Sequence[Relation], x: float, y: float, width: float) -> float:
        across = max(1, int(width // (MARK + 2)))
        for number, relation in enumerate(marked):
            left = x + (number % across) * (MARK + 2)
            self._sheet.marks.append(Mark(left, y + number // across * 18, relation))
        return 18.0 * -(-len(marked) // across)

    def _band_head(self, name: str, title: str, amount: int) -> None:
        self._y += 4
        height = self._label(f"{title} ({amount})") + PAD + 4
        self._row(name, height, joined=True)

    def _relation(self, relation: Relation) -> None:
        y = self._y + 3
        self._sheet.marks.append(Mark(EDGE, y, relation))
        x, width = EDGE + MARK + 6, LABELS - MARK - 6 - PAD
        left = 2 + self._text(x, y + 1, width, relation.name, bold=True)[1]
        bases = " · ".join(basis.text for basis in relation.bases)
        open_ends = "; ".join(told((pill,)) for pill in relation.elsewhere)
        nowhere = (
            Text("ohne Sektor: ", "no sector: ").in_(self._lang) + open_ends if open_ends else ""
        )
        kind = KINDS[relation.kind].in_(self._lang) if self._table.compact else ""
        dates = " · ".join(filter(None, (kind, relation.when, bases)))
        for words in filter(None, (dates, nowhere)):
            left += self._text(x, y + left, width, words, small=True, look="soft")[1]
        for pill in relation.elsewhere:
            self._sheet.boxes.append(Box(x, y, width, left, "hidden", partner(relation, pill)))
        tallest = max(
            [left, *(self._pills(relation, n, y) for n in range(len(self._columns)))], default=left
        )
        self._row(relation.anchor, tallest + 6)

    def _pills(self, relation: Relation, number: int, y: float) -> float:
        column, top = self._columns[number], y
        for group in alike(relation, self._matrix.sectors[number].iri):
            height = self._text(
                column.x + 2 * PAD, y + 4, column.width - 4 * PAD, told(group), small=True
            )[1]
            look = f"pill-{relation.kind}{' open' if group[0].is_open else ''}"
            for place, pill in enumerate(group):
                self._sheet.boxes.append(
                    Box(
                        column.x + PAD,
                        y,
                        column.width - 2 * PAD,
                        height + 8,
                        "hidden" if place else look,
                        partner(relation, pill),
                    )
                )
            y += height + 12
        return y - top

    def _folded(self, name: str, title: str, cells: Iterable[Cell]) -> None:
        height, tinted = self._label(title) + 2 * PAD, []
        for number, (column, cell) in enumerate(zip(self._columns, cells, strict=True)):
            if cell.tint:
                tinted.append((column, cell.tint))
            words = folded(self._table, cell, number).in_(self._lang)
            if words:
                used = self._text(
                    column.x + PAD,
                    self._y + 4,
                    column.width - 2 * PAD,
                    words,
                    small=True,
                    look="soft",
                )[1]
                height = max(height, used + 8)
        for column, tint in tinted:
            look = f"cell tint-{tint}"
            self._sheet.cells.append(Box(column.x, self._y, column.width, height, look))
        self._row(name, height)

    def _trunk(self, trunk: Trunk) -> None:
        x = self._lane(trunk)
        own = self._rows[trunk.relation.anchor][0] + BAR
        ports = [(dock, *self._port(dock)) for dock in trunk.docks]
        heights = [own, *(y for _, _, y in ports)]
        line = ((x, min(heights)), (x, max(heights)))
        self._sheet.lines.append(Line(trunk.relation, line))
        for _, edge, y in ports:
            self._sheet.lines.append(Line(trunk.relation, ((edge, y), (x, y))))
        self._sheet.lines.append(Line(trunk.relation, ((x, own),), dot=True))

    def _port(self, dock: Dock) -> tuple[float, float]:
        place = dock.place
        box = self._chips[place.row, place.column, place.position]
        return (box.x if dock.on_left else box.x + box.width), box.y + PORT + PORTS * dock.port

    def _lane(self, trunk: Trunk) -> float:
        column = self._columns[trunk.gutter]
        return column.x - column.gutter + GUTTER / 2 + LANE * (trunk.lane + 0.5)

    def _bar(self, relation: Relation) -> None:
        y = self._rows[relation.anchor][0] + BAR
        pills = [self._columns[n] for n in sorted(self._table.course.bars[relation.iri])]
        edges = [(c.x + PAD, c.x + c.width - PAD) for c in pills]
        edges += [(x, x) for x in map(self._lane, self._table.course.of(relation))]
        edges.sort()
        for (_, end), (start, _) in pairwise(edges):
            self._sheet.lines.append(Line(relation, ((end, y), (start, y))))


def told(pills: tuple[Pill, ...]) -> str:
    """Return partners and what they do as one phrase."""
    names = ", ".join(f"{pill.name} ?" if pill.is_open else pill.name for pill in pills)
    return f"{names}: {', '.join(pills[0].roles)}" if pills[0].roles else names


def partner(relation: Relation, pill: Pill) -> dict[str, str]:
    """Return what a pill says, for comparing a picture with its table."""
    return {
        "relation": relation.anchor,
        "partner": pill.iri,
        "role": "; ".join(pill.roles),
    }
