"""The client for other SPARQL services, against a real one: ours."""

from collections.abc import Iterator

import pytest
from tests.serving import serving

from akteursmodell.errors import EndpointError
from akteursmodell.graph.remote import RemoteEndpoint
from akteursmodell.graph.terms import NamedNode, QueryBoolean, QuerySolutions, QueryTriples
from akteursmodell.query.labels import labels

TOWN = NamedNode("https://w3id.org/akteursmodell/id/org-town-viersen")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[RemoteEndpoint]:
    with serving() as address:
        yield RemoteEndpoint(address + "/sparql")


def test_rows_truth_values_and_graphs_come_back_as_the_engine_s(endpoint: RemoteEndpoint) -> None:
    rows = endpoint.query("SELECT (COUNT(*) AS ?n) { ?s a akm:Level }")
    assert isinstance(rows, QuerySolutions)
    assert [str(row["n"]) for row in rows] == ['"7"^^<http://www.w3.org/2001/XMLSchema#integer>']
    again = endpoint.query("# one\n# LOAD two\n# three\nSELECT * { ?s a akm:Level }")
    assert len(list(again)) == 7  # type: ignore[arg-type]
    truth = endpoint.query("ASK { ?s a akm:Level }")
    assert isinstance(truth, QueryBoolean)
    assert bool(truth)
    graph = endpoint.query("CONSTRUCT { ?s a akm:Level } { ?s a akm:Level }")
    assert isinstance(graph, QueryTriples)
    assert len(list(graph)) == 7


def test_labels_and_a_chosen_dataset_work_from_afar(endpoint: RemoteEndpoint) -> None:
    assert labels(endpoint, [TOWN], "en")[TOWN] == "Town of Viersen"
    statements = NamedNode("https://w3id.org/akteursmodell/data/viersen/statements")
    rows = endpoint.query(
        "SELECT ?s { ?s a akm:Statement }", default_graphs=[statements], named_graphs=[]
    )
    assert isinstance(rows, QuerySolutions)
    assert len(list(rows)) == 10


@pytest.mark.parametrize(
    ("path", "query", "told"),
    [
        ("/sparql", "SELECT * { ?s ?p }", "refuses the query"),
        ("/sparql", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "does not answer"),
        ("/about", "ASK {}", "does not answer like a SPARQL service"),
        ("/nowhere", "ASK {}", "does not answer like a SPARQL service"),
    ],
)
def test_faults_of_the_other_side_are_told_in_one_sentence(
    endpoint: RemoteEndpoint, path: str, query: str, told: str
) -> None:
    with pytest.raises(EndpointError, match=told):
        RemoteEndpoint(endpoint.address.replace("/sparql", path)).query(query)
