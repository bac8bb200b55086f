"""PATCH of one graph by a SPARQL Update, which sees that graph alone.

Protocol: https://www.w3.org/TR/sparql11-http-rdf-update/#http-patch
"""

from collections.abc import Callable

from akteursmodell.errors import InputError, Text
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import DefaultGraph, NamedNode
from akteursmodell.updates.templates import retargeted
from akteursmodell.updates.trial import Trial

__all__ = ["patch_graph"]

DEFAULT = DefaultGraph()
ONE_GRAPH = Text(
    "PATCH ändert nur den Graphen der Adresse; der Text nennt auch andere.",
    "PATCH changes the graph of the address only; the text names others too.",
)
UPDATE = Text("Mehrere Graphen ändert /update.", "/update changes several graphs.")


def patch_graph(
    trial: Trial, graph: NamedNode | DefaultGraph, update: Callable[[Trial], None]
) -> None:
    """Do an update on a graph as if it were all there is, and its default graph.

    Raises what the update raises, and InputError where it changes another graph.
    """
    alone = EmbeddedStore.in_memory()
    alone.fill(retargeted(quad, DEFAULT) for quad in trial.replica.quads(graph=graph))
    within = Trial(alone)
    update(within)
    change = within.change("", "", None)
    quads = (*change.deletes, *change.inserts)
    if change.created or any(quad.graph_name != DEFAULT for quad in quads):
        raise InputError(ONE_GRAPH, UPDATE)
    trial.step(
        (retargeted(quad, graph) for quad in change.deletes),
        (retargeted(quad, graph) for quad in change.inserts),
        created=frozenset({graph} if isinstance(graph, NamedNode) else ()),
    )
