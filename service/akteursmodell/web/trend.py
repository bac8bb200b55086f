"""The trend of the validation runs: a small picture, and the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app

from akteursmodell.errors import Text
from akteursmodell.validation.runs import Kind, Run, Runs

__all__ = ["Line", "Trend", "runs", "trend"]

SHOWN = 50
WIDTH, HEIGHT, EDGE = 600, 120, 8
KINDS: dict[Kind, Text] = {
    "data": Text("angezeigte Daten", "data shown"),
    "write": Text("Änderung", "change"),
    "dry-run": Text("Probelauf", "preview"),
    "shapes": Text("fremde Regeln", "other rules"),
}


@dataclass(frozen=True)
class Line:
    """One line of the picture: what it counts, its points, and their numbers."""

    name: str
    words: Text
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Trend:
    """The latest runs, newest first, and a picture of those of all data of this service.

    A write is judged only where it concerns something; that, and what was only tried or judged by
    other rules, says nothing about all data, so it stands in the table only.
    """

    runs: tuple[Run, ...]
    drawn: tuple[Run, ...]
    most: int
    lines: tuple[Line, ...]
    width: int = WIDTH
    height: int = HEIGHT


def runs() -> Runs:
    """Return where this application keeps its runs."""
    found: Runs = current_app.extensions["akteursmodell"]["runs"]
    return found


def trend(latest: Sequence[Run]) -> Trend:
    """Return the trend of runs, the newest of which comes first."""
    drawn = [run for run in reversed(latest) if run.kind == "data"]
    most = max([1, *(max(run.errors, run.notes) for run in drawn)])
    lines = (
        Line("notes", Text("Hinweise", "notes"), points([run.notes for run in drawn], most)),
        Line("errors", Text("Fehler", "errors"), points([run.errors for run in drawn], most)),
    )
    return Trend(tuple(latest[:SHOWN]), tuple(drawn), most, lines)


def points(numbers: Sequence[int], most: int) -> tuple[tuple[float, float], ...]:
    """Return where numbers stand in the picture, from left to right, 0 at the bottom."""
    step = (WIDTH - 2 * EDGE) / max(1, len(numbers) - 1)
    high = HEIGHT - 2 * EDGE
    return tuple(
        (round(EDGE + at * step, 1), round(HEIGHT - EDGE - number / most * high, 1))
        for at, number in enumerate(numbers)
    )
