"""`/network`: who works with whom, as a picture and as tables of the same content, and as files."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template, url_for

from akteursmodell.analysis.circle import draw
from akteursmodell.analysis.netfiles import connections, elements, gexf, graphml
from akteursmodell.analysis.network import MOST_STEPS, partners
from akteursmodell.analysis.relations import KINDS, TIES, Kind, Relation
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store
from akteursmodell.query.periods import STATES
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import find as find_question
from akteursmodell.questions.tables import tabulate
from akteursmodell.web.language import lang
from akteursmodell.web.netpictures import png, svg
from akteursmodell.web.netviews import COLOURS, SIZES, Shown, chosen_data, shown

__all__ = ["blueprint"]

blueprint = Blueprint("network", __name__)

BROKERS = "CQ22"
PAIRS = "CQ23"
WORKING: tuple[Kind, ...] = ("contract", "cooperation", "network", "funding")
KINDS_OF_FILE = {
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml",
    "elements.csv": "text/csv; charset=utf-8",
    "connections.csv": "text/csv; charset=utf-8",
}


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
    if ending in ("svg", "png"):
        links = {broker.iri for broker in brokers_of(view)}
        body = svg(view, links).encode() if ending == "svg" else png(view, links)
    elif ending == "gexf":
        body = gexf(found, names, lang(), view.told)
    elif ending == "graphml":
        body = graphml(found, names, lang(), view.told)
    elif ending == "elements.csv":
        body = elements(found, names)
    else:
        body = connections(found, lang())
    answer = Response(body, content_type=KINDS_OF_FILE[ending])
    if ending not in ("svg", "png"):
        answer.headers["Content-Disposition"] = f"attachment; filename=network.{ending}"
    return answer


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
