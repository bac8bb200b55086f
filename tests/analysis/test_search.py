"""Names that fit, and names that are nearly right."""

import pytest
from tests.graphs import graph

from akteursmodell.analysis.search import fits, nearest, search
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.vocabulary import ID

SMALL = """
akm:District rdfs:subClassOf akm:Space . akm:Space rdfs:label "Raum"@de .
akm:District rdfs:label "Stadtteil"@de , "district"@en .
id:district-duelken a akm:District ; skos:prefLabel "Dülken"@de , "Dülken"@en .
id:gap-duelken a akm:KnowledgeGap ; skos:prefLabel "Dülken"@de .
id:site-buero a akm:Site ; skos:prefLabel "Büro"@de ; skos:altLabel "Dülkener Treff"@de .
id:slot a akm:TemplateActor , akm:Post ; skos:prefLabel "Amt Dülken"@de .
akm:Post rdfs:subClassOf akm:Actor .
"""


@pytest.mark.parametrize(
    ("wanted", "name", "fit"),
    [
        ("duelken", "Dülken", True),
        ("dulken", "DÜLKEN", True),
        ("Dülken", "Duelken", True),
        ("strasse", "Neuwerker Straße 194", True),
        ("heimer treff", "Heimer-Park-Treff", True),
        ("treff heimer", "Heimer-Park-Treff", True),
        ("park-treff", "Heimer-Park-Treff", True),
        ("ülken", "Dülken", False),
        ("heimer xyz", "Heimer-Park-Treff", False),
        ("§ 7", "§ 7 APG NRW", True),
    ],
)
def test_each_word_begins_a_word_of_the_name(wanted: str, name: str, fit: bool) -> None:
    assert fits(wanted, name) is fit


def test_the_entry_comes_first_and_says_by_which_name_it_fits(store: EmbeddedStore) -> None:
    graph(store, SMALL)
    hits, total = search(store, "dülken", "de")
    assert total == 4
    assert [hit.thing.iri.removeprefix(ID) for hit in hits] == [
        "district-duelken",
        "slot",
        "gap-duelken",
        "site-buero",
    ]
    assert hits[0].kind == "Stadtteil"
    assert [hit.by for hit in hits] == ["", "", "", "Dülkener Treff"]


def test_nothing_typed_finds_nothing(store: EmbeddedStore) -> None:
    graph(store, SMALL)
    assert search(store, " – ", "de") == ((), 0)


def test_a_name_nearly_right_is_recognised(store: EmbeddedStore) -> None:
    graph(store, SMALL)
    assert nearest(store, "district-dulken", ID, "de")[0].iri == ID + "district-duelken"
    assert nearest(store, "duelken", ID, "de")
    assert not nearest(store, "qqqqqq", ID, "de")


def test_a_whole_word_goes_before_a_begun_one(store: EmbeddedStore) -> None:
    graph(
        store,
        """
        id:company a akm:HousingCompany ; skos:prefLabel "Viersener Bau AG"@de .
        id:town a akm:Municipality ; skos:prefLabel "Große Stadt Viersen am Nordkanal"@de .
        id:quarter a akm:Quarter ; skos:prefLabel "Viersen Süd, das Viertel am alten Bahnhof"@de .
        """,
    )
    hits, _ = search(store, "viersen", "de")
    assert [hit.thing.iri.removeprefix(ID) for hit in hits] == ["quarter", "town", "company"]
