"""Random requests: the gate does to its store what the engine does to a copy.

`TEST_RANDOM_REQUESTS=100000 pytest tests/updates/test_random.py` runs that many.
"""

import os
import random
from collections.abc import Iterable

import pyoxigraph as oxigraph
import pytest
from tests.updates.random_requests import random_quads, random_request
from tests.updates.writing import WritingGate

from akteursmodell.errors import AkteursmodellError
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import Quad
from akteursmodell.updates.gate import Signature
from akteursmodell.validation.report import Report, nothing_to_check

NUMBER = int(os.environ.get("TEST_RANDOM_REQUESTS", "400"))
SEED = int(os.environ.get("TEST_RANDOM_SEED", "1"))
CONFORMS = nothing_to_check()
ME = Signature("me", "test")
EMPTY_TARGET = "the target of an empty source, which only we make"


def unchecked(*_: object) -> Report:
    return CONFORMS


def content(quads: Iterable[Quad]) -> set[Quad]:
    return {quad for quad in quads if "akteursmodell/system" not in str(quad.graph_name)}


def canonical(quads: Iterable[Quad]) -> set[str]:
    dataset = oxigraph.Dataset(quads)
    dataset.canonicalize(oxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in dataset}


def same(one: set[Quad], other: set[Quad]) -> bool:
    return one == other or (len(one) == len(other) and canonical(one) == canonical(other))


def outcome(gate: WritingGate, request: str) -> str:
    """Do a request and return how it failed, or nothing."""
    try:
        done = gate.update(request, signature=ME)
    except AkteursmodellError as fault:
        return str(fault)
    sent = ChangeSet.from_bytes(done.committed.to_bytes())
    assert sent == done.committed
    return ""


def engine_outcome(engine: oxigraph.Store, request: str) -> str:
    try:
        engine.update(request)
    except (RuntimeError, SyntaxError) as fault:
        return str(fault)
    return ""


def run(seed: int) -> str:
    """Do one random request both ways; return how it ended."""
    dice = random.Random(seed)
    before = set(random_quads(dice))
    request = random_request(dice)
    store = EmbeddedStore.in_memory()
    store.apply(ChangeSet(frozenset(), frozenset(before), "test", "test"))
    gate = WritingGate(store, strict_default=True, validator=unchecked)
    copy = oxigraph.Store()
    copy.extend(content(store.quads()))
    fault = outcome(gate, request)
    after = content(store.quads())
    assert content(gate._trial.replica.quads()) == after, request
    if "There is no graph" in fault:
        assert after == before, request
        return "missing graph"
    refused = engine_outcome(copy, request)
    if bool(fault) != bool(refused):
        assert "exist" in fault + refused, (request, fault, refused)
        assert "COPY" in request or "MOVE" in request or "ADD" in request, request
        return EMPTY_TARGET
    if fault:
        assert after == before, request
        return "refused"
    if not same(after, set(copy)):
        pytest.fail(f"seed {seed}: {request}\n{before}\n{after ^ set(copy)}")
    return "same" if after != before else "no change"


def test_random_requests_leave_what_the_engine_leaves() -> None:
    ends = [run(SEED * 1_000_000 + number) for number in range(NUMBER)]
    counts = {end: ends.count(end) for end in sorted(set(ends))}
    print(counts)  # noqa: T201 -- shown with `pytest -s`
    assert counts["same"] > NUMBER / 3, counts
    assert counts.get(EMPTY_TARGET, 0) < NUMBER / 50, counts
