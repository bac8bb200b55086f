"""Which relations a view shows, which of them get a line, and what a compact view folds."""

from datetime import date

import pytest

from akteursmodell.analysis.matrix import Ground, arrange, ground
from akteursmodell.analysis.relations import KINDS
from akteursmodell.analysis.selection import (
    LAYERS,
    MOST_DRAWN,
    Selection,
    drawn,
    kept,
    listed,
)
from akteursmodell.analysis.table import Table, alike, table
from akteursmodell.graph.embedded import EmbeddedStore

DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def found(shipped: EmbeddedStore) -> Ground:
    return ground(shipped, "de", DAY)


def names(found: Ground, selection: Selection) -> set[str]:
    return {r.anchor for r in kept(found.relations, selection, found.facets, None)}


def laid(found: Ground, selection: Selection) -> Table:
    shown = kept(found.relations, selection, found.facets, None)
    return table(arrange(found, selection, shown), selection)


def test_layers_show_their_kinds_and_together_all_of_them(found: Ground) -> None:
    every = {kind for layer in LAYERS.values() for kind in layer.kinds}
    assert every == set(KINDS)
    for name, layer in LAYERS.items():
        shown = kept(found.relations, Selection(DAY, layers=frozenset([name])), found.facets, None)
        assert {relation.kind for relation in shown} == {
            r.kind for r in found.relations if r.kind in layer.kinds
        }


def test_a_district_keeps_what_concerns_a_place_in_it_and_nothing_else(found: Ground) -> None:
    kept_ = names(found, Selection(DAY, chosen={"district": "district-duelken"}))
    assert "agreement-duelkenbuero" in kept_
    assert "cooperation-dueno" in kept_
    assert "cooperation-rahser-treff" not in kept_


def test_a_theme_and_a_task_narrow_together(found: Ground) -> None:
    theme = names(found, Selection(DAY, chosen={"theme": "theme-age-care"}))
    both = names(found, Selection(DAY, chosen={"theme": "theme-age-care", "task": "task-none"}))
    assert theme
    assert both == set()


def test_numbers_begin_at_one_in_each_view(found: Ground) -> None:
    chosen = Selection(DAY, chosen={"district": "district-duelken"})
    shown = kept(found.relations, chosen, found.facets, None)
    assert [relation.number for relation in shown] == list(range(1, len(shown) + 1))


def test_at_most_twelve_have_a_line_each_kind_in_its_turn_and_none_that_ended(
    found: Ground,
) -> None:
    shown = kept(found.relations, Selection(DAY), found.facets, None)
    lined = drawn(shown, Selection(DAY))
    assert len(lined) == MOST_DRAWN
    assert {relation.kind for relation in lined} == {"law", "contract", "cooperation", "network"}
    assert "ended" not in {relation.state for relation in lined}


def test_a_line_that_is_asked_for_is_drawn(found: Ground) -> None:
    wanted = "cooperation-rahser-treff"
    shown = kept(found.relations, Selection(DAY), found.facets, None)
    assert wanted not in {r.anchor for r in drawn(shown, Selection(DAY))}
    asked = Selection(DAY, lines=frozenset([wanted]))
    lined = drawn(shown, asked)
    assert wanted in {r.anchor for r in lined}
    assert len(lined) == MOST_DRAWN


def test_on_another_reference_date_other_relations_have_ended(shipped: EmbeddedStore) -> None:
    states = {
        day: {r.anchor: r.state for r in ground(shipped, "de", day).relations}
        for day in (date(2025, 6, 1), DAY)
    }
    name = "agreement-suechtelnbuero-stadt-handel"
    assert states[date(2025, 6, 1)][name] != "ended"
    assert states[DAY][name] == "ended"


def test_a_compact_view_has_the_drawn_relations_and_the_chips_that_they_reach(
    found: Ground,
) -> None:
    made = laid(found, Selection(DAY, compact=True))
    shown = [relation for band in made.bands.values() for relation in band]
    assert list(made.drawn) == shown
    assert 2 <= len(shown) < MOST_DRAWN
    assert made.left_out == 33 - len(shown)
    assert made.folded >= {"associations", "management", "section", "person"}
    assert "contact" not in made.folded
    assert made.visible is not None
    assert made.rows[0] == "organisations"


def test_the_full_view_folds_nothing_and_has_a_row_for_each_relation(found: Ground) -> None:
    made = laid(found, Selection(DAY, everything=True))
    assert made.folded == frozenset()
    assert made.left_out == 0
    assert made.visible is None
    assert len(made.rows) == 1 + 4 + 33 + 7


def test_the_usual_view_has_a_row_for_each_line_and_keeps_every_slot_open(found: Ground) -> None:
    view = Selection(DAY)
    shown = kept(found.relations, view, found.facets, None)
    matrix = arrange(found, view, shown)
    made = table(matrix, view)
    assert len(made.listed) == MOST_DRAWN
    assert made.left_out == 33 - MOST_DRAWN
    for row in matrix.rows:
        for column, cell in enumerate(row.cells):
            name = f"level-{row.level.name}"
            rest = made.rest(cell, name, column)
            assert all(chip.documented for chip in rest)
            assert len(rest) != 1
            open_chips = made.shown(cell, name, column).chips
            assert sorted(map(id, (*open_chips, *rest))) == sorted(map(id, cell.chips))


def test_ended_relations_have_a_row_only_where_there_is_room(found: Ground) -> None:
    ended = "agreement-suechtelnbuero-stadt-handel"
    few = Selection(DAY, layers=frozenset(["contract"]))
    assert ended in {r.anchor for r in listed(kept(found.relations, few, found.facets, None), few)}
    many = Selection(DAY)
    shown = kept(found.relations, many, found.facets, None)
    assert ended not in {r.anchor for r in listed(shown, many)}
    named = Selection(DAY, lines=frozenset([ended]))
    assert ended in {r.anchor for r in listed(shown, named)}
    assert ended not in {r.anchor for r in drawn(shown, named)}


def test_relations_with_a_row_have_the_first_numbers_in_the_order_of_the_band(
    found: Ground,
) -> None:
    view = Selection(DAY)
    shown = kept(found.relations, view, found.facets, None)
    assert [r.number for r in listed(shown, view)] == list(range(1, MOST_DRAWN + 1))
    assert sorted(r.number for r in shown) == list(range(1, 34))


def test_actors_with_the_same_relations_share_a_chip_in_a_compact_view(found: Ground) -> None:
    view = Selection(DAY, compact=True, lines=frozenset(["network-ag-wohlfahrtsverbaende"]), most=1)
    matrix = arrange(found, view, kept(found.relations, view, found.facets, None))
    made = table(matrix, view)
    (chip,) = made.shown(matrix.organisations[2], "organisations", 2).chips
    assert [m.text for m in chip.members] == [
        "AWO",
        "Caritas",
        "Der Paritätische",
        "Diakonie",
        "DRK",
    ]
    assert chip.documented
    assert made.narrow == {0, 1, 3, 4, 5}


def test_partners_of_a_sector_that_do_the_same_stand_together(found: Ground) -> None:
    network = next(r for r in found.relations if r.anchor == "network-ag-wohlfahrtsverbaende")
    (group,) = alike(network, found.sectors[2].iri)
    assert len(group) > 3
    assert {pill.roles for pill in group} == {("ist Mitglied",)}
