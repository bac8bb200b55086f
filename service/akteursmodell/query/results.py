"""The formats of an answer: names, media types, and the writing itself, piece by piece."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import IO, cast

from akteursmodell.errors import NotAcceptableError, Text
from akteursmodell.graph.store import Answer
from akteursmodell.graph.terms import (
    QueryBoolean,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)
from akteursmodell.query.workbook import Sink, write_workbook
from akteursmodell.vocabulary import PREFIXES

__all__ = [
    "GRAPHS",
    "ROWS",
    "Format",
    "Sink",
    "by_name",
    "formats_for",
    "no_such_format",
    "write",
    "write_to",
]


@dataclass(frozen=True)
class Format:
    """One way to write an answer; without an engine's format it is ours."""

    name: str
    media_type: str
    engine: QueryResultsFormat | RdfFormat | None
    also: tuple[str, ...] = ()

    @property
    def media_types(self) -> tuple[str, ...]:
        """All media types that ask for this format, its own first."""
        return (self.media_type, *self.also)

    @property
    def content_type(self) -> str:
        """The media type, with its charset where it is text."""
        text = self.media_type.startswith("text/")
        return self.media_type + "; charset=utf-8" if text else self.media_type


WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = (
    Format(
        "json", "application/sparql-results+json", QueryResultsFormat.JSON, ("application/json",)
    ),
    Format("xml", "application/sparql-results+xml", QueryResultsFormat.XML, ("application/xml",)),
    Format("csv", "text/csv", QueryResultsFormat.CSV),
    Format("tsv", "text/tab-separated-values", QueryResultsFormat.TSV),
    Format("xlsx", WORKBOOK, None),
)
GRAPHS = (
    Format("turtle", "text/turtle", RdfFormat.TURTLE, ("application/x-turtle",)),
    Format("jsonld", "application/ld+json", RdfFormat.JSON_LD, ("application/json",)),
    Format("ntriples", "application/n-triples", RdfFormat.N_TRIPLES, ("text/plain",)),
    Format("rdfxml", "application/rdf+xml", RdfFormat.RDF_XML, ("application/xml",)),
    Format("trig", "application/trig", RdfFormat.TRIG, ("application/x-trig",)),
    Format("nquads", "application/n-quads", RdfFormat.N_QUADS),
    Format("n3", "text/n3", RdfFormat.N3, ("text/rdf+n3",)),
)
SHORT = {
    "ttl": "turtle", "nt": "ntriples", "n-triples": "ntriples", "rdf": "rdfxml",
    "rdf+xml": "rdfxml", "json-ld": "jsonld", "nq": "nquads", "n-quads": "nquads",
}  # fmt: skip
GRAPH_SHORT = {**SHORT, "xml": "rdfxml", "json": "jsonld"}
XML = (QueryResultsFormat.XML, RdfFormat.RDF_XML)
LINKED = {
    "json": (b'"head":{', b'"head":{"link":["%s"],'),
    "xml": (b"</head>", b'<link href="%s"/></head>'),
}
# What XML 1.0 cannot hold: https://www.w3.org/TR/xml/#charsets
NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
REPLACED = "\ufffd".encode()
HELD = (b"\xef", b"\xef\xbf")


def formats_for(answer: Answer) -> tuple[Format, ...]:
    """Return the formats that this kind of answer has."""
    return GRAPHS if isinstance(answer, QueryTriples) else ROWS


def by_name(formats: Iterable[Format], name: str) -> Format:
    """Return the format of a short name or media type; raises NotAcceptableError with the list."""
    formats = tuple(formats)
    short = GRAPH_SHORT if formats == GRAPHS else SHORT
    wanted = short.get(name.lower(), name.lower())
    for form in formats:
        if wanted == form.name or wanted in form.media_types:
            return form
    raise no_such_format(formats)


def no_such_format(formats: Iterable[Format]) -> NotAcceptableError:
    """Say which formats there are."""
    known = ", ".join(f"{f.name} ({f.media_type})" for f in formats)
    return NotAcceptableError(
        Text("Dieses Format gibt es hier nicht.", "This format is not available here."),
        Text(f"Vorhanden: {known}", f"Available: {known}"),
    )


def write(answer: Answer, form: Format) -> bytes:
    """Return an answer in a format of its kind."""
    whole = BytesIO()
    write_to(answer, form, whole)
    return whole.getvalue()


def write_to(answer: Answer | list[Triple], form: Format, sink: Sink, link: str = "") -> None:
    """Write an answer, or a graph, in a format of its kind, piece by piece as it is found.

    A `link` to what is to be known of the rows goes into the head of JSON and XML.
    """
    if link and form.name in LINKED:
        sink = LinkingSink(sink, form.name, link)
    if form.engine in XML:
        clean = XmlSink(sink)
        write_engine(answer, form.engine, clean)
        clean.finish()
    elif form.engine is None and not isinstance(answer, list):
        write_workbook(answer, sink)
    else:
        write_engine(answer, form.engine, sink)


def write_engine(
    answer: Answer | list[Triple], form: QueryResultsFormat | RdfFormat | None, sink: Sink
) -> None:
    """Let the engine write; graphs with the known prefixes."""
    output = cast("IO[bytes]", sink)
    if isinstance(answer, QueryTriples | list) and isinstance(form, RdfFormat):
        serialize(answer, output, form, prefixes=PREFIXES)
    elif not isinstance(answer, QueryTriples | list) and isinstance(form, QueryResultsFormat):
        if isinstance(answer, QueryBoolean) and form == QueryResultsFormat.TSV:
            sink.write(b"true" if answer else b"false")
        else:
            answer.serialize(output, form)
    else:
        raise TypeError(form)


class LinkingSink:
    """Puts a link into the head of a result (JSON results, section 3.1.2; XML results, 2.2)."""

    def __init__(self, sink: Sink, name: str, link: str) -> None:
        """Take what is written to, the format, and the address."""
        self._sink = sink
        self._place, self._with = (each.replace(b"%s", link.encode()) for each in LINKED[name])
        self._held: bytes | None = b""

    def write(self, data: bytes, /) -> int:
        """Pass bytes on; the first wait until the head is there."""
        if self._held is None:
            return self._sink.write(data)
        self._held += data
        if self._place in self._held:
            self._sink.write(self._held.replace(self._place, self._with, 1))
            self._held = None
        return len(data)

    def flush(self) -> None:
        """Do nothing: an answer has a head."""


class XmlSink:
    """Replaces the characters that XML cannot hold, which the engine writes as they are."""

    def __init__(self, sink: Sink) -> None:
        """Take what is written to."""
        self._sink = sink
        self._held = b""

    def write(self, data: bytes, /) -> int:
        """Pass bytes on; what may be the first part of such a character waits for the rest."""
        whole = self._held + data
        keep = next((len(end) for end in reversed(HELD) if whole.endswith(end)), 0)
        cut = len(whole) - keep
        self._held = whole[cut:]
        self._sink.write(NOT_XML.sub(REPLACED, whole[:cut]))
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is held waits for the next bytes."""

    def finish(self) -> None:
        """Pass on what is left."""
        self._sink.write(self._held)
