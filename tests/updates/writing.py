"""A gate that carries out requests as the service does: derived on a replica, then submitted."""

from collections.abc import Iterable

from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode, Quad, RdfFormat, Triple, write_triples
from akteursmodell.updates.gate import Gate, Judge, Outcome, Signature
from akteursmodell.updates.requests import Kind, WriteRequest, derive

Target = NamedNode | None
BASE = NamedNode("http://127.0.0.1/update")


class WritingGate(Gate):
    """Writes by SPARQL Update and by the Graph Store Protocol."""

    def __init__(
        self,
        store: Store,
        *,
        strict_default: bool = False,
        allowed_hosts: frozenset[str] = frozenset(),
        validator: Judge | None = None,
    ) -> None:
        super().__init__(store, validator=validator)
        self._strict = strict_default
        self._hosts = allowed_hosts

    def update(
        self,
        text: str,
        *,
        using: list[NamedNode] | None = None,
        using_named: list[NamedNode] | None = None,
        base: NamedNode | None = None,
        signature: Signature,
    ) -> Outcome:
        return self.write(
            WriteRequest(
                kind="update",
                body=text.encode(),
                author=signature.author,
                reason=signature.reason,
                base=base.value if base else None,
                using=names(using),
                using_named=names(using_named),
                source=signature.source,
            )
        )

    def put_graph(self, graph: Target, quads: Iterable[Quad], signature: Signature) -> Outcome:
        return self._graph("put", graph, quads, signature)

    def post_graph(self, graph: Target, quads: Iterable[Quad], signature: Signature) -> Outcome:
        return self._graph("post", graph, quads, signature)

    def delete_graph(self, graph: Target, signature: Signature) -> Outcome:
        return self._graph("delete", graph, (), signature)

    def write(self, request: WriteRequest) -> Outcome:
        return self.submit(derive(self.replica, request, strict=self._strict, hosts=self._hosts))

    def _graph(
        self, kind: Kind, graph: Target, quads: Iterable[Quad], signature: Signature
    ) -> Outcome:
        triples = [Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
        body = write_triples(triples, RdfFormat.N_TRIPLES)
        return self.write(
            WriteRequest(
                kind=kind,
                body=body,
                author=signature.author,
                reason=signature.reason,
                base=BASE.value,
                parts=(("application/n-triples", len(body)),),
                graph=graph.value if graph else None,
            )
        )


def names(graphs: list[NamedNode] | None) -> tuple[str, ...] | None:
    return None if graphs is None else tuple(graph.value for graph in graphs)
