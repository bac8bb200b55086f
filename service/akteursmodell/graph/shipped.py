"""Loading of what the package ships: the ontology always as released, the data once."""

from pathlib import Path

from akteursmodell import __version__
from akteursmodell.graph.changeset import ChangeSet, content_digest, skolemise
from akteursmodell.graph.files import graph_of, read_file
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import Graph, NamedNode, Quad
from akteursmodell.resources import data_files, ontology_files
from akteursmodell.vocabulary import BASE, SYSTEM_GRAPH

__all__ = [
    "DESCRIPTION",
    "INFERRED",
    "INTERNAL",
    "READ_ONLY",
    "is_internal",
    "load_shipped",
    "read_shipped",
    "shipped_change",
]

ONTOLOGY = BASE + "ontology/"
INFERRED = BASE + "inferred"
DESCRIPTION = BASE + "description"
INTERNAL = (INFERRED, DESCRIPTION, BASE + "history", SYSTEM_GRAPH)
READ_ONLY = (ONTOLOGY, BASE + "shapes/", *INTERNAL)
AUTHOR = "release"


def read_shipped(files: list[Path]) -> list[Quad]:
    """Read shipped files, each into its own graph."""
    return [quad for file in files for quad in skolemise(read_file(file, graph_of(file)))]


def load_shipped(store: Store, *, data: bool = True) -> int:
    """Bring the ontology to this release, and the data in if there are none yet.

    Returns the number of quads changed. Data that somebody changed are never touched.
    """
    change = shipped_change(store, data=data)
    if not change.is_empty:
        store.apply(change)
    return len(change.deletes) + len(change.inserts)


def shipped_change(store: Store, *, data: bool = True) -> ChangeSet:
    """Return what has to change so that a store holds what is shipped."""
    wanted = store.canonical(read_shipped(ontology_files()))
    present = {
        quad
        for graph in store.graphs()
        if graph.value.startswith(ONTOLOGY)
        for quad in store.quads(graph=graph)
    }
    if data and not has_data(store.graphs()):
        wanted |= store.canonical(read_shipped(data_files()))
    return ChangeSet(
        deletes=frozenset(present - wanted),
        inserts=frozenset(wanted - present),
        author=AUTHOR,
        reason=f"Version {__version__} ({content_digest(wanted)})",
    )


def has_data(graphs: list[NamedNode]) -> bool:
    """Whether any graph is neither part of the release's ontology nor inferred."""
    return any(not graph.value.startswith((ONTOLOGY, INFERRED)) for graph in graphs)


def is_internal(graph: Graph) -> bool:
    """Whether a graph is kept by the service itself: nobody enters anything there."""
    return isinstance(graph, NamedNode) and graph.value.startswith(INTERNAL)
