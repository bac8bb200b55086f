"""Which relations a view of the matrix shows, and how it shows them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Final

from akteursmodell.analysis.facets import FACETS, Facet, Facets
from akteursmodell.analysis.relations import KINDS, TIES, Kind, Relation
from akteursmodell.errors import Text

__all__ = ["LAYERS", "MOST_DRAWN", "READING", "Layer", "Selection", "drawn", "kept"]

MOST_DRAWN: Final = 12
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

    `day` is the reference date: on which day was it so. `lines` are relations whose line is asked
    for by name; `most` is how many lines there are at most.
    """

    day: date
    perspective: str = ""
    chosen: Mapping[Facet, str] | None = None
    layers: frozenset[str] | None = None
    compact: bool = False
    gaps: bool = False
    slots: bool = True
    lines: frozenset[str] = frozenset()
    most: int = MOST_DRAWN

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
    return tuple(
        replace(each, number=number)
        for number, each in enumerate(
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
            start=1,
        )
    )


def drawn(found: Iterable[Relation], selection: Selection) -> tuple[Relation, ...]:
    """Return the relations that get a line: not the ended ones, at most `most`, which is twelve.

    Where there are more, each kind has its turn, so that none covers the others; those whose
    lines are asked for by name come first.
    """
    alive = [each for each in found if each.state != "ended"]
    asked = [each for each in alive if each.anchor in selection.lines]
    by_kind = [[r for r in alive if r.kind == kind and r not in asked] for kind in KINDS]
    turns = [each for turn in zip_longest(*by_kind) for each in turn if each is not None]
    chosen = {each.iri for each in [*asked, *turns][: selection.most]}
    return tuple(each for each in alive if each.iri in chosen)
