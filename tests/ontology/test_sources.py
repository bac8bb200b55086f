"""Where facts come from: addresses, access, laws."""

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import QuerySolutions


def count(store: EmbeddedStore, pattern: str) -> int:
    answer = store.query(f"SELECT DISTINCT ?x {{ {pattern} }}")
    assert isinstance(answer, QuerySolutions)
    return len(list(answer))


def test_every_external_source_has_address_and_access_state(shipped: EmbeddedStore) -> None:
    cited = "?item akm:evidenceStatus akm:evidence-external ; akm:source ?x ."
    assert count(shipped, cited) > 100
    assert count(shipped, cited + "FILTER NOT EXISTS { ?x akm:address ?a }") == 0
    assert count(shipped, cited + "FILTER NOT EXISTS { ?x akm:accessState ?a }") == 0


def test_every_norm_is_cited_and_its_official_address_is_told_or_missed(
    shipped: EmbeddedStore,
) -> None:
    norm = "?x a akm:LegalResource ."
    assert count(shipped, norm) >= 20
    assert count(shipped, norm + "FILTER NOT EXISTS { ?x akm:citation ?c }") == 0
    assert count(shipped, norm + "FILTER NOT EXISTS { ?x akm:evidence/akm:source ?s }") == 0
    told = "{ ?x akm:officialAddress ?a } UNION "
    missed = "{ ?gap akm:about ?x ; akm:missingProperty akm:officialAddress }"
    assert count(shipped, norm + told + missed) == count(shipped, norm)
