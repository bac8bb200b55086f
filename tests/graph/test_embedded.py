from pathlib import Path

import pytest

from akteursmodell.errors import SourceSyntaxError, StoreError
from akteursmodell.graph.changeset import ChangeSet, skolemise
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Triple
from akteursmodell.graph.writing import UpdateWriter

S, P = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")
G1, G2 = NamedNode("http://example.org/g1"), NamedNode("http://example.org/g2")


def change(*inserts: Quad, deletes: tuple[Quad, ...] = ()) -> ChangeSet:
    return ChangeSet(frozenset(deletes), frozenset(inserts), "test", "test")


def objects(store: EmbeddedStore, query: str) -> list[str]:
    answer = store.query(query)
    assert isinstance(answer, QuerySolutions)
    return sorted(row["o"].value for row in answer if isinstance(row["o"], Literal))


def test_a_change_is_applied_as_a_whole_and_counted(store: EmbeddedStore) -> None:
    first, second = Quad(S, P, Literal("1"), G1), Quad(S, P, Literal("2"), G2)
    assert store.revision == 0
    assert store.apply(change(first)) == 1
    assert store.apply(change(second, deletes=(first,))) == 2
    assert list(store.quads(S)) == [second]
    assert store.graphs() == [G2]
    assert store.revision == 2


def test_the_default_graph_is_the_union_unless_the_query_or_the_caller_chooses(
    store: EmbeddedStore,
) -> None:
    store.apply(change(Quad(S, P, Literal("1"), G1), Quad(S, P, Literal("2"), G2)))
    one = "SELECT ?o { <http://example.org/s> ?p ?o }"
    assert objects(store, one) == ["1", "2"]
    assert objects(store, one.replace("{", "FROM <http://example.org/g2> {", 1)) == ["2"]
    assert objects(store, "# from me to you\n" + one) == ["1", "2"]
    answer = store.query(one, default_graphs=[G1])
    assert isinstance(answer, QuerySolutions)
    assert [str(row["o"]) for row in answer] == ['"1"']


def test_terms_are_kept_as_the_engine_keeps_them(store: EmbeddedStore) -> None:
    integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    wanted = store.canonical([Quad(S, P, Literal("01", datatype=integer), G1)])
    store.apply(change(*wanted))
    assert frozenset(store.quads(S)) == wanted


def test_odd_literals_survive_the_way_in(store: EmbeddedStore) -> None:
    text = 'line one\nline "two" \\ tab\t } } ; DROP ALL # \u2028 ü'
    quad = Quad(S, P, Literal(text, language="de"), G1)
    store.apply(change(quad))
    assert list(store.quads(S)) == [quad]


def test_a_folder_keeps_what_was_stored(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    engine = EmbeddedStore.open(folder, create=True)
    engine.apply(change(Quad(S, P, Literal("1"), G1)))
    engine.close()
    again = EmbeddedStore.open(folder)
    assert objects(again, "SELECT ?o { ?s <http://example.org/p> ?o }") == ["1"]
    assert again.revision == 1


def test_a_folder_in_use_a_missing_and_a_foreign_one_are_told_apart(tmp_path: Path) -> None:
    held = EmbeddedStore.open(tmp_path / "held", create=True)
    with pytest.raises(StoreError, match="in use by another process"):
        EmbeddedStore.open(tmp_path / "held")
    held.close()
    with pytest.raises(StoreError, match="no store in"):
        EmbeddedStore.open(tmp_path / "missing")
    with pytest.raises(StoreError, match="no store in"):
        EmbeddedStore.open(tmp_path / "no" / "parent", create=True)
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "letter.txt").write_text("dear all")
    with pytest.raises(StoreError, match="not empty"):
        EmbeddedStore.open(foreign, create=True)
    assert (foreign / "letter.txt").read_text() == "dear all"


def test_a_query_fault_names_line_column_and_text(store: EmbeddedStore) -> None:
    with pytest.raises(SourceSyntaxError) as caught:
        store.query("SELECT * {\n  ?s ?p }\n")
    fault = caught.value
    assert (fault.line, fault.column, fault.text) == (2, 9, "  ?s ?p }")


