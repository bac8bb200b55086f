"""`/network`: who works with whom, as a picture and as tables of the same content, and as files."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from flask import Blueprint, Response, render_template, request, url_for

from akteursmodell.analysis.axes import Line, sectors
from akteursmodell.analysis.circle import draw
from akteursmodell.analysis.netfiles import connections, elements, gexf, graphml
from akteursmodell.analysis.network import MOST_STEPS, Network, network, partners, within
from akteursmodell.analysis.relations import KINDS, TIES, Kind, Relation, relations
from akteursmodell.errors import Lang, NotFoundError, ParameterError, Text
from akteursmodell.graph.store import Store
from akteursmodell.query.periods import STATES, spoken
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import find as find_question
from akteursmodell.questions.tables import tabulate
from akteursmodell.vocabulary import ID
from akteursmodell.web import context
from akteursmodell.web.datasets import DataSet, data_set
from akteursmodell.web.language import lang

__all__ = ["blueprint"]

blueprint = Blueprint("network", __name__)

BROKERS = "CQ22"
PAIRS = "CQ23"
WORKING: tuple[Kind, ...] = ("contract", "cooperation", "network", "funding")
Colour = Literal["sektor", "bindeglied", "keine"]
Size = Literal["gleich", "beziehungen"]
COLOURS: dict[Colour, Text] = {
    "sektor": Text("nach Sektor", "by sector"),
    "bindeglied": Text("Bindeglieder hervorgehoben", "brokers stand out"),
    "keine": Text("alle gleich", "all the same"),
}
SIZES: dict[Size, Text] = {
    "gleich": Text("alle gleich", "all the same"),
    "beziehungen": Text("nach Zahl der Beziehungen", "by number of relations"),
}
STYLE = Path(__file__).parent / "static" / "picture.css"
KINDS_OF_FILE = {
    "svg": "image/svg+xml; charset=utf-8",
    "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml",
    "elements.csv": "text/csv; charset=utf-8",
    "connections.csv": "text/csv; charset=utf-8",
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
class Broker:
    """An actor that links two sectors, and the relations on which that rests."""

    iri: str
    name: str
    sectors: tuple[str, str]
    basis: tuple[tuple[Relation, ...], tuple[Relation, ...]]


@dataclass(frozen=True)
class Gap:
    """Two sectors without a documented tie, and how many the law provides for."""

    sectors: tuple[str, str]
    law: str


@dataclass(frozen=True)
class Shown:
    """What a view of the network shows."""

    asked: Asked
    found: Network
    all: tuple[Relation, ...]
    sectors: tuple[Line, ...]

    @property
    def names(self) -> dict[str, str]:
        """The names of the sectors, by address."""
        return {line.iri: line.label for line in self.sectors}

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
        day=chosen_day(request.args.get("stichtag", "")),
        colour=next((c for c in get_args(Colour) if c == request.args.get("farbe")), "sektor"),
        size=next((s for s in get_args(Size) if s == request.args.get("groesse")), "gleich"),
    )


def chosen_day(text: str) -> date:
    """Read a reference date; none is today."""
    if not text.strip():
        return date.today()
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ParameterError(
            Text(f"„{text}“ ist kein Tag.", f'"{text}" is no day.'),
            Text("Zum Beispiel: 2026-01-31", "For example: 2026-01-31"),
        ) from None


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
    return Shown(wanted, network(kept, columns), every, columns)


@blueprint.get("/network")
def page() -> str:
    """Show the network, the same as tables, the brokers and the gaps."""
    view = shown()
    brokers = brokers_of(view)
    actors = {p.iri: p.name for r in view.all for p in r.pills if p.iri}
    return render_template(
        "network.html",
        data=chosen_data(),
        view=view,
        picture=draw(view.found),
        brokers=brokers,
        links={broker.iri for broker in brokers},
        gaps=gaps_of(view),
        actors=sorted(actors.items(), key=lambda item: item[1].casefold()),
        partners=partners,
        kinds=KINDS,
        ties=TIES,
        states=STATES,
        colours=COLOURS,
        sizes=SIZES,
        most=MOST_STEPS,
        files={e: url_for("network.file", ending=e, **view.asked.arguments) for e in KINDS_OF_FILE},
        brokers_question=BROKERS,
        pairs_question=PAIRS,
    )


@blueprint.get(f"/network.<any({', '.join(map(repr, KINDS_OF_FILE))}):ending>")
def file(ending: str) -> Response:
    """Give the same network as a picture or a file for programs that draw networks."""
    view = shown()
    names, found = view.names, view.found
    if ending == "svg":
        body = svg(view).encode()
    elif ending == "gexf":
        body = gexf(found, names, lang(), view.told)
    elif ending == "graphml":
        body = graphml(found, names, lang(), view.told)
    elif ending == "elements.csv":
        body = elements(found, names)
    else:
        body = connections(found, lang())
    answer = Response(body, content_type=KINDS_OF_FILE[ending])
    if ending != "svg":
        answer.headers["Content-Disposition"] = f"attachment; filename=network.{ending}"
    return answer


def svg(view: Shown) -> str:
    """Write the picture so that it stands alone."""
    brokers = (
        {broker.iri for broker in brokers_of(view)} if view.asked.colour == "bindeglied" else set()
    )
    return render_template(
        "network.svg",
        view=view,
        picture=draw(view.found),
        links=brokers,
        kinds=KINDS,
        states=STATES,
        alone=True,
        style=STYLE.read_text(encoding="utf-8"),
    )


def answers(store: Store, lang: Lang, question: str, day: date) -> list[dict[str, tuple[str, str]]]:
    """Return the rows of a question on a day: text and address of each cell."""
    answer = ask(store, find_question(question), {"day": day.isoformat()}, lang)
    return [
        {
            name: (cell[0].text, cell[0].iri or "") if cell else ("", "")
            for name, cell in zip(answer.columns, row.cells, strict=False)
        }
        for row in tabulate(store, answer, lang)
    ]


def brokers_of(view: Shown) -> list[Broker]:
    """Return who links two sectors that nobody else links, by name, with the basis."""
    found = [
        Broker(
            row["broker"][1],
            row["broker"][0],
            (row["one"][0], row["other"][0]),
            (
                basis(view, row["broker"][1], row["one"][1]),
                basis(view, row["broker"][1], row["other"][1]),
            ),
        )
        for row in chosen_data().kept(answers, lang(), BROKERS, view.asked.day)
    ]
    return sorted(found, key=lambda broker: (broker.name.casefold(), broker.sectors))


def basis(view: Shown, broker: str, sector: str) -> tuple[Relation, ...]:
    """Return the relations in which an actor works with the actors of a sector."""
    return tuple(
        relation
        for relation in view.all
        if relation.kind in WORKING
        and relation.state != "ended"
        and any(pill.iri == broker for pill in partners(relation))
        and any(pill.sector == sector for pill in partners(relation))
    )


def gaps_of(view: Shown) -> list[Gap]:
    """Return the pairs of sectors between which no tie is documented."""
    return [
        Gap((row["one"][0], row["other"][0]), row["law"][0])
        for row in chosen_data().kept(answers, lang(), PAIRS, view.asked.day)
        if row["ties"][0] == "0"
    ]
