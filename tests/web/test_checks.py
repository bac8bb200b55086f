"""The data check: made once for a data state, by one request at a time."""

import threading

import pytest
from flask.testing import FlaskClient
from tests.graphs import graph

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.validation import engine
from akteursmodell.validation.report import Report
from akteursmodell.web import checks
from akteursmodell.web.checks import BusyError, Reports


def test_the_page_counts_groups_and_links(client: FlaskClient) -> None:
    page = client.get("/validation").text
    assert "0 Fehler, 1 Hinweis, " in page
    assert " Wissenslücken</p>" in page
    # They have a page of their own, where each can be answered.
    assert '<a href="/gaps">Was wir nicht wissen</a>' in page
    assert "Wissen könnte es" not in page
    assert '<a href="/doc/org-town-viersen">Stadt Viersen</a>' in page
    assert "Etwas fehlt." in page
    assert "Ergänzen Sie es." in page
    assert "These der Folie" in page


def test_the_report_comes_as_json_and_turtle(client: FlaskClient) -> None:
    body = client.get("/validation.json").json
    assert body is not None
    assert body["revision"] == 1
    assert body["conforms"] is True
    assert len(body["results"]) == 1
    assert client.get("/validation.ttl").mimetype == "text/turtle"


def test_a_report_is_made_once_for_a_data_state(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Report] = []

    def validate(_: object) -> Report:
        made.append(Report(()))
        return made[-1]

    monkeypatch.setattr(engine, "validate", validate)
    reports = Reports()
    assert reports.current(store) is reports.current(store)
    assert len(made) == 1
    graph(store, "id:a rdfs:label 'a' .")
    assert reports.current(store) is made[1]


def test_a_second_visitor_waits_a_while_and_is_then_told_to_come_back(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, finish = threading.Event(), threading.Event()

    def validate(_: object) -> Report:
        begun.set()
        assert finish.wait(10)
        return Report(())

    monkeypatch.setattr(engine, "validate", validate)
    monkeypatch.setattr(checks, "PATIENCE", 0.1)
    reports = Reports()
    first = threading.Thread(target=reports.current, args=(store,))
    first.start()
    assert begun.wait(10)
    with pytest.raises(BusyError) as busy:
        reports.current(store)
    finish.set()
    first.join(10)
    assert busy.value.status == 503
    assert reports.current(store).conforms


def test_a_failed_check_can_be_made_again(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> Report:
        raise RuntimeError

    reports = Reports()
    monkeypatch.setattr(engine, "validate", broken)
    with pytest.raises(RuntimeError):
        reports.current(store)
    monkeypatch.setattr(engine, "validate", lambda _: Report(()))
    assert reports.current(store).conforms
