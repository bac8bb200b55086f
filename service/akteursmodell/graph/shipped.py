"""Loading of what the package ships: the ontology always as released, the data once."""

from pathlib import Path

from akteursmodell.graph.changeset import ChangeSet, content_digest, skolemise
from akteursmodell.graph.files import graph_of, read_file
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.resources import data_files, ontology_files
from akteursmodell.vocabulary import BASE

__all__ = ["READ_ONLY", "load_shipped", "read_shipped"]

READ_ONLY = (BASE + "ontology/", BASE + "shapes/", BASE + "system")
AUTHOR = "akteursmodell"


def read_shipped(files: list[Path]) -> list[Quad]:
    """Read shipped files, each into its own graph."""
    return [quad for file in files for quad in skolemise(read_file(file, graph_of(file)))]


def load_shipped(store: Store, *, data: bool = True) -> int:
    """Bring the ontology to this release, and the data in if there are none yet.

    Returns the number of quads changed. Data that somebody changed are never touched.
    """
    wanted = store.canonical(read_shipped(ontology_files()))
    present = {
        quad
        for graph in store.graphs()
        if graph.value.startswith(BASE + "ontology/")
        for quad in store.quads(graph=graph)
    }
    if data and not has_data(store.graphs()):
        wanted |= store.canonical(read_shipped(data_files()))
    change = ChangeSet(
        deletes=frozenset(present - wanted),
        inserts=frozenset(wanted - present),
        author=AUTHOR,
        reason=f"shipped files {content_digest(wanted)}",
    )
    if not change.is_empty:
        store.apply(change)
    return len(change.deletes) + len(change.inserts)


def has_data(graphs: list[NamedNode]) -> bool:
    """Whether any graph is not part of the release's ontology."""
    return any(not graph.value.startswith(BASE + "ontology/") for graph in graphs)