def test_blank_nodes_become_names_that_depend_on_the_content_only() -> None:
    def quads(name: str, value: str) -> list[Quad]:
        node = BlankNode(name)
        return [Quad(S, P, node, G1), Quad(node, P, Literal(value), G1)]

    assert set(skolemise(quads("a", "1"))) == set(skolemise(quads("b", "1")))
    assert set(skolemise(quads("a", "1"))).isdisjoint(skolemise(quads("a", "2")))
    assert not any(isinstance(q.object, BlankNode) for q in skolemise(quads("a", "1")))


@pytest.mark.parametrize("place", ["memory", "folder"])
def test_stored_blank_nodes_keep_their_identity_in_every_change(place: str, tmp_path: Path) -> None:
    store = (
        EmbeddedStore.in_memory()
        if place == "memory"
        else EmbeddedStore.open(tmp_path / "store", create=True)
    )
    one, other = BlankNode(), BlankNode("other")
    first, default = Quad(one, P, other, G1), Quad(one, P, Literal("1"))
    stated = Quad(S, P, Triple(one, P, other), G1)
    store.apply(change(first, default, stated))
    assert set(store.quads(graph=G1)) | {default} == {first, default, stated}
    assert store.apply(change(Quad(S, P, one, G2), deletes=(first, stated))) == 2
    assert set(store.quads(predicate=P)) == {default, Quad(S, P, one, G2)}
    store.close()


def test_empty_graphs_are_made_and_dropped_with_the_change(store: EmbeddedStore) -> None:
    store.apply(ChangeSet(frozenset(), frozenset(), "me", "test", created=frozenset({G1})))
    assert store.has_graph(G1)
    assert store.graphs() == []
    store.apply(ChangeSet(frozenset(), frozenset(), "me", "test", dropped=frozenset({G1})))
    assert not store.has_graph(G1)


def test_a_change_that_fails_at_its_end_leaves_nothing(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.apply(change(Quad(S, P, Literal("1"), G1)))
    before = set(store.quads())
    write = UpdateWriter.write

    def failing(writer: UpdateWriter, verb: str, quads: list[Quad]) -> None:
        write(writer, verb, quads)
        writer.operations += [f"CREATE GRAPH {G1}"] * (verb == "INSERT")

    monkeypatch.setattr(UpdateWriter, "write", failing)
    with pytest.raises(RuntimeError, match="already exists"):
        store.apply(change(Quad(BlankNode(), P, S, G1), Quad(S, P, S, G2), deletes=(*before,)))
    assert set(store.quads()) == before


def test_a_replica_holds_all_graphs_but_those_left_out(store: EmbeddedStore) -> None:
    kept = Quad(BlankNode("b"), P, Literal("1"), G1)
    store.apply(change(kept, Quad(S, P, Literal("2"), G2)))
    replica = EmbeddedStore.replica_of(store, without=lambda graph: graph != G1)
    assert set(replica.quads()) == {kept}
    assert replica.named_graphs() == [G1]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { BIND(1 AS ?a) FILTER(?a<?b#>'''\n) SERVICE <http://127.0.0.1:9/> {} #'''\n}",
        "SELECT * { ?s <#p> ?o FILTER(?o<?s#>) SERVICE <http://127.0.0.1:9/> {}\n) }",
    ],
)
def test_the_engine_reads_no_comment_where_the_standard_reads_an_iri(
    store: EmbeddedStore, query: str
) -> None:
    with pytest.raises(SourceSyntaxError):
        store.query(query)


def test_a_fault_behind_a_relative_iri_stands_at_its_column_as_given(store: EmbeddedStore) -> None:
    with pytest.raises(SourceSyntaxError) as caught:
        store.query("BASE <http://x/> SELECT * { <#a> <#b> }")
    assert (caught.value.line, caught.value.column) == (1, 39)
