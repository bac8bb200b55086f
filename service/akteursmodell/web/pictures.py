"""`/matrix.svg`, `.pdf`, `.png`, `.json`: a view of the matrix to take along; the worksheet."""

from dataclasses import replace

from flask import Blueprint, Response, jsonify, request

from akteursmodell.analysis.drawing import SMALL, Sheet
from akteursmodell.analysis.matrix import Matrix, arrange
from akteursmodell.analysis.relations import KINDS, Relation
from akteursmodell.analysis.sheet import sheet, told
from akteursmodell.analysis.table import Table, table
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.evidence import evidence_of
from akteursmodell.query.periods import STATES
from akteursmodell.web import context
from akteursmodell.web.hyphens import soften
from akteursmodell.web.language import lang, say, t
from akteursmodell.web.links import day
from akteursmodell.web.matrix import View, view
from akteursmodell.web.papers import A3, A4, Page, Paper, image, letter_size, pdf, workbook
from akteursmodell.web.picture import svg

__all__ = ["blueprint"]

blueprint = Blueprint("pictures", __name__)

# Letters of a printed picture are no smaller than this, in points.
LEAST = 7.0
# Height that a cell of the worksheet leaves for writing, in pixels.
ROOM = 190.0
POLICY = "default-src 'none'; frame-ancestors 'self'"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Drawn = tuple[Table, Sheet]


@blueprint.get("/matrix.svg")
def picture() -> Response:
    """Give the view as SVG."""
    seen = view()
    return file(painted(seen, drawn(seen)[1]), "image/svg+xml", "svg")


@blueprint.get("/matrix.png")
def pixels() -> Response:
    """Give as PNG what the paper shows, at two dots a pixel."""
    seen = view()
    _, (_, laid) = fitting(seen)
    return file(image(painted(seen, laid), laid.width), "image/png", "png")


@blueprint.get("/matrix.pdf")
def paper() -> Response:
    """Give the view as PDF: the picture on one page, the relations with their sources after it."""
    seen = view()
    page, (laid, made) = fitting(seen)
    around = Paper(
        title=title(seen),
        lines=[told_of(seen), *left_out(laid)],
        legend=legend(seen.matrix),
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
        rows=listed(seen.matrix),
        table_title=t("Die Beziehungen mit ihren Belegen", "The relations with their evidence"),
    )
    made_pdf = pdf(painted(seen, made), (made.width, made.height), page, around)
    return file(made_pdf, "application/pdf", "pdf")


@blueprint.get("/matrix.json")
def data() -> Response:
    """Give the relations of the view for machines: who does what in which, and when."""
    seen = view()
    return jsonify(
        {
            "day": seen.selection.day.isoformat(),
            "revision": context.store().revision,
            "relations": [
                {
                    "iri": relation.iri,
                    "name": relation.name,
                    "kind": relation.kind,
                    "state": relation.state,
                    "partners": [
                        {"iri": pill.iri or None, "name": pill.name, "roles": list(pill.roles)}
                        for pill in relation.pills
                    ],
                }
                for relation in seen.matrix.every
            ],
        }
    )


@blueprint.get("/matrix/worksheet.pdf")
def worksheet() -> Response:
    """Give the frame of the slides without any line, to draw into: one page of A3."""
    seen = empty()
    made = sheet(seen.matrix, seen.table, lang(), soften, ROOM)
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


def drawn(seen: View) -> Drawn:
    """Lay the view out as it was asked for."""
    return seen.table, sheet(seen.matrix, seen.table, lang(), soften)


def fitting(seen: View) -> tuple[Page, Drawn]:
    """Return the page and the picture whose letters can be read on it.

    A compact view goes on A4 across where it fits, else on A3; a full one on A3. Where letters
    would be too small, only the relations with a line and the cells that they reach are shown.
    """
    asked = drawn(seen)
    compact = asked
    if not seen.selection.compact:
        narrowed = replace(seen.selection, compact=True)
        laid = table(seen.matrix, narrowed)
        compact = laid, sheet(seen.matrix, laid, lang(), soften)
    for page, made in ((A4, asked), (A3, asked), (A3, compact)):
        if letter_size(page, SMALL, made[1].width, made[1].height) >= LEAST:
            return page, made
    return A3, compact


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


