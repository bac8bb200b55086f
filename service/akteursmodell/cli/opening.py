"""What commands work on: a store folder, the shipped data in memory, or an endpoint."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from akteursmodell.cli.output import counting
from akteursmodell.config import Settings
from akteursmodell.errors import InputError, Text
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.remote import RemoteEndpoint
from akteursmodell.graph.store import Queryable
from akteursmodell.history.journal import Journal
from akteursmodell.history.ledger import Ledger
from akteursmodell.updates.starting import bring_to_release

__all__ = ["asked", "kept", "opened"]


def kept(store: str | None) -> Settings:
    """Return the settings of a command that changes a store folder; raises InputError."""
    settings = Settings.read(os.environ, store=store)
    if settings.in_memory:
        raise InputError(
            Text("Es ist kein Datenordner genannt.", "No store folder is named."),
            Text(
                "Nennen Sie ihn mit --store ORDNER oder AKTEURSMODELL_STORE.",
                "Name it with --store DIR or AKTEURSMODELL_STORE.",
            ),
        )
    return settings


@contextmanager
def opened(settings: Settings, *, create: bool = False) -> Iterator[Ledger]:
    """Open the store of the settings, with the shipped ontology and data in it."""
    if settings.in_memory:
        ledger = Ledger(EmbeddedStore.in_memory(), Journal.in_memory())
    else:
        ledger = Ledger.open(Path(settings.store), create=create)
    try:
        with counting("Inferring") as watch:
            bring_to_release(ledger, data=not settings.empty, watch=watch)
        yield ledger
    finally:
        ledger.close()


@contextmanager
def asked(
    store: str | None, endpoint: str | None, revision: int | None = None
) -> Iterator[Queryable]:
    """Return what a query is asked of: an endpoint, a folder, or the shipped data.

    With `revision` it is the data as they were then.
    """
    if endpoint is not None:
        yield RemoteEndpoint(endpoint)
        return
    with opened(Settings.read(os.environ, store=store)) as ledger:
        yield ledger if revision is None else ledger.as_of(revision)
