"""Dates as people read them: no more exact than they are known.

The data keep the first day and a precision; an end is the first day after (decision 1).
"""

from datetime import date, timedelta

from akteursmodell.graph.terms import NamedNode, Term
from akteursmodell.vocabulary import AKM

__all__ = ["day_in_words"]

LENGTHS = {"precision-year": 4, "precision-month": 7}


def day_in_words(day: str, precision: Term | None, *, last_day: bool = False) -> str:
    """Return `2023`, `2023-04` or `2023-04-01`; with `last_day` that of the day before.

    A text that is no ISO date is returned as it stands.
    """
    try:
        parsed = date.fromisoformat(day)
    except ValueError:
        return day
    shown = parsed - timedelta(days=1) if last_day else parsed
    name = precision.value.removeprefix(AKM) if isinstance(precision, NamedNode) else ""
    return shown.isoformat()[: LENGTHS.get(name, 10)]
