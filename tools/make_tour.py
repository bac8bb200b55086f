"""Make the pictures of docs/tour.md: photograph the pages of a service with the shipped data.

Usage: python -m tools.make_tour [NAME …]
The document says what to take. A comment follows each picture: `<!-- scene de: /path -->` for one
that can be read (a wide window beside a phone), `<!-- sheet: /path -->` for all widths, languages
and colours at once. `/path#part` scrolls to a part of the page; `/path click a.why` presses what
the selector, which has no spaces, finds first and shows where that leads. Pictures that the
document no longer shows are removed. With names only those are made.
"""

import base64
import re
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.conftest import BROWSERS, FLAGS
from tests.serving import serving

FOLDER: Final = Path(__file__).resolve().parent.parent / "docs"
DOCUMENT: Final = FOLDER / "tour.md"
PICTURE: Final = re.compile(
    r"!\[(?P<alt>[^\]]*)\]\(tour/(?P<name>[\w-]+)\.webp\)"
    r"(?: ?<!-- (?P<kind>scene|sheet)(?: (?P<lang>de|en))?: (?P<path>/\S*)"
    r"(?: click (?P<click>\S+))? -->)?"
)
LOCALES: Final = {"de": "de-DE", "en": "en-GB"}
SCHEMES: Final = ("light", "dark")
WIDTHS: Final = (1440, 768, 360)
# Windows in pixels, and by how much they are made smaller in a picture.
SHEET_HEIGHT, SHEET_SCALE, SHEET_QUALITY = 900, 0.23, 60
SCENE_WIDTHS, SCENE_HEIGHT, SCENE_SCALE, SCENE_QUALITY = (1280, 360), 860, 0.58, 72
GAP: Final = 8
STYLE: Final = f"""
body {{ margin: 0; display: inline-block; padding: {GAP}px; background: #c9ced6; }}
div {{ display: grid; gap: {GAP}px; }} img {{ display: block; }}
"""
# A page that is being made for another visitor is asked for again, so many times.
PATIENCE: Final = 120
IN_THE_MAKING: Final = 503


@dataclass(frozen=True)
class Wanted:
    """A picture that the document shows: its name, what is to be seen, and in which language.

    `click` is the selector of what is pressed first, empty for nothing.
    """

    name: str
    kind: str
    lang: str
    path: str
    click: str = ""


@dataclass(frozen=True)
class Shot:
    """A window of a page, in PNG."""

    png: bytes

    @property
    def tag(self) -> str:
        """The shot as part of a page."""
        return f'<img src="data:image/png;base64,{base64.b64encode(self.png).decode()}">'


def wanted(text: str) -> list[Wanted]:
    """Return the pictures of a document in their order; raises ValueError where one has no page."""
    found = []
    for match in PICTURE.finditer(text):
        if not match["kind"]:
            raise ValueError(match["name"])
        lang, click = match["lang"] or "de", match["click"] or ""
        found.append(Wanted(match["name"], match["kind"], lang, match["path"], click))
    return found


def open_page(page: Page, address: str, each: Wanted, lang: str) -> None:
    """Open a page in a language and press what is to be pressed; one in the making is asked again.

    Raises TimeoutError where it stays in the making or there is nothing to press.
    """
    place, mark, part = each.path.partition("#")
    url = f"{address}{place}{'&' if '?' in place else '?'}lang={lang}{mark}{part}"
    # From elsewhere: on the page itself a part of it would not be loaded anew.
    page.goto("about:blank")
    for _ in range(PATIENCE):
        answer = page.goto(url, wait_until="load")
        if answer is not None and answer.status != IN_THE_MAKING:
            break
        time.sleep(0.5)
    else:
        raise TimeoutError(url)
    if each.click:
        # The keyboard presses what a pointer could find covered by a line of a picture.
        page.locator(each.click).first.press("Enter")
        page.wait_for_load_state("networkidle")


