"""Every link on every page leads somewhere, and no page brings style or script of its own."""

import re
from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient

HOST = "http://localhost"
MOST = 700


class Page(HTMLParser):
    """What a page links to, which names it has inside, and how it is written."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.told = False
        self.ids: list[str] = []
        self.faults: list[str] = []
        self.feed(html)

    def is_known_kind(self, given: dict[str, str | None]) -> bool:
        """Whether this is one more of the links that each row of an answer has; one is followed."""
        known, self.told = self.told, self.told or given.get("class") == "why"
        return known and given.get("class") == "why"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag in ("a", "link") and "href" in given and not self.is_known_kind(given):
            self.links.append(given["href"] or "")
        inline = tag == "style" or (tag == "script" and not given.get("src"))
        if inline or any(n == "style" or n.startswith("on") for n in given):
            self.faults.append(tag)
        leaves = tag == "a" and urlsplit(given.get("href") or "").netloc
        if leaves and "noreferrer" not in (given.get("rel") or ""):
            self.faults.append(f"a to {given['href']} without noreferrer")


def crawl(client: FlaskClient) -> Iterator[tuple[str, Page]]:
    """Follow every link from the start page, up to a number of pages; each must answer 200."""
    waiting, seen, count = deque(["/"]), {"/"}, 0
    while waiting and count < MOST:
        path = waiting.popleft()
        with client.get(path) as answer:
            assert answer.status_code == 200, path
            if answer.mimetype != "text/html":
                continue
            html = answer.get_data(as_text=True)
        assert not re.search(r">\s*None\s*<|Undefined", html), path
        page = Page(html)
        count += 1
        yield path, page
        for target, _ in targets(path, page):
            if target not in seen:
                seen.add(target)
                waiting.append(target)


def targets(path: str, page: Page) -> Iterator[tuple[str, str]]:
    """Return the pages of this host that a page links to, with the place in them."""
    for link in page.links:
        assert link, path
        target, fragment = urldefrag(urljoin(HOST + path, link))
        if target.startswith(HOST + "/") and "lang=" not in target:
            yield target.removeprefix(HOST), fragment


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_link_leads_somewhere(client: FlaskClient, lang: str) -> None:
    client.get("/", query_string={"lang": lang})
    pages = dict(crawl(client))
    assert len(pages) > 100
    for path, page in pages.items():
        assert not page.faults, (path, page.faults)
        assert len(page.ids) == len(set(page.ids)), path
        for target, fragment in targets(path, page):
            assert not fragment or target not in pages or fragment in pages[target].ids, (
                path,
                target,
                fragment,
            )
