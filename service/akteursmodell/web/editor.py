"""What the editor asks for: words to complete, labels of things; all from this service."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from akteursmodell.analysis.completions import Entry, classes, entries, properties, things
from akteursmodell.errors import InputError, Lang, Text
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.labels import labels
from akteursmodell.questions.catalogue import catalogue
from akteursmodell.vocabulary import PREFIXES
from akteursmodell.web import context
from akteursmodell.web.language import lang
from akteursmodell.web.links import address

__all__ = ["Index", "blueprint"]

blueprint = Blueprint("editor", __name__)

LONGEST = 200
SHORTEST = 2
MOST_LABELS = 2000
WRONG = Text(
    "Erwartet wird eine JSON-Liste von höchstens 2000 Adressen.",
    "A JSON list of at most 2000 addresses is expected.",
)


@blueprint.get("/editor/terms.json")
def terms() -> Response:
    """Give prefixes, classes, properties and examples."""
    store = context.store()
    return kept(
        {
            "prefixes": PREFIXES,
            "classes": [asdict(each) for each in classes(store, lang())],
            "properties": [asdict(each) for each in properties(store, lang())],
            "examples": [
                {"id": each.id, "title": each.title.in_(lang())} for each in catalogue().values()
            ],
        }
    )


class Index:
    """Keeps the entries of the present data state, in each language."""

    def __init__(self) -> None:
        """Begin without any."""
        self._kept: dict[Lang, tuple[int, tuple[Entry, ...]]] = {}

    def current(self) -> tuple[Entry, ...]:
        """Return the entries in the language of the request."""
        store = context.store()
        revision, found = self._kept.get(lang(), (-1, ()))
        if revision != store.revision:
            revision, found = store.revision, entries(store, lang())
            self._kept[lang()] = revision, found
        return found


@blueprint.get("/editor/things.json")
def matches() -> Response:
    """Give the entries whose name fits what is typed."""
    wanted = " ".join(request.args.get("q", "").split())[:LONGEST]
    index: Index = current_app.extensions["akteursmodell"]["entries"]
    found = things(index.current(), wanted) if len(wanted) >= SHORTEST else []
    return kept([asdict(each) for each in found])


@blueprint.post("/editor/labels.json")
def words() -> Response:
    """Give the label and the page of each address of a result."""
    asked = request.get_json(silent=True)
    if not isinstance(asked, list) or len(asked) > MOST_LABELS:
        raise InputError(WRONG)
    nodes = [term for iri in asked if (term := named(iri))]
    found = labels(context.store(), nodes, lang())
    return jsonify({n.value: {"label": found[n], "page": address(n.value)} for n in nodes})


def named(iri: object) -> NamedNode | None:
    """Return the node of an address, or None where it is none."""
    try:
        return NamedNode(iri) if isinstance(iri, str) else None
    except ValueError:
        return None


def kept(content: Any) -> Response:
    """Answer with JSON that a browser may keep while the data stay as they are."""
    answer = jsonify(content)
    answer.cache_control.no_cache = True
    answer.vary.add("Cookie")
    answer.add_etag()
    return answer.make_conditional(request)  # type: ignore[return-value]  # it returns itself
