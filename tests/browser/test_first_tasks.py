"""The ten tasks of a first visit, walked as docs/first-tasks.md says, in a real browser."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).parent.parent.parent
TASK = re.compile(r"^## (\d+)\. (.+?)\n\n- Way: (.+)\n- Answer: (.+)$", re.MULTILINE)
MOST_CLICKS = 4
MOST_TABS = 400


@dataclass(frozen=True)
class Task:
    """A task with the names of the links that lead to its answer, and the words of the answer."""

    number: int
    title: str
    way: tuple[str, ...]
    answer: tuple[str, ...]


def tasks() -> list[Task]:
    text = (ROOT / "docs" / "first-tasks.md").read_text(encoding="utf-8")
    return [
        Task(int(number), title, tuple(way.split(" → ")), tuple(answer.split(" · ")))
        for number, title, way, answer in TASK.findall(text)
    ]


@contextmanager
def visitor(browser: Browser, width: int, *, script: bool) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=script
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def link(page: Page, name: str) -> Locator:
    """Find the first link of a name in the content; a count may follow the name."""
    wanted = re.compile(rf"^{re.escape(name)}( \d+)?$")
    return page.locator("main").get_by_role("link", name=wanted).first


def read(page: Page, task: Task) -> None:
    """The answer must stand in the content, where the last click led."""
    content = " ".join(page.locator("main").inner_text().split())
    for words in task.answer:
        assert words in content, (task.title, words)


def test_there_are_ten_tasks_of_at_most_four_clicks() -> None:
    found = tasks()
    assert [task.number for task in found] == list(range(1, 11))
    assert all(1 <= len(task.way) <= MOST_CLICKS and task.answer for task in found)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("task", tasks(), ids=lambda task: str(task.number))
def test_a_task_is_solved_by_its_clicks(
    browser: Browser, address: str, task: Task, width: int, script: bool
) -> None:
    with visitor(browser, width, script=script) as page:
        page.goto(address + "/?lang=de")
        for name in task.way:
            link(page, name).click()
        read(page, task)


@pytest.mark.parametrize("task", tasks(), ids=lambda task: str(task.number))
def test_a_task_is_solved_by_the_keyboard_alone(browser: Browser, address: str, task: Task) -> None:
    with visitor(browser, 1440, script=True) as page:
        page.goto(address + "/?lang=de")
        for name in task.way:
            wanted = link(page, name).element_handle()
            for _ in range(MOST_TABS):
                page.keyboard.press("Tab")
                if page.evaluate("wanted => document.activeElement === wanted", wanted):
                    break
            else:
                raise AssertionError(name)
            before = page.url
            page.keyboard.press("Enter")
            page.wait_for_function("before => location.href !== before", arg=before)
            page.wait_for_load_state()
        read(page, task)


def test_a_letter_shows_its_words_on_focus_and_escape_hides_them(
    browser: Browser, address: str
) -> None:
    with visitor(browser, 1440, script=True) as page:
        page.goto(address + "/tasks?lang=de")
        letter = page.locator("table.board .letter").first
        words = letter.locator(".words")

        def shown() -> bool:
            return bool(words.evaluate("e => getComputedStyle(e).clipPath === 'none'"))

        assert not shown()
        page.locator("table.board th a").first.focus()
        while not letter.evaluate("e => e === document.activeElement"):
            page.keyboard.press("Tab")
        assert shown()
        page.keyboard.press("Escape")
        assert not shown()
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        assert shown()


def test_on_a_narrow_screen_the_words_stand_beside_each_letter(
    browser: Browser, address: str
) -> None:
    with visitor(browser, 360, script=False) as page:
        page.goto(address + "/tasks?lang=de")
        box = page.locator("table.board .letter .words").first.bounding_box()
        assert box is not None
        assert box["width"] > 100
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
