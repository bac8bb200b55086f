"""The formats of an answer: names, media types, and the writing itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from akteursmodell.errors import NotAcceptableError, Text
from akteursmodell.graph.store import Answer
from akteursmodell.graph.terms import (
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    write_triples,
)

__all__ = ["GRAPHS", "ROWS", "Format", "by_name", "formats_for", "no_such_format", "write"]


@dataclass(frozen=True)
class Format:
    """One way to write an answer."""

    name: str
    media_type: str
    engine: QueryResultsFormat | RdfFormat
    also: tuple[str, ...] = ()

    @property
    def media_types(self) -> tuple[str, ...]:
        """All media types that ask for this format, its own first."""
        return (self.media_type, *self.also)


SPARQL_RESULTS = "application/sparql-results+"
ROWS = (
    Format(
        "json", "application/sparql-results+json", QueryResultsFormat.JSON, ("application/json",)
    ),
    Format("xml", "application/sparql-results+xml", QueryResultsFormat.XML, ("application/xml",)),
    Format("csv", "text/csv", QueryResultsFormat.CSV),
    Format("tsv", "text/tab-separated-values", QueryResultsFormat.TSV),
)
GRAPHS = (
    Format("turtle", "text/turtle", RdfFormat.TURTLE),
    Format("jsonld", "application/ld+json", RdfFormat.JSON_LD, ("application/json",)),
    Format("ntriples", "application/n-triples", RdfFormat.N_TRIPLES, ("text/plain",)),
    Format("rdfxml", "application/rdf+xml", RdfFormat.RDF_XML, ("application/xml",)),
)
SHORT = {"ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml", "json-ld": "jsonld"}


def formats_for(answer: Answer) -> tuple[Format, ...]:
    """Return the formats that this kind of answer has."""
    return GRAPHS if isinstance(answer, QueryTriples) else ROWS


def by_name(formats: Iterable[Format], name: str) -> Format:
    """Return the format of a short name or media type; raises NotAcceptableError with the list."""
    formats = tuple(formats)
    wanted = SHORT.get(name.lower(), name.lower())
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
    """Write an answer in a format of its kind."""
    if isinstance(answer, QueryTriples):
        assert isinstance(form.engine, RdfFormat)  # noqa: S101 -- formats_for pairs them
        return write_triples(list(answer), form.engine)
    assert isinstance(form.engine, QueryResultsFormat)  # noqa: S101 -- formats_for pairs them
    return answer.serialize(format=form.engine) or b""
