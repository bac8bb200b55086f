"""The history of a running service, in memory and in a folder: seen at once, undone on request."""

import http.client
import json
import urllib.parse
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.history.service import TOKEN, Service, started

from akteursmodell.cli import main

INSERT = 'INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> "%s" } }'


@pytest.fixture(params=["memory", "folder"])
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    store = Path("memory") if request.param == "memory" else tmp_path / "store"
    with ExitStack() as stack:
        yield stack.enter_context(started(store, "--empty"))


def test_a_change_is_in_the_history_when_it_is_acknowledged(service: Service) -> None:
    for number in range(1, 6):
        assert service.update(INSERT % number, author="anna", reason=f"r{number}")[0] == 200
        status, patch = service.send("GET", f"/history/{number}.rdfp")
        assert status == 200
        assert f'A <urn:a> <urn:p> "{number}" <urn:g> .' in patch
    assert service.send("GET", "/history/6.rdfp")[0] == 404
    status, feed = service.send("GET", "/history.atom")
    assert feed.count("<entry>") == 5
    status, told = service.send("GET", "/history/blame?thing=urn:a")
    assert [each["reason"] for each in json.loads(told)] == ["r5", "r4", "r3", "r2", "r1"]


def test_a_data_state_is_undone_over_http(service: Service) -> None:
    for value in ("one", "two"):
        assert service.update(INSERT % value)[0] == 200
    status, told = service.send("POST", "/history/1/undo?author=anna&reason=wrong")
    assert (status, json.loads(told)) == (
        200,
        {"revision": 3, "inserted": 0, "deleted": 1, "warnings": []},
    )
    assert service.ask("SELECT ?o { <urn:a> <urn:p> ?o }") == (200, "o\r\ntwo\r\n")
    status, told = service.send("POST", "/history/1/undo")
    assert status == 409
    assert [each["revision"] for each in json.loads(told)["changes"]] == [3]
    assert service.send("POST", "/history/9/undo")[0] == 404


def form(service: Service, path: str, **fields: str) -> tuple[int, str, str]:
    """Send a form as a browser does; return status, page and where it leads."""
    with closing(http.client.HTTPConnection(service.host, timeout=60)) as connection:
        body = urllib.parse.urlencode(fields).encode() if fields else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
        head = {"Accept": "text/html", **kind}
        connection.request("POST" if fields else "GET", path + "?lang=en", body, head)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers.get("Location", "")


def test_a_data_state_is_tried_and_then_undone_by_form(service: Service) -> None:
    for value in ("one", "two"):
        assert service.update(INSERT % value)[0] == 200
    status, page, _ = form(service, "/history/1/undo")
    assert status == 200
    assert 'value="try"' in page
    assert 'value="undo"' not in page
    status, page, _ = form(service, "/history/1/undo", token="wrong", do="undo")
    assert status == 401
    assert 'role="alert"' in page
    status, page, _ = form(service, "/history/1/undo", token=TOKEN, do="try")
    assert status == 200
    assert "Entered: 0 new, 1 removed" in page
    assert 'value="undo"' in page
    assert TOKEN not in page
    assert service.ask("SELECT ?o { <urn:a> <urn:p> ?o } ORDER BY ?o")[1] == "o\r\none\r\ntwo\r\n"
    given = {"author": "post A", "reason": "a slip", "do": "undo"}
    status, _, there = form(service, "/history/1/undo", token=TOKEN, **given)
    assert (status, there) == (303, "/history/3")
    assert service.ask("SELECT ?o { <urn:a> <urn:p> ?o }")[1] == "o\r\ntwo\r\n"
    status, page, _ = form(service, "/history/3")
    assert "a slip" in page
    assert "post A" in page
    status, page, _ = form(service, "/history/1/undo", token=TOKEN, do="try")
    assert status == 409


def test_an_undo_can_be_tried_over_http(service: Service) -> None:
    assert service.update(INSERT % "one")[0] == 200
    status, told = service.send("POST", "/history/1/undo?dry-run")
    found = json.loads(told)
    assert (status, found["stored"], found["change"]["deleted"]) == (200, False, 1)
    assert service.ask("SELECT ?o { <urn:a> <urn:p> ?o }")[1] == "o\r\none\r\n"


def test_each_answer_names_its_data_state_as_base_of_a_write(service: Service) -> None:
    assert service.update(INSERT % "one")[0] == 200
    assert service.update(INSERT % "two", base="0")[0] == 409
    with closing(http.client.HTTPConnection(service.host, timeout=60)) as connection:
        for _ in range(2):  # the second answer is one that was kept
            connection.request("GET", "/sparql?query=ASK%20%7B%7D")
            answer = connection.getresponse()
            answer.read()
            base = answer.getheader("Akteursmodell-Revision", "")
    assert base == "1"
    assert service.update(INSERT % "two", base=base)[0] == 200


def test_the_command_line_undoes_and_asks_the_past(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with started(folder, "--empty") as service:
        assert service.update(INSERT % "one")[0] == 200
    where, runner = ["--store", str(folder)], CliRunner()
    environ = {"AKTEURSMODELL_LANG": "en", "AKTEURSMODELL_EMPTY": "1"}
    undone = runner.invoke(main, ["undo", "1", "-m", "wrong", *where], env=environ)
    assert undone.exit_code == 0, undone.output
    assert "Data state 1 is undone" in undone.output
    query = ["query", "SELECT ?o { <urn:a> <urn:p> ?o }", "--format", "csv", *where]
    assert runner.invoke(main, query, env=environ).stdout == "o\n"
    past = runner.invoke(main, [*query, "--revision", "1"], env=environ)
    assert past.stdout == "o\none\n"
    assert runner.invoke(main, [*query, "--revision", "99"], env=environ).exit_code == 2
