"""The copy of one place's data stays equal to one made anew, whatever changes, and is kept."""

import pytest
from tests.towns import add_towns

from akteursmodell.analysis import replicas
from akteursmodell.analysis.replicas import Replicas, replica
from akteursmodell.analysis.scope import Place, places
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.shipped import INFERRED
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import Literal, NamedNode, Quad
from akteursmodell.updates.inference import bring_up
from akteursmodell.vocabulary import BASE, ID, PREFIXES

NONE: frozenset[Quad] = frozenset()
ACTOR = NamedNode(f"{ID}org-planted")
A = NamedNode(PREFIXES["rdf"] + "type")
CLASS, ABOVE = (NamedNode(f"{BASE}ontology/{name}") for name in ("HousingCompany", "Organisation"))
FOLLOWS = NamedNode(INFERRED)


@pytest.fixture
def several() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    bring_up(store)
    add_towns(store, 2)
    return store


def place(store: Store, name: str) -> Place:
    return next(each for each in places(store, store.graphs()) if each.name == name)


def graph(town: str) -> NamedNode:
    return NamedNode(f"{BASE}data/{town}/housing")


def test_a_copy_follows_what_comes_and_goes_in_its_place_with_what_follows(
    several: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Replicas()
    first = kept.get(several, place(several, "town-001"))
    assert graph("town-001") in several.graphs()
    entered = Quad(ACTOR, A, CLASS, graph("town-001"))
    inferred = Quad(ACTOR, A, ABOVE, FOLLOWS)
    elsewhere = Quad(ACTOR, A, CLASS, graph("town-002"))
    label = next(iter(several.quads(graph=graph("town-001"))))
    steps = [
        ChangeSet(NONE, frozenset({elsewhere, inferred}), "test", "of another town only"),
        ChangeSet(NONE, frozenset({entered}), "test", "now of this one too: what follows comes"),
        ChangeSet(frozenset({label}), NONE, "test", "one goes"),
        ChangeSet(frozenset({elsewhere}), NONE, "test", "stays here"),
        ChangeSet(frozenset({entered, inferred}), frozenset({label}), "test", "back"),
    ]
    monkeypatch.setattr(replicas, "replica", None)  # nothing may be copied as a whole
    for change in steps:
        several.apply(change)
        copy = kept.get(several, place(several, "town-001"))
        assert copy is first
        expected = set(replica(several, place(several, "town-001")).quads())
        assert set(copy.quads()) == expected, change.reason
        assert (inferred in expected) == (entered in expected)


def test_a_copy_follows_changes_that_another_process_made(several: EmbeddedStore) -> None:
    kept, reader = Replicas(), EmbeddedStore.replica_of(several, lambda _: False)
    first = kept.get(reader, place(reader, "viersen"))
    change = ChangeSet(NONE, frozenset({Quad(ACTOR, A, CLASS, graph("viersen"))}), "", "")
    several.apply(change)
    reader.replay(several.with_revision(change))
    copy = kept.get(reader, place(reader, "viersen"))
    assert copy is first
    assert change.inserts <= set(copy.quads())
    assert set(copy.quads()) == set(replica(several, place(several, "viersen")).quads())


def test_after_a_change_of_graphs_or_a_large_one_the_copy_is_made_anew(
    several: EmbeddedStore,
) -> None:
    kept = Replicas()
    first = kept.get(several, place(several, "viersen"))
    new = NamedNode(f"{BASE}data/viersen/planted")
    said = Quad(ACTOR, A, CLASS, new)
    several.apply(ChangeSet(NONE, frozenset({said}), "test", "", created=frozenset({new})))
    second = kept.get(several, place(several, "viersen"))
    assert second is not first
    assert said in set(second.quads())
    many = frozenset(
        Quad(NamedNode(f"{ID}planted-{n}"), A, Literal(str(n)), new) for n in range(3000)
    )
    several.apply(ChangeSet(NONE, many, "test", "large"))
    third = kept.get(several, place(several, "viersen"))
    assert third is not second
    assert many <= set(third.quads())
