"""CREATE, CLEAR, DROP, ADD, COPY and MOVE on a trial replica.

See https://www.w3.org/TR/sparql11-update/#graphManagement. Of what the standard leaves open: a
graph that is empty exists; a source that does not exist is an error, and with SILENT nothing
happens (a slip of the pen must not empty the target).
"""

from typing import TypeAlias

from akteursmodell.errors import InputError, Text
from akteursmodell.graph.terms import DefaultGraph, NamedNode
from akteursmodell.updates.request import GraphOperation
from akteursmodell.updates.templates import retargeted
from akteursmodell.updates.trial import Trial, refuse_read_only, writable

__all__ = ["do_graph_operation"]

DEFAULT = DefaultGraph()
OneGraph: TypeAlias = NamedNode | DefaultGraph


def do_graph_operation(
    trial: Trial,
    operation: GraphOperation,
    target: OneGraph | None,
    source: OneGraph | None,
) -> None:
    """Do the operation; the target is None where it is NAMED or ALL, the source where none is.

    Raises InputError where a graph is missing or there already and the operation is not SILENT,
    ForbiddenError for graphs that only a release changes, SILENT or not.
    """
    if isinstance(target, NamedNode):
        refuse_read_only([target])
    if target is None:
        empty_all(trial, operation)
    elif source is not None:
        transfer(trial, operation, source, target)
    elif operation.verb == "CREATE":
        create(trial, operation, target)
    elif exists(trial, operation, target):
        empty(trial, operation, target)


def create(trial: Trial, operation: GraphOperation, graph: OneGraph) -> None:
    """Make an empty graph."""
    if isinstance(graph, NamedNode) and not trial.replica.has_graph(graph):
        trial.step(created=[graph])
    elif not operation.silent:
        name = graph.value if isinstance(graph, NamedNode) else "DEFAULT"
        raise InputError(
            Text(f"Den Graphen {name} gibt es schon.", f"The graph {name} exists already."),
            Text("Mit CREATE SILENT ist das kein Fehler.", "With CREATE SILENT it is no error."),
        )


def transfer(trial: Trial, operation: GraphOperation, source: OneGraph, target: OneGraph) -> None:
    """Do ADD, COPY or MOVE."""
    if not exists(trial, operation, source) or source == target:
        return
    quads = list(trial.replica.quads(graph=source))
    present = [] if operation.verb == "ADD" else list(trial.replica.quads(graph=target))
    trial.step(present, [retargeted(quad, target) for quad in quads], created=named(target))
    if operation.verb == "MOVE":
        trial.step(quads, dropped=named(source))


def empty_all(trial: Trial, operation: GraphOperation) -> None:
    """Do CLEAR or DROP with NAMED or ALL, which mean the graphs that maintainers change."""
    for graph in filter(writable, trial.replica.named_graphs()):
        empty(trial, operation, graph)
    if operation.target == "ALL":
        empty(trial, operation, DEFAULT)


def empty(trial: Trial, operation: GraphOperation, graph: OneGraph) -> None:
    """Do CLEAR or DROP with one graph."""
    dropped = named(graph) if operation.verb == "DROP" else []
    trial.step(list(trial.replica.quads(graph=graph)), dropped=dropped)


def named(graph: OneGraph) -> list[NamedNode]:
    """Return the graph where it has a name."""
    return [graph] if isinstance(graph, NamedNode) else []


def exists(trial: Trial, operation: GraphOperation, graph: OneGraph) -> bool:
    """Whether a graph exists; raises InputError if it does not and the operation is not SILENT."""
    if not isinstance(graph, NamedNode) or trial.replica.has_graph(graph):
        return True
    if operation.silent:
        return False
    verb = operation.verb
    raise InputError(
        Text(f"Es gibt keinen Graphen {graph.value}.", f"There is no graph {graph.value}."),
        Text(f"Mit {verb} SILENT ist das kein Fehler.", f"With {verb} SILENT it is no error."),
    )
