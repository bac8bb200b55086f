"""The bench of pages reaches every kind of page, tells a first view from others, and is shown."""

import json
from collections import Counter
from pathlib import Path

import pytest
from bench.addresses import addresses
from bench.page_report import report

from akteursmodell.config import Settings
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.questions.catalogue import catalogue
from akteursmodell.updates.inference import bring_up
from akteursmodell.web import create_app
from bench import pages


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    made = EmbeddedStore.in_memory()
    bring_up(made)
    return made


def test_every_question_is_asked_without_and_with_each_parameter(store: EmbeddedStore) -> None:
    found = Counter(a.path.partition("?")[0] for a in addresses(store) if a.group == "questions")
    expected = {
        f"/questions/{q.id}": 1 + sum(p.name != "lang" for p in q.parameters)
        for q in catalogue().values()
    }
    assert found == expected


def test_each_view_of_a_bench_is_a_page_and_a_first_view_comes_after_a_change(
    store: EmbeddedStore,
) -> None:
    client = create_app(store, Settings()).test_client()
    groups = {address.group: address for address in addresses(store)}
    assert {"matrix", "things", "tasks", "places", "questions"} <= set(groups)
    for address in groups.values():
        before = store.revision
        cost = pages.measure(store, client, 0, address, times=1)
        assert store.revision == before + 1
        assert cost.first > 0
        assert cost.size > 1, address
    with pytest.raises(RuntimeError, match="404"):
        pages.timed(client, "/nowhere")


def test_the_page_of_figures_is_that_of_the_latest_results(root: Path) -> None:
    latest = max((root / "bench" / "results" / "pages").glob("*.json"))
    results = json.loads(latest.read_text(encoding="utf-8"))
    assert (root / "docs" / "page-times.md").read_text(encoding="utf-8") == report(results)
    assert {cost["towns"] for cost in results["costs"]} == {0, 100}
