"""Strokes of the matrix as SVG inside the table; they carry no text and take no part in reading."""

from collections.abc import Iterable

from markupsafe import Markup

from akteursmodell.analysis.relations import Relation
from akteursmodell.analysis.strokes import BAR, Stroke, Strokes

__all__ = ["Linework"]


class Linework:
    """Draws the strokes of a view where a template asks for them."""

    def __init__(self, strokes: Strokes, drawn: Iterable[Relation]) -> None:
        """Take the strokes, and the relations in the order in which a style sheet counts them."""
        self._strokes = strokes
        self._order = {relation.iri: n for n, relation in enumerate(drawn, start=1)}

    def order(self, relation: Relation) -> int:
        """Return the place of a relation among those that have a line; 0 where it has none."""
        return self._order.get(relation.iri, 0)

    def row(self, name: str, column: int) -> Markup:
        """Return what lies in the gutter before a cell, and across the cell."""
        gutter = self._strokes.gutters.get((name, column), ())
        return self._svg("gutter", gutter) + self._svg(
            "across", self._strokes.across.get((name, column), ())
        )

    def chip(self, name: str, column: int, position: int) -> Markup:
        """Return what lies beside a chip."""
        left = self._svg("ports-left", self._strokes.left.get((name, column, position), ()))
        return left + self._svg(
            "ports-right", self._strokes.right.get((name, column, position), ())
        )

    def ports(self, name: str, column: int, position: int) -> int:
        """Return how many lines end at the fuller side of a chip."""
        sides = (self._strokes.left, self._strokes.right)
        return max(
            len({s.y2 for s in side.get((name, column, position), ()) if s.y1 == s.y2})
            for side in sides
        )

    def _svg(self, name: str, strokes: Iterable[Stroke]) -> Markup:
        upright_first = sorted(strokes, key=lambda stroke: stroke.x1 != stroke.x2)
        drawn = "".join(map(self._stroke, upright_first))
        drawn += "".join(map(self._dot, upright_first))
        if not drawn:
            return Markup()
        # Names, kinds and numbers of our own only.
        return Markup(f'<svg class="strokes {name}" aria-hidden="true">{drawn}</svg>')  # noqa: S704

    def _stroke(self, stroke: Stroke) -> str:
        ends = f'x1="{stroke.x1}" y1="{stroke.y1}" x2="{stroke.x2}" y2="{stroke.y2}"'
        return f'<g class="{self._look(stroke)}"><line class="casing" {ends}/><line {ends}/></g>'

    def _dot(self, stroke: Stroke) -> str:
        if not stroke.dot:
            return ""
        dot = f'<circle cx="{stroke.x1}" cy="{BAR}rem" r="4"/>'
        return f'<g class="{self._look(stroke)}">{dot}</g>'

    def _look(self, stroke: Stroke) -> str:
        relation = stroke.relation
        state = "ending" if relation.ends_soon else relation.state
        return f"line-{relation.kind} line-{state} nth-{self._order[relation.iri]}"
