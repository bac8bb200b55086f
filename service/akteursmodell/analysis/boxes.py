"""Boxes with text, as diagrams are made of: their sizes from the length of what is in them.

Sizes are in pixels; the width of text is estimated, on the wide side.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

__all__ = ["GAP", "LINE", "PAD", "Box", "Words", "box_of", "reach", "stretched", "wrap"]

LETTER, CAPITAL = 8.8, 10.6
LETTERS = {**dict.fromkeys("ijlrtfI.,:;'|()/- ", 5.6), "m": 13.7, "w": 11.6, "M": 12.4, "W": 14.0}
BOLD, SMALL = 1.1, 0.9
LINE, SMALL_LINE, PAD, GAP = 18, 16, 10, 12
WIDEST = 25


@dataclass(frozen=True)
class Words:
    """A line of text and its base line; `small` in smaller letters."""

    text: str
    x: float
    y: float
    small: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Box:
    """A class, with its text; `ours` is false for a class of another module or vocabulary."""

    iri: str
    x: float
    y: float
    width: float
    height: float
    words: tuple[Words, ...]
    ours: bool
    rule: float = 0

    def moved(self, x: float, y: float) -> "Box":
        """Return the box at another place, with all that is in it."""
        words = tuple(replace(word, x=word.x + x, y=word.y + y) for word in self.words)
        rule = self.rule + y if self.rule else 0
        return replace(self, x=self.x + x, y=self.y + y, words=words, rule=rule)

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.height / 2


def box_of(iri: str, lines: Sequence[str], *, ours: bool, small: Sequence[str] = ()) -> Box:
    """Return a box at the origin with lines of text in it."""
    words = [Words(t, PAD, PAD + 13 + LINE * n) for n, t in enumerate(lines)]
    after = PAD + LINE * len(lines) - 2
    words += [Words(t, PAD, after + 12 + SMALL_LINE * n, small=True) for n, t in enumerate(small)]
    height = 2 * PAD + LINE * len(lines) - 2 + SMALL_LINE * len(small)
    return Box(iri, 0, 0, max(map(reach, words), default=PAD) + PAD, height, tuple(words), ours)


def reach(words: Words) -> float:
    """Return how far to the right a text reaches."""
    size = sum(LETTERS.get(c, CAPITAL if c.isupper() else LETTER) for c in words.text)
    return words.x + size * (BOLD if words.bold else SMALL if words.small else 1)


def stretched(box: Box, width: float) -> Box:
    """Return a box of another width."""
    return replace(box, width=width)


def wrap(text: str) -> list[str]:
    """Break a text at its spaces into lines that are not too wide."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= WIDEST:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines or [""]
