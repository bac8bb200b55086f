"""The wire form of a change, and its inverse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs"])
IRIS = st.integers(0, 9).map(lambda n: NamedNode(f"http://example.org/ü{n}"))
BLANKS = st.text("abcxyz0189", min_size=1, max_size=32).map(BlankNode)
LITERALS = st.builds(Literal, st.text(LETTERS, max_size=20)) | st.builds(
    Literal, st.text(LETTERS, max_size=20), language=st.sampled_from(["de", "en-GB"])
)
PLAIN = st.builds(Triple, IRIS | BLANKS, IRIS, IRIS | BLANKS | LITERALS)
OBJECTS = IRIS | BLANKS | LITERALS | PLAIN
QUADS = st.builds(Quad, IRIS | BLANKS, IRIS, OBJECTS, IRIS | st.just(DefaultGraph()))
CHANGES = st.builds(
    ChangeSet,
    st.frozensets(QUADS, max_size=6),
    st.frozensets(QUADS, max_size=6),
    st.text(LETTERS, max_size=20),
    st.text(LETTERS, max_size=20),
    st.none() | st.integers(0, 2**40),
    created=st.frozensets(IRIS, max_size=2),
    dropped=st.frozensets(IRIS, max_size=2),
)


@given(CHANGES)
def test_a_change_comes_back_from_the_wire_as_it_was(change: ChangeSet) -> None:
    assert ChangeSet.from_bytes(change.to_bytes()) == change


@given(CHANGES)
def test_the_inverse_of_the_inverse_is_the_change(change: ChangeSet) -> None:
    assert change.inverse().inverse() == change
    assert change.is_empty == change.inverse().is_empty


@pytest.mark.parametrize("data", [b"", b"x", b"[]\n", b'{"deletes": 0}\n<a> <b>\n'])
def test_what_is_no_change_is_told(data: bytes) -> None:
    with pytest.raises(ValueError, match="no change set"):
        ChangeSet.from_bytes(data)


@given(st.lists(QUADS, max_size=8), st.lists(QUADS, max_size=8), st.frozensets(IRIS, max_size=2))
def test_replaying_a_change_leaves_what_applying_it_does(
    before: list[Quad], after: list[Quad], created: frozenset[NamedNode]
) -> None:
    store, copy = EmbeddedStore.in_memory(), EmbeddedStore.in_memory()
    start = store.canonical(before)
    first = ChangeSet(frozenset(), start, "me", "test")
    store.apply(first)
    copy.replay(first)
    wanted = store.canonical(after)
    dropped = frozenset(first.graphs - {quad.graph_name for quad in wanted})
    change = ChangeSet(
        start - wanted, wanted - start, "me", "test", created=created - dropped, dropped=dropped
    )
    store.apply(change)
    copy.replay(change)
    assert {q for q in store.quads() if "akteursmodell/system" not in str(q.graph_name)} == wanted
    assert set(copy.quads()) == wanted
    system = {g for g in store.named_graphs() if "akteursmodell/system" in g.value}
    assert set(store.named_graphs()) - system == set(copy.named_graphs())
    assert not dropped & set(copy.named_graphs())
