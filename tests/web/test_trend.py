"""The trend of the validation runs: the picture shows the data's, the table shows all."""

import json

from flask import Flask
from flask.testing import FlaskClient

from akteursmodell.validation.runs import Run, Runs
from akteursmodell.web.trend import HEIGHT, WIDTH, trend


def run(kind: str, errors: int, notes: int) -> Run:
    return Run("2026-11-25T12:00:00.000+00:00", kind, 1, 0.5, errors, notes)  # type: ignore[arg-type]


def test_only_what_was_found_in_all_data_is_drawn() -> None:
    latest = [
        run("write", 0, 9),
        run("write", 2, 9),
        run("dry-run", 0, 9),
        run("shapes", 9, 9),
        run("data", 0, 4),
        run("data", 0, 2),
    ]
    found = trend(latest)
    assert found.runs == tuple(latest)
    assert [each.notes for each in found.drawn] == [2, 4]
    assert found.most == 4
    notes, errors = found.lines
    assert [x for x, _ in notes.points] == [8, WIDTH - 8]
    assert notes.points[1][1] == 8
    assert {y for _, y in errors.points} == {HEIGHT - 8}


def test_the_page_shows_picture_and_table_and_json_has_the_same(
    app: Flask, client: FlaskClient
) -> None:
    kept = app.extensions["akteursmodell"]["runs"] = Runs()
    assert "<svg viewBox" not in client.get("/validation").text
    for each in (run("data", 0, 2), run("write", 1, 5), run("data", 0, 3)):
        kept.keep(each)
    page = client.get("/validation", headers={"Accept-Language": "de"}).text
    assert page.count("<circle") == 4
    assert "(abgelehnt)" in page
    told = json.loads(client.get("/validation/runs.json").text)["runs"]
    assert [each["notes"] for each in told] == [3, 5, 2]
    kept.close()
