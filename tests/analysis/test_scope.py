"""With the data of several places loaded, the matrix of one shows nothing of the others."""

from datetime import date

import pytest
from tests.towns import add_towns

from akteursmodell.analysis.matrix import arrange, ground
from akteursmodell.analysis.replicas import replica
from akteursmodell.analysis.scope import places
from akteursmodell.analysis.selection import Selection, kept
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.shipped import INFERRED
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.updates.inference import bring_up
from akteursmodell.vocabulary import SYSTEM_GRAPH

DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def several() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    bring_up(store)
    add_towns(store, 2)
    return store


def counts(store: Store) -> tuple[int, int, int]:
    found = ground(store, "de", DAY)
    shown = kept(found.relations, Selection(DAY), found.facets, None)
    made = arrange(found, Selection(DAY), shown)
    return made.templates, made.documented, made.relations


def test_the_place_with_the_frame_comes_first(several: EmbeddedStore) -> None:
    found = places(several, several.graphs())
    assert [place.name for place in found] == ["viersen", "town-001", "town-002"]
    assert [place.has_frame for place in found] == [True, False, False]


def test_each_place_shows_its_own_and_the_common_frame(
    several: EmbeddedStore, shipped: EmbeddedStore
) -> None:
    alone = counts(shipped)
    assert counts(several) != alone
    for place in places(several, several.graphs()):
        assert counts(replica(several, place)) == alone, place.name


def test_a_replica_holds_what_follows_from_its_own_data_and_no_more(
    shipped: EmbeddedStore, several: EmbeddedStore
) -> None:
    (viersen,) = places(shipped, shipped.graphs())
    alone = set(replica(shipped, viersen).quads())
    said = {q for q in shipped.quads() if q.graph_name != NamedNode(SYSTEM_GRAPH)}
    entered = {q.subject for q in said if q.graph_name != NamedNode(INFERRED)}
    assert alone == {q for q in said if q.subject in entered}
    assert set(replica(several, places(several, several.graphs())[0]).quads()) == alone
