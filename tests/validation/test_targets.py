"""Which shapes may have something to look at."""

import pytest
import rdflib
from tests.graphs import graph

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.shipped import load_shipped
from akteursmodell.validation.targets import Targets, shipped_targets

SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix x: <http://x/> .
x:shape a sh:NodeShape ; """


def may_exist(store: EmbeddedStore, shape: str) -> bool:
    return Targets(rdflib.Graph().parse(data=SHAPES + shape)).may_exist(store)


@pytest.mark.parametrize(
    ("shape", "data"),
    [
        ("sh:targetClass x:C .", "<u:a> a <http://x/C> ."),
        ("sh:targetClass x:C .", "<u:a> a [ rdfs:subClassOf [ rdfs:subClassOf <http://x/C> ] ] ."),
        ("sh:targetSubjectsOf x:p .", "<u:a> <http://x/p> 1 ."),
        ("sh:targetObjectsOf x:p .", "<u:a> <http://x/p> 1 ."),
        ("a rdfs:Class .", "<u:a> a <http://x/shape> ."),
    ],
)
def test_a_target_in_the_data_is_seen_and_no_other(
    store: EmbeddedStore, shape: str, data: str
) -> None:
    graph(store, "<u:a> a <u:C> ; <u:p> <http://x/C> . <http://x/C> rdfs:subClassOf <u:C> .")
    assert not may_exist(store, shape)
    graph(store, data)
    assert may_exist(store, shape)


@pytest.mark.parametrize("shape", ["sh:targetNode x:a .", "sh:target [ sh:select 'SELECT' ] ."])
def test_a_shape_that_names_or_asks_for_its_nodes_may_always_have_some(
    store: EmbeddedStore, shape: str
) -> None:
    assert may_exist(store, shape)


def test_the_ontology_alone_has_no_target_and_the_data_have(
    store: EmbeddedStore, shipped: EmbeddedStore
) -> None:
    load_shipped(store, data=False)
    assert not shipped_targets().may_exist(store)
    assert shipped_targets().may_exist(shipped)
