"""A forked query worker: its replica, its memory limit, and what it does for an HTTP process."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from akteursmodell.config import Settings
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.shipped import DESCRIPTION, INFERRED
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query import worker
from akteursmodell.query.frames import Kind
from akteursmodell.query.jobs import Dataset
from akteursmodell.serving.past import Past
from akteursmodell.serving.replicas import Replica
from akteursmodell.updates.requests import WriteRequest, derive
from akteursmodell.vocabulary import SYSTEM_GRAPH

__all__ = ["TRIED", "run_worker"]

TRIED = "tried-"
"""Begin of the name of a folder in which a worker, whose number follows, tries changes."""

Order: TypeAlias = Callable[[EmbeddedStore, bytes, worker.Outlet], None]
SYSTEM = NamedNode(SYSTEM_GRAPH)
NOT_ENTERED = frozenset({SYSTEM, NamedNode(INFERRED), NamedNode(DESCRIPTION)})
TRYING: tuple[Dataset, ...] = ("trial", "rehearsal")
HIDDEN: dict[Dataset, frozenset[NamedNode]] = {
    "all": frozenset({SYSTEM}),
    "entered": NOT_ENTERED,
    "trial": NOT_ENTERED,
    "rehearsal": frozenset({SYSTEM, NamedNode(DESCRIPTION)}),
    "past": frozenset({SYSTEM}),
}
OWN_COPY: tuple[Dataset, ...] = (*TRYING, "past")
"""Datasets that a worker changes for itself."""


def run_worker(
    settings: Settings,
    replica: Replica,
    dataset: Dataset,
    connection: socket.socket,
    journal: Path,
) -> None:
    """Answer queries over one dataset until the HTTP process is gone."""
    store = shown(replica, settings, dataset)

    def replay(change: bytes) -> EmbeddedStore:
        replica.advance(replica.revision + 1, change)
        return shown(replica, settings, dataset)

    silence()
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))  # HTTP is not interrupted by it
    worker.limit_memory(settings.write_memory if dataset in TRYING else settings.query_memory)
    others = {
        Kind.DERIVE: deriving(settings),
        Kind.REHEARSE: rehearsing_when_asked(settings, replica),
        Kind.SHAPES: validating_when_asked(settings),
    }
    tasks = worker.Tasks(replay, worker.answer, others)
    if dataset == "past":
        past = Past(store, replica, journal, NOT_ENTERED)
        tasks = worker.Tasks(past.learn, past.answer, others)
    worker.run(connection, store, tasks)


def rehearsing_when_asked(settings: Settings, replica: Replica) -> Order:
    """Return what carries dry runs out; what it needs is imported with the first."""

    def rehearse(store: EmbeddedStore, payload: bytes, outlet: worker.Outlet) -> None:
        from akteursmodell.serving.rehearsals import rehearsing  # noqa: PLC0415

        rehearsing(settings, replica)(store, payload, outlet)

    return rehearse


def validating_when_asked(settings: Settings) -> Order:
    """Return what validates against foreign shapes; pySHACL is imported with the first."""

    def validate(store: EmbeddedStore, payload: bytes, outlet: worker.Outlet) -> None:
        from akteursmodell.serving.shapes import validating  # noqa: PLC0415

        validating(settings)(store, payload, outlet)

    return validate


def silence() -> None:
    """Let the engine's last words on lack of memory go nowhere; the client is told."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def deriving(
    settings: Settings,
) -> Callable[[EmbeddedStore, bytes, worker.Outlet], None]:
    """Return what works out the change of a write request, and writes it."""

    def derive_change(store: EmbeddedStore, payload: bytes, outlet: worker.Outlet) -> None:
        request = WriteRequest.from_bytes(payload)
        change = derive(store, request, strict=settings.strict, hosts=settings.hosts)
        outlet.write(change.to_bytes())

    return derive_change


def shown(replica: Replica, settings: Settings, dataset: Dataset) -> EmbeddedStore:
    """Return the store of a replica without what a dataset hides."""
    store = replica.opened(settings)
    if replica.checkpoint is None:
        for graph in HIDDEN[dataset]:
            store.forget(graph)
    elif dataset in OWN_COPY:
        folder = replica.checkpoint.parent / f"{TRIED}{os.getpid()}"
        store = store.copy_at(folder, HIDDEN[dataset])
    else:
        store.hidden = HIDDEN[dataset]
    return store
