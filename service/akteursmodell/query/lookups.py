"""Queries that need no worker: they ask what is stated about one named thing.

A foreign query runs in a process that can be ended, since nobody can tell what it will cost. Of a
lookup one can: it has one triple pattern whose subject is named, and nothing else, so each step of
the engine finds a row of the answer; and it is left to a worker when the answer turns out to be
long (decision 7).
"""

import re
from io import BytesIO

from akteursmodell.errors import AkteursmodellError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.prefixes import undeclared
from akteursmodell.query.encodings import compressor
from akteursmodell.query.jobs import Head, Job, Options
from akteursmodell.query.nearest import strange_terms
from akteursmodell.query.results import ROWS, write_to
from akteursmodell.query.worker import WORTH_COMPRESSING, ask, chosen
from akteursmodell.vocabulary import PREFIXES, SYSTEM_GRAPH

__all__ = ["looked_up", "subject_of"]

LONGEST = 64 * 1024
LONGEST_TEXT = 4096
STREAMED = frozenset(form.name for form in ROWS if form.engine is not None)

GAP = r"(?:\s|\#[^\n\r]*[\n\r])*"
BETWEEN = rf"\s{GAP}"
IRI = r"<[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]*>"
NAME = r"[A-Za-z][\w-]*:[\w-]+"
VARIABLE = r"[?$]\w+"
DECLARED = rf"PREFIX{BETWEEN}([\w-]*):{GAP}({IRI})"
SHOWN = rf"(?:\*|{VARIABLE}(?:{BETWEEN}{VARIABLE})*)"
SELECT = rf"SELECT{BETWEEN}{SHOWN}{GAP}(?:WHERE{GAP})?"
PATTERN = (
    rf"(?P<subject>{IRI}|{NAME}){BETWEEN}(?P<predicate>{IRI}|{NAME}|{VARIABLE}|a){BETWEEN}"
    rf"(?!(?P=predicate)\b)(?:{IRI}|{NAME}|{VARIABLE})"
)
LOOKUP = re.compile(
    rf"{GAP}(?P<prologue>(?:{DECLARED}{GAP})*)"
    rf"(?:(?:{SELECT}|ASK{GAP})\{{{GAP}{PATTERN}{GAP}(?:\.{GAP})?\}}"
    rf"|DESCRIBE{BETWEEN}(?P<described>{IRI}|{NAME}))"
    rf"{GAP}(?:\#[^\n\r]*)?\Z",
    re.IGNORECASE,
)
DECLARATION = re.compile(DECLARED, re.IGNORECASE)


def looked_up(store: EmbeddedStore, job: Job) -> tuple[Head, bytes] | None:
    """Return the answer to a lookup, or None for a query that is none, or not surely a small one.

    What is wrong with a query is left to a worker to say.
    """
    if not is_plain(job.options):
        return None
    subject = subject_of(job.text)
    if subject in (None, SYSTEM_GRAPH) or strange_terms(store, job.text):
        return None
    short = Short()
    try:
        answer = ask(store, job, job.text)
        form = chosen(answer, job)
        write_to(answer, form, short)
    except (AkteursmodellError, OverflowError):
        return None
    encoding, body = packed(short.getvalue(), job.options.encoding)
    return Head(form.content_type, encoding, undeclared(job.text)), body


def packed(body: bytes, encoding: str) -> tuple[str, bytes]:
    """Return a whole answer in a content coding where that is worth it, and the coding it got."""
    if not encoding or len(body) < WORTH_COMPRESSING:
        return "", body
    stream = compressor(encoding)
    return encoding, stream.compress(body) + stream.flush()


def is_plain(options: Options) -> bool:
    """Whether nothing but the whole data is asked, in a format that the engine writes."""
    return (
        options.inference
        and options.revision is None
        and not options.explain
        and not options.max_rows
        and options.default_graphs is None
        and options.named_graphs is None
        and (not options.rows or options.rows in STREAMED)
    )


def subject_of(text: str) -> str | None:
    """Return the IRI that a lookup asks about, or None for a text that is no lookup."""
    match = LOOKUP.match(text) if len(text) <= LONGEST_TEXT else None
    if match is None:
        return None
    subject = match["subject"] or match["described"]
    if subject.startswith("<"):
        return str(subject[1:-1])
    prefix, _, local = subject.partition(":")
    declared = [iri for name, iri in DECLARATION.findall(match["prologue"]) if name == prefix]
    if len(declared) > 1:
        return None
    space = declared[0][1:-1] if declared else PREFIXES.get(prefix)
    return None if space is None else space + local


class Short(BytesIO):
    """Takes an answer of at most `LONGEST` bytes; raises OverflowError for more."""

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # the engine gives bytes
        """Take the next bytes."""
        if self.tell() + len(data) > LONGEST:
            raise OverflowError
        return super().write(data)
