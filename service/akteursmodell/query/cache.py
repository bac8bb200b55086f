"""Answers that were given, as long as they fit into a number of bytes; the oldest go first."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar

__all__ = ["Cache", "Sized"]


class Sized(Protocol):
    """What knows how many bytes it holds."""

    @property
    def size(self) -> int:
        """The bytes that it takes."""
        ...


Entry = TypeVar("Entry", bound=Sized)


class Cache(Generic[Entry]):
    """Keeps what was used last, up to a number of bytes in all; 0 keeps nothing."""

    def __init__(self, most: int) -> None:
        """Take the bytes that it may hold."""
        self._most = most
        self._entries: OrderedDict[Hashable, Entry] = OrderedDict()
        self.size = 0

    def get(self, key: Hashable) -> Entry | None:
        """Return an entry and count it as used, or None."""
        entry = self._entries.get(key)
        if entry is not None:
            self._entries.move_to_end(key)
        return entry

    def put(self, key: Hashable, entry: Entry) -> None:
        """Keep an entry, unless it alone is larger than an eighth of all."""
        if entry.size > self._most // 8 or key in self._entries:
            return
        self._entries[key] = entry
        self.size += entry.size
        while self.size > self._most:
            _, oldest = self._entries.popitem(last=False)
            self.size -= oldest.size

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
        self.size = 0
