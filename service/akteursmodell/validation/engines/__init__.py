"""Engines that check data against shapes, behind one protocol."""

from collections.abc import Callable
from typing import Protocol, TypeAlias

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.validation.model import Finding

__all__ = ["Engine", "Progress"]

Progress: TypeAlias = Callable[[int, int], None]
"""Hears how many pairs of shape and target node are done, and of how many."""


class Engine(Protocol):
    """Checks all targets of all its shapes."""

    def full(self, data: EmbeddedStore) -> list[Finding]:
        """Return every result about the union of all graphs."""
        ...
