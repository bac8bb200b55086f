"""The queries, and their texts for one request after the other: never the same text twice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote

from bench.data import Shape

__all__ = ["EXPORT", "FOLDER", "Query", "queries"]

FOLDER = Path(__file__).parent / "queries"
EXPORT = (Path(__file__).parent / "export.rq").read_text(encoding="utf-8")
STRIDE = 7919  # prime, so that the constants come in no order and all of them come
ROWS, GRAPH = "application/sparql-results+json", "application/n-triples"
VARY = re.compile(r"^#\+ vary: (\S+-)(\d+) in (\w+)$", re.MULTILINE)


@dataclass(frozen=True)
class Query:
    """One query of the benchmark, as its file tells."""

    id: str
    summary: str
    text: str
    ordered: bool

    @property
    def accept(self) -> str:
        """Return the media type to ask for."""
        graph = re.search(r"^(CONSTRUCT|DESCRIBE)\b", self.text, re.MULTILINE)
        return GRAPH if graph else ROWS

    def pieces(self) -> list[str]:
        """Return the text without comments, cut where the constant's number stands."""
        body = "\n".join(line for line in self.text.splitlines() if not line.startswith("#"))
        vary = VARY.search(self.text)
        return re.split(rf"(?<={vary[1]}){vary[2]}\b", body) if vary else [body]

    def constants(self, shape: Shape, first: int) -> Iterator[tuple[int, str]]:
        """Yield counter and constant from number `first` on."""
        vary = VARY.search(self.text)
        choices = shape.numbers(vary[3]) if vary else range(1)
        for number in count(first):
            yield number, str(choices[number * STRIDE % len(choices)])

    def texts(self, shape: Shape, first: int) -> Iterator[str]:
        """Yield texts from number `first` on: another constant, and a comment with a counter."""
        pieces = self.pieces()
        for number, constant in self.constants(shape, first):
            yield f"{constant.join(pieces)}\n# {number}"

    def requests(self, shape: Shape, first: int, path: str) -> Iterator[bytes]:
        """Yield the GET requests, with keep-alive, for the same texts.

        The pieces are percent-encoded once, since the client is to be faster than the server.
        """
        pieces = [quote(piece) for piece in self.pieces()]
        rest = f" HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {self.accept}\r\n\r\n"
        for number, constant in self.constants(shape, first):
            query = f"{constant.join(pieces)}%0A%23%20{number}"
            yield f"GET {path}?query={query}{rest}".encode()


def queries(folder: Path = FOLDER) -> list[Query]:
    """Read the query files, in the order of their names."""
    found = []
    for file in sorted(folder.glob("*.rq")):
        text = file.read_text(encoding="utf-8")
        summary = re.search(r"^#\+ summary: (.+)$", text, re.MULTILINE)
        if summary is None:
            raise ValueError(f"{file.name} has no summary")
        found.append(Query(file.stem[3:], summary[1], text, "#+ ordered: true" in text))
    return found
