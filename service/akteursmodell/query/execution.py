"""Answering a read-only query over a store, without any call to the outside."""

from akteursmodell.graph.store import Answer, Queryable
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.outside import refuse_outside_calls

__all__ = ["answer"]


def answer(
    store: Queryable,
    text: str,
    *,
    default_graphs: list[NamedNode] | None = None,
    named_graphs: list[NamedNode] | None = None,
) -> Answer:
    """Answer a query.

    Raises ForbiddenError for SERVICE, SourceSyntaxError with the place; an update is no query.
    """
    refuse_outside_calls(text)
    return store.query(text, default_graphs=default_graphs, named_graphs=named_graphs)
