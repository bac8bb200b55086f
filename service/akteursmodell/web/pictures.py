"""`/matrix.svg`, `.pdf`, `.png`, `.json`: a view of the matrix to take along; the worksheet."""

from dataclasses import replace

from flask import Blueprint, Response, jsonify

from akteursmodell.analysis.drawing import SMALL, Sheet
from akteursmodell.analysis.grid import PRINT, SCREEN, WORKSHEET, Style
from akteursmodell.analysis.matrix import Matrix, arrange
from akteursmodell.analysis.selection import LEAST_ROWS, Selection, numbered
from akteursmodell.analysis.sheet import sheet
from akteursmodell.analysis.table import Table, table
from akteursmodell.web import context
from akteursmodell.web.asked import is_on
from akteursmodell.web.captions import foot, left_out, legend, listed, summary, title, told_of
from akteursmodell.web.hyphens import soften
from akteursmodell.web.language import lang, t
from akteursmodell.web.matrix import View, view
from akteursmodell.web.papers import A3, A4, Page, Paper, image, letter_size, pdf, workbook
from akteursmodell.web.picture import svg

__all__ = ["blueprint"]

blueprint = Blueprint("pictures", __name__)

# Letters of a printed picture are no smaller than this, in points.
LEAST = 7.0
# With fewer relations than this the whole frame is not worth its page.
LEAST_IN_FRAME = 4
POLICY = "default-src 'none'; frame-ancestors 'self'"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Drawn = tuple[Matrix, Table, Sheet]


@blueprint.get("/matrix.svg")
def picture() -> Response:
    """Give the view as SVG; with `papier` what fits on a sheet of paper."""
    seen = view()
    *_, made = fitting(seen, SCREEN)[1] if is_on("papier") else drawn(seen)
    return file(painted(seen, made), "image/svg+xml", "svg")


@blueprint.get("/matrix.png")
def pixels() -> Response:
    """Give as PNG what the paper shows, at two dots a pixel."""
    seen = view()
    _, (*_, made) = fitting(seen, PRINT)
    return file(image(painted(seen, made), made.width), "image/png", "png")


@blueprint.get("/matrix.pdf")
def paper() -> Response:
    """Give the view as PDF: the picture on one page, the relations with their sources after it."""
    seen = view()
    page, (found, laid, made) = fitting(seen, PRINT)
    around = Paper(
        title=title(seen),
        lines=[told_of(seen), *left_out(laid, found.relations)],
        legend=legend(laid),
        foot=foot(),
        alt=summary(seen.matrix),
        lang=lang(),
        head=[
            t("Nr.", "No."),
            t("Beziehung", "Relation"),
            t("wann", "when"),
            t("Partner", "Partners"),
            t("Belege", "Evidence"),
        ],
        rows=listed(found),
        table_title=t("Die Beziehungen mit ihren Belegen", "The relations with their evidence"),
    )
    made_pdf = pdf(painted(seen, made), (made.width, made.height), page, around)
    return file(made_pdf, "application/pdf", "pdf")


@blueprint.get("/matrix.json")
def data() -> Response:
    """Give all relations of the view for machines, and which of them its table shows."""
    seen = view()
    return jsonify(
        {
            "day": seen.selection.day.isoformat(),
            "revision": context.store().revision,
            "relations": [
                {
                    "iri": relation.iri,
                    "number": relation.number,
                    "shown": relation.iri in seen.table.listed,
                    "name": relation.name,
                    "kind": relation.kind,
                    "state": relation.state,
                    "partners": [
                        {"iri": pill.iri or None, "name": pill.name, "roles": list(pill.roles)}
                        for pill in relation.pills
                    ],
                }
                for relation in sorted(seen.matrix.every, key=lambda each: each.number)
            ],
        }
    )


