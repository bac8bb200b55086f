"""Lookups are answered as a worker answers them; what is not surely one is left to a worker."""

from random import Random

import pytest
from pyoxigraph import BaseDirection

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import (
    BlankNode,
    DefaultGraph,
    Graph,
    Literal,
    NamedNode,
    Quad,
    Triple,
)
from akteursmodell.query.encodings import CODINGS
from akteursmodell.query.frames import FrameBuffer
from akteursmodell.query.jobs import Head, Job, Options
from akteursmodell.query.lookups import LONGEST, LONGEST_TEXT, MOST, looked_up, lookup_in
from akteursmodell.query.worker import Outlet, answer
from akteursmodell.vocabulary import ID, SYSTEM_GRAPH

TOWN = f"<{ID}org-town-viersen>"
LOOKUPS = (
    f"SELECT ?p ?o {{ {TOWN} ?p ?o }}",
    f"SELECT ?p ?o WHERE {{ {TOWN} ?p ?o . }}",
    "select ?label{id:org-town-viersen skos:prefLabel ?label}",
    f"PREFIX x: <{ID}>\n# about the town\nSELECT ?o {{ x:org-town-viersen a ?o }} # all",
    f"SELECT ?p {{ {TOWN} ?p akm:Organisation }}",
    f"SELECT * {{ {TOWN} a akm:Municipality }}",
    f"SELECT * {{ {TOWN} a akm:Cooperation }}",
    f"SELECT ?q ?p {{ {TOWN} ?p ?o }}",
    f"ASK {{ {TOWN} ?p ?o }}",
    f"ASK{{{TOWN} a <https://example.org/Nothing>}}",
    f"DESCRIBE {TOWN}",
    "DESCRIBE id:org-town-viersen",
    "SELECT ?p ?o { <https://example.org/nobody> ?p ?o }",
)
NO_LOOKUPS = (
    "SELECT * { ?s ?p ?o }",
    "ASK {}",
    "DESCRIBE ?s { ?s ?p ?o }",
    f"SELECT * {{ {TOWN} ?p ?o ; ?q ?r }}",
    f"SELECT * {{ {TOWN} ?p ?o . ?o ?q ?r }}",
    f"SELECT * {{ {TOWN} ?p ?p }}",
    f"SELECT * {{ {TOWN} akm:a/akm:b ?o }}",
    f"SELECT * {{ {TOWN} akm:a* ?o }}",
    f"SELECT * {{ {TOWN} ^akm:a ?o }}",
    f"SELECT * {{ {TOWN} a? ?o }}",
    f"SELECT * {{ {TOWN} !akm:a ?o }}",
    f"SELECT DISTINCT ?p {{ {TOWN} ?p ?o }}",
    f"SELECT (COUNT(*) AS ?n) {{ {TOWN} ?p ?o }}",
    f"SELECT * {{ {TOWN} ?p ?o FILTER(?o) }}",
    f"SELECT * FROM <https://example.org/g> {{ {TOWN} ?p ?o }}",
    f"SELECT * {{ GRAPH ?g {{ {TOWN} ?p ?o }} }}",
    f"SELECT * {{ SERVICE {TOWN} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ {TOWN} ?p ?o }} ORDER BY ?p",
    f"SELECT * {{ {TOWN} ?p ?o }} VALUES ?x {{ 1 2 }}",
    f"BASE <https://example.org/> SELECT ?p ?o {{ {TOWN} ?p ?o }}",
    "SELECT * { <org-town-viersen> ?p ?o }",
    "SELECT * { _:b ?p ?o }",
    "SELECT * { nowhere:x ?p ?o }",
    "PREFIX x: <https://a.org/> PREFIX x: <https://b.org/> SELECT * { x:y ?p ?o }",
    f"DESCRIBE {TOWN} <https://example.org/x>",
    f"SELECT * {{ {TOWN} ?p ?o }}" + " " * LONGEST_TEXT,
)
UNUSUAL = (
    f"SELECT ?o {{ {TOWN} A ?o }}",
    f"SELECT * {{ {TOWN} ?x $x }}",
    f"SELECT ?p ?p {{ {TOWN} ?p ?o }}",
    "SELECT * { id:-org ?p ?o }",
    "SELECT * { id:a² ?p ?o }",
    "SELECT * { id: ?p ?o }",
    f"SELECT *\f{{ {TOWN} ?p ?o }}",
    f"\u017felect ?p {{ {TOWN} ?p ?o }}",
    f"SELECT * {{ <{ID}x/../org-town-viersen> ?p ?o }}",
    f"SELECT * {{ <{ID}.> ?p ?o }}",
    f"SELECT * {{ <{ID}\\u006frg-town-viersen> ?p ?o }}",
    "SELECT * { <https://[x> ?p ?o }",
    f"PREFIX x: <https://[x> SELECT * {{ {TOWN} ?p ?o }}",
    f"PREFIX 1: <{ID}> SELECT * {{ 1:x ?p ?o }}",
)
LEFT_FOR_OTHER_REASONS = (
    "SELECT * { id:org-town-viersn ?p ?o }",
    f"SELECT ?x {{ {TOWN} ?p ?o }} SELECT",
    f"SELECT * {{ <{SYSTEM_GRAPH}> ?p ?o }}",
)
WAYS = ("SELECT * {{ {} ?p ?o }}", "SELECT ?o {{ {} a ?o }}", "ASK {{ {} ?p ?o }}", "DESCRIBE {}")
PIECES = [
    "",
    " ",
    "#",
    "\n",
    "?p",
    "$o",
    "a",
    ":",
    ".",
    ";",
    "<",
    ">",
    "{",
    "}",
    "*",
    "-",
    "é",
    "x:y",
]
OPTIONS = (
    Options(inference=False),
    Options(explain=True),
    Options(revision=1),
    Options(max_rows=10),
    Options(default_graphs=("https://example.org/g",)),
    Options(named_graphs=("https://example.org/g",)),
    Options(rows="xlsx"),
    Options(rows=""),
)


