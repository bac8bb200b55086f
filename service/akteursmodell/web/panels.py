"""`/matrix/thing/…`: what the side panel of the matrix tells about an actor or a relation."""

from flask import Blueprint, render_template

from akteursmodell.analysis.relations import KINDS, Relation
from akteursmodell.analysis.things import describe
from akteursmodell.errors import NotFoundError, Text
from akteursmodell.query.periods import STATES
from akteursmodell.vocabulary import ID
from akteursmodell.web import context
from akteursmodell.web.asked import day
from akteursmodell.web.language import lang
from akteursmodell.web.links import correction
from akteursmodell.web.matrix import ground_on

__all__ = ["blueprint"]

blueprint = Blueprint("panels", __name__)


@blueprint.get("/matrix/thing/<name>")
def panel(name: str) -> str:
    """Tell in short about a thing of the matrix; the page of the thing tells everything."""
    thing = describe(context.store(), ID + name, lang(), day())
    if thing is None:
        raise NotFoundError(Text("Diesen Eintrag gibt es nicht.", "There is no such entry."))
    _, found = ground_on(day())
    contact = context.settings().contact
    subject = Text(f"Korrektur: {thing.label}", f"Correction: {thing.label}").in_(lang())
    return render_template(
        "matrix-panel.html",
        thing=thing,
        relation=next((r for r in found.relations if r.iri == thing.iri), None),
        relations=[each for each in found.relations if takes_part(each, thing.iri)],
        kinds=KINDS,
        states=STATES,
        correct=correction(contact, subject, thing.iri),
        contact=contact,
    )


def takes_part(relation: Relation, iri: str) -> bool:
    """Whether a relation has an actor as its partner, or is about a contact point."""
    return iri in relation.sites or any(pill.iri == iri for pill in relation.pills)
