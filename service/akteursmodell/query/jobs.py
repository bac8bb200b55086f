"""One query as it is handed to a worker process, and what the worker says before the answer.

Both are told by every request, so what repeats is read and written once and then remembered.
"""

import json
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

__all__ = ["DATASETS", "USUAL", "Dataset", "Head", "Job", "Options"]

REMEMBERED = 1024
Dataset: TypeAlias = Literal["all", "entered", "trial", "rehearsal", "past"]
"""`all` is what was entered with what follows from it, `entered` is without what only follows; on
`trial` changes are tried, on `rehearsal` they are dry; `past` has whichever earlier data state is
asked."""
DATASETS: tuple[Dataset, ...] = ("all", "entered", "trial", "rehearsal", "past")
USUAL: Dataset = "all"


class Options(NamedTuple):
    """What decides an answer beside the text of the query.

    `rows` and `graph` name the formats in which a table or a graph may be written, empty where the
    client takes none; `encoding` is gzip, br, zstd or empty; `default_graphs` and `named_graphs`
    are those of the protocol, None where it names none; `inference` tells whether what only follows
    is asked too; `max_rows` 0 means no limit; relative addresses are resolved against `base`;
    `revision` is the data state that is asked, None for the present.
    """

    rows: str = "json"
    graph: str = "turtle"
    encoding: str = ""
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    inference: bool = True
    explain: bool = False
    max_rows: int = 0
    base: str | None = None
    revision: int | None = None

    @property
    def dataset(self) -> Dataset:
        """The dataset that is asked."""
        if self.revision is not None:
            return "past"
        return "all" if self.inference else "entered"


class Job(NamedTuple):
    """A query with everything that decides its answer."""

    text: str
    options: Options = Options()

    def to_bytes(self) -> bytes:
        """Return the job for the wire: a line of options, then the text."""
        return written_options(self.options) + self.text.encode("utf-8", "surrogatepass")

    @classmethod
    def from_bytes(cls, data: bytes) -> "Job":
        """Read a job from the wire."""
        options, _, text = data.partition(b"\n")
        return cls(text.decode("utf-8", "surrogatepass"), read_options(options))


@lru_cache(maxsize=REMEMBERED)
def written_options(options: Options) -> bytes:
    """Return options as a line of JSON."""
    return json.dumps(options).encode() + b"\n"


@lru_cache(maxsize=REMEMBERED)
def read_options(line: bytes) -> Options:
    """Read options from a line of JSON."""
    rows, graph, encoding, default, named, *rest = json.loads(line)
    return Options(rows, graph, encoding, names(default), names(named), *rest)


def names(given: list[str] | None) -> tuple[str, ...] | None:
    """Return names as the options keep them."""
    return None if given is None else tuple(given)


class Head(NamedTuple):
    """What is known before the first byte of an answer.

    `added` are the known prefixes that the query used undeclared; `cut_at` is the number of rows at
    which the answer was cut, 0 where it is whole; `unknown` pairs terms of our vocabulary that do
    not exist with the nearest that does.
    """

    media_type: str
    encoding: str = ""
    added: tuple[str, ...] = ()
    cut_at: int = 0
    unknown: tuple[tuple[str, str], ...] = ()

    def to_bytes(self, encoding: str) -> bytes:
        """Return the head for the wire, with the coding that the answer got."""
        return written_head(self, encoding)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Head":
        """Read a head from the wire."""
        return read_head(data)


@lru_cache(maxsize=REMEMBERED)
def written_head(head: Head, encoding: str) -> bytes:
    """Return a head as JSON."""
    told = (head.media_type, encoding, head.added, head.cut_at, head.unknown)
    return json.dumps(told).encode()


@lru_cache(maxsize=REMEMBERED)
def read_head(data: bytes) -> Head:
    """Read a head from JSON."""
    media_type, encoding, added, cut_at, unknown = json.loads(data)
    return Head(media_type, encoding, tuple(added), cut_at, tuple(map(tuple, unknown)))
