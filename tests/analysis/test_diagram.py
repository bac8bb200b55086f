"""Diagrams of the modules: nothing overlaps, all text fits, every line joins two boxes."""

from itertools import combinations

import pytest

from akteursmodell.analysis.boxes import Box, Words, reach, wrap
from akteursmodell.analysis.diagram import Drawing, draw
from akteursmodell.analysis.documents import documents
from akteursmodell.analysis.modules import module
from akteursmodell.errors import Lang
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.vocabulary import AKM

NAMES = (
    *("actors", "cooperation", "evidence-and-sources", "incentives"),
    *("participation", "responsibilities", "spaces", "tasks"),
)


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["de", "en"])
def drawing(request: pytest.FixtureRequest, shipped: EmbeddedStore, name: str) -> Drawing:
    lang: Lang = request.param
    return draw(module(shipped, AKM + name, lang), lang)


def overlap(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (beside or one.y + one.height <= other.y or other.y + other.height <= one.y)


def test_these_are_all_modules(shipped: EmbeddedStore) -> None:
    assert {d.name for d in documents(shipped, "de") if d.role == "module"} == set(NAMES)


def test_no_box_covers_another_and_all_lie_within_the_picture(drawing: Drawing) -> None:
    for one, other in combinations(drawing.boxes, 2):
        assert not overlap(one, other), (one.iri, other.iri)
    for box in drawing.boxes:
        assert 0 < box.x < box.x + box.width < drawing.width
        assert 0 < box.y < box.y + box.height < drawing.height


def test_text_stands_inside_its_box(drawing: Drawing) -> None:
    for box in drawing.boxes:
        for words in box.words:
            assert box.x < words.x
            assert reach(words) < box.x + box.width
            assert box.y < words.y < box.y + box.height


def test_every_class_is_drawn_beside_what_it_is_a_kind_of(
    shipped: EmbeddedStore, name: str
) -> None:
    found = module(shipped, AKM + name, "de")
    drawing = draw(found, "de")
    upper = {box.iri: box for box in reversed(drawing.boxes)}
    kinds = [line for line in drawing.lines if line.general]
    assert len(kinds) == sum(1 for row in found.classes if row.above)
    for row in found.classes:
        assert row.iri in upper
        if row.above:
            parent = upper[row.above[0].iri]
            assert parent.x + parent.width < upper[row.iri].x


def test_every_relation_to_a_class_of_ours_is_a_line(shipped: EmbeddedStore, name: str) -> None:
    found = module(shipped, AKM + name, "de")
    lines = [line for line in draw(found, "de").lines if not line.general]
    ends = [iri for row in found.properties for iri in row.ranges if row.relation]
    assert len(lines) == sum(1 for iri in ends if iri.startswith(AKM))
    assert len({line.path for line in lines}) == len(lines)


def test_the_same_module_always_gives_the_same_picture(shipped: EmbeddedStore, name: str) -> None:
    first, again = (draw(module(shipped, AKM + name, "en"), "en") for _ in range(2))
    assert first == again


def test_long_text_is_broken_at_spaces_only() -> None:
    assert wrap("Beziehung mit Beleg und Zeitraum") == ["Beziehung mit Beleg und", "Zeitraum"]
    assert wrap("Donaudampfschifffahrtsgesellschaft") == ["Donaudampfschifffahrtsgesellschaft"]
    assert reach(Words("mm", 10, 0)) > reach(Words("ii", 10, 0))
