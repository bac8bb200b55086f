"""kill -9 of the whole service under load: what was acknowledged is there, and nothing by half.

`TEST_KILLS` says how often (5 by default), `TEST_KILLS_SEED` at which moments.
"""

import http.client
import logging
import os
import random
import re
import threading
import time
from pathlib import Path

import pytest
from tests.history.service import Service, started

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.history.journal import Journal, journal_beside
from akteursmodell.history.ledger import Ledger

KILLS = int(os.environ.get("TEST_KILLS", "5"))
SEED = os.environ.get("TEST_KILLS_SEED", "1")
WRITERS = 4
READERS = 2
LONGEST = 1.0
HALVES = ("<urn:first>", "<urn:second>")
GONE = (OSError, http.client.HTTPException)


class Load:
    """Writers that remember what was acknowledged, and readers, against one service."""

    def __init__(self, service: Service, round_: int, acknowledged: set[str]) -> None:
        self._service = service
        self._round = round_
        self._acknowledged = acknowledged
        self.faults: list[str] = []
        self.begun = threading.Event()
        self._threads = [
            *(threading.Thread(target=self._write, args=(n,)) for n in range(WRITERS)),
            *(threading.Thread(target=self._read) for _ in range(READERS)),
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        for thread in self._threads:
            thread.join(60)

    def _write(self, writer: int) -> None:
        number = 0
        while True:
            name = f"urn:{self._round}-{writer}-{number}"
            halves = " ".join(f"<{name}> {half} {number} ." for half in HALVES)
            try:
                status, body = self._service.update(
                    f"INSERT DATA {{ GRAPH <urn:g> {{ {halves} }} }}"
                )
            except GONE:
                return
            if status == 200:
                self._acknowledged.add(f"<{name}>")
                self.begun.set()
            elif status != 503:  # the gate was gone before the process that answers
                self.faults.append(body)
            number += 1

    def _read(self) -> None:
        """No reader ever sees one half without the other."""
        first, second = HALVES
        query = f"SELECT ?s {{ ?s {first} ?n MINUS {{ ?s {second} ?n }} }}"
        while True:
            try:
                status, body = self._service.ask(query)
            except GONE:
                return
            if status == 200 and body.split() != ["s"]:
                self.faults.append(body)


def halves(store: EmbeddedStore) -> dict[str, int]:
    found: dict[str, int] = {}
    for quad in store.quads():
        if str(quad.predicate) in HALVES:
            found[str(quad.subject)] = found.get(str(quad.subject), 0) + 1
    return found


def content(store: EmbeddedStore) -> set[str]:
    return {str(quad) for quad in store.quads()}


def test_no_acknowledged_change_is_lost_and_none_is_stored_by_half(tmp_path: Path) -> None:
    folder, acknowledged, starts = tmp_path / "store", set[str](), list[float]()
    moments = random.Random(SEED)
    for round_ in range(KILLS):
        begun = time.monotonic()
        with started(folder, "--empty") as service:
            starts.append(time.monotonic() - begun)
            load = Load(service, round_, acknowledged)
            load.start()
            if round_ % 2 == 0:  # else the first writes may not have come through
                assert load.begun.wait(60)
            time.sleep(moments.uniform(0.05, LONGEST))
            service.kill()
            load.join()
        assert load.faults == []
        ledger = Ledger.open(folder)
        found = halves(ledger.engine)
        assert acknowledged <= found.keys(), round_
        assert set(found.values()) <= {2}, round_
        assert ledger.revision == ledger.journal.latest == len(found), round_
        ledger.close()
    assert len(acknowledged) > KILLS // 2
    rebuilt = Ledger(EmbeddedStore.in_memory(), Journal.open(journal_beside(folder)))
    store = EmbeddedStore.open(folder)
    assert content(store) == content(rebuilt.engine)
    store.close()
    rebuilt.close()
    told = f"{KILLS} kills, {len(acknowledged)} acknowledged, longest start {max(starts):.1f} s"
    logging.getLogger(__name__).info(told)


def test_a_gate_killed_between_journal_and_store_loses_nothing(tmp_path: Path) -> None:
    """The service goes on from an entry that the store never saw."""
    folder = tmp_path / "store"
    with started(folder, "--empty") as service:
        assert service.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 1 } }")[0] == 200
        service.kill()
    ledger = Ledger.open(folder)
    entry = ledger.journal.change(1)
    ledger.journal.append(2, type(entry)(entry.inserts, frozenset(), "me", "late"))
    ledger.close()
    with started(folder, "--empty") as service:
        assert service.ask("SELECT ?o { <urn:a> <urn:p> ?o }") == (200, "o\r\n")
        status, told = service.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 2 } }")
        assert status == 200
        assert re.search(r'"revision": 3\b', told)


def test_two_writers_over_http_of_one_statement_one_is_told(tmp_path: Path) -> None:
    with started(tmp_path / "store", "--empty") as service:
        text = (
            "DELETE WHERE { GRAPH <urn:g> { <urn:a> <urn:p> ?o } }; "
            "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> %d } }"
        )
        assert service.update(text % 1)[0] == 200
        answers: list[tuple[int, str]] = []

        def write(number: int) -> None:
            answers.append(service.update(text % number, base="1", author=f"writer {number}"))

        writers = [threading.Thread(target=write, args=(number,)) for number in (2, 3)]
        for each in writers:
            each.start()
        for each in writers:
            each.join(60)
        (_, won), (status, lost) = sorted(answers)
        assert '"revision": 2' in won
        assert status == 409
        assert '"changes":[{"revision":2,' in lost
        status, told = service.send("POST", "/update", text % 4, **{"If-Match": '"1"'})
        assert status == 409, told
        assert service.send("POST", "/update", text % 4, **{"If-Match": '"2"'})[0] == 200
        assert service.send("POST", "/update", text % 4, **{"If-Match": '"4f2a"'})[0] == 400


@pytest.mark.parametrize("form", ["text/plain", "application/json"])
def test_a_conflict_is_told_in_words(tmp_path: Path, form: str) -> None:
    with started(tmp_path / "store", "--empty") as service:
        for value in (1, 2):
            text = f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:a> <urn:p> {value} }} }}"
            assert service.update(text, author="anna", reason="why")[0] == 200
        late = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 3 } }"
        status, told = service.send("POST", "/update?base=1", late, Accept=form)
        assert status == 409
        assert "Changed meanwhile" in told
        assert "data state 2 (anna" in told
        assert "new: urn:a – urn:p: 2" in told
