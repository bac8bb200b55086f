"""Papers from the matrix: PDF and PNG through Typst, the empty matrix as a worksheet.

Typst embeds the picture as text and lines and tags the paper (PDF/UA); no browser is needed.
"""

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import typst

__all__ = ["A3", "A4", "Page", "Paper", "image", "letter_size", "pdf", "workbook"]

TEMPLATE: Final = Path(__file__).parent / "typst" / "paper.typ"
MARGIN: Final = 10.0
POINTS: Final = 72 / 25.4
# What stands above and below the picture: title, legend, source; in millimetres.
FRAME: Final = 34.0
DENSITY: Final = 144.0


@dataclass(frozen=True)
class Page:
    """The size of a page, in millimetres."""

    width: float
    height: float

    def scale(self, width: float, height: float) -> float:
        """Return points of the page for a pixel of a picture that fills it with its frame."""
        return POINTS * min(
            (self.width - 2 * MARGIN) / width, (self.height - 2 * MARGIN - FRAME) / height
        )


A4: Final = Page(297, 210)
A3: Final = Page(297, 420)


@dataclass(frozen=True)
class Paper:
    """What a paper says around its picture; `rows` are a table that follows on the next page."""

    title: str
    lines: Sequence[str]
    legend: Sequence[str]
    foot: Sequence[str]
    alt: str
    lang: str
    head: Sequence[str] = ()
    rows: Iterable[Sequence[str]] = ()
    table_title: str = ""


def letter_size(page: Page, size: float, width: float, height: float) -> float:
    """Return how large letters of a picture become on a page, in points."""
    return size * page.scale(width, height)


def pdf(picture: str, size: tuple[float, float], page: Page, paper: Paper) -> bytes:
    """Return a tagged PDF: the picture on one page, its table on the next."""
    told = {
        **{name: getattr(paper, name) for name in ("title", "alt", "lang", "table_title")},
        **{name: list(getattr(paper, name)) for name in ("lines", "legend", "foot", "head")},
        "rows": [list(row) for row in paper.rows],
        "page": [page.width, page.height],
        "margin": MARGIN,
        "width": size[0] * page.scale(*size) / POINTS,
    }
    made = compiler({"paper": json.dumps(told), "picture": picture})
    return whole(made.compile(format="pdf", pdf_standards=["ua-1"]))


def image(picture: str, width: float) -> bytes:
    """Return the picture alone as PNG, at two dots a pixel."""
    made = compiler({"picture": picture, "width": f"{width}"}, "picture.typ")
    return whole(made.compile(format="png", ppi=DENSITY))


def whole(made: bytes | list[bytes] | None) -> bytes:
    """Return the one file that a typesetter made."""
    if not isinstance(made, bytes):
        raise TypeError(made)
    return made


def compiler(inputs: dict[str, str], name: str = "paper.typ") -> "typst.Compiler":
    """Return a typesetter that knows Roboto and nothing of this machine."""
    import typst  # noqa: PLC0415 -- slow import, seldom wanted

    return typst.Compiler(
        str(TEMPLATE.with_name(name)),
        root=str(TEMPLATE.parent),
        font_paths=[fonts()],
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )


@cache
def fonts() -> str:
    """Return the folder of the typeface; raises LookupError where it is not installed."""
    spec = find_spec("font_roboto")
    if spec is None or spec.origin is None:
        raise LookupError("font_roboto")
    return str(Path(spec.origin).parent / "files")


def workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return the frame of the matrix as a sheet to fill in, on one page of A3."""
    made = io.BytesIO()
    import xlsxwriter  # noqa: PLC0415 -- the same

    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page = book.add_worksheet("Matrix")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    free = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    page.write_row(0, 0, heads, bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        page.write_string(last, 0, row[0], bold)
        for column, words in enumerate(row[1:], start=1):
            page.write_string(last, column, words, free)
        page.set_row(last, 90)
    page.set_column(0, len(heads) - 1, 24)
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(8)
    page.fit_to_pages(1, 1)
    page.set_header(f"&L{title}")
    page.print_area(0, 0, last, len(heads) - 1)
    book.close()
    return made.getvalue()
