"""Which relations a view of the matrix shows, and how it shows them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Final

from akteursmodell.analysis.facets import FACETS, Facet, Facets
from akteursmodell.analysis.relations import KINDS, TIES, Kind, Relation
from akteursmodell.analysis.room import within
from akteursmodell.errors import Text

__all__ = [
    "LAYERS",
    "MOST_DRAWN",
    "READING",
    "Layer",
    "Selection",
    "drawn",
    "kept",
    "listed",
    "numbered",
]

MOST_DRAWN: Final = 12
LEAST_ROWS: Final = 1
# Tints are a layer too, but of cells, not of relations.
READING: Final = "reading"


@dataclass(frozen=True)
class Layer:
    """Kinds of relation that are switched together."""

    label: Text
    kinds: tuple[Kind, ...]


LAYERS: Final[dict[str, Layer]] = {
    "law": Layer(Text("gesetzlich vorgesehen", "provided for by law"), ("law",)),
    "contract": Layer(Text("Vertrag oder Auftrag", "contract or commission"), ("contract",)),
    "cooperation": Layer(
        Text("Kooperation, Netzwerk", "cooperation, network"), ("cooperation", "network")
    ),
    "belonging": Layer(
        Text("gehört zu, Sitz, Anteil", "belongs to, seat, stake"), ("belonging", "seat", "stake")
    ),
    "space": Layer(Text("legt Raum fest", "defines an area"), ("space",)),
    "funding": Layer(Text("Finanzierung", "funding"), ("funding",)),
    READING: Layer(Text("unsere Lesart (Tönung)", "our reading (tint)"), ()),
}


@dataclass(frozen=True)
class Selection:
    """What a visitor asked for; empty names and no layers mean no restriction of that sort.

    `day` is the reference date: on which day was it so. `lines` are relations that are asked for by
    name; `most` is how many lines there are at most, where it is not as many as the view allows.
    With `everything` each relation has a row and no actor is folded away; with `as_drawn` rows are
    those of the slides.
    """

    day: date
    perspective: str = ""
    chosen: Mapping[Facet, str] | None = None
    layers: frozenset[str] | None = None
    compact: bool = False
    gaps: bool = False
    slots: bool = True
    lines: frozenset[str] = frozenset()
    everything: bool = False
    as_drawn: bool = False
    most: int = 0

    @property
    def limit(self) -> int:
        """How many relations are drawn unless more are asked for by name."""
        return self.most or MOST_DRAWN

    @property
    def narrowed(self) -> dict[Facet, str]:
        """The facets that are narrowed, with the name of the value."""
        return {facet: name for facet, name in (self.chosen or {}).items() if name}

    @property
    def tinted(self) -> bool:
        """Whether cells are tinted by our reading."""
        return self.layers is None or READING in self.layers

    def kinds(self) -> frozenset[Kind]:
        """Return the kinds of relation that are shown.

        Without layers: who works with whom; in a perspective, whatever it selects.
        """
        if self.layers is None:
            return frozenset(KINDS if self.perspective else TIES)
        return frozenset(
            kind for name in self.layers if name in LAYERS for kind in LAYERS[name].kinds
        )


def kept(
    found: Iterable[Relation],
    selection: Selection,
    facets: Facets,
    selected: Collection[str] | None,
) -> tuple[Relation, ...]:
    """Return the relations of a view, numbered in its order; `selected` are the perspective's."""
    kinds = selection.kinds()
    return numbered(
        (
            each
            for each in found
            if each.kind in kinds
            and (selected is None or each.iri in selected)
            and all(
                selection.narrowed[facet] in facets.about(facet, each.iri)
                for facet in FACETS
                if facet in selection.narrowed
            )
        ),
        selection,
    )


def numbered(found: Iterable[Relation], selection: Selection) -> tuple[Relation, ...]:
    """Return relations in their order, numbered: first those that have a row, then the others."""
    found = tuple(found)
    rows = [each.iri for each in listed(found, selection)]
    rest = [each.iri for each in found if each.iri not in set(rows)]
    numbers = {iri: number for number, iri in enumerate([*rows, *rest], start=1)}
    return tuple(replace(each, number=numbers[each.iri]) for each in found)


def listed(found: Iterable[Relation], selection: Selection) -> tuple[Relation, ...]:
    """Return the relations that have a row: those with a line, then ended ones where there is room.

    All of them where everything is asked for; those asked for by name always.
    """
    found = tuple(found)
    if selection.everything:
        return found
    chosen = {each.iri for each in drawn(found, selection)}
    ended = [each for each in found if each.state == "ended"]
    chosen |= {each.iri for each in ended if each.anchor in selection.lines}
    full = selection.compact and len(chosen) > LEAST_ROWS
    room = 0 if full else max(0, selection.limit - len(chosen))
    chosen |= {each.iri for each in [e for e in ended if e.iri not in chosen][:room]}
    return tuple(each for each in found if each.iri in chosen)


def drawn(found: Iterable[Relation], selection: Selection) -> tuple[Relation, ...]:
    """Return the relations that get a line: not the ended ones, and no more than the limit.

    Where there are more, each kind has its turn, so that none covers the others; those that are
    asked for by name come first and are drawn, however many they are. A compact view has as many as
    fit on a page.
    """
    alive = [each for each in found if each.state != "ended"]
    asked = [each for each in alive if each.anchor in selection.lines]
    by_kind = [[r for r in alive if r.kind == kind and r not in asked] for kind in KINDS]
    turns = [each for turn in zip_longest(*by_kind) for each in turn if each is not None]
    first = [*asked, *turns][: max(selection.limit, len(asked))]
    if selection.compact and not (selection.most or selection.everything):
        first = within(first, least=max(LEAST_ROWS, len(asked)))
    chosen = {each.iri for each in first}
    return tuple(each for each in alive if each.iri in chosen)
