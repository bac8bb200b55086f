"""Validation of data against the shipped shapes: all of them, or what a change concerns."""

import logging
from collections.abc import Iterable, Mapping
from functools import cache

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_file
from akteursmodell.graph.terms import Quad
from akteursmodell.resources import shape_files
from akteursmodell.validation.engines import Engine
from akteursmodell.validation.engines.compiled import CompiledEngine
from akteursmodell.validation.levels import NONE, Levels
from akteursmodell.validation.report import Report, Scope
from akteursmodell.validation.reporting import plain, report_of
from akteursmodell.validation.views import View

__all__ = ["Validator", "validate", "validate_with_reference"]

LOG = logging.getLogger("akteursmodell")
NO_PLACES: Mapping[str, str] = {}


class Validator:
    """Judges changes by the shipped shapes; `levels` are the operator's."""

    def __init__(self, levels: Levels = NONE) -> None:
        """Take the levels; raises SettingError for those that are not allowed."""
        self._engine = engine(levels)

    def __call__(self, data: EmbeddedStore, change: ChangeSet) -> Report:
        """Return what the shapes say about everything that a change concerns.

        `data` have undergone the change. What was wrong elsewhere before is not told again.
        """
        checked = self._engine.of_change(change, data, log_progress)
        scope = Scope(
            everything=False,
            pairs=checked.size,
            in_full=tuple((plain(node), reason) for node, reason in checked.in_full.items()),
        )
        return report_of(checked.findings, View(data), scope=scope)

    def full(self, data: EmbeddedStore, places: Mapping[str, str] = NO_PLACES) -> Report:
        """Return what the shapes say about everything; `places` tells where an entry stands."""
        return report_of(self._engine.full(data, log_progress), View(data), places)


def validate(quads: Iterable[Quad], places: Mapping[str, str] | None = None) -> Report:
    """Validate quads (data and ontology together) against the shipped shapes.

    `places` tells for a focus node in which file and line it stands.
    """
    return Validator().full(stored(quads), places or NO_PLACES)


def validate_with_reference(
    quads: Iterable[Quad], places: Mapping[str, str] | None = None
) -> Report:
    """Validate quads as `validate` does, with pySHACL: slowly, to see that it says the same."""
    from akteursmodell.validation.engines.reference import (  # noqa: PLC0415 -- pySHACL is slow
        ReferenceEngine,
    )

    data = stored(quads)
    reference: Engine = ReferenceEngine(shipped_shapes())
    return report_of(reference.full(data), View(data), places or NO_PLACES)


def stored(quads: Iterable[Quad]) -> EmbeddedStore:
    """Return quads in a store of their own."""
    store = EmbeddedStore.in_memory()
    store.fill(quads)
    return store


@cache
def shipped_shapes() -> EmbeddedStore:
    """Return the graph of the shipped shapes."""
    return stored(quad for file in shape_files() for quad in read_file(file))


@cache
def engine(levels: Levels) -> CompiledEngine:
    """Compile the shipped shapes, once for each choice of levels."""
    shapes = shipped_shapes()
    return CompiledEngine(shapes, levels.severities(View(shapes)))


def log_progress(done: int, total: int) -> None:
    """Tell the log how far a large check is."""
    LOG.info("validation: %d of %d pairs of rule and entry", done, total)
