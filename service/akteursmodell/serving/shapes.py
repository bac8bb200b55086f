"""Validation against foreign shapes in a worker, which is ended at its deadline."""

import json
from collections.abc import Callable, Iterator
from time import perf_counter

from akteursmodell.config import Settings
from akteursmodell.errors import NotFoundError, Text
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_body
from akteursmodell.graph.terms import DefaultGraph, NamedNode, Quad
from akteursmodell.query.worker import Outlet
from akteursmodell.validation.foreign import validate_against

__all__ = ["validating"]


def validating(settings: Settings) -> Callable[[EmbeddedStore, bytes, Outlet], None]:
    """Return what validates a graph of the store against the shapes of a request.

    The request is a line of JSON (`graph`: default, union or an IRI; `target`, `type`, `base`) and
    the shapes; the answer is JSON: the report as `data` and as `ntriples`, and `seconds`.
    """

    def validate(store: EmbeddedStore, payload: bytes, outlet: Outlet) -> None:
        line, _, body = payload.partition(b"\n")
        asked = json.loads(line)
        shapes = read_body(body, asked["type"], asked["base"])
        found = data_of(store, asked["graph"], strict=settings.strict)
        started = perf_counter()
        report = validate_against(found, shapes, asked["target"])
        told = {
            "data": report.as_data(),
            "ntriples": report.as_ntriples(),
            "seconds": perf_counter() - started,
        }
        outlet.write(json.dumps(told).encode())

    return validate


def data_of(store: EmbeddedStore, graph: str, *, strict: bool) -> Iterator[Quad]:
    """Return the quads to validate, as a query would see them; raises NotFoundError."""
    if graph == "default" and strict:
        return store.quads(graph=DefaultGraph())
    if graph in ("default", "union"):
        return (quad for quad in store.quads() if quad.graph_name not in store.hidden)
    name = NamedNode(graph)
    if name in store.hidden or not store.has_graph(name):
        raise NotFoundError(Text(f"Es gibt keinen Graphen {graph}.", f"There is no graph {graph}."))
    return store.quads(graph=name)