def title(seen: View) -> str:
    """Return what the picture is called."""
    name = t("Akteursmatrix Viersen", "Actor matrix of Viersen")
    view_of = seen.matrix.perspective
    return f"{name}: {view_of.title.text}" if view_of else name


def summary(found: Matrix) -> str:
    """Tell in a sentence what the picture shows."""
    return t(
        f"{len(found.sectors)} Sektoren, {len(found.rows)} Ebenen, {found.relations} Beziehungen, "
        f"davon {found.law} nur gesetzlich vorgesehen.",
        f"{len(found.sectors)} sectors, {len(found.rows)} levels, {found.relations} relations, "
        f"of these {found.law} only provided for by law.",
    )


def told_of(seen: View) -> str:
    """Tell the reference date, the filters and the data state of a view."""
    facets = seen.ground.facets
    parts = [
        t("Stichtag ", "Reference date ") + day(seen.selection.day.isoformat()),
        *(facets.label(name) for name in seen.selection.narrowed.values()),
        t("Datenstand: Revision ", "Data state: revision ") + str(context.store().revision),
        request.url_root + "matrix",
    ]
    return " · ".join(parts)


def left_out(laid: Table) -> list[str]:
    """Say that a picture shows only a part, where it does."""
    if not laid.compact:
        return []
    return [
        t(
            f"Gezeigt sind {len(laid.drawn)} Beziehungen mit Linie und die Zellen, in denen eine "
            f"endet; {laid.left_out} weitere stehen in der Tabelle.",
            f"Shown are {len(laid.drawn)} relations with a line and the cells where one ends; "
            f"{laid.left_out} more stand in the table.",
        )
    ]


def legend(found: Matrix) -> list[str]:
    """Explain the signs."""
    return [
        *(say(KINDS[kind]) for kind, band in found.bands.items() if band),
        t("durchgezogen: gültig", "solid: valid"),
        t("gestrichelt: zuletzt belegt", "dashed: last attested"),
        t("fester Rand: belegte Einheit", "solid border: documented unit"),
        t("gestrichelter Rand: Platzhalter der Folie", "dashed border: template slot"),
        t(
            "?: Partner nicht belegt oder Ort mehrdeutig",
            "?: partner not documented or place ambiguous",
        ),
    ]


def foot() -> list[str]:
    """Tell what is lost, where the frame comes from, and the licence."""
    return [
        t(
            "Die Pfeile der Folien sind nicht überliefert; die Linien stammen aus anderen Quellen. "
            "Keine Linie heißt: keine Beziehung belegt, nicht: keine vorhanden.",
            "The arrows of the slides are lost; the lines come from other sources. No line means: "
            "no relation documented, not: none exists.",
        ),
        t(
            "Rahmen: Foliensatz „Akteursmodell“ (2018). Daten: CC BY 4.0.",
            "Frame: slide deck “Akteursmodell” (2018). Data: CC BY 4.0.",
        ),
    ]


def listed(found: Matrix) -> list[list[str]]:
    """Return the relations as rows: number, name, when, partners, evidence."""
    every = found.every
    proofs = evidence_of(context.store(), [NamedNode(r.iri) for r in every], lang())
    return [
        [
            str(relation.number),
            relation.name,
            when(relation),
            "; ".join(told((pill,)) for pill in relation.pills),
            "; ".join(proof.source_label for proof in proofs.get(NamedNode(relation.iri), ())),
        ]
        for relation in every
    ]


def when(relation: Relation) -> str:
    """Tell since when a relation holds and whether it has ended."""
    ended = say(STATES["ended"]) if relation.state == "ended" else ""
    return ", ".join(part for part in (ended, relation.when) if part)


def file(content: str | bytes, kind: str, ending: str, name: str = "") -> Response:
    """Answer with a file that a browser shows or saves under a telling name."""
    response = Response(content, content_type=kind)
    stem = f"akteursmatrix-{name}" if name else "akteursmatrix"
    response.headers["Content-Disposition"] = f'inline; filename="{stem}.{ending}"'
    response.headers["Content-Security-Policy"] = POLICY
    return response
