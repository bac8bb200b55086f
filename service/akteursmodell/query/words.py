"""Words as people type them: without regard to case, to marks on letters and to how umlauts go."""

import unicodedata
from typing import Final

__all__ = ["plain", "spelled", "words_of"]

SPOKEN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def words_of(phrase: str, signs: str = "§") -> list[str]:
    """Cut a phrase into words of letters, digits and some signs, in small letters."""
    return "".join(c if c.isalnum() or c in signs else " " for c in phrase.casefold()).split()


def plain(word: str) -> str:
    """Return a word without the marks on its letters: `dulken`."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def spelled(word: str) -> str:
    """Return a word with umlauts spelled out: `duelken`."""
    return plain(word.translate(SPOKEN))
