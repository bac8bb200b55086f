"""`/gaps`: what is not known, contradictory, old or lost; `/tell/…`: how to say what one knows."""

from collections import Counter
from datetime import date

from flask import Blueprint, render_template, request

from akteursmodell.analysis.open_points import (
    OpenPoint,
    Stale,
    choose,
    choose_stale,
    open_points,
    stale_statements,
)
from akteursmodell.analysis.pieces import Piece
from akteursmodell.analysis.things import Thing, describe
from akteursmodell.analysis.unknowns import unknowns
from akteursmodell.errors import NotFoundError, Text
from akteursmodell.graph.terms import NamedNode
from akteursmodell.vocabulary import ID
from akteursmodell.web import context
from akteursmodell.web.datasets import data_set
from akteursmodell.web.language import lang
from akteursmodell.web.links import letter
from akteursmodell.web.paging import Part, part_of

__all__ = ["blueprint"]

blueprint = Blueprint("gaps", __name__)

LONGEST_SEARCH = 200
OFFERED = 100
KINDS = {
    "gap": Text("Wissenslücken", "Knowledge gaps"),
    "conflict": Text("Widersprüche", "Contradictions"),
    "stale": Text("Alte Angaben", "Old statements"),
    "lost": Text("Von den Folien verloren", "Lost from the slides"),
}
BODY = Text(
    "Es geht um: {label}\n{iri}\n(Datenstand {revision})\n\n"
    "Was ich dazu weiß:\n\n\nWoher ich es weiß (Dokument oder Adresse, mit Datum):\n\n\n"
    "Bitte nennen Sie Stellen und Funktionen, keine Namen von Personen.\n",
    "This is about: {label}\n{iri}\n(data state {revision})\n\n"
    "What I know about it:\n\n\nHow I know it (document or address, with its date):\n\n\n"
    "Please name bodies and posts, no names of persons.\n",
)


@blueprint.get("/gaps")
def page() -> str:
    """List what is open, of one kind, narrowed by words and by who could know."""
    show = request.args.get("show", "gap")
    if show not in KINDS:
        known = ", ".join(KINDS)
        raise NotFoundError(
            Text("Diese Art von Lücke gibt es nicht.", "There is no such kind of gap."),
            Text(f"Vorhanden: {known}", f"Available: {known}"),
        )
    wanted = " ".join(request.args.get("q", "").split())[:LONGEST_SEARCH]
    who = request.args.get("who", "").strip()
    data = data_set([who] if who else [])
    points = data.kept(open_points, lang())
    old = data.kept(stale_statements, lang(), date.today())
    counts = {kind: sum(point.kind == kind for point in points) for kind in KINDS}
    counts["stale"] = len(old)
    asked = ID + who if who else ""
    chosen = choose(points, show, wanted, asked)
    stale = choose_stale(old, wanted, asked) if show == "stale" else []
    shown: Part[OpenPoint] = part_of(chosen)
    shown_stale: Part[Stale] = part_of(stale)
    gaps = [NamedNode(point.name.iri) for point in shown.items]
    return render_template(
        "gaps.html",
        data=data,
        kinds=KINDS,
        counts=counts,
        show=show,
        wanted_gap=wanted,
        who=who,
        actors=actors([each.who for each in (old if show == "stale" else points)], asked),
        part=shown_stale if show == "stale" else shown,
        unknowns=unknowns(data.store, gaps, lang()),
        contact=context.settings().contact,
        revision=context.store().revision,
    )


def actors(groups: list[tuple[Piece, ...]], chosen: str) -> list[tuple[str, str]]:
    """Return who is named among open points: the name in the address and the label.

    Of very many only those named most often are offered, and the one that was chosen.
    """
    named = Counter(piece for group in groups for piece in group)
    often = [piece for piece, _ in named.most_common(OFFERED)]
    often += [piece for piece in named if piece.iri == chosen and piece not in often]
    found = [(piece.iri.removeprefix(ID), piece.text) for piece in often]
    return sorted(found, key=lambda each: each[1].casefold())


@blueprint.get("/tell/<name>")
def tell(name: str) -> str:
    """Say how to pass on what one knows about an entry: a prepared message, and where it goes."""
    found: Thing | None = describe(context.store(), ID + name, lang(), date.today())
    if found is None:
        raise NotFoundError(Text("Diesen Eintrag gibt es nicht.", "There is no such entry."))
    settings, revision = context.settings(), context.store().revision
    subject = Text(f"Hinweis zu: {found.label}", f"Note on: {found.label}").in_(lang())
    body = BODY.in_(lang()).format(label=found.label, iri=found.iri, revision=revision)
    gap = unknowns(context.store(), [NamedNode(found.iri)], lang())[0]
    return render_template(
        "tell.html",
        thing=found,
        subject=subject,
        body=body,
        who=gap.could_know,
        href=letter(settings.contact, subject, body),
        contact=settings.contact,
    )
