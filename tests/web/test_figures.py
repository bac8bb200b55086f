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


def charts(html: str) -> list[tuple[list[str], list[tuple[str, list[tuple[str, str]]]]]]:
    """Return each chart: the heads of its columns, and its rows with widths and numbers."""
    found = []
    for chart in re.findall(r'<div class="bar-rows.*?\n</div>', html, re.DOTALL):
        head = re.findall(r'aria-label="Balken: (.*?); dasselbe', chart)[0]
        lines = re.split(r'<div class="bar-row">', chart)[1:]
        rows = [
            (
                plain(re.findall(r'"bar-name">(.*?)</span>', line)[0]),
                [
                    (width[0], number[0]) if width else ("", "")
                    for cell in line.split('<span class="bar-cell">')[1:]
                    for width in [re.findall(r'<rect width="([\d.]+)"', cell)]
                    for number in [re.findall(r'"bar-number">(.*?)<', cell)]
                ],
            )
            for line in lines
        ]
        found.append((unescape(head).split(", "), rows))
    return found


def test_bars_are_the_numbers_of_the_columns_in_the_order_of_the_rows(
    pages: dict[str, str],
) -> None:
    count = 0
    for name, html in pages.items():
        for heads, drawn in charts(html):
            told = [
                (row, [row.get(head, "") for head in heads])
                for row in table(html)
                if any(row.get(head) for head in heads)
            ]
            assert [[number for _, number in cells] for _, cells in drawn] == [
                numbers for _, numbers in told
            ], (name, heads)
            columns = [
                [float(n or 0) for n in column]
                for column in zip(*(n for _, n in told), strict=True)
            ]
            most = [max(column) for column in columns]
            one_scale = max(most) <= 20 * min(most)
            said = "Alle Balken haben denselben Maßstab" in html
            assert said == (one_scale and len(heads) > 1)
            for (label, cells), (row, numbers) in zip(drawn, told, strict=True):
                assert set(label.split(" – ")) & set(row.values()), (name, label)
                for (width, _), number, whole in zip(cells, numbers, most, strict=True):
                    largest = max(most) if one_scale else whole
                    if number:
                        assert float(width) == pytest.approx(
                            float(number) / largest * 100, abs=0.01
                        )
            count += 1
    assert count > 5


def test_amounts_that_do_not_differ_and_many_rows_do_not_push_the_table_down(
    pages: dict[str, str],
) -> None:
    # Nine ways of two steps each, and a column of zeros beside two others.
    assert charts(pages["CQ25"]) == []
    ((heads, rows),) = charts(pages["CQ23"])
    assert heads == ["Verbindungen insgesamt", "nur gesetzlich vorgesehen"]
    assert len(rows) == 15
    assert '<details class="figure bars"><summary>' in pages["CQ23"]
    assert '<figure class="bars">' in pages["CQ31"]


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
    assert charts(pages["CQ46"]) == []
    assert [len(heads) for heads, _ in charts(pages["CQ22"])] == [3]
