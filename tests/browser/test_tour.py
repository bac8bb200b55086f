"""The illustrated tour: it shows every page of the menu, and its pictures can be taken anew."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from playwright.sync_api import Browser, TimeoutError
from tests.browser.test_pages import go
from tools.make_tour import (
    DOCUMENT,
    LOCALES,
    PICTURE,
    Wanted,
    open_page,
    scene,
    sheet,
    visitors,
    wanted,
)

MOST_BYTES = 2_700_000


class Linked(HTMLParser):
    """The paths to which the head and foot of a page lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.paths: set[str] = set()
        self.depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag in ("header", "footer")
        href = dict(attrs).get("href") or ""
        if tag == "a" and self.depth and "lang=" not in href and href.startswith("/"):
            self.paths.add(href.partition("#")[0])

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in ("header", "footer")


def text() -> str:
    return DOCUMENT.read_text(encoding="utf-8")


def test_every_page_of_the_menu_and_the_foot_is_shown_whole(browser: Browser, address: str) -> None:
    page = browser.new_page()
    go(page, address + "/")
    linked = Linked(page.content()).paths
    page.close()
    assert len(linked) > 15
    shown = {each.path for each in wanted(text()) if each.kind == "sheet"}
    assert linked <= shown


def test_each_picture_of_the_tour_is_there_and_said_in_words() -> None:
    pictures = wanted(text())
    names = [each.name for each in pictures]
    assert sorted(names) == sorted(file.stem for file in DOCUMENT.with_name("tour").iterdir())
    assert len(names) == len(set(names)) > 30
    assert all(len(match["alt"]) > 30 for match in PICTURE.finditer(text()))
    files = [DOCUMENT.with_name("tour") / f"{name}.webp" for name in names]
    assert all(file.read_bytes()[8:12] == b"WEBP" for file in files)
    assert sum(file.stat().st_size for file in files) < MOST_BYTES


def test_a_picture_without_a_page_is_noticed() -> None:
    with pytest.raises(ValueError, match="lost"):
        wanted("![Lost](tour/lost.webp)")


def test_a_comment_says_page_part_language_and_what_is_pressed() -> None:
    lines = (
        "![Row](tour/row.webp) <!-- scene en: /questions/CQ16#list click a.why -->\n"
        "![All](tour/all.webp) <!-- sheet: /map -->\n"
    )
    assert wanted(lines) == [
        Wanted("row", "scene", "en", "/questions/CQ16#list", "a.why"),
        Wanted("all", "sheet", "de", "/map", ""),
    ]


def test_each_part_and_each_thing_to_press_is_on_its_page(browser: Browser, address: str) -> None:
    found = [each for each in wanted(text()) if "#" in each.path or each.click]
    assert {bool(each.click) for each in found} == {True, False}
    page = browser.new_page()
    for each in found:
        path, _, part = each.path.partition("#")
        go(page, address + path)
        assert not part or page.locator(f"[id='{part}']").count() == 1, each
        assert not each.click or page.locator(each.click).count() > 0, each
    page.close()


def test_what_is_pressed_is_shown_and_nothing_to_press_is_noticed(
    browser: Browser, address: str
) -> None:
    with visitors(browser) as pages:
        page = pages["de"]
        page.set_default_timeout(2000)
        open_page(page, address, Wanted("row", "scene", "de", "/questions/CQ16", "a.why"), "de")
        assert "/questions/CQ16/why/" in page.url
        with pytest.raises(TimeoutError, match=r"a\.lost"):
            open_page(page, address, Wanted("lost", "scene", "de", "/about", "a.lost"), "de")


@pytest.mark.parametrize(
    ("take", "size"),
    [
        (sheet, (2 * (331 + 177 + 83) + 7 * 8, 2 * 207 + 3 * 8)),
        (scene, (742 + 209 + 3 * 8, 499 + 2 * 8)),
    ],
    ids=["sheet", "scene"],
)
def test_a_picture_is_small_and_always_the_same(
    browser: Browser, address: str, take: Callable[..., bytes], size: tuple[int, int]
) -> None:
    assert set(LOCALES) == {"de", "en"}
    each = Wanted("about", "", "de", "/about")
    made = []
    for _ in range(2):
        with visitors(browser) as pages:
            desk = browser.new_page()
            made.append(take(pages, desk, address, each))
            desk.close()
    assert made[0] == made[1]
    # https://developers.google.com/speed/webp/docs/riff_container#extended_file_format
    assert made[0][8:16] == b"WEBPVP8X"
    width, height = (int.from_bytes(made[0][at : at + 3], "little") + 1 for at in (24, 27))
    assert width == pytest.approx(size[0], abs=6)
    assert height == pytest.approx(size[1], abs=3)
