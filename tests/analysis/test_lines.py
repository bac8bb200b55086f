"""The course of the lines: which gutter, which lane, which port; and the rows they run through."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from akteursmodell.analysis.lines import MOST_LANES, Course, Place, course
from akteursmodell.analysis.relations import Pill, Relation
from akteursmodell.vocabulary import ID

COLUMNS = [f"sector-{number}" for number in range(6)]


def relation(number: int, *columns: int) -> Relation:
    pills = tuple(Pill(f"P{c}", f"{ID}p{c}", (), COLUMNS[c]) for c in columns)
    return Relation(number, f"{ID}r{number}", f"R{number}", "law", "valid", "", pills, (), ())


def run(relations: list[Relation], chips: dict[str, list[Place]]) -> Course:
    own = {each.iri: 2 + number for number, each in enumerate(relations)}
    return course(relations, own, COLUMNS, chips)


def test_a_trunk_stands_on_the_side_of_the_other_partner() -> None:
    one = relation(1, 1, 3)
    found = run([one], {one.iri: [Place(0, 1, 0), Place(0, 3, 0)]})
    assert [(t.gutter, [d.on_left for d in t.docks]) for t in found.trunks] == [
        (2, [False]),
        (3, [True]),
    ]


def test_partners_on_both_sides_of_a_gutter_share_a_trunk() -> None:
    one = relation(1, 1, 2)
    (trunk,) = run([one], {one.iri: [Place(0, 1, 0), Place(0, 2, 0), Place(9, 2, 1)]}).trunks
    assert trunk.gutter == 2
    assert (trunk.top, trunk.bottom) == (0, 9)
    assert len(trunk.docks) == 3


def test_a_chip_alone_has_its_line_on_the_left_and_the_last_gutter_is_that_of_the_last_column() -> (
    None
):
    one = relation(1, 5)
    (trunk,) = run([one], {one.iri: [Place(0, 5, 0)]}).trunks
    assert trunk.gutter == 5


def test_of_trunks_that_go_down_the_farthest_has_the_highest_port() -> None:
    first, second = relation(1, 0, 1), relation(2, 0, 1)
    there = [Place(0, 1, 0)]
    found = run([first, second], {first.iri: there, second.iri: there})
    ports = {t.lane: t.docks[0].port for t in found.trunks}
    assert ports == {0: 0, 1: 1}


def test_of_trunks_that_go_up_the_farthest_has_the_lowest_port() -> None:
    first, second = relation(1, 0, 1), relation(2, 0, 1)
    there = [Place(9, 1, 0)]
    found = run([first, second], {first.iri: there, second.iri: there})
    ports = {t.lane: t.docks[0].port for t in found.trunks}
    assert ports == {0: 1, 1: 0}


def test_a_full_gutter_sends_a_line_to_the_other_side_or_nowhere() -> None:
    relations = [relation(number, 0, 1, 2) for number in range(1, 13)]
    found = run(relations, {each.iri: [Place(0, 1, 0)] for each in relations})
    assert {t.gutter for t in found.trunks} == {1, 2}
    assert len(found.trunks) == 2 * MOST_LANES
    assert found.lanes == (0, 5, 5, 0, 0, 0)


places = st.lists(
    st.builds(Place, st.sampled_from([0, 1, 20, 21, 22]), st.integers(0, 5), st.integers(0, 4)),
    max_size=6,
    unique=True,
)


@given(st.lists(places, min_size=1, max_size=12))
def test_no_gutter_holds_more_than_five_lines_and_no_two_share_a_lane(
    chips: list[list[Place]],
) -> None:
    relations = [
        relation(number, *sorted({place.column for place in there}))
        for number, there in enumerate(chips, start=1)
    ]
    found = run(relations, {r.iri: there for r, there in zip(relations, chips, strict=True)})
    assert max(found.lanes) <= MOST_LANES
    for one, other in combinations(found.trunks, 2):
        same_gutter = one.gutter == other.gutter
        if same_gutter and one.meets(other):
            assert one.lane != other.lane
        assert not (same_gutter and one.relation == other.relation)
    for trunk in found.trunks:
        for dock in trunk.docks:
            assert dock.place in chips[trunk.relation.number - 1]
            assert trunk.gutter == dock.place.column + (not dock.on_left)
