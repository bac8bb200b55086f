import pytest

from akteursmodell.errors import SourceSyntaxError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.prefixes import undeclared
from akteursmodell.graph.terms import QuerySolutions


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ASK { ?s a akm:Actor ; skos:prefLabel ?l }", ("akm", "skos")),
        ("PREFIX akm: <urn:x:> ASK { ?s a akm:Actor }", ()),
        ("prefix # akm:\n akm: <urn:x:> ASK { ?s a akm:Actor . ?s id:a 1 }", ("id",)),
        ('ASK { ?s ?p "akm:Actor" ; ?q <id:x> } # org:a', ()),
        ("ASK { ?s unknown:p 1 }", ()),
    ],
)
def test_known_prefixes_that_are_used_undeclared_are_found(
    query: str, expected: tuple[str, ...]
) -> None:
    assert undeclared(query) == expected


def test_a_declaration_of_the_querys_own_wins(store: EmbeddedStore) -> None:
    answer = store.query("PREFIX akm: <urn:x:> SELECT ?x { BIND(akm:a AS ?x) }")
    assert isinstance(answer, QuerySolutions)
    assert [str(row["x"]) for row in answer] == ["<urn:x:a>"]


@pytest.mark.parametrize(
    ("query", "place", "told"),
    [
        ("ASK {\n  ?s a amk:Actor }", (2, 8), "perhaps akm:?"),
        ("ASK { ?s zzzzzz:p ?o }", (1, 10), "zzzzzz: is not declared"),
    ],
)
def test_an_unknown_prefix_is_named_with_its_place_and_the_nearest_known(
    store: EmbeddedStore, query: str, place: tuple[int, int], told: str
) -> None:
    with pytest.raises(SourceSyntaxError) as caught:
        store.query(query)
    assert (caught.value.line, caught.value.column) == place
    assert told in caught.value.in_("en")


@pytest.mark.parametrize("text", ["INSERT DATA { <a:a> <a:b> 1 }", "# x\nDROP ALL", "LOAD <a:a>"])
def test_an_update_in_place_of_a_query_is_told_where_it_goes(
    store: EmbeddedStore, text: str
) -> None:
    with pytest.raises(SourceSyntaxError, match="goes to /update"):
        store.query(text)
