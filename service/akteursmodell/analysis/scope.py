"""Which graphs belong to the matrix of one place, where a store holds the data of several.

The data of a place are the graphs of one folder (`data/viersen/…`). What stands in no folder, the
ontology, and the frame of the slides belong to every place.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from akteursmodell.graph.shipped import INFERRED
from akteursmodell.graph.store import Queryable, Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.rows import node, rows
from akteursmodell.vocabulary import BASE

__all__ = ["Place", "home", "places"]

FOLDER: Final = re.compile(re.escape(BASE) + r"data/([^/]+)/")
# Graphs with actors that really exist, and those with the frame.
PLACED: Final = """
SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?actor a akm:DocumentedActor } }
"""
FRAME: Final = """
SELECT DISTINCT ?graph WHERE {
  VALUES ?class { akm:TemplateActor akm:Perspective akm:PerspectiveReading akm:Slide }
  GRAPH ?graph { ?thing a ?class }
}
"""


@dataclass(frozen=True)
class Place:
    """A folder of data, and whether the frame of the slides lies in it."""

    name: str
    has_frame: bool
    graphs: tuple[NamedNode, ...]


def home(store: Store, thing: NamedNode) -> str:
    """Return the folder of data in which something is said of a thing, empty where none is."""
    graphs = (quad.graph_name for quad in store.quads(subject=thing))
    return next((name for g in graphs if isinstance(g, NamedNode) and (name := folder(g))), "")


def places(source: Queryable, graphs: Iterable[NamedNode]) -> tuple[Place, ...]:
    """Return the places whose data a store holds, the one with the frame first, then by name.

    `graphs` are all graphs of the store.
    """
    frame = graphs_of(source, FRAME)
    homes = {folder(graph) for graph in frame}
    names = {folder(graph) for graph in graphs_of(source, PLACED)} - {""}
    common: list[NamedNode] = []
    own: dict[str, list[NamedNode]] = defaultdict(list)
    for graph in graphs:
        if graph in frame or not folder(graph):
            common += [graph] if graph.value != INFERRED else []
        else:
            own[folder(graph)].append(graph)
    found = [Place(name, name in homes, (*common, *own[name])) for name in names]
    return tuple(sorted(found, key=lambda place: (not place.has_frame, place.name)))


def graphs_of(source: Queryable, query: str) -> set[NamedNode]:
    """Return the graphs that a query finds."""
    return {graph for row in rows(source, query) if (graph := node(row, "graph"))}


def folder(graph: NamedNode) -> str:
    """Return the folder in which a graph of data lies, empty for every other graph."""
    match = FOLDER.match(graph.value)
    return match[1] if match else ""
