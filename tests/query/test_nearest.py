import pytest

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.query.nearest import unknown_terms


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { ?s a akm:Actr }", (("akm:Actr", "akm:Actor"),)),
        ("SELECT * { ?s a akm:Actor ; akm:evidence ?e }", ()),
        ("SELECT * { id:org-town-viersn ?p ?o }", (("id:org-town-viersn", "id:org-town-viersen"),)),
        (
            "SELECT * { ?s a <https://w3id.org/akteursmodell/ontology/Sectr> }",
            (("akm:Sectr", "akm:Sector"),),
        ),
        ("SELECT * { ?s a akm:Zzzzzzzzzzzzzzzzz }", (("akm:Zzzzzzzzzzzzzzzzz", ""),)),
        ("PREFIX akm: <urn:mine:> SELECT * { ?s a akm:Actr }", ()),
        ("SELECT * { ?s a skos:Concpt }", ()),
    ],
)
def test_a_term_that_nobody_knows_is_told_with_the_nearest(
    shipped: EmbeddedStore, query: str, expected: tuple[tuple[str, str], ...]
) -> None:
    assert unknown_terms(shipped, query) == expected
