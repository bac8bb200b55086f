from random import Random

import pytest

from akteursmodell.errors import SourceSyntaxError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.prefixes import names, undeclared
from akteursmodell.graph.terms import QuerySolutions
from akteursmodell.vocabulary import PREFIXES


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ASK { ?s a akm:Actor ; skos:prefLabel ?l }", ("akm", "skos")),
        ("PREFIX akm: <urn:x:> ASK { ?s a akm:Actor }", ()),
        ("prefix # akm:\n akm: <urn:x:> ASK { ?s a akm:Actor . ?s id:a 1 }", ("id",)),
        ('ASK { ?s ?p "akm:Actor" ; ?q <id:x> } # org:a', ()),
        ("ASK { ?s unknown:p 1 }", ()),
        ("PREFIX id: <urn:x:>\nPREFIX org: <urn:y:> # skos:\nASK { id:a org:b skos:c }", ("skos",)),
        ("# PREFIX skos: <urn:x:>\nASK { ?s skos:p 1 }", ("skos",)),
        ("PREFIX SKOS: <urn:x:> ASK { ?s skos:p 1 }", ("skos",)),
        ("PREFIX skos: <urn: x> ASK { ?s skos:p 1 }", ()),
    ],
)
def test_known_prefixes_that_are_used_undeclared_are_found(
    query: str, expected: tuple[str, ...]
) -> None:
    assert undeclared(query) == expected


def test_what_the_prologue_tells_at_once_is_what_its_tokens_tell() -> None:
    chance = Random(1)
    pieces = (
        "PREFIX ",
        "prefix#\n",
        "skos:",
        "id:",
        "akm:a",
        "<urn:x:>",
        "#",
        "\n",
        " ",
        "ASK {",
        '"',
    )
    for _ in range(3000):
        text = "".join(chance.choices(pieces, k=8))
        used, declared = names(text)
        expected = tuple(sorted(n for n in used if n in PREFIXES and n not in declared))
        assert undeclared(text) == expected, text


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
