"""What a SPARQL Update request changes, found out on a replica and without the store.

Each operation is evaluated on the replica as the operations before left it
(https://www.w3.org/TR/sparql11-update/#updateLanguage). Templates are read by the engine: their
variables become private IRIs, the block becomes the data of an empty store, and the quads read
back are filled with the solutions of the WHERE part. So the engine alone decides what a text says.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from akteursmodell.errors import EndpointError, ForbiddenError, InputError, Text
from akteursmodell.graph.embedded import Row
from akteursmodell.graph.faults import fault_at
from akteursmodell.graph.fetching import fetch, is_allowed
from akteursmodell.graph.judging import run_alone
from akteursmodell.graph.terms import DefaultGraph, NamedNode, Quad
from akteursmodell.graph.tokens import keywords, one_reading, service_and_load
from akteursmodell.updates.graph_operations import do_graph_operation
from akteursmodell.updates.request import (
    Data,
    GraphOperation,
    Load,
    Modify,
    Operation,
    Place,
    Target,
    read_request,
)
from akteursmodell.updates.templates import (
    fill,
    retargeted,
    with_fresh_blanks,
    with_placeholders,
)
from akteursmodell.updates.trial import Trial

__all__ = ["Derivation", "Protocol"]

DEFAULT = DefaultGraph()
VOLATILE = frozenset({"RAND", "UUID", "STRUUID", "BNODE", "NOW"})
NAME_A_GRAPH = Text(
    "Nennen Sie den Graphen: GRAPH <…> { … }, WITH <…>, USING <…> oder INTO GRAPH <…>.",
    "Name the graph: GRAPH <…> { … }, WITH <…>, USING <…> or INTO GRAPH <…>.",
)


@dataclass(frozen=True)
class Protocol:
    """What comes beside the text: the dataset of WHERE, and the base of relative IRIs."""

    using: list[NamedNode]
    using_named: list[NamedNode]
    base: NamedNode | None = None

    @property
    def chooses(self) -> bool:
        """Whether a dataset is named."""
        return bool(self.using or self.using_named)


class Derivation:
    """One request, being done on a trial replica."""

    def __init__(
        self,
        trial: Trial,
        *,
        strict_default: bool,
        allowed_hosts: frozenset[str],
        protocol: Protocol,
    ) -> None:
        """Take the replica, what the service allows, and what the protocol says beside the text.

        Where `strict_default` is false, readers see the union of all graphs, and an update that
        means the default graph by naming none is refused.
        """
        self._trial = trial
        self._replica = trial.replica
        self._strict = strict_default
        self._hosts = allowed_hosts
        self._protocol = protocol

    def run(self, text: str) -> None:
        """Do a request on the replica; what a failing one has done by then is for undo.

        Raises SourceSyntaxError with the place, ForbiddenError for calls to other hosts and for
        graphs that only a release changes, InputError for what cannot be done, EndpointError where
        an allowed host fails.
        """
        text = one_reading(text)
        operations = read_request(text, self._protocol.base)
        self._refuse_calls(text, operations)
        for operation in operations:
            self._refuse_two_datasets(operation)
        for operation in operations:
            try:
                self._do(operation)
            except SyntaxError as fault:
                raise fault_at(text, operation.place.start, str(fault)) from None
            except (OSError, RuntimeError) as fault:
                raise unanswered(fault) from None

    def _do(self, operation: Operation) -> None:
        match operation:
            case Data():
                self._data(operation)
            case Modify():
                self._modify(operation)
            case Load():
                self._load(operation)
            case GraphOperation():
                place = operation.place
                do_graph_operation(
                    self._trial,
                    operation,
                    target=self._graph(place, operation.target),
                    source=self._graph(place, operation.source) if operation.source else None,
                )

    def _data(self, operation: Data) -> None:
        quads = self._read_block(operation.place, operation.block)
        self._refuse_unnamed(quads)
        if operation.inserts:
            self._trial.step(inserts=quads)
        else:
            self._trial.step(deletes=quads)

    def _modify(self, operation: Modify) -> None:
        names: dict[NamedNode, str] = {}
        within = self._resolve(operation.place, operation.within) if operation.within else DEFAULT
        deletes, inserts = (
            [
                retargeted(quad, within) if quad.graph_name == DEFAULT else quad
                for quad in self._read_block(operation.place, with_placeholders(block, names))
            ]
            for block in (operation.delete, operation.insert)
        )
        self._refuse_unnamed([*deletes, *inserts])
        variables = sorted(set(names.values()))
        rows = self._solutions(operation, variables, within)
        places = {node: variables.index(name) for node, name in names.items()}
        self._trial.step(
            deletes=fill(deletes, rows, places),
            inserts=fill(inserts, rows, places),
        )

    def _solutions(
        self, operation: Modify, variables: list[str], within: NamedNode | DefaultGraph
    ) -> list[Row]:
        """Return the solutions of the WHERE part."""
        shown = " ".join(f"?{name}" for name in variables) or "*"
        dataset = " ".join(
            f"FROM {'NAMED ' if named else ''}{graph}" for named, graph in operation.using
        )
        query = f"{operation.place.prologue} SELECT {shown} {dataset} WHERE {operation.where}"
        if self._protocol.chooses:
            return self._replica.rows(
                query,
                variables,
                default_graphs=self._protocol.using,
                named_graphs=self._protocol.using_named,
            )
        if operation.using:
            return self._replica.rows(query, variables)
        if isinstance(within, NamedNode):
            return self._replica.rows(query, variables, default_graphs=[within])
        rows = self._replica.rows(query, variables)
        if not self._strict:
            self._refuse_blind(operation.where, query, variables, rows)
        return rows

    def _load(self, operation: Load) -> None:
        address = self._resolve(operation.place, operation.address)
        target = self._resolve(operation.place, operation.into) if operation.into else DEFAULT
        if target == DEFAULT and not self._strict:
            raise unnamed()
        if not is_allowed(address.value, self._hosts):
            return
        try:
            quads = fetch(address.value, self._hosts)
        except EndpointError:
            if operation.silent:
                return
            raise
        created = [target] if isinstance(target, NamedNode) else []
        self._trial.step(inserts=self._placed(quads, target), created=created)

    def _placed(self, quads: list[Quad], graph: NamedNode | DefaultGraph) -> frozenset[Quad]:
        return self._replica.canonical(with_fresh_blanks(quads, graph))

    def _read_block(self, place: Place, block: str) -> list[Quad]:
        """Return the quads of a block of data as the engine reads them."""
        return run_alone(f"{place.prologue} INSERT DATA {block}")

    def _resolve(self, place: Place, reference: str) -> NamedNode:
        """Return the IRI behind a reference."""
        (quad,) = self._read_block(place, f"{{ <urn:s> <urn:p> {reference} }}")
        if not isinstance(quad.object, NamedNode):
            raise TypeError(reference)
        return quad.object

    def _graph(self, place: Place, target: Target) -> NamedNode | DefaultGraph | None:
        """Return the graph behind a target; None where it is several."""
        if target in {"NAMED", "ALL"}:
            return None
        return DEFAULT if target == "DEFAULT" else self._resolve(place, target)

    def _refuse_calls(self, text: str, operations: list[Operation]) -> None:
        """Refuse SERVICE and LOAD of hosts that are not allowed; LOAD SILENT then does nothing."""
        for call in service_and_load(text):
            place = next(
                (o.place for o in operations if o.place.start <= call.start < o.place.end), None
            )
            if call.keyword == "LOAD" and call.silent and call.address is not None:
                continue
            if place is None or call.address is None:
                raise forbidden_call(call.keyword)
            address = self._resolve(place, call.address.text)
            if not is_allowed(address.value, self._hosts):
                raise forbidden_call(call.keyword)

    def _refuse_two_datasets(self, operation: Operation) -> None:
        """Refuse USING and WITH where the protocol names the dataset already.

        See https://www.w3.org/TR/sparql11-protocol/#update-dataset.
        """
        chosen = isinstance(operation, Modify) and (operation.using or operation.within)
        if self._protocol.chooses and chosen:
            raise InputError(
                Text(
                    "USING und WITH stehen hier neben using-graph-uri; nur eines davon geht.",
                    "USING and WITH stand beside using-graph-uri; only one of them works.",
                )
            )

    def _refuse_unnamed(self, quads: Iterable[Quad]) -> None:
        """Refuse to write to the default graph where readers see the union of all graphs."""
        if not self._strict and any(quad.graph_name == DEFAULT for quad in quads):
            raise unnamed()

    def _refuse_blind(self, where: str, query: str, variables: list[str], rows: list[Row]) -> None:
        """Refuse a WHERE without a graph that finds other things than readers see.

        It looks into the strict default graph, which is most often empty, and would do nothing, or
        something else than meant.
        """
        words = {word.text.upper() for word in keywords(where)}
        if "GRAPH" in words:
            return
        seen = self._replica.rows(query, variables, union=True)
        volatile = bool(words & VOLATILE)
        if len(seen) != len(rows) or (not volatile and Counter(seen) != Counter(rows)):
            raise InputError(
                Text(
                    "WHERE nennt keinen Graphen und sieht deshalb nur den Standardgraphen, in dem "
                    "diese Daten nicht stehen.",
                    "WHERE names no graph and therefore sees the default graph only, where these "
                    "data are not.",
                ),
                NAME_A_GRAPH,
            )


def unnamed() -> InputError:
    """Return the refusal of a change that names no graph."""
    return InputError(
        Text(
            "Die Änderung nennt keinen Graphen, in den sie schreibt.",
            "The update names no graph that it writes to.",
        ),
        NAME_A_GRAPH,
    )


def unanswered(fault: Exception) -> EndpointError:
    """Return the fault of a service that an update asked in vain."""
    return EndpointError(
        Text(
            f"Ein Dienst, den die Änderung mit SERVICE fragt, antwortet nicht: {fault}",
            f"A service that the update asks by SERVICE does not answer: {fault}",
        )
    )


def forbidden_call(what: str) -> ForbiddenError:
    """Return the refusal of a call to another host."""
    return ForbiddenError(
        Text(
            f"{what} ist hier gesperrt: Dieser Dienst ruft keine fremden Adressen auf.",
            f"{what} is refused: this service calls no other addresses.",
        ),
        Text(
            "Laden Sie die Daten selbst herunter, und bringen Sie sie mit INSERT DATA ein.",
            "Download the data yourself and bring them in by INSERT DATA.",
        ),
    )
