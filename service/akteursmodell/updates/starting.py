"""Bringing a store to this release at the start, once for each release."""

import hashlib
from importlib.resources import files
from pathlib import Path

from akteursmodell import __version__, reasoning
from akteursmodell.history.ledger import Ledger
from akteursmodell.reasoning.closure import Watcher
from akteursmodell.resources import data_files, ontology_files
from akteursmodell.updates.inference import bring_up

__all__ = ["bring_to_release"]

MARK = "release"


def bring_to_release(ledger: Ledger, *, data: bool = True, watch: Watcher | None = None) -> None:
    """Load what is shipped, with what follows from it, unless this release did so before.

    Only a release changes the ontology, and what follows is kept up to date with each change: so
    what was brought up once stays so, and a restart need not compare.
    """
    mark = release_mark(data=data)
    if ledger.journal.mark(MARK) == mark:
        return
    bring_up(ledger, data=data, watch=watch)
    ledger.journal.set_mark(MARK, mark)


def release_mark(*, data: bool) -> str:
    """Return what tells one release from another: version, shipped files, and how is inferred."""
    digest = hashlib.sha256()
    rules = sorted(Path(str(files(reasoning))).glob("*.py"))
    for file in (*ontology_files(), *(data_files() if data else ()), *rules):
        digest.update(f"{file.name}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return f"{__version__} {digest.hexdigest()}"
