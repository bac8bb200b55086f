"""The W3C test suite through our validation: exact results, and the law under random changes."""

import random

import pytest
from _pytest.mark import ParameterSet
from tests.validation.law import RUNS, keep_the_law, random_change, same_as_reference
from tests.validation.w3c_shacl import Case, cases, read, without_reports

from akteursmodell.validation.engines.compiled import CompiledEngine
from akteursmodell.validation.engines.reference import ReferenceEngine
from akteursmodell.validation.faults import ShapesError

NOT_PASSED = {
    "core/property/uniqueLang-002": 'the store reads "1"^^xsd:boolean as "true"^^xsd:boolean',
    "sparql/pre-binding/shapesGraph-001": "$shapesGraph is optional, and refused here",
}
NOT_BY_PYSHACL = {
    "core/property/lessThan-001": "raises where a mutation leads to a blank node",
    "core/property/lessThan-002": "raises where a mutation leads to a blank node",
    "core/property/lessThanOrEquals-001": "raises where a mutation leads to a blank node",
    "sparql/node/prefixes-001": "does not read prefixes through owl:imports",
}
CASES = list(cases())


def marked(case: Case) -> ParameterSet:
    """Return a case; one with a reason must fail."""
    reason = NOT_PASSED.get(case.name)
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(case, id=case.name, marks=marks)


def test_the_suite_is_there() -> None:
    assert len(CASES) >= 120
    assert {*NOT_PASSED, *NOT_BY_PYSHACL} <= {case.name for case in CASES}


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case_gives_exactly_the_expected_results(case: Case) -> None:
    expected = case.expected()
    if expected is None:
        with pytest.raises(ShapesError):
            CompiledEngine(read(case.shapes))
        return
    found = [finding.key for finding in CompiledEngine(read(case.shapes)).full(read(case.data))]
    assert sorted(map(str, found)) == sorted(map(str, expected))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mutated_case_keeps_the_law(case: Case) -> None:
    if case.expected() is None or case.name in NOT_PASSED:
        pytest.skip("refused")
    shapes, store = read(case.shapes), without_reports(read(case.data))
    engine = CompiledEngine(shapes)
    pool = sorted(store.quads(), key=str)
    known = engine.by_pair(store)
    rng = random.Random(case.name)
    for _ in range(10 * RUNS):
        known = keep_the_law(engine, store, random_change(rng, pool, store, 4), known)
    if case.name not in NOT_BY_PYSHACL:
        same_as_reference(engine, ReferenceEngine(shapes), store)
