"""Who mentions an entry."""

from tests.graphs import graph

from akteursmodell.analysis.mentions import mentions_of
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import NamedNode
from akteursmodell.vocabulary import ID, akm


def test_an_example_of_the_data_set_is_no_relation_of_the_entry(store: EmbeddedStore) -> None:
    graph(
        store,
        """
        id:operation a akm:SiteOperation ; akm:operatedSite id:treff .
        <http://localhost/.well-known/void#dataset> a void:Dataset ;
            void:exampleResource id:treff .
        """,
    )
    found = mentions_of(store, NamedNode(ID + "treff"), "de")
    assert [(each.via.iri, each.more) for each in found] == [(akm("operatedSite"), 0)]
