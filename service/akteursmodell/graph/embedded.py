"""The embedded store: Oxigraph, in memory or in a folder."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import IO, TypeAlias

import pyoxigraph as oxigraph

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.faults import query_fault
from akteursmodell.graph.folders import check_new_folder, not_opened
from akteursmodell.graph.prefixes import undeclared
from akteursmodell.graph.store import Answer, Store
from akteursmodell.graph.terms import (
    Graph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Subject,
    Term,
    Triple,
)
from akteursmodell.graph.tokens import names_dataset, one_reading
from akteursmodell.graph.touched import Touched
from akteursmodell.graph.writing import UpdateWriter
from akteursmodell.vocabulary import PREFIXES, SYSTEM_GRAPH

__all__ = ["EmbeddedStore", "Row"]

SYSTEM = NamedNode(SYSTEM_GRAPH)
REVISION = NamedNode(SYSTEM_GRAPH + "/revision")
XSD_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")
LARGE = 10_000
"""Quads from which on their order counts: in random order some queries take 1.4 times (bench)."""
Row: TypeAlias = "tuple[Term | None, ...]"


class EmbeddedStore:
    """Oxigraph behind the store protocol.

    `strict` makes the unnamed graph the default graph of queries; else it is the union of all.
    `hidden` are graphs that queries do not see, which costs time where there are many graphs.
    """

    strict = False
    hidden: frozenset[NamedNode] = frozenset()

    def __init__(self, engine: oxigraph.Store) -> None:
        """Wrap an engine; use `in_memory` or `open` to make one."""
        self._engine = engine
        self._touched = Touched()

    @classmethod
    def in_memory(cls) -> "EmbeddedStore":
        """Return an empty store that is gone with the process."""
        return cls(oxigraph.Store())

    @classmethod
    def replica_of(cls, store: Store, without: Callable[[Graph], bool]) -> "EmbeddedStore":
        """Return a copy in memory of a store, without the graphs of which `without` is true."""
        engine = oxigraph.Store()
        named = store.named_graphs()
        left_out = {graph for graph in named if without(graph)}
        engine.bulk_extend(quad for quad in store.quads() if quad.graph_name not in left_out)
        for graph in named:
            if graph not in left_out:
                engine.add_graph(graph)
        return cls(engine)

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> "EmbeddedStore":
        """Open the store in a folder; raises StoreError where there is none or it is in use."""
        if not (folder / "CURRENT").is_file():
            check_new_folder(folder, create=create)
        try:
            return cls(oxigraph.Store(str(folder)))
        except OSError as fault:
            raise not_opened(folder, fault) from None

    def query(
        self,
        text: str,
        *,
        default_graphs: list[NamedNode] | None = None,
        named_graphs: list[NamedNode] | None = None,
        base: str | None = None,
    ) -> Answer:
        """Answer a SPARQL query over the union of all graphs, or over those named.

        A strict store asks the unnamed graph instead of the union, as the standard has it.
        """
        chosen = default_graphs is not None or named_graphs is not None
        union = not chosen and not self.strict and not names_dataset(text)
        if union and self.hidden:
            default_graphs = named_graphs = [g for g in self.graphs() if g not in self.hidden]
            chosen, union = True, False
        try:
            return self._engine.query(
                one_reading(text),
                base_iri=base,
                prefixes={name: PREFIXES[name] for name in undeclared(text)},
                use_default_graph_as_union=union,
                default_graph=[*(default_graphs or [])] if chosen else None,
                named_graphs=[*(named_graphs or [])] if chosen else None,
            )
        except SyntaxError as fault:
            raise query_fault(text, fault) from None

    def seen(
        self, subject: Subject, predicate: NamedNode | None, object: Term | None, most: int
    ) -> list[Triple]:
        """Return up to `most` triples of a pattern, as a query finds them where nothing is hidden.

        A triple that two graphs hold comes twice, as in the engine's union.
        """
        graph = oxigraph.DefaultGraph() if self.strict else None
        quads = self._engine.quads_for_pattern(subject, predicate, object, graph)
        return [quad.triple for quad in islice(quads, most)]

    def rows(
        self,
        text: str,
        variables: list[str],
        *,
        default_graphs: list[NamedNode] | None = None,
        named_graphs: list[NamedNode] | None = None,
        union: bool = False,
    ) -> list[Row]:
        """Return the values of some variables in each solution, as an update sees the data.

        The default graph is the strict one, unless the query, the caller or `union` chooses.
        """
        answer = self._engine.query(
            text,
            prefixes=PREFIXES,
            use_default_graph_as_union=union,
            default_graph=[*default_graphs] if default_graphs is not None else None,
            named_graphs=[*named_graphs] if named_graphs is not None else None,
        )
        if not isinstance(answer, oxigraph.QuerySolutions):
            raise TypeError(text)
        return [tuple(row[name] for name in variables) for row in answer]

    def bound(
        self,
        text: str,
        bindings: Mapping[str, Term],
        functions: Mapping[str, Callable[[], Term]] | None = None,
    ) -> list[dict[str, Term]]:
        """Return the solutions of a SELECT whose projection has some variables bound beforehand.

        It asks the union of all graphs. An expression sees no such variable, only a pattern and a
        filter beside one do (measured with 0.5.13); there `functions` stand in.
        """
        answer = self._engine.query(
            text,
            substitutions={oxigraph.Variable(name): term for name, term in bindings.items()},
            custom_functions={NamedNode(iri): each for iri, each in (functions or {}).items()},
            use_default_graph_as_union=True,
        )
        if not isinstance(answer, oxigraph.QuerySolutions):
            raise TypeError(text)
        names = [variable.value for variable in answer.variables]
        return [{name: row[name] for name in names if row[name] is not None} for row in answer]

    def holds(self, quad: Quad) -> bool:
        """Whether this quad is stored."""
        return quad in self._engine

    def has_graph(self, graph: NamedNode) -> bool:
        """Whether a named graph exists, be it empty."""
        return self._engine.contains_named_graph(graph)

    def named_graphs(self) -> list[NamedNode]:
        """Return all named graphs, empty ones and the system's own too."""
        return [g for g in self._engine.named_graphs() if isinstance(g, NamedNode)]

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        """Iterate over the quads that match a pattern."""
        return self._engine.quads_for_pattern(subject, predicate, object, graph)

    def graphs(self) -> list[NamedNode]:
        """Return the named graphs that hold something, sorted, without the system's own."""
        names = [g for g in self._engine.named_graphs() if isinstance(g, NamedNode)]
        filled = (g for g in names if g != SYSTEM and next(self.quads(graph=g), None))
        return sorted(filled, key=lambda g: g.value)

    @property
    def revision(self) -> int:
        """The number of changes applied so far."""
        quad = next(self.quads(SYSTEM, REVISION, None, SYSTEM), None)
        return int(quad.object.value) if quad and isinstance(quad.object, Literal) else 0

    def canonical(self, quads: Iterable[Quad]) -> frozenset[Quad]:
        """Return the quads with the terms as Oxigraph keeps them (`"01"` becomes `"1"`)."""
        probe = oxigraph.Store()
        probe.extend(quads)
        return frozenset(probe)

    def apply(self, change: ChangeSet, *, flush: bool = True) -> int:
        """Apply a change and the new revision number in one atomic update.

        Without `flush` a loss of power may undo it, though never a part of it.
        """
        revision = self.revision + 1
        inserts = [*change.inserts, revision_quad(revision)]
        deletes = [*change.deletes, *self.quads(SYSTEM, REVISION, None, SYSTEM)]
        writer = UpdateWriter()
        writer.write("DELETE", deletes)
        writer.operations += [f"DROP SILENT GRAPH {graph}" for graph in change.dropped]
        writer.operations += [f"CREATE SILENT GRAPH {graph}" for graph in change.created]
        writer.write("INSERT", inserts)
        self._engine.update(" ; ".join(writer.operations), custom_functions=writer.functions())
        self._touched.note(revision, change)
        if flush:
            self._engine.flush()
        return revision

    def touched_since(self, revision: int) -> frozenset[Subject] | None:
        """Return what changes after a revision say something about; None where it is not known."""
        return self._touched.since(revision, self.revision)

    def exchange(self, deletes: Iterable[Quad], inserts: Iterable[Quad]) -> None:
        """Take quads out of a copy in memory and put others in, outside of any change."""
        for quad in deletes:
            self._engine.remove(quad)
        self._engine.extend(inserts)

    def flush(self) -> None:
        """Write what is pending to the disk."""
        self._engine.flush()

    def copy_at(self, folder: Path, without: Iterable[NamedNode]) -> "EmbeddedStore":
        """Return a copy in a new folder that can be changed, without some graphs.

        It shares what does not change with this store (hard links), which must be in a folder too.
        """
        self._engine.backup(str(folder))
        copy = EmbeddedStore(oxigraph.Store(str(folder)))
        for graph in without:
            copy.forget(graph)
        return copy

    @classmethod
    def read_only(cls, folder: Path) -> "EmbeddedStore":
        """Open a checkpoint that nobody writes to."""
        return cls(oxigraph.Store.read_only(str(folder)))

    def size(self) -> int:
        """Return the number of quads."""
        return len(self._engine)

    def fill(self, quads: Iterable[Quad]) -> None:
        """Take many quads into an empty store, outside of any change."""
        self._engine.bulk_extend(quads)

    def take_all(self, other: "EmbeddedStore") -> None:
        """Take everything that another store holds into this empty one, its revision too."""
        self._engine.bulk_extend(other.quads())
        for graph in other.named_graphs():
            self._engine.add_graph(graph)

    def forget(self, graph: NamedNode) -> None:
        """Drop a graph from a replica, outside of any change."""
        self._engine.remove_graph(graph)

    def dump(self, sink: IO[bytes]) -> None:
        """Write all quads as N-Quads."""
        self._engine.dump(sink, format=RdfFormat.N_QUADS)

    def backup(self, folder: Path) -> None:
        """Make a checkpoint in a new folder (hard links, so within one file system)."""
        self._engine.flush()
        self._engine.backup(str(folder))

    def with_revision(self, change: ChangeSet) -> ChangeSet:
        """Return a committed change together with the step of the revision number, for replicas."""
        before, now = (revision_quad(self.revision - step) for step in (1, 0))
        return replace(change, deletes=change.deletes | {before}, inserts=change.inserts | {now})

    def replay(self, change: ChangeSet) -> None:
        """Apply a change to a copy of the store in memory: quickly, not as one transaction.

        The revision number stays as it is.
        """
        for graph in change.dropped:
            self._engine.remove_graph(graph)
        for quad in change.deletes:
            if quad.graph_name not in change.dropped:
                self._engine.remove(quad)
        for graph in change.created:
            self._engine.add_graph(graph)
        large = len(change.inserts) > LARGE
        self._engine.extend(sorted(change.inserts, key=str) if large else change.inserts)
        self._touched.note(self.revision, change)

    def close(self) -> None:
        """Write what is pending and let go of the lock."""
        self._engine.flush()
        del self._engine


def revision_quad(number: int) -> Quad:
    """Return the statement of the system's graph that holds the revision number."""
    return Quad(SYSTEM, REVISION, Literal(str(number), datatype=XSD_INTEGER), SYSTEM)
