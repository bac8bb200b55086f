"""`/data`: the SPARQL 1.1 Graph Store Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).

A graph is named by `?graph=`, by `?default`, or by its own path below `/data/`. An address of this
service stands for the graph of the same path in our namespace, so that data resolve on any host.
"""

import uuid

from flask import Blueprint, Response, request, url_for

from akteursmodell.config import Settings
from akteursmodell.errors import InputError, NotFoundError, Text, UnsupportedTypeError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.results import GRAPHS
from akteursmodell.updates.requests import Kind, WriteRequest
from akteursmodell.vocabulary import BASE
from akteursmodell.web.asking import Asked, graph_reading
from akteursmodell.web.backend import backend
from akteursmodell.web.changes import (
    UPDATE_TYPE,
    base_revision,
    outcome,
    signature,
    source,
    update_of_request,
)
from akteursmodell.web.incoming import Incoming
from akteursmodell.web.rehearsals import is_dry_run, rehearsed
from akteursmodell.web.tokens import require_token

__all__ = ["blueprint", "graph_asked"]

blueprint = Blueprint("graph_store", __name__)

PATH = "/data"
KINDS: dict[str, Kind] = {"PUT": "put", "POST": "post", "PATCH": "patch", "DELETE": "delete"}
WRITING = [*KINDS]
RDF_TYPES = frozenset(media for form in GRAPHS for media in form.media_types)
UNCLEAR = Text(
    "Nennen Sie einen Graphen: entweder ?default oder ?graph=…",
    "Name one graph: either ?default or ?graph=…",
)
NO_GRAPH = Text("Diesen Graphen gibt es nicht.", "There is no such graph.")


def graph_asked(incoming: Incoming, settings: Settings, store: EmbeddedStore) -> Asked | None:
    """Return the reading of a graph as a query, or None where no graph is named.

    Raises NotFoundError where there is no such graph.
    """
    default, names = incoming.first("default") is not None, incoming.all("graph")
    if not default and not names:
        return None
    graph = graph_named(default, names, incoming.address)
    if graph is not None and not store.has_graph(NamedNode(graph)):
        raise NotFoundError(NO_GRAPH)
    return graph_reading(graph, incoming, settings)


def graph_named(default: bool, names: list[str], address: str) -> str | None:
    """Return the graph that parameters name, None for the unnamed one."""
    if default and not names:
        return None
    if default or len(names) != 1:
        raise InputError(UNCLEAR)
    return graph_at(names[0], address)


def graph_at(name: str, address: str) -> str:
    """Return the graph behind an IRI; an address below this service's `/data/` is one of ours."""
    root = address[: address.index(PATH) + len(PATH)] + "/" if PATH in address else ""
    mapped = BASE + "data/" + name.removeprefix(root) if root and name.startswith(root) else name
    try:
        NamedNode(mapped)
    except ValueError:
        mapped = ""
    if ":" not in mapped:
        raise InputError(Text("graph ist keine ganze Adresse (IRI).", "graph is no absolute IRI."))
    return mapped


@blueprint.route(PATH, methods=WRITING)
def store() -> Response:
    """Write a graph that parameters name; POST without one makes a new graph."""
    default, names = "default" in request.args, request.args.getlist("graph")
    if request.method == "POST" and not default and not names:
        require_token()
        made = f"{BASE}data/{uuid.uuid4()}"
        answer = write("post", made)
        if is_dry_run():
            return answer
        address = url_for("graphs.graph", name=made.removeprefix(BASE + "data/"), _external=True)
        return Response(status=201, headers={"Location": address})
    return written(graph_named(default, names, request.base_url))


@blueprint.route(f"{PATH}/<path:name>", methods=WRITING)
def store_at(name: str) -> Response:
    """Write the graph of this path."""
    return written(graph_at(request.base_url, request.base_url.removesuffix("/" + name)))


def written(graph: str | None) -> Response:
    """Carry out a write of a graph and tell the outcome."""
    require_token()
    return write(KINDS[request.method], graph)


def write(kind: Kind, graph: str | None) -> Response:
    """Send the body, or the parts of a form together, to the gate."""
    author, reason = signature(f"Graph Store {request.method}")
    parts = [] if kind in ("delete", "patch") else bodies()
    wanted = WriteRequest(
        kind=kind,
        body=update_text() if kind == "patch" else b"".join(body for _, body in parts),
        author=author,
        reason=reason,
        base=graph or request.base_url,
        parts=tuple((media_type, len(body)) for media_type, body in parts),
        graph=graph,
        source=source(),
        revision=base_revision(),
    )
    if is_dry_run():
        return rehearsed(wanted)
    told = backend().write(wanted)
    return outcome(told, created=bool(told["created"]))


def update_text() -> bytes:
    """Return the update that a PATCH carries; raises UnsupportedTypeError for another body."""
    if request.mimetype != UPDATE_TYPE:
        raise UnsupportedTypeError(
            Text("PATCH nimmt eine SPARQL-Änderung.", "PATCH takes a SPARQL Update."),
            Text(f"Content-Type: {UPDATE_TYPE}", f"Content-Type: {UPDATE_TYPE}"),
        )
    return update_of_request().encode()


def bodies() -> list[tuple[str, bytes]]:
    """Return the RDF that a request carries, with its media type."""
    if request.mimetype == "multipart/form-data":
        parts = [(part.mimetype, part.read()) for _, part in request.files.items(multi=True)]
    else:
        parts = [(request.mimetype, request.get_data())]
    for media_type, _ in parts:
        if media_type not in RDF_TYPES:
            known = ", ".join(form.media_type for form in GRAPHS)
            raise UnsupportedTypeError(
                Text("Dieses Format nimmt der Dienst nicht an.", "This format is not accepted."),
                Text(f"Erlaubt: {known}", f"Accepted: {known}"),
            )
    return parts