@blueprint.get("/matrix/worksheet.pdf")
def worksheet() -> Response:
    """Give the frame of the slides without any line, to draw into: one page of A3."""
    seen = empty()
    made = sheet(seen.matrix, seen.table, lang(), soften, WORKSHEET)
    around = Paper(
        title=t("Akteursmatrix: Arbeitsblatt", "Actor matrix: worksheet"),
        lines=[
            t(
                "Der Rahmen der Folien ohne Linien, zum Einzeichnen. Ort, Datum, Runde:",
                "The frame of the slides without lines, to draw into. Place, date, group:",
            )
        ],
        legend=[],
        foot=foot(),
        alt=t(
            "Sechs Sektoren und sieben Ebenen mit den Platzhaltern der Folien",
            "Six sectors and seven levels with the slots of the slides",
        ),
        lang=lang(),
    )
    painted_ = svg(made, around.title, around.alt, lang())
    made_pdf = pdf(painted_, (made.width, made.height), A3, around)
    return file(made_pdf, "application/pdf", "pdf", t("arbeitsblatt", "worksheet"))


@blueprint.get("/matrix/worksheet.xlsx")
def worksheet_table() -> Response:
    """Give the frame of the slides as a spreadsheet to fill in."""
    found = empty().matrix
    rows = [
        [f"{row.level.position} {row.level.label}"]
        + [
            "\n".join(slot_words(chip.text, [m.text for m in chip.members]) for chip in cell.chips)
            for cell in row.cells
        ]
        for row in found.rows
    ]
    heads = [t("Ebene", "Level"), *(sector.label for sector in found.sectors)]
    made = workbook(t("Akteursmatrix: Arbeitsblatt", "Actor matrix: worksheet"), heads, rows)
    return file(made, XLSX, "xlsx", t("arbeitsblatt", "worksheet"))


def slot_words(text: str, numbers: list[str]) -> str:
    """Return a slot with its numbers."""
    return f"{text} {', '.join(numbers)}" if numbers else text


def drawn(seen: View, style: Style = SCREEN) -> Drawn:
    """Lay the view out as it was asked for."""
    return laid_out(seen.matrix, seen.selection, style)


def laid_out(found: Matrix, selection: Selection, style: Style) -> Drawn:
    """Lay some relations out, with the rows that a selection gives them."""
    laid = table(found, selection)
    return found, laid, sheet(found, laid, lang(), soften, style)


def fitting(seen: View, style: Style) -> tuple[Page, Drawn]:
    """Return the page and the picture whose letters can be read on it.

    A compact view goes on A4 across, with fewer relations where not all of them fit; another on A3
    with the whole frame, also with fewer relations, and where too few would fit, or each of them
    was asked for, as a compact one.
    """
    asked, selection = drawn(seen, style), seen.selection
    free = not (selection.everything or selection.lines)
    usual = selection.compact and free
    for page in (A4,) if usual else (A4, A3):
        if readable(page, asked):
            return page, asked
    made, lined = (A3, asked), len(asked[1].drawn)
    ways = [(A3, True, LEAST_ROWS)]
    if usual:
        ways = [(A4, True, LEAST_ROWS), *ways]
    elif free:
        ways = [(A3, False, LEAST_IN_FRAME), *ways]
    for page, compact, least in ways:
        for most in range(lined, least - 1, -1):
            narrowed = replace(selection, compact=compact, everything=False, most=most)
            every = numbered(seen.matrix.every, narrowed)
            made = page, laid_out(arrange(seen.ground, narrowed, every), narrowed, style)
            if readable(*made):
                return made
    return made


def readable(page: Page, made: Drawn) -> bool:
    """Whether the small letters of a picture are large enough on a page."""
    *_, found = made
    return letter_size(page, SMALL, found.width, found.height) >= LEAST


def painted(seen: View, made: Sheet) -> str:
    """Return a laid out view as SVG."""
    return svg(made, title(seen), summary(seen.matrix), lang())


def empty() -> View:
    """Return the frame of the slides alone."""
    seen = view()
    bare = replace(
        seen.ground,
        cells={
            key: tuple(chip for chip in chips if not chip.documented)
            for key, chips in seen.ground.cells.items()
        },
    )
    arranged = arrange(bare, replace(seen.selection, perspective="", slots=True), ())
    return seen._replace(
        matrix=arranged, table=table(arranged, replace(seen.selection, compact=False))
    )


def file(content: str | bytes, kind: str, ending: str, name: str = "") -> Response:
    """Answer with a file that a browser shows or saves under a telling name."""
    response = Response(content, content_type=kind)
    stem = f"akteursmatrix-{name}" if name else "akteursmatrix"
    response.headers["Content-Disposition"] = f'inline; filename="{stem}.{ending}"'
    response.headers["Content-Security-Policy"] = POLICY
    return response
