"""A write as it comes over the wire, and the change that it means for the data as they are."""

import json
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from akteursmodell.errors import InputError, NotFoundError, Text
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_body
from akteursmodell.graph.terms import DefaultGraph, NamedNode, Quad
from akteursmodell.updates.derive import Derivation, Protocol
from akteursmodell.updates.patching import patch_graph
from akteursmodell.updates.templates import with_fresh_blanks
from akteursmodell.updates.trial import Trial

__all__ = ["Kind", "WriteRequest", "derive", "do_request"]

Kind = Literal["update", "put", "post", "patch", "delete", "change"]


@dataclass(frozen=True)
class WriteRequest:
    """A SPARQL Update, a write of the Graph Store Protocol, or a change made elsewhere.

    `body` is the update's text (also of `patch`), a ChangeSet (of `change`) or the RDF, whose
    `parts` follow each other with a media type and a length in bytes each; `graph` None means the
    unnamed graph. `using` and `using_named` are those of the protocol, None where it names none.
    `revision` is the data state on which the change was made up, None where that does not matter;
    `source` tells what it rests on.
    """

    kind: Kind
    body: bytes
    author: str
    reason: str
    base: str | None
    parts: tuple[tuple[str, int], ...] = ()
    graph: str | None = None
    using: tuple[str, ...] | None = None
    using_named: tuple[str, ...] | None = None
    source: str = ""
    revision: int | None = None

    def to_bytes(self) -> bytes:
        """Return the request for the wire: a line of JSON, then the body."""
        head: dict[str, Any] = {**asdict(self), "body": None}
        return json.dumps(head).encode() + b"\n" + self.body

    @classmethod
    def from_bytes(cls, data: bytes) -> "WriteRequest":
        """Read a request from the wire."""
        line, _, body = data.partition(b"\n")
        head = json.loads(line)
        for name in ("using", "using_named"):
            head[name] = None if head[name] is None else tuple(head[name])
        head["parts"] = tuple(map(tuple, head["parts"]))
        return cls(**{**head, "body": body})


def derive(
    store: EmbeddedStore, request: WriteRequest, *, strict: bool, hosts: Collection[str]
) -> ChangeSet:
    """Return what a request changes in a replica, which stays as it is.

    `strict` tells whether readers see the default graph alone, `hosts` are those that SERVICE and
    LOAD may call. Raises SourceSyntaxError with the place, ForbiddenError for calls to other hosts
    and for graphs that only a release changes, NotFoundError, InputError for what cannot be done.
    """
    trial = Trial(store)
    try:
        do_request(trial, request, strict=strict, hosts=hosts)
        change = trial.change(request.author, request.reason, request.revision)
        return replace(change, source=request.source)
    finally:
        trial.undo()


def do_request(
    trial: Trial, request: WriteRequest, *, strict: bool, hosts: Collection[str]
) -> None:
    """Do what a request asks for on a replica; what a failing one has done is for undo."""
    if request.kind == "update":
        update(trial, request, strict=strict, hosts=hosts)
    elif request.kind == "patch":
        refuse_no_graph(request, strict=strict)
        patch_graph(
            trial,
            DefaultGraph() if request.graph is None else NamedNode(request.graph),
            lambda alone: update(alone, request, strict=True, hosts=hosts),
        )
    elif request.kind == "change":
        made = ChangeSet.from_bytes(request.body)
        trial.step(made.deletes, made.inserts, created=made.created, dropped=made.dropped)
    else:
        write_graph(trial, request, strict=strict)


def update(trial: Trial, request: WriteRequest, *, strict: bool, hosts: Collection[str]) -> None:
    """Do a SPARQL Update on a replica."""
    protocol = Protocol(
        using=nodes(request.using),
        using_named=nodes(request.using_named),
        base=NamedNode(request.base) if request.base else None,
    )
    Derivation(trial, strict_default=strict, allowed_hosts=frozenset(hosts), protocol=protocol).run(
        request.body.decode("utf-8")
    )


def write_graph(trial: Trial, request: WriteRequest, *, strict: bool) -> None:
    """Do a write of the Graph Store Protocol on a replica; blank nodes of the body are new ones."""
    refuse_no_graph(request, strict=strict)
    name = None if request.graph is None else NamedNode(request.graph)
    graph = name or DefaultGraph()
    named = frozenset() if name is None else frozenset({name})
    if request.kind == "delete":
        if name is not None and not trial.replica.has_graph(name):
            told = Text(f"Es gibt keinen Graphen {name.value}.", f"There is no graph {name.value}.")
            raise NotFoundError(told)
        trial.step(deletes=trial.replica.quads(graph=graph), dropped=named)
        return
    wanted = trial.replica.canonical(quads_of(request, graph))
    present = trial.replica.quads(graph=graph) if request.kind == "put" else ()
    trial.step(deletes=present, inserts=wanted, created=named)


def refuse_no_graph(request: WriteRequest, *, strict: bool) -> None:
    """Refuse a write of the unnamed graph where readers see the union of all."""
    if request.graph is None and not strict:
        raise InputError(
            Text(
                "Der Standardgraph ist hier die Vereinigung aller Graphen und hat keinen Inhalt "
                "für sich.",
                "The default graph is the union of all graphs here and has no content of its own.",
            ),
            Text("Nennen Sie einen Graphen: ?graph=…", "Name a graph: ?graph=…"),
        )


def quads_of(request: WriteRequest, graph: NamedNode | DefaultGraph) -> Iterator[Quad]:
    """Return what the parts of a body say, each with blank nodes of its own."""
    start = 0
    for media_type, length in request.parts:
        part = request.body[start : start + length]
        start += length
        yield from with_fresh_blanks(read_body(part, media_type, request.base or ""), graph)


def nodes(names: tuple[str, ...] | None) -> list[NamedNode]:
    """Return the graphs that a parameter of the protocol names."""
    try:
        return [NamedNode(name) for name in names or ()]
    except ValueError as fault:
        raise InputError(
            Text(
                f"using-graph-uri ist keine Adresse: {fault}", f"using-graph-uri is no IRI: {fault}"
            )
        ) from None
