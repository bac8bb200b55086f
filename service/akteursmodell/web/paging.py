"""Long lists in pages: which part is shown, and the addresses of the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from flask import request

__all__ = ["Part", "part_of"]

T = TypeVar("T")
LENGTH = 40
DIGITS = 7


@dataclass(frozen=True)
class Part(Generic[T]):
    """The part of a list that a page shows; addresses are empty where there is no such part."""

    items: Sequence[T]
    total: int
    number: int
    last: int
    before: str
    after: str


def part_of(items: Sequence[T], length: int = LENGTH) -> Part[T]:
    """Return the part of a list that `page` asks for; the nearest one where it is none."""
    last = max(1, -(-len(items) // length))
    asked = request.args.get("page", "1")
    number = min(max(1, int(asked)), last) if asked.isdecimal() and len(asked) <= DIGITS else 1
    start = (number - 1) * length
    return Part(
        items=items[start : start + length],
        total=len(items),
        number=number,
        last=last,
        before=place(number - 1) if number > 1 else "",
        after=place(number + 1) if number < last else "",
    )


def place(number: int) -> str:
    """Return the address of another part, with all else that was chosen."""
    chosen = {name: value for name, value in request.args.items() if value}
    chosen = {name: value for name, value in chosen.items() if name not in ("lang", "page")}
    if number > 1:
        chosen["page"] = str(number)
    return f"{request.script_root}{request.path}?{urlencode(chosen)}#list"