def shot(page: Page, width: int, height: int, scale: float) -> Shot:
    """Photograph what a window of some width shows of a page, made smaller by the browser."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    top = page.evaluate("() => Math.round(scrollY)")
    return Shot(taken(page, {"y": top, "width": width, "height": height, "scale": scale}, "png"))


def taken(page: Page, clip: dict[str, float], kind: str, quality: int = 0) -> bytes:
    """Ask Chromium for a picture of a part of a page, in PNG or WebP."""
    client = page.context.new_cdp_session(page)
    options: dict[str, object] = {"format": kind, "clip": {"x": 0, "y": 0, "scale": 1, **clip}}
    answer = client.send(
        "Page.captureScreenshot", options | ({"quality": quality} if quality else {})
    )
    client.detach()
    return base64.b64decode(answer["data"])


def together(page: Page, shots: Iterable[Shot], columns: int, quality: int) -> bytes:
    """Put shots into one picture, row by row, in WebP."""
    tags = "".join(each.tag for each in shots)
    grid = f'<div style="grid-template-columns: repeat({columns}, max-content)">{tags}</div>'
    page.set_content(f"<!doctype html><style>{STYLE}</style><body>{grid}")
    page.wait_for_function("() => [...document.images].every(image => image.complete)")
    box = page.locator("body").bounding_box()
    if box is None:
        raise RuntimeError(grid)
    page.set_viewport_size({"width": round(box["width"]), "height": round(box["height"])})
    return taken(page, {"width": box["width"], "height": box["height"]}, "webp", quality)


def scene(pages: dict[str, Page], desk: Page, address: str, each: Wanted) -> bytes:
    """Photograph a page in a wide window and on a phone, large enough to be read."""
    page = pages[each.lang]
    page.emulate_media(color_scheme="light")
    shots = []
    for width in SCENE_WIDTHS:
        page.set_viewport_size({"width": width, "height": SCENE_HEIGHT})
        open_page(page, address, each, each.lang)
        shots.append(shot(page, width, SCENE_HEIGHT, SCENE_SCALE))
    return together(desk, shots, len(shots), SCENE_QUALITY)


def sheet(pages: dict[str, Page], desk: Page, address: str, each: Wanted) -> bytes:
    """Photograph a page in all widths, languages and colours: German left, dark below."""
    rows: dict[str, list[Shot]] = {scheme: [] for scheme in SCHEMES}
    for lang, page in pages.items():
        page.set_viewport_size({"width": WIDTHS[0], "height": SHEET_HEIGHT})
        open_page(page, address, each, lang)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            rows[scheme] += [shot(page, width, SHEET_HEIGHT, SHEET_SCALE) for width in WIDTHS]
    shots = [each for row in rows.values() for each in row]
    return together(desk, shots, len(LOCALES) * len(WIDTHS), SHEET_QUALITY)


@contextmanager
def visitors(browser: Browser) -> Iterator[dict[str, Page]]:
    """Give a visitor for each language, whose browser speaks it and moves nothing."""
    contexts: dict[str, BrowserContext] = {
        lang: browser.new_context(locale=locale, reduced_motion="reduce")
        for lang, locale in LOCALES.items()
    }
    try:
        yield {lang: context.new_page() for lang, context in contexts.items()}
    finally:
        for context in contexts.values():
            context.close()


def make(pictures: list[Wanted]) -> None:
    """Take pictures and write them beside the document."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise SystemExit("No Chromium here; tests/browser/install-chromium.sh installs it.")
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        with visitors(browser) as pages:
            desk = browser.new_page()
            for each in pictures:
                take = scene if each.kind == "scene" else sheet
                made = take(pages, desk, address, each)
                (FOLDER / "tour" / f"{each.name}.webp").write_bytes(made)
                print(f"docs/tour/{each.name}.webp: {len(made) // 1024} kB")
        browser.close()


def main(names: list[str]) -> None:
    """Make all pictures of the tour, or those named."""
    pictures = wanted(DOCUMENT.read_text(encoding="utf-8"))
    (FOLDER / "tour").mkdir(exist_ok=True)
    known = {each.name for each in pictures}
    for file in (FOLDER / "tour").glob("*.webp"):
        if file.stem not in known:
            file.unlink()
    make([each for each in pictures if not names or each.name in names])


if __name__ == "__main__":
    main(sys.argv[1:])
