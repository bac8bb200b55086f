"""`/places`: the districts; `/places/…`: what there is in my district, and what is not known."""

from datetime import date

from flask import Blueprint, render_template

from akteursmodell.analysis.deadlines import unknown_deciders
from akteursmodell.analysis.local import Local, districts, local
from akteursmodell.analysis.unknowns import unknowns
from akteursmodell.errors import Lang, NotFoundError, Text
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.periods import STATES
from akteursmodell.vocabulary import ID
from akteursmodell.web.datasets import data_set
from akteursmodell.web.deadlines import NAMED, USUAL, ends
from akteursmodell.web.language import lang
from akteursmodell.web.paging import part_of

__all__ = ["blueprint"]

blueprint = Blueprint("places", __name__)


@blueprint.get("/places")
def index() -> str:
    """List the districts with how many sites are documented in each."""
    data = data_set()
    return render_template("places.html", part=part_of(data.kept(districts, lang())), data=data)


@blueprint.get("/places/<name>")
def page(name: str) -> str:
    """Show a district, neighbourhood or locality."""
    data = data_set([name])
    found: Local | None = data.kept(at, name, lang(), date.today())
    if found is None:
        raise NotFoundError(
            Text("Diesen Ort gibt es hier nicht.", "There is no such place here."),
            Text("Alle Stadtteile stehen auf /places.", "All districts are listed at /places."),
        )
    here = {site.site.iri for site in found.sites if not site.is_general}
    coming = data.kept(ends, lang(), date.today(), USUAL)
    return render_template(
        "place.html",
        local=found,
        ends=[
            each
            for each in (*coming.dated, *coming.undated)
            if here & {site.iri for site in each.sites}
        ],
        gaps=part_of(unknowns(data.store, found.gaps, lang())),
        deciders=data.kept(unknown_deciders, lang())[:NAMED],
        states=STATES,
    )


def at(store: Store, name: str, lang: Lang, today: date) -> Local | None:
    """Return what is known about the place of a name."""
    try:
        place = NamedNode(ID + name)
    except ValueError:
        return None
    return local(store, place, lang, today)
