"""What a change concerns is found, whatever the shapes; a compiler that misses some is caught."""

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.validation.law import RUNS, keep_the_law, random_change, same_as_reference
from tests.validation.random_shapes import random_data, random_shapes

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_text
from akteursmodell.graph.shipped import load_shipped
from akteursmodell.graph.terms import TYPE, RdfFormat
from akteursmodell.validation import automaton, components, model, queries, query_reads
from akteursmodell.validation.engine import shipped_shapes
from akteursmodell.validation.engines import compiled
from akteursmodell.validation.engines.compiled import CompiledEngine
from akteursmodell.validation.engines.reference import ReferenceEngine
from akteursmodell.validation.faults import ShapesError

CHANGES = 4
NOT_BY_PYSHACL = re.compile(r"sh:lessThan|sh:inversePath (\(|\[ sh:\w+ \()")
"""It compares IRIs by `<`, which SPARQL does not, and inverts a sequence without reversing it."""


def store_of(turtle: str) -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    store.fill(read_text(turtle, RdfFormat.TURTLE, name="test"))
    return store


def changes_keep_the_law(seed: int, *, reference: bool = False) -> None:
    rng = random.Random(seed)
    shapes = random_shapes(rng)
    store = store_of(random_data(rng))
    graph = store_of(shapes)
    engine = CompiledEngine(graph)
    pool = sorted(store.quads(), key=str)
    known = engine.by_pair(store)
    for _ in range(CHANGES):
        known = keep_the_law(engine, store, random_change(rng, pool, store, 3), known)
    if reference and not NOT_BY_PYSHACL.search(shapes):
        same_as_reference(engine, ReferenceEngine(graph), store)


def examples(number: int) -> settings:
    return settings(
        max_examples=number * RUNS, deadline=None, derandomize=True, phases=(Phase.generate,)
    )


SEEDS = st.integers(0, 2**32)


@examples(200)
@given(SEEDS)
def test_random_changes_under_random_shapes_keep_the_law(seed: int) -> None:
    changes_keep_the_law(seed)


@examples(100)
@given(SEEDS)
def test_random_shapes_say_what_pyshacl_says(seed: int) -> None:
    changes_keep_the_law(seed, reference=True)


def test_random_changes_of_the_shipped_data_keep_the_law() -> None:
    store = EmbeddedStore.in_memory()
    load_shipped(store)
    engine = CompiledEngine(shipped_shapes())
    quads = [quad for quad in store.quads() if "/data/" in str(quad.graph_name)]
    pool = sorted(quads, key=str)
    rng = random.Random(11)
    known = engine.by_pair(store)
    for _ in range(8 * RUNS):
        known = keep_the_law(engine, store, random_change(rng, pool, store, 12), known)
    assert known
    same_as_reference(engine, ReferenceEngine(shipped_shapes()), store)


def nothing(*_: object) -> None:
    """Read nothing."""


def types_only(builder: automaton.Builder, place: int) -> None:
    builder.step(place, TYPE)


MISTAKES: dict[str, tuple[object, str, Callable[..., object]]] = {
    "inverse paths are not followed": (automaton.Builder, "_against", nothing),
    "targets are not read": (automaton.Builder, "targets", nothing),
    "superclasses are not read": (automaton.Builder, "classes", types_only),
    "repeated paths are not followed": (automaton.Builder, "_repeat", nothing),
    "nested shapes are not read": (model.Constraint, "trace", nothing),
    "the other property of a pair is not read": (components.Pair, "trace", nothing),
    "closed shapes read nothing": (components.Closed, "trace", nothing),
    "queries read nothing": (queries, "trace_query", nothing),
    "EXISTS is not read": (query_reads, "exists", lambda _: iter(())),
    "deletions are not traced": (
        compiled.CompiledEngine, "affected",
        lambda engine, change, now: engine.automaton.affected(change.inserts, now),
    ),
    "insertions are not traced": (
        compiled.CompiledEngine, "affected",
        lambda engine, change, now: engine.automaton.affected(change.deletes, now),
    ),
}  # fmt: skip


def many_changes_keep_the_law() -> None:
    for seed in range(2_000):
        changes_keep_the_law(seed)


@pytest.mark.parametrize(("owner", "name", "wrong"), MISTAKES.values(), ids=MISTAKES)
def test_a_compiler_that_misses_something_breaks_the_law(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str, wrong: Callable[..., object]
) -> None:
    monkeypatch.setattr(owner, name, wrong)
    with pytest.raises(AssertionError):
        many_changes_keep_the_law()


def test_unknown_reads_are_checked_in_full_and_say_so(caplog: pytest.LogCaptureFixture) -> None:
    shapes = """@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
        :shape a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:sparql [ sh:select
        "SELECT $this ?value WHERE { $this <http://example.org/p> ?x .
            ?value <http://example.org/q> ?y FILTER (?x = ?y) }" ] .""".replace("\n", " ")
    engine = CompiledEngine(store_of(shapes))
    data = "@prefix : <http://example.org/> . :a :p 1 . "
    store = store_of(data)
    (quad,) = store_of("@prefix : <http://example.org/> . :b :q 1 .").quads()
    change = ChangeSet(frozenset(), frozenset({quad}), "test", "test")
    store.replay(change)
    with caplog.at_level("INFO", logger="akteursmodell"):
        checked = engine.of_change(change, store)
    assert [str(finding.focus) for finding in checked.findings] == ["<http://example.org/a>"]
    assert list(checked.in_full.values()) == ["a pattern is not connected with $this"]
    assert "checked in full: a pattern is not connected with $this" in caplog.text


@pytest.mark.parametrize(
    "shapes",
    [
        ":a sh:property :b . :b sh:path :p ; sh:node :a .",
        ":a sh:not :a .",
        ":a sh:or ( [ sh:node :a ] ) .",
        ":a sh:qualifiedMinCount 1 ; sh:path :p ; sh:qualifiedValueShape [ sh:node :a ] .",
    ],
)
def test_recursive_shapes_are_refused(shapes: str) -> None:
    prefixes = "@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
    with pytest.raises(ShapesError, match="refers to itself"):
        CompiledEngine(store_of(prefixes + ":a a sh:NodeShape ; sh:targetNode :x . " + shapes))


def test_a_large_check_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "EVERY", 0.0)
    store = EmbeddedStore.in_memory()
    load_shipped(store)
    heard: list[tuple[int, int]] = []
    CompiledEngine(shipped_shapes()).full(store, lambda *step: heard.append(step))
    assert heard[-1][0] == heard[-1][1] > compiled.BULK
    assert heard == sorted(heard)
