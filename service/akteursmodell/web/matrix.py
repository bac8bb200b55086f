"""The page of the actor matrix: one table that is the picture, with lines in its gutters."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from flask import render_template

from akteursmodell.analysis.cellwords import folded
from akteursmodell.analysis.matrix import Ground, Matrix, arrange, ground
from akteursmodell.analysis.missing import concerning
from akteursmodell.analysis.pieces import Piece
from akteursmodell.analysis.relations import KINDS
from akteursmodell.analysis.selection import LAYERS, READING, Selection, kept
from akteursmodell.analysis.signs import signs
from akteursmodell.analysis.strokes import strokes
from akteursmodell.analysis.table import ORGANISATIONS, Table, alike, table
from akteursmodell.analysis.unknowns import Lost
from akteursmodell.analysis.wording import count
from akteursmodell.errors import Lang, Text
from akteursmodell.graph.store import Queryable
from akteursmodell.query.periods import STATES
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import find
from akteursmodell.questions.tables import tabulate
from akteursmodell.vocabulary import ID
from akteursmodell.web import context
from akteursmodell.web.asked import NAMES, asked, check, variant
from akteursmodell.web.datasets import DataSet, data_set
from akteursmodell.web.language import lang
from akteursmodell.web.linework import Linework
from akteursmodell.web.pairs import Pairs, pairs

__all__ = ["View", "ground_on", "show", "view"]

COMPARED = "CQ31"
SELECTION = "CQ64"
OVERLAYS = ("reference", "subject", "space", "mode")
Found = TypeVar("Found")


class Overlay(NamedTuple):
    """What a perspective lays over a relation: a heading and the values."""

    heading: str
    values: list[Piece]


class View(NamedTuple):
    """A view of the matrix of a place: what was asked for, what is there, how it is laid out."""

    place: str
    selection: Selection
    ground: Ground
    matrix: Matrix
    table: Table
    overlays: dict[str, list[Overlay]]
    pairs: Pairs | None


def view() -> View:
    """Return the view that the address asks for."""
    selection = asked()
    day = selection.day
    data, found = ground_on(day)
    check(selection, found)
    overlays: dict[str, list[Overlay]] | None = None
    if selection.perspective:
        name = name_of(found, selection)
        overlays = data.kept(overlays_of, lang(), name)
    shown = kept(found.relations, selection, found.facets, overlays)
    arranged = arrange(found, selection, shown)
    return View(
        data.name,
        selection,
        found,
        arranged,
        table(arranged, selection),
        overlays or {},
        data.kept(pairs, lang(), day) if selection.gaps else None,
    )


def ground_on(day: date) -> tuple[DataSet, Ground]:
    """Return the data of the place that is asked for, and what all their views share.

    Raises NotFoundError where there are no data of that place.
    """
    data = data_set(whole=False)
    return data, data.kept(ground, lang(), day)


def name_of(found: Ground, selection: Selection) -> str:
    """Return the name under which the questions know the perspective."""
    titles = {v.name: v.title.iri.removeprefix(ID) for v in found.perspectives}
    return titles.get(selection.perspective, "")


def show() -> str:
    """Show the matrix as the address asks."""
    seen = view()
    arranged, laid = seen.matrix, seen.table
    rows = [(ORGANISATIONS, arranged.organisations)]
    rows += [(f"level-{row.level.name}", row.cells) for row in arranged.rows]
    sizes = {
        (name, column): len(laid.shown(cell, name, column).chips)
        for name, cells in rows
        for column, cell in enumerate(cells)
    }
    return render_template(
        "matrix.html",
        view=seen,
        matrix=arranged,
        laid=laid,
        lines=Linework(strokes(laid, sizes), laid.drawn),
        selection=seen.selection,
        facets={
            facet: (name, seen.ground.facets.choices(facet, seen.ground.relations))
            for facet, name in NAMES.items()
        },
        layers=LAYERS,
        reading=READING,
        signs=signs(arranged, laid),
        place=seen.place,
        lost=lost(arranged),
        gaps=concerning(seen.ground.gaps, concerned(arranged)),
        alike=alike,
        brief=folded,
        variant=variant,
        kinds=KINDS,
        states=STATES,
        question=SELECTION,
        compared=COMPARED,
        asked=name_of(seen.ground, seen.selection),
        overlays=seen.overlays,
        untold=untold(seen),
        pairs=seen.pairs,
        revision=context.store().revision,
        shown=count(
            arranged.relations,
            Text("belegte Beziehung", "documented relation"),
            Text("belegte Beziehungen", "documented relations"),
        ),
    )


def untold(seen: View) -> list[str]:
    """Return what a compact view leaves out of its relations: the headings of their overlays."""
    if not seen.table.compact:
        return []
    shown = (seen.overlays.get(iri, ()) for iri in seen.table.listed)
    return sorted({overlay.heading for overlays in shown for overlay in overlays})


def lost(found: Matrix) -> tuple[Lost, ...]:
    """Return what the slides lost of a view: of its own slide, without a perspective of all."""
    slide = found.perspective.slide if found.perspective else ""
    return tuple(each for each in found.lost if slide in ("", each.number))


def concerned(found: Matrix) -> Iterator[str]:
    """Yield the addresses of what a view is about: its relations, their sites, its slots."""
    for relation in found.every:
        yield relation.iri
        yield from relation.sites
    for row in found.rows:
        for cell in row.cells:
            yield from (chip.iri for chip in cell.chips if not chip.documented)


def overlays_of(source: Queryable, lang: Lang, perspective: str) -> dict[str, list[Overlay]]:
    """Return the relations that a perspective shows, as the question tells, each with its overlays.

    An overlay is what the slides lay over the frame: subject and space, strategic and operational.
    """
    question = find(SELECTION)
    answer = ask(source, question, {"perspective": perspective}, lang)
    found = {}
    for row in tabulate(source, answer, lang):
        cells = dict(zip(answer.columns, row.cells, strict=True))
        overlays = [
            Overlay(
                question.columns[name].in_(lang),
                [Piece(word.text, word.iri or "") for word in cells[name]],
            )
            for name in OVERLAYS
            if cells[name]
        ]
        found.update({word.iri: overlays for word in cells["relation"] if word.iri})
    return found
