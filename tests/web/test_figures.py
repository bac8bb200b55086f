"""Answers as pictures: what a picture shows is what the table of the page shows."""

import re
from html import unescape

import pytest
from flask import Flask

from akteursmodell.questions.catalogue import catalogue

CELL = re.compile(r'<td role="cell" data-head="([^"]*)"[^>]*><div>(.*?)</div></td>', re.DOTALL)


def plain(html: str) -> str:
    hidden = re.sub(
        r'<span class="hidden">.*?</span>|<span aria-hidden="true">.*?</span>', "", html
    )
    return " ".join(unescape(re.sub(r"<[^>]+>|\u00ad", "", hidden)).split())


def table(html: str) -> list[dict[str, str]]:
    rows = re.findall(r'<tr role="row">(.*?)</tr>', html, re.DOTALL)
    return [{unescape(h): plain(c) for h, c in CELL.findall(row)} for row in rows if "<td" in row]


def values(html: str, head: str) -> list[list[str]]:
    """Return the values of a column, row by row; several in a cell are links."""
    rows = re.findall(r'<tr role="row">(.*?)</tr>', html, re.DOTALL)
    cells = [{unescape(h): c for h, c in CELL.findall(row)} for row in rows if "<td" in row]
    return [
        [v for each in re.split(r"</a>, ", c.get(head, "")) if (v := plain(each))] for c in cells
    ]


@pytest.fixture(scope="module")
def pages(app: Flask) -> dict[str, str]:
    with app.test_client() as visitor:
        headers = {"Accept": "text/html"}
        return {
            name: visitor.get(f"/questions/{name}?lang=de", headers=headers).text
            for name in catalogue()
        }


def test_bars_are_the_numbers_of_a_column_in_the_order_of_the_rows(pages: dict[str, str]) -> None:
    count = 0
    for name, html in pages.items():
        for figure in re.findall(r'<figure class="bars">(.*?)</figure>', html, re.DOTALL):
            head = plain(re.findall(r"<figcaption>(.*?)</figcaption>", figure)[0])
            drawn = re.findall(
                r'"bar-name">(.*?)</span>.*?<rect width="([\d.]+)".*?class="bar-number">(.*?)<',
                figure,
                re.DOTALL,
            )
            told = [
                (row, number)
                for row in table(html)
                for key, number in row.items()
                if key.casefold() == head.casefold() and number
            ]
            assert [plain(number) for _, _, number in drawn] == [n for _, n in told], (name, head)
            most = max(float(number) for _, number in told) or 1
            for (label, width, number), (row, _) in zip(drawn, told, strict=True):
                assert float(width) == pytest.approx(float(number) / most * 100, abs=0.01)
                assert set(plain(label).split(" – ")) & set(row.values()), (name, label)
            count += 1
    assert count > 10


def test_a_net_has_a_line_for_each_pair_of_the_table_and_no_other(pages: dict[str, str]) -> None:
    count = 0
    for name, html in pages.items():
        for net in re.findall(r"Als Netz zeigen: (.*?)</details>", html, re.DOTALL):
            heads = plain(net.split("</summary>")[0]).split(" – ")
            drawn = {plain(t) for t in re.findall(r"<line[^>]*><title>(.*?)</title>", net)}
            told = {
                f"{one} – {other}"
                for first, second in zip(
                    values(html, heads[0]), values(html, heads[1]), strict=True
                )
                for one in first
                for other in second
                if one != other
            }
            assert drawn == told, name
            spots = {plain(t) for t in re.findall(r'<g class="spot"><title>(.*?)</title>', net)}
            assert all(any(pair.startswith(s) or pair.endswith(s) for pair in told) for s in spots)
            count += 1
    assert count > 5


def test_a_map_has_each_place_of_the_table_with_a_point_and_names_the_others(
    pages: dict[str, str],
) -> None:
    count = 0
    for name, html in pages.items():
        for drawn in re.findall(r"Auf der Karte zeigen: (.*?)</details>", html, re.DOTALL):
            head = plain(drawn.split("</summary>")[0])
            listed = re.findall(
                r'<li><a href="[^"]+">(.*?)</a> <span class="soft">(\d+)', drawn.split("<ol")[1]
            )
            told = [value for row in values(html, head) for value in row]
            assert {plain(place): int(n) for place, n in listed} == {
                plain(place): told.count(plain(place)) for place, _ in listed
            }, name
            points = {plain(t) for t in re.findall(r'<g class="spot"><title>(.*?)</title>', drawn)}
            assert points == {plain(place) for place, _ in listed}
            without = re.findall(r"Ohne Punkt: (.*?)\. <a", drawn)
            rest = set(without[0].split(", ")) if without else set()
            assert points | rest == set(told), name
            count += 1
    assert count > 2


def test_numbers_that_only_count_off_have_no_bars(pages: dict[str, str]) -> None:
    assert 'class="bars"' not in pages["CQ46"]
    assert 'class="bars"' in pages["CQ22"]
    assert pages["CQ22"].count('<figure class="bars">') == 3
