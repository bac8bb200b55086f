import pytest

from akteursmodell.errors import InputError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import QuerySolutions
from akteursmodell.query.limits import MAX_DEPTH, check_depth, limit_rows

DIGITS = "VALUES ?x { 0 1 2 3 4 5 6 7 8 9 }"


def numbers(store: EmbeddedStore, query: str) -> list[str]:
    answer = store.query(query)
    assert isinstance(answer, QuerySolutions)
    return [str(getattr(row["x"], "value", "")) for row in answer]


@pytest.mark.parametrize("brackets", ["()", "{}"])
def test_brackets_may_nest_up_to_a_limit(brackets: str) -> None:
    opened, closed = brackets[0], brackets[1]
    check_depth(opened * MAX_DEPTH + closed * MAX_DEPTH)
    check_depth((opened + closed) * 10 * MAX_DEPTH)
    check_depth(f'"{opened * 2 * MAX_DEPTH}"')
    with pytest.raises(InputError, match=r"line 2"):
        check_depth("\n" + opened * (MAX_DEPTH + 1))


@pytest.mark.parametrize(
    ("query", "limit", "offset", "expected"),
    [
        (f"SELECT ?x {{ {DIGITS} }}", 3, 0, "012"),
        (f"SELECT ?x {{ {DIGITS} }} LIMIT 2", 3, 0, "01"),
        (f"SELECT ?x {{ {DIGITS} }} limit 5 # LIMIT 1", 3, 0, "012"),
        (f"SELECT ?x {{ {DIGITS} }} OFFSET 8", 3, 0, "89"),
        (f"SELECT ?x {{ {DIGITS} }} OFFSET 4 LIMIT 3", 9, 0, "456"),
        (f"SELECT ?x {{ {DIGITS} }} ORDER BY DESC(?x)", 2, 0, "98"),
        (f"SELECT ?x {{ {DIGITS} }}", 1, 3, "3"),
        (f"SELECT ?x {{ {DIGITS} }} LIMIT 3", 1, 3, ""),
        (f"SELECT ?x {{ {DIGITS} }} LIMIT 4 OFFSET 2", 1, 3, "5"),
        ("SELECT ?x { { SELECT ?x { VALUES ?x { 7 8 } } LIMIT 1 } }", 5, 0, "7"),
        ("SELECT ?x { } VALUES ?x { 1 2 3 }", 2, 0, "12"),
        ('SELECT ?x { VALUES ?x { 1 2 } } HAVING ("LIMIT 1" != "}")', 5, 0, "12"),
        ("SELECT (COUNT(*) AS ?x) { VALUES ?y { 1 2 } } GROUP BY ?y", 1, 0, "1"),
    ],
)
def test_rows_are_limited_beside_the_querys_own_limits(
    store: EmbeddedStore, query: str, limit: int, offset: int, expected: str
) -> None:
    assert "".join(numbers(store, limit_rows(query, limit, offset))) == expected
