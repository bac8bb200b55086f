from dataclasses import dataclass

from akteursmodell.query.cache import Cache


@dataclass
class Entry:
    name: str
    size: int = 10


def test_what_was_used_last_stays_within_the_budget() -> None:
    cache: Cache[Entry] = Cache(80)
    entries = [Entry(str(number)) for number in range(9)]
    for entry in entries[:8]:
        cache.put(entry.name, entry)
    assert cache.get("0") is entries[0]
    cache.put("8", entries[8])
    assert cache.get("1") is None
    assert cache.get("0") is entries[0]
    assert (cache.size, cache.get("8")) == (80, entries[8])


def test_an_entry_larger_than_an_eighth_is_not_kept() -> None:
    cache: Cache[Entry] = Cache(80)
    cache.put("large", Entry("large", 11))
    assert (cache.get("large"), cache.size) == (None, 0)


def test_without_a_budget_nothing_is_kept() -> None:
    cache: Cache[Entry] = Cache(0)
    cache.put("a", Entry("a"))
    assert cache.get("a") is None
