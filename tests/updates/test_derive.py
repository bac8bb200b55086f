"""What an update request changes, and what of it is refused before anything is done."""

import http.server
import threading
from collections.abc import Iterator

import pytest
from tests.updates.writing import WritingGate

from akteursmodell.errors import EndpointError, ForbiddenError, InputError, SourceSyntaxError
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import BlankNode, DefaultGraph, Literal, NamedNode, Quad
from akteursmodell.updates.gate import Outcome, Signature

ME = Signature("me", "test")
S, P, Z = (NamedNode(f"http://x/{name}") for name in "spz")
G, H = NamedNode("http://x/g"), NamedNode("http://x/h")
ONTOLOGY = NamedNode("https://w3id.org/akteursmodell/ontology/actors")
START = [Quad(S, P, Z, G), Quad(S, P, BlankNode("b"), G), Quad(S, P, S, ONTOLOGY)]
PREFIX = "PREFIX x: <http://x/> "


@pytest.fixture
def filled(store: EmbeddedStore) -> EmbeddedStore:
    store.apply(ChangeSet(frozenset(), frozenset(START), "me", "test"))
    return store


@pytest.fixture
def gate(filled: EmbeddedStore) -> WritingGate:
    """A gate of a service whose readers see the union of all graphs."""
    return WritingGate(filled)


@pytest.fixture
def strict(filled: EmbeddedStore) -> WritingGate:
    return WritingGate(filled, strict_default=True)


def update(gate: WritingGate, text: str) -> Outcome:
    return gate.update(PREFIX + text, signature=ME)


def data(store: EmbeddedStore) -> set[Quad]:
    return {q for q in store.quads() if "akteursmodell/system" not in str(q.graph_name)}


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { x:s x:p 1 }",
        "DELETE DATA { x:s x:p 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } WHERE { GRAPH x:g { ?s ?p ?o } }",
        "INSERT { ?s ?p 1 } USING x:g WHERE { ?s ?p ?o }",
        "INSERT { GRAPH x:g { ?s ?p 1 } } WHERE { ?s ?p ?o }",
        "DELETE { GRAPH x:g { ?s ?p ?o } } WHERE { ?s ?p ?o }",
        "INSERT { GRAPH x:g { x:s x:p 1 } } WHERE { FILTER NOT EXISTS { x:s x:p ?o } }",
        "INSERT { GRAPH x:g { x:s x:p ?n } } WHERE { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }",
        "INSERT { GRAPH x:g { x:s x:p ?n } } WHERE { ?s ?p ?o BIND(UUID() AS ?n) }",
    ],
)
def test_where_readers_see_the_union_a_change_that_names_no_graph_is_refused_with_a_hint(
    gate: WritingGate, filled: EmbeddedStore, text: str
) -> None:
    before = data(filled)
    with pytest.raises(InputError, match="names no graph") as caught:
        update(gate, text)
    assert caught.value.hint is not None
    assert "WITH" in caught.value.hint.de
    assert data(filled) == before


@pytest.mark.parametrize(
    "text",
    [
        "WITH x:g DELETE { ?s ?p x:z } WHERE { ?s ?p x:z }",
        "DELETE { GRAPH x:g { ?s ?p x:z } } USING x:g WHERE { ?s ?p x:z }",
        "DELETE WHERE { GRAPH x:g { ?s ?p x:z } }",
        "DELETE { GRAPH x:g { x:s x:p x:z } } WHERE { }",
        "DELETE { GRAPH x:g { x:s x:p ?o } } WHERE { VALUES ?o { x:z } }",
    ],
)
def test_where_readers_see_the_union_a_change_that_names_its_graph_is_done(
    gate: WritingGate, filled: EmbeddedStore, text: str
) -> None:
    assert update(gate, text).change.deletes == {START[0]}
    assert data(filled) == {*START[1:]}


