"""Where an entry stands: the file and line on which its block of Turtle begins."""

import re
from collections.abc import Iterable
from pathlib import Path

from akteursmodell.vocabulary import expand

__all__ = ["find_places"]

SUBJECT = re.compile(r"^(?:<(?P<iri>[^>]+)>|(?P<name>[\w-]*:[\w.-]+))(?=\s|$)")


def find_places(files: Iterable[Path]) -> dict[str, str]:
    """Return `file:line` for each subject that begins a line of a Turtle file."""
    places: dict[str, str] = {}
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            match = SUBJECT.match(line)
            if match is None:
                continue
            iri = match["iri"] or expand(match["name"])
            if iri:
                places.setdefault(iri, f"{file.name}:{number}")
    return places
