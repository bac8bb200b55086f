"""What every store can do; the embedded one is the first of them."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeAlias

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.terms import (
    Graph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Subject,
    Term,
)

__all__ = ["Answer", "Queryable", "Readable", "Store"]

Answer: TypeAlias = QuerySolutions | QueryTriples | QueryBoolean


class Queryable(Protocol):
    """Whatever answers SPARQL: a store, or a service on another machine."""

    def query(
        self,
        text: str,
        *,
        default_graphs: list[NamedNode] | None = None,
        named_graphs: list[NamedNode] | None = None,
    ) -> Answer:
        """Answer a SPARQL query; the default graph is the union unless graphs are named.

        Raises SourceSyntaxError with line and column.
        """
        ...


class Readable(Protocol):
    """Whatever holds quads: a store, or data put together for a while."""

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        """Iterate over the quads that match a pattern; None matches everything."""
        ...


class Store(Queryable, Readable, Protocol):
    """Named graphs that can be asked, and changed by change sets only."""

    def graphs(self) -> list[NamedNode]:
        """Return the named graphs that hold something, sorted, without the system's own."""
        ...

    def named_graphs(self) -> list[NamedNode]:
        """Return all named graphs, empty ones and the system's own too."""
        ...

    def size(self) -> int:
        """Return the number of quads."""
        ...

    @property
    def revision(self) -> int:
        """The number of changes applied so far; 0 before the first."""
        ...

    def canonical(self, quads: Iterable[Quad]) -> frozenset[Quad]:
        """Return the quads as this store would keep them."""
        ...

    def apply(self, change: ChangeSet) -> int:
        """Apply an effective change in one transaction and return the new revision.

        All of it is stored, with the revision number, or nothing.
        """
        ...

    def close(self) -> None:
        """Let go of files and locks."""
        ...
