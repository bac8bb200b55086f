"""What pages need of the whole, made once for each data state and not once for each visitor."""

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar

from flask import current_app

from akteursmodell.web import context

__all__ = ["Kept", "keep", "kept"]

T = TypeVar("T")
MOST = 64


class Kept:
    """Keeps view models of the present data state; those of an older one are dropped."""

    def __init__(self, most: int = MOST) -> None:
        """Begin empty, with room for a number of view models."""
        self._lock = threading.Lock()
        self._most = most
        self._revision = -1
        self._values: dict[Hashable, object] = {}

    def get(self, revision: int, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under a key, else make it; two at once may both make it."""
        with self._lock:
            if revision != self._revision:
                self._values.clear()
                self._revision = revision
            if key in self._values:
                found: T = self._values[key]  # type: ignore[assignment]  # one type for each key
                return found
        made = make()
        with self._lock:
            if revision == self._revision:
                while len(self._values) >= self._most:
                    self._values.pop(next(iter(self._values)))
                self._values[key] = made
        return made


def keep(key: Hashable, make: Callable[[], T]) -> T:
    """Return what is kept under a key for the data state of this request, else make it."""
    keeper: Kept = current_app.extensions["akteursmodell"]["kept"]
    return keeper.get(context.store().revision, key, make)


def kept(make: Callable[..., T], *arguments: Hashable) -> T:
    """Return what a function makes of the store and arguments, kept for the data state."""
    return keep(
        (make.__module__, make.__qualname__, *arguments), lambda: make(context.store(), *arguments)
    )
