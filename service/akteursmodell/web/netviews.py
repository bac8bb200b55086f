"""What a reader chose to see of the network, read from the address, and what that view holds."""

from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any, Literal, get_args

from flask import request

from akteursmodell.analysis.axes import Line, level_of_actors, levels, sectors
from akteursmodell.analysis.network import MOST_STEPS, Network, Node, network, within
from akteursmodell.analysis.relations import KINDS, TIES, Kind, Relation, relations
from akteursmodell.errors import NotFoundError, Text
from akteursmodell.query.periods import spoken
from akteursmodell.vocabulary import ID
from akteursmodell.web import context
from akteursmodell.web.asked import day as reference_day
from akteursmodell.web.datasets import DataSet, data_set
from akteursmodell.web.language import lang

__all__ = ["COLOURS", "SIZES", "Asked", "Shown", "chosen_data", "shown"]

Colour = Literal["sektor", "ebene", "bindeglied", "keine"]
Size = Literal["gleich", "beziehungen", "partner"]
COLOURS: dict[Colour, Text] = {
    "sektor": Text("nach Sektor", "by sector"),
    "ebene": Text("nach Ebene", "by level"),
    "bindeglied": Text("Bindeglieder hervorgehoben", "brokers stand out"),
    "keine": Text("alle gleich", "all the same"),
}
SIZES: dict[Size, Text] = {
    "gleich": Text("alle gleich", "all the same"),
    "beziehungen": Text("nach Zahl der Beziehungen", "by number of relations"),
    "partner": Text("nach Zahl der Partner", "by number of partners"),
}


@dataclass(frozen=True)
class Asked:
    """What a reader chose to see."""

    kinds: tuple[Kind, ...]
    around: str
    steps: int
    ended: bool
    day: date
    colour: Colour
    size: Size

    @property
    def arguments(self) -> dict[str, Any]:
        """The same as arguments of an address; what is chosen anyway is left out."""
        chosen: dict[str, Any] = {
            "art": list(self.kinds) if self.kinds != TIES else [],
            "um": self.around,
            "schritte": self.steps if self.around and self.steps > 1 else "",
            "beendet": 1 if self.ended else "",
            "stichtag": self.day.isoformat() if self.day != date.today() else "",
            "farbe": self.colour if self.colour != "sektor" else "",
            "groesse": self.size if self.size != "gleich" else "",
        }
        return {name: value for name, value in chosen.items() if value}


@dataclass(frozen=True)
class Shown:
    """What a view of the network shows."""

    asked: Asked
    found: Network
    all: tuple[Relation, ...]
    sectors: tuple[Line, ...]
    levels: tuple[Line, ...]

    @property
    def names(self) -> dict[str, str]:
        """The names of sectors and levels, by address."""
        return {line.iri: line.label for line in (*self.sectors, *self.levels)}

    @property
    def groups(self) -> tuple[Line, ...]:
        """The sectors or levels that have a colour of their own, in their order."""
        return {"sektor": self.sectors, "ebene": self.levels}.get(self.asked.colour, ())

    def group(self, node: Node) -> int:
        """Return the number of the colour of a point, from 1; 0 is none of its own."""
        iri = node.level if self.asked.colour == "ebene" else node.sector
        known = [line.iri for line in self.groups]
        return known.index(iri) + 1 if iri in known else 0

    def radius(self, node: Node) -> float:
        """Return how large a point is drawn: its area grows with the number that was chosen."""
        if self.asked.size == "gleich" or node.shape == "open":
            return 6
        number = node.relations if self.asked.size == "beziehungen" else node.partners
        return round(4 + 2 * sqrt(number), 1)

    @property
    def title(self) -> str:
        """What the view is called."""
        name = self.middle
        around = Text(f" rund um {name}", f" around {name}").in_(lang()) if name else ""
        return Text("Zusammenarbeit", "Cooperation").in_(lang()) + around

    @property
    def told(self) -> str:
        """One sentence on what the view shows, for files that travel alone."""
        day = spoken(self.asked.day.isoformat(), lang())
        kinds = ", ".join(KINDS[kind].in_(lang()) for kind in self.asked.kinds)
        parts = [
            Text("Zusammenarbeit in Viersen", "Cooperation in Viersen").in_(lang()),
            Text(f"Stichtag {day}", f"reference date {day}").in_(lang()),
            kinds,
            *(
                Text(f"{n} Schritte um {name}", f"{n} steps around {name}").in_(lang())
                for n, name in [(self.asked.steps, self.middle)]
                if name
            ),
            Text(
                f"Datenstand {context.store().revision}", f"data state {context.store().revision}"
            ).in_(lang()),
            "CC BY 4.0",
        ]
        return " · ".join(parts)

    @property
    def middle(self) -> str:
        """The name of the actor around which the view is drawn."""
        known = {p.iri: p.name for relation in self.all for p in relation.pills}
        return known.get(ID + self.asked.around, self.asked.around)


def asked() -> Asked:
    """Read what a reader chose; raises ParameterError where there is no such choice."""
    wanted = request.args.getlist("art")
    kinds = tuple(kind for kind in KINDS if kind in wanted) or TIES
    return Asked(
        kinds=kinds,
        around=request.args.get("um", "").strip(),
        steps=min(max(request.args.get("schritte", 1, type=int), 1), MOST_STEPS),
        ended=request.args.get("beendet") == "1",
        day=reference_day(),
        colour=next((c for c in get_args(Colour) if c == request.args.get("farbe")), "sektor"),
        size=next((s for s in get_args(Size) if s == request.args.get("groesse")), "gleich"),
    )


def chosen_data() -> DataSet:
    """Return the data that the address asks for, or in which the actor stands that it names."""
    return data_set(request.args.getlist("um"))


def shown() -> Shown:
    """Return the view that was asked for; raises NotFoundError where its actor is unknown."""
    wanted, data = asked(), chosen_data()
    every = data.kept(relations, lang(), wanted.day)
    around = ID + wanted.around if wanted.around else ""
    if around and not any(pill.iri == around for each in every for pill in each.pills):
        raise NotFoundError(
            Text(
                f"Zu „{wanted.around}“ ist keine Beziehung belegt.",
                f'No relation of "{wanted.around}" is documented.',
            )
        )
    kept = within(every, wanted.kinds, ended=wanted.ended, around=around, steps=wanted.steps)
    columns = data.kept(sectors, lang())
    found = network(kept, columns, data.kept(level_of_actors))
    return Shown(wanted, found, every, columns, data.kept(levels, lang()))