def test_where_readers_see_the_default_graph_it_is_what_an_update_means(
    strict: WritingGate,
) -> None:
    done = update(strict, "INSERT DATA { x:s x:p 01 } ; INSERT { ?s x:q ?o } WHERE { ?s ?p ?o }")
    one = Literal("1", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    assert done.change.inserts == {
        Quad(S, P, one, DefaultGraph()),
        Quad(S, NamedNode("http://x/q"), one, DefaultGraph()),
    }


def test_what_comes_and_goes_in_one_request_is_no_change(gate: WritingGate) -> None:
    text = "GRAPH x:new { x:a x:p 1 }"
    done = update(gate, f"INSERT DATA {{ {text} }} ; DELETE DATA {{ {text} }}")
    assert done.change.is_empty
    done = update(gate, "DELETE WHERE { GRAPH x:g { x:s ?p x:z } } ; INSERT DATA { GRAPH x:g "
                  "{ x:s x:p x:z } }")  # fmt: skip
    assert done.change.is_empty
    assert update(gate, "CREATE GRAPH x:h ; DROP GRAPH x:h").change.is_empty


def test_graphs_made_and_dropped_stand_in_the_change(gate: WritingGate) -> None:
    assert update(gate, "CREATE GRAPH x:h").change.created == {H}
    assert update(gate, "INSERT DATA { GRAPH x:k { x:s x:p 1 } }").change.created == {
        NamedNode("http://x/k")
    }
    done = update(gate, "MOVE x:g TO x:h")
    assert done.change.dropped == {G}
    assert not done.change.created
    assert done.change.inserts == {Quad(q.subject, q.predicate, q.object, H) for q in START[:2]}


def test_all_and_named_mean_the_graphs_that_maintainers_change(
    gate: WritingGate, filled: EmbeddedStore
) -> None:
    assert update(gate, "CLEAR NAMED").change.deletes == {*START[:2]}
    assert update(gate, "DROP ALL").change.dropped == {G}
    assert data(filled) == {START[2]}


@pytest.mark.parametrize(
    "text",
    [
        "CLEAR GRAPH akm:actors",
        "CLEAR SILENT GRAPH akm:actors",
        "CREATE GRAPH akm:new",
        "CREATE GRAPH <https://w3id.org/akteursmodell/history>",
        "ADD x:g TO <https://w3id.org/akteursmodell/system>",
        "MOVE akm:actors TO x:g",
        "INSERT DATA { GRAPH <https://w3id.org/akteursmodell/shapes/x> { x:s x:p 1 } }",
        "DELETE DATA { GRAPH akm:actors { x:no x:p 1 } }",
        "DELETE WHERE { GRAPH ?g { x:s x:p ?o } }",
        "INSERT DATA { GRAPH x:h { x:s x:p 1 } } ; "
        "INSERT { GRAPH <https://w3id.org/akteursmodell/inferred> { x:s x:p 1 } } WHERE {}",
    ],
)
def test_graphs_of_the_release_and_the_system_are_refused_and_nothing_is_left(
    gate: WritingGate, filled: EmbeddedStore, text: str
) -> None:
    before = set(filled.quads())
    with pytest.raises(ForbiddenError):
        update(gate, text)
    assert set(filled.quads()) == before
    assert update(gate, "CREATE SILENT GRAPH x:h").change.created == {H}


def test_what_is_inferred_is_no_match_of_an_update(filled: EmbeddedStore) -> None:
    inferred = NamedNode("https://w3id.org/akteursmodell/inferred")
    filled.apply(ChangeSet(frozenset(), frozenset({Quad(H, P, Z, inferred)}), "me", "test"))
    again = WritingGate(filled)
    assert update(again, "DELETE WHERE { GRAPH ?g { x:h ?p ?o } }").change.is_empty


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("COPY x:none TO x:g", "no graph http://x/none"),
        ("MOVE x:none TO x:g", "no graph http://x/none"),
        ("ADD x:none TO x:g", "no graph http://x/none"),
        ("CLEAR GRAPH x:none", "no graph http://x/none"),
        ("DROP GRAPH x:none", "no graph http://x/none"),
        ("CREATE GRAPH x:g", "exists already"),
    ],
)
def test_a_graph_that_must_exist_or_must_not_is_told_and_silent_does_nothing(
    gate: WritingGate, text: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        update(gate, "INSERT DATA { GRAPH x:h { x:s x:p 1 } } ; " + text)
    verb, rest = text.split(" ", 1)
    assert update(gate, f"{verb} SILENT {rest}").change.is_empty


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("INSERT DATA { GRAPH x:g { x:s x:p } }", 1, 57),
        ("CREATE GRAPH x:h ;\nINSERT DATA { GRAPH x:g { x:s x:p } }", 2, 35),
        ("CREATE GRAPH x:h ;\nPREFIX y: <u:> INSERT DATA { GRAPH y:g { x:s x:p } }", 2, 50),
        ("INSERTDATA { GRAPH x:g { x:s x:p 1 } }", 1, 23),
        ("CREATE GRAPH x:h ;\nLOADSILENT <http://x/>", 2, 1),
        ("CLEAR ALL ;\n ;", 2, 2),
        ("CLEAR ALL ; PREFIX y: <u:> ; CLEAR ALL", 1, 61),
        ("CLEAR ALL ;\nDELETE DATA { GRAPH x:g { _:a x:p 1 } }", 2, 39),
        ("INSERT DATA { GRAPH y:g { x:s x:p 1 } }", 1, 43),
    ],
)
def test_a_text_that_breaks_the_grammar_is_told_with_its_place_before_anything_is_done(
    gate: WritingGate, filled: EmbeddedStore, text: str, line: int, column: int
) -> None:
    before = set(filled.quads())
    with pytest.raises(SourceSyntaxError) as caught:
        update(gate, text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.message.en.startswith("The update")
    assert set(filled.quads()) == before


@pytest.mark.parametrize(
    "where",
    [
        "{" * 20_000 + "}" * 20_000,
        " UNION ".join(["{ ?s ?p ?o }"] * 20_000),
        "".join(f"BIND(1 AS ?x{number})" for number in range(20_000)),
        "FILTER(" + "||".join(["?s = 1"] * 50_000) + ")",
        "FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ")",
        "?s ?p " + "[ x:p " * 20_000 + "1" + "]" * 20_000,
    ],
    ids=["groups", "unions", "binds", "ors", "brackets", "blank nodes"],
)
def test_what_would_overflow_the_engine_s_stack_is_refused(gate: WritingGate, where: str) -> None:
    with pytest.raises(InputError, match="too deeply"):
        update(gate, f"INSERT {{ GRAPH x:g {{ x:a x:b 1 }} }} WHERE {{ {where} }}")


