"""What readers read: a copy of the data in memory, or a checkpoint on disk where that is too large.

In memory queries are up to eight times faster (decision 6); a checkpoint is a folder of hard links
that each process opens for itself, since RocksDB must not be opened before a fork.
"""

import os
from pathlib import Path
from typing import IO

from akteursmodell.config import Settings
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_dump
from akteursmodell.graph.shipped import DESCRIPTION
from akteursmodell.graph.terms import NamedNode, Quad

__all__ = ["BYTES_A_QUAD", "Replica", "described", "fits_memory"]

BYTES_A_QUAD = 450
SHARE = 4
"""A replica, the writer's own and what queries need must fit: a quarter of the memory for one."""


class Replica:
    """The data that one process reads, at one data state."""

    def __init__(self, store: EmbeddedStore, revision: int, checkpoint: Path | None = None) -> None:
        """Take a store in memory, or the folder of a checkpoint with whatever store."""
        self.store = store
        self.revision = revision
        self.checkpoint = checkpoint

    @classmethod
    def empty(cls) -> "Replica":
        """Return a replica of nothing."""
        return cls(EmbeddedStore.in_memory(), 0)

    @classmethod
    def in_memory(cls, dump: IO[bytes], revision: int) -> "Replica":
        """Read a dump into memory."""
        store = EmbeddedStore.in_memory()
        store.fill(read_dump(dump))
        return cls(store, revision)

    def opened(self, settings: Settings) -> EmbeddedStore:
        """Return the store to ask in this process."""
        if self.checkpoint is not None:
            self.store = EmbeddedStore.read_only(self.checkpoint)
        self.store.strict = settings.strict
        return self.store

    def advance(self, revision: int, change: bytes) -> None:
        """Come to a new data state: replay a change, or open the checkpoint that it names."""
        self.revision = revision
        if self.checkpoint is None:
            self.store.replay(ChangeSet.from_bytes(change))
        else:
            self.checkpoint = Path(os.fsdecode(change))


def fits_memory(quads: int) -> bool:
    """Whether a replica of so many quads should be in memory on this machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return quads * BYTES_A_QUAD * SHARE <= memory


def described(store: EmbeddedStore, address: str, settings: Settings) -> list[Quad]:
    """Return the description of the data for readers that look for it by a query.

    It names the endpoint; what changes with the data is told at `/.well-known/void`.
    """
    from akteursmodell.analysis.dataset import describe  # noqa: PLC0415 -- the gate goes first

    graph = NamedNode(DESCRIPTION)
    told = describe(store, address, settings, partitioned=False)
    return [Quad(each.subject, each.predicate, each.object, graph) for each in told]
