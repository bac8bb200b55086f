"""Earlier data states come back exactly, in whichever order they are asked."""

import random
from pathlib import Path

import pytest
from tests.history.service import Service, started

from akteursmodell.errors import NotFoundError
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.shipped import INFERRED
from akteursmodell.graph.terms import Literal, NamedNode, Quad
from akteursmodell.history.as_of import difference, quads_at
from akteursmodell.history.journal import Journal
from akteursmodell.history.ledger import Ledger
from akteursmodell.vocabulary import SYSTEM_GRAPH

GRAPHS = [NamedNode("urn:g1"), NamedNode("urn:g2"), NamedNode(INFERRED)]
STEPS = 40
REPLACE = (
    "DELETE WHERE { GRAPH <urn:g> { <urn:a> <urn:p> ?o } }; "
    "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> %d } }"
)


def some(chance: random.Random) -> Quad:
    subject = NamedNode(f"urn:{chance.choice('abc')}")
    return Quad(
        subject, NamedNode("urn:p"), Literal(str(chance.randrange(6))), chance.choice(GRAPHS)
    )


def shown(store: EmbeddedStore) -> set[str]:
    return {str(quad) for quad in store.quads() if SYSTEM_GRAPH not in str(quad.graph_name)}


@pytest.mark.parametrize("seed", range(5))
def test_every_data_state_comes_back_exactly(seed: int) -> None:
    chance = random.Random(seed)
    ledger = Ledger(EmbeddedStore.in_memory(), Journal.in_memory())
    states = [shown(ledger.engine)]
    for _ in range(STEPS):
        wanted = {some(chance) for _ in range(chance.randrange(1, 8))}
        deletes = {quad for quad in wanted if ledger.engine.holds(quad)}
        ledger.apply(ChangeSet(frozenset(deletes), frozenset(wanted - deletes), "x", "y"))
        states.append(shown(ledger.engine))
    engine, journal = ledger.engine, ledger.journal
    for number, state in enumerate(states):
        assert {str(quad) for quad in quads_at(engine, journal, STEPS, number)} == state
        assert shown(ledger.as_of(number)) == state
    walker, position = EmbeddedStore.in_memory(), 0
    for number in [chance.randrange(STEPS + 1) for _ in range(30)]:
        walker.replay(difference(journal, position, number))
        position = number
        assert shown(walker) == states[number]
    with pytest.raises(NotFoundError):
        difference(journal, 0, STEPS + 1)


def test_graphs_that_came_and_went_are_known() -> None:
    ledger = Ledger(EmbeddedStore.in_memory(), Journal.in_memory())
    graph, none = NamedNode("urn:g"), frozenset[Quad]()
    ledger.apply(ChangeSet(none, none, "x", "y", created=frozenset({graph})))
    ledger.apply(ChangeSet(none, none, "x", "y", dropped=frozenset({graph})))
    assert difference(ledger.journal, 0, 1).created == {graph}
    assert difference(ledger.journal, 2, 1).created == {graph}
    assert difference(ledger.journal, 0, 2).is_empty


@pytest.mark.parametrize("options", [(), ("--default-graph", "strict")])
@pytest.mark.parametrize("replica", ["memory", "disk"])
def test_a_query_can_ask_an_earlier_data_state(
    tmp_path: Path, replica: str, options: tuple[str, ...]
) -> None:
    with started(tmp_path / "store", "--empty", *options, replica=replica) as service:
        for number in range(1, 6):
            assert service.update(REPLACE % number)[0] == 200
            assert [value(service, n) for n in range(1, number + 1)] == list(range(1, number + 1))
        for number in (3, 5, 1, 4, 2, 5):
            assert value(service, number) == number
        assert value(service, None) == 5
        assert service.ask("SELECT * {}", revision="6")[0] == 404
        assert service.ask("SELECT * {}", revision="x")[0] == 400
        found = "SELECT ?o { GRAPH ?g { <urn:a> <urn:p> ?o } }"
        assert service.ask(found, revision="0") == (200, "o\r\n")


def value(service: Service, revision: int | None) -> int:
    given = {} if revision is None else {"revision": str(revision)}
    status, body = service.ask("SELECT ?o { GRAPH <urn:g> { <urn:a> <urn:p> ?o } }", **given)
    assert status == 200, body
    return int(body.split()[1])


def test_what_only_followed_can_be_left_out_of_an_earlier_data_state(tmp_path: Path) -> None:
    """Deriving is on in a service with the shipped ontology."""
    with started(tmp_path / "store") as service:
        inside = "SELECT (COUNT(*) AS ?n) { ?s a akm:Actor }"
        both = [service.ask(inside, inference=i, revision="1") for i in ("on", "off")]
        now = [service.ask(inside, inference=i) for i in ("on", "off")]
        assert both == now
        assert both[0] != both[1]