def test_many_data_are_not_too_long(gate: WritingGate) -> None:
    quads = " ".join(f"x:a x:b -{number} ." for number in range(1, 5001))
    assert len(update(gate, f"INSERT DATA {{ GRAPH x:g {{ {quads} }} }}").change.inserts) == 5000
    named = " ".join(f"GRAPH <http://x/g{number}> {{ x:a x:b 1 }}" for number in range(3000))
    assert len(update(gate, f"INSERT DATA {{ {named} }}").change.created) == 3000


def test_declarations_between_operations_hold_from_there_on(gate: WritingGate) -> None:
    done = update(
        gate,
        """INSERT DATA { GRAPH x:g { x:a x:p 1 } } ; # ; PREFIX x: <http://no/>
        PREFIX x: <http://y/> BASE <http://z/>
        INSERT DATA { GRAPH <g> { x:a x:p ";" } } ; BASE <q/> CREATE GRAPH <r>""",
    )
    assert {q.subject for q in done.change.inserts} == {
        NamedNode("http://x/a"),
        NamedNode("http://y/a"),
    }
    assert done.change.created == {NamedNode("http://z/g"), NamedNode("http://z/q/r")}


def test_each_solution_has_blank_nodes_of_its_own_shared_by_all_blocks(gate: WritingGate) -> None:
    done = update(
        gate,
        """INSERT { GRAPH x:h { ?o x:p _:n } GRAPH x:k { _:n x:p ( ?o ) } }
        WHERE { GRAPH x:g { ?s ?p ?o } }""",
    )
    in_h = {q.object for q in done.change.inserts if q.graph_name == H}
    in_k = {q.subject for q in done.change.inserts if q.graph_name != H and q.predicate == P}
    assert in_h == in_k
    assert len(in_h) == 2
    assert BlankNode("b") in {q.subject for q in done.change.inserts if q.graph_name == H}


def test_terms_are_read_by_the_engine_and_not_by_us(gate: WritingGate) -> None:
    done = update(
        gate,
        r"""INSERT { GRAPH x:h { ?s x:p "\u0041\"?s", 1.50, "x"@EN , <http://x/\u00e9#?s> } }
        WHERE { GRAPH x:g { ?s x:p x:z FILTER(?s<?o&&?o>?s || true) } }""",
    )
    assert {str(q.object) for q in done.change.inserts} == {
        '"A\\"?s"',
        '"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        '"x"@en',
        "<http://x/é#?s>",
    }


