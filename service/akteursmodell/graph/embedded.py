"""The embedded store: Oxigraph, in memory or in a folder."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as oxigraph

from akteursmodell.errors import SourceSyntaxError, StoreError, Text
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.store import Answer
from akteursmodell.graph.terms import Graph, Literal, NamedNode, Quad, Subject, Term
from akteursmodell.graph.tokens import keywords
from akteursmodell.vocabulary import PREFIXES, SYSTEM_GRAPH

__all__ = ["EmbeddedStore", "query_fault"]

SYSTEM = NamedNode(SYSTEM_GRAPH)
REVISION = NamedNode(SYSTEM_GRAPH + "/revision")
XSD_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")
PLACE = re.compile(r"at (?P<line>\d+):(?P<column>\d+): (?P<detail>.*)", re.DOTALL)
QUERY = Text("Die Abfrage", "The query")


class EmbeddedStore:
    """Oxigraph behind the store protocol."""

    def __init__(self, engine: oxigraph.Store) -> None:
        """Wrap an engine; use `in_memory` or `open` to make one."""
        self._engine = engine

    @classmethod
    def in_memory(cls) -> "EmbeddedStore":
        """Return an empty store that is gone with the process."""
        return cls(oxigraph.Store())

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> "EmbeddedStore":
        """Open the store in a folder; raises StoreError where there is none or it is in use."""
        if not (folder / "CURRENT").is_file():
            check_new_folder(folder, create=create)
        try:
            return cls(oxigraph.Store(str(folder)))
        except OSError as fault:
            if "lock" in str(fault).lower():
                raise StoreError(
                    Text(
                        f"Der Datenordner {folder} wird gerade von einem anderen Prozess benutzt.",
                        f"The store folder {folder} is in use by another process.",
                    ),
                    Text(
                        "Beenden Sie diesen Prozess, oder nehmen Sie einen anderen Ordner.",
                        "End that process, or take another folder.",
                    ),
                ) from None
            raise StoreError(
                Text(
                    f"Der Datenordner {folder} lässt sich nicht öffnen: {fault}",
                    f"The store folder {folder} cannot be opened: {fault}",
                ),
                Text(
                    "Prüfen Sie Rechte und Inhalt des Ordners.",
                    "Check the folder's permissions and content.",
                ),
            ) from None

    def query(
        self,
        text: str,
        *,
        default_graphs: list[NamedNode] | None = None,
        named_graphs: list[NamedNode] | None = None,
    ) -> Answer:
        """Answer a SPARQL query over the union of all graphs, or over those named."""
        chosen = default_graphs is not None or named_graphs is not None
        try:
            return self._engine.query(
                text,
                prefixes=PREFIXES,
                use_default_graph_as_union=not chosen and not names_dataset(text),
                default_graph=[*(default_graphs or [])] if chosen else None,
                named_graphs=[*(named_graphs or [])] if chosen else None,
            )
        except SyntaxError as fault:
            raise query_fault(text, fault) from None

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

    def apply(self, change: ChangeSet) -> int:
        """Apply a change and the new revision number in one atomic update."""
        revision = self.revision + 1
        number = Literal(str(revision), datatype=XSD_INTEGER)
        inserts = [*change.inserts, Quad(SYSTEM, REVISION, number, SYSTEM)]
        deletes = [*change.deletes, *self.quads(SYSTEM, REVISION, None, SYSTEM)]
        self._engine.update(
            f"DELETE DATA {{ {data_block(deletes)} }} ; INSERT DATA {{ {data_block(inserts)} }}"
        )
        self._engine.flush()
        return revision

    def close(self) -> None:
        """Write what is pending and let go of the lock."""
        self._engine.flush()
        del self._engine


def check_new_folder(folder: Path, *, create: bool) -> None:
    """Refuse a folder that is missing, or that holds something else than a store."""
    if not create or not folder.parent.is_dir():
        raise StoreError(
            Text(f"In {folder} liegen keine Daten.", f"There is no store in {folder}."),
            Text(
                "`akteursmodell serve --store ORDNER` legt dort einen an (der Ordner darüber "
                "muss bestehen).",
                "`akteursmodell serve --store DIR` makes one there (the folder above must exist).",
            ),
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(
            Text(
                f"{folder} ist nicht leer und enthält keinen Datenbestand.",
                f"{folder} is not empty and holds no store.",
            ),
            Text("Nehmen Sie einen neuen Ordner.", "Take a new folder."),
        )


def names_dataset(text: str) -> bool:
    """Whether a query chooses its own dataset by FROM; the engine's union would override it."""
    return any(token.text.upper() == "FROM" for token in keywords(text))


def data_block(quads: Iterable[Quad]) -> str:
    """Write quads as SPARQL quad data."""
    lines = []
    for quad in quads:
        triple = f"{quad.subject} {quad.predicate} {quad.object} ."
        named = isinstance(quad.graph_name, NamedNode)
        lines.append(f"GRAPH {quad.graph_name} {{ {triple} }}" if named else triple)
    return "\n".join(lines)


def query_fault(text: str, fault: SyntaxError) -> SourceSyntaxError:
    """Turn the engine's complaint into line, column and the offending line."""
    match = PLACE.search(str(fault))
    if match is None:
        return SourceSyntaxError(QUERY, str(fault)[:300], 0, 0, "")
    line, column = place(text, int(match["line"]), int(match["column"]))
    shown = text.splitlines()[line - 1] if text.strip() else ""
    return SourceSyntaxError(QUERY, " ".join(match["detail"].split())[:160], line, column, shown)


def place(text: str, line: int, column: int) -> tuple[int, int]:
    """Return a place that has text: at the end of a query, that of its last character."""
    lines = text.splitlines()
    if line <= len(lines) and lines[line - 1][column - 1 :].strip():
        return line, column
    for number in range(min(line, len(lines)), 0, -1):
        if lines[number - 1].strip():
            return number, len(lines[number - 1].rstrip())
    return 1, 1
