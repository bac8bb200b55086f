"""`/history`: every data state, who made it and why, and what it altered.

A page, PROV-O by ending or by Accept, and the change as RDF Patch (`.rdfp`). All of it is read from
the journal's file; nothing here asks the process that writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    make_response,
    render_template,
    request,
    stream_with_context,
    url_for,
)

from akteursmodell.analysis.history import Origin, changed_things, origins
from akteursmodell.errors import InputError, NotFoundError, Text
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.terms import NamedNode
from akteursmodell.history.as_of import difference, quads_at
from akteursmodell.history.blame import blame
from akteursmodell.history.journal import Journal
from akteursmodell.history.patches import PATCH_TYPE, patch
from akteursmodell.history.provenance import described
from akteursmodell.history.revisions import Revision, entered, inferred
from akteursmodell.query.rows import is_entered
from akteursmodell.web import context
from akteursmodell.web.forms import Form, dress, forms, rdf
from akteursmodell.web.language import lang
from akteursmodell.web.negotiation import accepts, rdf_by_accept

__all__ = ["blueprint", "journal", "recent"]

blueprint = Blueprint("history", __name__)

PAGE = 50
RECENT = 20
ENDING = "<any(ttl, jsonld, rdf, nt):ending>"
LINES = 1000
NQUADS = "application/n-quads"
NO_THING = Text("Nennen Sie einen Eintrag: ?thing=…", "Name an entry: ?thing=…")


@contextmanager
def journal() -> Iterator[Journal]:
    """Read the journal of this service; one without entries where it keeps none."""
    file: Path | None = current_app.extensions["akteursmodell"]["journal"]
    if file is not None:
        with Journal.reading(file) as found:
            yield found
        return
    made = Journal.in_memory()
    made.set_mark("begins", str(context.store().revision))
    yield made
    made.close()


def address() -> str:
    """Return the address of the history on this service."""
    return url_for("history.index", _external=True)


def read(number: int) -> tuple[Revision, ChangeSet, int]:
    """Return a data state that readers have, its change, and where the history begins."""
    with journal() as found:
        if number > context.store().revision:
            raise found.unknown(number)
        return found.revision(number), found.change(number), found.begins


@blueprint.get("/history")
def index() -> str:
    """List the data states, newest first."""
    store, given = context.store(), request.args
    before = given.get("before", 0, int)
    with journal() as found:
        listed = found.revisions(
            until=store.revision,
            before=before,
            graph=given.get("graph", ""),
            author=given.get("author", ""),
            most=PAGE + 1,
        )
        return render_template(
            "history.html",
            revisions=listed[:PAGE],
            older=listed[PAGE - 1].number if len(listed) > PAGE else 0,
            first_page=not before,
            authors=found.authors(),
            graphs=found.graphs(),
            begins=found.begins,
            present=store.revision,
        )


@blueprint.get("/history.atom")
def feed() -> Response:
    """Tell the newest data states as Atom (RFC 4287)."""
    with journal() as found:
        begins = found.begins
        listed = found.revisions(until=context.store().revision, most=PAGE)
    xml = render_template("history_feed.xml", revisions=listed, address=address(), begins=begins)
    return Response(xml, content_type="application/atom+xml; charset=utf-8")


def offered(number: int) -> list[Form]:
    """Return the forms of a data state."""
    return [
        Form("RDF Patch", url_for("history.as_patch", number=number), PATCH_TYPE),
        *forms(lambda ending: url_for("history.as_rdf", number=number, ending=ending)),
    ]


@blueprint.get("/history/<int:number>")
def revision(number: int) -> Response:
    """Show what a data state altered; with `?since=` what all of them since that one did."""
    told, change, begins = read(number)
    if accepts().best_match(["text/html", "text/turtle", PATCH_TYPE]) == PATCH_TYPE:
        return dress(as_patch(number), offered(number))
    ending = rdf_by_accept()
    if ending:
        return dress(as_rdf(number, ending), offered(number))
    since = request.args.get("since", type=int)
    if since is not None:
        with journal() as found:
            change = difference(found, since, number)
    store = context.store()
    people, more = changed_things(store, entered(change), lang())
    follows, more_follows = changed_things(store, inferred(change), lang())
    html = render_template(
        "revision.html",
        told=told,
        since=since,
        people=people,
        more=more,
        follows=follows,
        more_follows=more_follows,
        created=sorted(graph.value for graph in change.created),
        dropped=sorted(graph.value for graph in change.dropped),
        begins=begins,
        present=store.revision,
        forms=offered(number),
    )
    return dress(make_response(html), offered(number))


@blueprint.get(f"/history/<int:number>.{ENDING}")
def as_rdf(number: int, ending: str) -> Response:
    """Describe a data state in PROV-O."""
    told, _, begins = read(number)
    return rdf(described(told, address(), begins), ending)


@blueprint.get("/history/<int:number>.rdfp")
def as_patch(number: int) -> Response:
    """Give the change that led to a data state as RDF Patch, what follows included."""
    _, change, _ = read(number)
    return Response(patch(change, number, address()), content_type=f"{PATCH_TYPE}; charset=utf-8")


@blueprint.get("/history/<int:number>/data.nq")
def data(number: int) -> Response:
    """Give all data as they were, what followed included, as N-Quads."""
    store = context.store()
    with journal() as found:
        if number > store.revision:
            raise found.unknown(number)
        quads = quads_at(store, found, store.revision, number)

    def lines() -> Iterator[str]:
        held = []
        for quad in quads:
            held.append(f"{quad} .\n")
            if len(held) == LINES:
                yield "".join(held)
                held.clear()
        yield "".join(held)

    name = f"akteursmodell-{number}.nq"
    answer = Response(stream_with_context(lines()), content_type=NQUADS)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.get("/history/blame")
def since_when() -> Response:
    """Tell as JSON since when, by whom and why each statement about a thing stands there."""
    try:
        thing = NamedNode(request.args["thing"])
    except (KeyError, ValueError):
        raise InputError(NO_THING) from None
    store = context.store()
    present = [quad for quad in store.quads(subject=thing) if is_entered(quad)]
    if not present:
        raise NotFoundError(Text("Diesen Eintrag gibt es nicht.", "There is no such entry."))
    with journal() as found:
        told = blame(found, thing, present, store.revision)
    return jsonify(
        [
            {
                "revision": each.revision.number if each.revision else None,
                "time": each.revision.time if each.revision else None,
                "author": each.revision.author if each.revision else None,
                "reason": each.revision.reason if each.revision else None,
                "source": each.revision.source if each.revision else None,
                "statements": [str(quad) for quad in each.quads],
            }
            for each in told
        ]
    )


@dataclass(frozen=True)
class Past:
    """Since when the statements about a thing stand there, and each change that touched it."""

    origins: list[Origin]
    changes: list[Revision]


def recent(iri: str) -> Past:
    """Return the history of a thing, for its page; of very many changes the newest ones."""
    store = context.store()
    with journal() as found:
        numbers = [n for n in found.touching([str(NamedNode(iri))]) if n <= store.revision]
        changes = [found.revision(number) for number in sorted(numbers, reverse=True)[:RECENT]]
        return Past(origins(store, found, iri, lang()), changes)