def test_the_protocol_chooses_what_where_sees(gate: WritingGate) -> None:
    text = "INSERT { GRAPH <http://x/h> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    done = gate.update(text, using=[G], signature=ME)
    assert {q.graph_name for q in done.change.inserts} == {H}
    assert len(done.change.inserts) == 2
    named = "DELETE { GRAPH <http://x/h> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert gate.update(named, using=[G], signature=ME).change.is_empty
    assert len(gate.update(named, using_named=[H], signature=ME).change.deletes) == 2
    for clause in ("WITH <http://x/g> ", ""):
        using = "" if clause else "USING <http://x/g> "
        with pytest.raises(InputError, match="only one of them"):
            gate.update(
                f"{clause}DELETE {{ GRAPH <http://x/h> {{ ?s ?p ?o }} }} {using}"
                "WHERE { ?s ?p ?o }",
                using=[G],
                signature=ME,
            )


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://x/> INTO GRAPH x:h",
        "CREATE GRAPH x:h ; load x:a",
        "INSERT { GRAPH x:h { ?s ?p ?o } } WHERE { SERVICE <http://x/> { ?s ?p ?o } }",
        "INSERT { GRAPH x:h { ?s ?p ?o } } WHERE { ?s ?p trueSERVICE SILENT x:a { ?s ?p ?o } }",
        "INSERT { GRAPH x:h { ?s ?p ?o } } WHERE { SERVICE ?s { ?s ?p ?o } }",
        "INSERT { GRAPH x:h { x:s x:p 1 } } "
        "WHERE { BIND(1 AS ?a) FILTER(?a<?b#>'''\n) SERVICE <http://x/> {} #'''\n}",
    ],
)
def test_calls_to_other_hosts_are_refused_before_anything_is_done(
    gate: WritingGate, filled: EmbeddedStore, text: str
) -> None:
    before = set(filled.quads())
    with pytest.raises((ForbiddenError, SourceSyntaxError)):
        update(gate, text)
    assert set(filled.quads()) == before


def test_a_silent_load_of_a_refused_host_changes_nothing(gate: WritingGate) -> None:
    done = update(gate, "LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH x:h")
    assert done.change.is_empty


def test_a_service_that_is_allowed_and_does_not_answer_is_told(filled: EmbeddedStore) -> None:
    gate = WritingGate(filled, allowed_hosts=frozenset({"127.0.0.1"}))
    where = "WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    with pytest.raises(EndpointError, match="does not answer"):
        update(gate, f"INSERT {{ GRAPH x:g {{ ?s ?p ?o }} }} USING x:g {where}")
    silent = where.replace("SERVICE", "SERVICE SILENT")
    done = update(gate, f"INSERT {{ GRAPH x:h {{ ?s ?p ?o }} }} USING x:g {silent}")
    assert done.change.is_empty


class Served(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", "http://" + self.path.removeprefix("/to/"))
            self.end_headers()
            return
        found = self.path == "/a.ttl"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/turtle")
        self.end_headers()
        self.wfile.write(b"<http://x/s> <http://x/p> [ <http://x/p> 01 ] ." if found else b"")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Served) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_load_of_an_allowed_host_brings_its_triples_in(filled: EmbeddedStore, host: str) -> None:
    gate = WritingGate(filled, allowed_hosts=frozenset({host}))
    done = update(gate, f"LOAD <http://{host}/a.ttl> INTO GRAPH x:h")
    assert len(done.change.inserts) == 2
    assert done.change.created == {H}
    with pytest.raises(EndpointError, match="cannot be loaded"):
        update(gate, f"LOAD <http://{host}/none.ttl> INTO GRAPH x:h")
    assert update(gate, f"LOAD SILENT <http://{host}/none.ttl> INTO GRAPH x:h").change.is_empty
    redirected = update(gate, f"LOAD <http://{host}/to/{host}/a.ttl> INTO GRAPH x:k")
    assert len(redirected.change.inserts) == 2
    with pytest.raises(EndpointError, match="not allowed"):
        update(gate, f"LOAD <http://{host}/to/localhost:9/a.ttl> INTO GRAPH x:k")
    with pytest.raises(InputError, match="names no graph"):
        update(gate, f"LOAD <http://{host}/a.ttl>")
    with pytest.raises(ForbiddenError):
        update(gate, "LOAD <http://127.0.0.1:1/a.ttl> INTO GRAPH x:h")
