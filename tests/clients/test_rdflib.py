"""rdflib with the service as its store."""

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import ResultRow
from tests.clients.queries import (
    AKM,
    ASK_YES,
    BROKEN,
    CONSTRUCT,
    ROWS,
    SECTORS,
    STATEMENT_COUNT,
    STATEMENTS,
)

SECTOR = URIRef(AKM + "Sector")
POSITION = URIRef(AKM + "position")


@pytest.fixture(params=["GET", "POST", "POST_FORM"])
def store(endpoint: str, request: pytest.FixtureRequest) -> SPARQLStore:
    return SPARQLStore(endpoint, method=request.param)


def rows(graph: Graph, query: str, **values: URIRef) -> list[tuple[object, ...]]:
    found = graph.query(query, initBindings=values)
    assert found.type == "SELECT"
    return [tuple(row) for row in found if isinstance(row, ResultRow)]


@pytest.fixture
def graph(store: SPARQLStore) -> Graph:
    """All that the service holds, as one graph."""
    return Graph(store)


def test_a_pattern_finds_its_triples(graph: Graph) -> None:
    found = set(graph.triples((None, RDF.type, SECTOR)))
    assert found == {(URIRef(sector), RDF.type, SECTOR) for sector, _ in ROWS}
    assert graph.value(URIRef(ROWS[1][0]), POSITION) == Literal(2)
    assert (URIRef(ROWS[1][0]), POSITION, Literal(7)) not in graph


def test_a_query_over_all_graphs_gives_rows_in_order(graph: Graph) -> None:
    assert rows(graph, SECTORS) == [
        (URIRef(sector), Literal(int(number))) for sector, number in ROWS
    ]


def test_a_query_takes_values_for_its_variables(graph: Graph) -> None:
    query = f"SELECT ?n {{ ?s <{AKM}position> ?n }}"
    assert rows(graph, query, s=URIRef(ROWS[4][0])) == [(Literal(5),)]


def test_yes_and_graphs_are_understood(graph: Graph) -> None:
    assert graph.query(ASK_YES).askAnswer is True
    constructed = graph.query(CONSTRUCT).graph
    assert constructed is not None
    assert set(constructed) == {
        (URIRef(sector), URIRef("urn:next"), Literal(int(number))) for sector, number in ROWS
    }


def test_a_named_graph_holds_its_own_statements_only(store: SPARQLStore) -> None:
    there = Graph(store, identifier=URIRef(STATEMENTS))
    elsewhere = Graph(store, identifier=URIRef(STATEMENTS.replace("statements", "sites")))
    assert rows(there, STATEMENT_COUNT) == [(Literal(10),)]
    assert rows(elsewhere, STATEMENT_COUNT) == [(Literal(0),)]


def test_the_named_graphs_are_listed(store: SPARQLStore) -> None:
    held = {URIRef(str(name)) for name in store.contexts()}
    asked = {row[0] for row in rows(Graph(store), "SELECT DISTINCT ?g { GRAPH ?g { } }")}
    assert URIRef(STATEMENTS) in held
    assert held == asked


def test_the_graphs_of_a_statement_are_found(store: SPARQLStore) -> None:
    statement = (URIRef(AKM + "sector-town"), RDF.type, SECTOR)
    found = [URIRef(str(name)) for name in store.contexts(statement)]
    assert found == [URIRef(AKM + "vocabularies/sectors")]


def test_a_syntax_error_is_raised(endpoint: str) -> None:
    with pytest.raises(ValueError, match="wrong"):
        Graph(SPARQLStore(endpoint)).query(BROKEN)