def by_worker(store: EmbeddedStore, job: Job) -> tuple[Head, bytes]:
    frames: list[bytes] = []
    outlet = Outlet(frames.append, job.options.encoding)
    answer(store, job, outlet)
    outlet.end()
    (_, head), *pieces = FrameBuffer().feed(b"".join(frames))
    return Head.from_bytes(head), b"".join(piece for _, piece in pieces)


@pytest.mark.parametrize("text", LOOKUPS)
@pytest.mark.parametrize("rows", ["json", "xml", "csv", "tsv"])
def test_a_lookup_is_answered_as_by_a_worker(text: str, rows: str, shipped: EmbeddedStore) -> None:
    job = Job(text, Options(rows=rows, graph="ntriples"))
    assert looked_up(shipped, job) == by_worker(shipped, job)


def test_each_thing_is_looked_up_as_by_a_worker(shipped: EmbeddedStore) -> None:
    things = {each.subject for each in shipped.quads() if isinstance(each.subject, NamedNode)}
    things.remove(NamedNode(SYSTEM_GRAPH))
    asked = [way.format(thing) for thing in things for way in WAYS]
    assert len(asked) > 1000
    for text in asked:
        job = Job(text, Options(graph="ntriples"))
        assert looked_up(shipped, job) == by_worker(shipped, job)


def test_a_text_near_a_lookup_is_answered_as_by_a_worker_or_left(shipped: EmbeddedStore) -> None:
    chance, answered = Random(1), 0
    for _ in range(4000):
        text = list(chance.choice(LOOKUPS))
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(text))
            text[place : place + chance.randint(0, 2)] = chance.choice(PIECES)
        job = Job("".join(text), Options(graph="ntriples"))
        found = looked_up(shipped, job)
        if found is not None:
            assert found == by_worker(shipped, job), job.text
            answered += 1
    assert answered > 500


