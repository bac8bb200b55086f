"""Lookups are answered as a worker answers them; what is not surely one is left to a worker."""

import pytest

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import Literal, NamedNode, Quad
from akteursmodell.query.encodings import CODINGS
from akteursmodell.query.frames import FrameBuffer
from akteursmodell.query.jobs import Head, Job, Options
from akteursmodell.query.lookups import LONGEST, LONGEST_TEXT, looked_up, subject_of
from akteursmodell.query.worker import Outlet, answer
from akteursmodell.vocabulary import ID, SYSTEM_GRAPH

TOWN = f"<{ID}org-town-viersen>"
LOOKUPS = (
    f"SELECT ?p ?o {{ {TOWN} ?p ?o }}",
    f"SELECT ?p ?o WHERE {{ {TOWN} ?p ?o . }}",
    "select ?label{id:org-town-viersen skos:prefLabel ?label}",
    f"PREFIX x: <{ID}>\n# about the town\nSELECT ?o {{ x:org-town-viersen a ?o }} # all",
    f"SELECT ?p {{ {TOWN} ?p akm:Organisation }}",
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
LEFT_FOR_OTHER_REASONS = (
    "SELECT * { id:org-town-viersn ?p ?o }",
    f"SELECT ?x {{ {TOWN} ?p ?o }} SELECT",
    f"SELECT * {{ <{SYSTEM_GRAPH}> ?p ?o }}",
)
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


@pytest.mark.parametrize("encoding", CODINGS)
def test_a_lookup_is_packed_as_by_a_worker(encoding: str, shipped: EmbeddedStore) -> None:
    job = Job(LOOKUPS[0], Options(encoding=encoding))
    assert looked_up(shipped, job) == by_worker(shipped, job)


@pytest.mark.parametrize("text", NO_LOOKUPS)
def test_what_may_cost_more_is_no_lookup(text: str) -> None:
    assert subject_of(text) is None


@pytest.mark.parametrize("text", [*NO_LOOKUPS, *LEFT_FOR_OTHER_REASONS])
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
