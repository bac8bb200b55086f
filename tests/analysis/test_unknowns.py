"""A contradiction stands with what it is about, and with each claim that takes part in it."""

from akteursmodell.analysis.unknowns import conflicts_about, gaps_about
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import NamedNode
from akteursmodell.vocabulary import ID, PREFIXES, akm

RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")


def test_each_claim_tells_the_contradiction_that_it_is_part_of(shipped: EmbeddedStore) -> None:
    claims = list(shipped.quads(predicate=NamedNode(akm("conflictingClaim"))))
    assert claims
    for quad in claims:
        assert isinstance(quad.object, NamedNode)
        assert isinstance(quad.subject, NamedNode)
        told = conflicts_about(shipped, quad.object, "de")
        assert quad.subject.value in {each.name.iri for each in told}


def test_gaps_and_what_slides_lost_stand_with_the_thing_and_with_nothing_else(
    shipped: EmbeddedStore,
) -> None:
    about = list(shipped.quads(predicate=NamedNode(akm("about"))))
    kinds = {akm("KnowledgeGap"), akm("ExtractionGap")}
    thing = NamedNode(f"{ID}site-dueno")
    expected = {
        quad.subject.value
        for quad in about
        if quad.object == thing
        and isinstance(quad.subject, NamedNode)
        and kinds & {str(q.object).strip("<>") for q in shipped.quads(quad.subject, RDF_TYPE)}
    }
    assert expected
    assert {each.name.iri for each in gaps_about(shipped, thing, "de")} == expected