ODD = (
    BlankNode("b"),
    Literal('\u2028 \x01 " \\ \ud7ff'),
    Literal("ä", language="de"),
    Literal("1", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
)


@pytest.mark.parametrize("strict", [False, True])
def test_odd_terms_and_several_graphs_are_looked_up_as_by_a_worker(strict: bool) -> None:
    store = EmbeddedStore.in_memory()
    thing, said = NamedNode("https://example.org/x"), NamedNode("https://example.org/p")
    named = [NamedNode("https://example.org/g"), NamedNode("https://example.org/h")]
    places: list[Graph] = [DefaultGraph(), *named]
    store.fill(Quad(thing, said, each, place) for each in ODD for place in places)
    store.strict = strict
    job = Job(f"SELECT * {{ {thing} ?p ?o }}")
    assert looked_up(store, job) == by_worker(store, job)
    store.hidden = frozenset(named[:1])
    assert looked_up(store, job) is None


def test_many_short_rows_are_left_to_a_worker() -> None:
    store = EmbeddedStore.in_memory()
    thing, said = NamedNode("https://example.org/x"), NamedNode("https://example.org/p")
    store.fill(Quad(thing, said, Literal(str(n)), DefaultGraph()) for n in range(MOST))
    assert looked_up(store, Job(f"SELECT ?nothing {{ {thing} ?p ?o }}")) is None


@pytest.mark.parametrize(
    "term",
    [
        Literal("x", language="ar", direction=BaseDirection.RTL),
        Triple(NamedNode("https://a.org/s"), NamedNode("https://a.org/p"), Literal("x")),
    ],
    ids=str,
)
def test_terms_of_rdf_1_2_are_left_to_a_worker(term: Literal | Triple) -> None:
    store = EmbeddedStore.in_memory()
    thing, said = NamedNode("https://example.org/x"), NamedNode("https://example.org/p")
    store.fill([Quad(thing, said, term, DefaultGraph())])
    assert looked_up(store, Job(f"SELECT * {{ {thing} ?p ?o }}")) is None
    assert looked_up(store, Job(f"SELECT ?p {{ {thing} ?p ?o }}")) is not None


def test_a_description_with_blank_nodes_is_left_to_a_worker() -> None:
    store = EmbeddedStore.in_memory()
    thing, said = NamedNode("https://example.org/x"), NamedNode("https://example.org/p")
    store.fill([Quad(thing, said, BlankNode("b"), DefaultGraph())])
    assert looked_up(store, Job(f"DESCRIBE {thing}")) is None


@pytest.mark.parametrize("encoding", CODINGS)
def test_a_lookup_is_packed_as_by_a_worker(encoding: str, shipped: EmbeddedStore) -> None:
    job = Job(LOOKUPS[0], Options(encoding=encoding))
    assert looked_up(shipped, job) == by_worker(shipped, job)


@pytest.mark.parametrize("text", [*NO_LOOKUPS, *UNUSUAL])
def test_what_may_cost_more_is_no_lookup(text: str) -> None:
    assert lookup_in(text) is None


@pytest.mark.parametrize("text", [*NO_LOOKUPS, *UNUSUAL, *LEFT_FOR_OTHER_REASONS])
def test_what_is_not_surely_small_is_left_to_a_worker(text: str, shipped: EmbeddedStore) -> None:
    assert looked_up(shipped, Job(text)) is None


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_other_data_and_formats_are_left_to_a_worker(
    options: Options, shipped: EmbeddedStore
) -> None:
    assert looked_up(shipped, Job(LOOKUPS[0], options)) is None


@pytest.mark.parametrize("number", [LONGEST // 100, LONGEST // 10])
def test_a_long_answer_is_left_to_a_worker(number: int, store: EmbeddedStore) -> None:
    subject, graph = NamedNode("https://example.org/much"), NamedNode("https://example.org/g")
    said = NamedNode("https://example.org/p")
    quads = frozenset(Quad(subject, said, Literal(f"{n:050}"), graph) for n in range(number))
    store.apply(ChangeSet(frozenset(), quads, "test", "test"))
    job = Job("SELECT ?o { <https://example.org/much> ?p ?o }", Options(rows="csv"))
    whole = by_worker(store, job)
    assert looked_up(store, job) == (whole if len(whole[1]) <= LONGEST else None)
    assert (len(whole[1]) <= LONGEST) is (number == LONGEST // 100)
