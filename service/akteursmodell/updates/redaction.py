"""Erasing statements on legal demand: from the data, from the history, and from the disk."""

from pathlib import Path
from typing import NamedTuple

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.folders import remove_leftovers, replace_folder
from akteursmodell.graph.terms import Quad
from akteursmodell.history.ledger import Ledger
from akteursmodell.history.redaction import Target, redact
from akteursmodell.history.revisions import is_inferred
from akteursmodell.updates.gate import Gate, Signature
from akteursmodell.updates.trial import writable

__all__ = ["Erased", "erase"]

NONE: frozenset[Quad] = frozenset()


class Erased(NamedTuple):
    """How many statements were taken out of how many entries, and how many remain by necessity."""

    statements: int
    entries: int
    remaining: int


def erase(folder: Path, ledger: Ledger, target: Target, signature: Signature) -> Erased:
    """Erase statements from a store folder and its journal, and close both.

    First they leave the data as an ordinary change, which the rules may refuse: then what depends
    on them must be changed first. Then they leave all entries of the journal, and both are written
    anew, since a store keeps the bytes of what it deleted. May be repeated, whatever happened.
    """
    try:
        present = frozenset(
            quad
            for quad in ledger.quads()
            if target.matches(quad) and writable(quad.graph_name) and not is_inferred(quad)
        )
        if present:
            Gate(ledger).submit(ChangeSet(present, NONE, signature.author, signature.reason))
        kept = frozenset(quad for quad in ledger.quads() if target.matches(quad))
        statements, entries = redact(ledger.journal, target, kept, *signature[:2])
        fresh = folder.with_name(folder.name + ".new")
        remove_leftovers(folder)
        copy = EmbeddedStore.open(fresh, create=True)
        copy.take_all(ledger.engine)
        copy.close()
    finally:
        ledger.close()
    replace_folder(folder, fresh)
    return Erased(statements, entries, len(kept))
