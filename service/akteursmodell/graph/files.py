"""RDF files: reading them with the place of a fault, and the graph that each shipped file is."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pyoxigraph import parse

from akteursmodell.errors import InputError, NotRdfError, SourceSyntaxError, Text
from akteursmodell.graph.terms import DefaultGraph, NamedNode, Quad, RdfFormat
from akteursmodell.resources import root
from akteursmodell.vocabulary import BASE

__all__ = ["FORMATS", "graph_of", "read_body", "read_dump", "read_file", "read_text"]

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


def graph_of(file: Path) -> NamedNode:
    """Return the graph of a shipped file: base IRI plus path without extension."""
    return NamedNode(BASE + file.relative_to(root()).with_suffix("").as_posix())


def read_file(file: Path, graph: NamedNode | None = None) -> list[Quad]:
    """Read a file into one graph; quads that name their own graph keep it.

    Raises NotRdfError for an unknown ending and SourceSyntaxError with line and column.
    """
    form = FORMATS.get(file.suffix.lower())
    if form is None:
        known = ", ".join(FORMATS)
        raise NotRdfError(
            Text(
                f"{file.name} hat keine Endung einer RDF-Datei.",
                f"{file.name} does not end like an RDF file.",
            ),
            Text(f"Erlaubt sind: {known}", f"Known endings: {known}"),
        )
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise NotRdfError(
            Text(f"{file.name} ist keine Textdatei in UTF-8.", f"{file.name} is not UTF-8 text."),
            Text("Speichern Sie die Datei als UTF-8.", "Save the file as UTF-8."),
        ) from None
    except OSError as fault:
        raise InputError(
            Text(
                f"{file} lässt sich nicht lesen: {fault.strerror}",
                f"{file} cannot be read: {fault.strerror}",
            ),
            Text("Prüfen Sie Name und Rechte.", "Check name and permissions."),
        ) from None
    return read_text(text, form, graph, name=file.name)


def read_dump(source: IO[bytes]) -> Iterator[Quad]:
    """Read N-Quads of our own making; blank nodes keep their names."""
    return parse(source, format=RdfFormat.N_QUADS)


def read_body(body: bytes, media_type: str, base: str) -> list[Quad]:
    """Read RDF that came over HTTP; relative IRIs are resolved against `base`.

    Raises SourceSyntaxError with line and column, NotRdfError for a document type with entities,
    which the engine would unfold to any size, and for a media type that is no RDF.
    """
    form = RdfFormat.from_media_type(media_type)
    if form is None:
        raise NotRdfError(
            Text(f"{media_type} ist kein RDF-Format.", f"{media_type} is no RDF format.")
        )
    if form == RdfFormat.RDF_XML and b"<!ENTITY" in body:
        raise NotRdfError(
            Text(
                "RDF/XML mit eigenen Entitäten (<!ENTITY …>) wird hier nicht gelesen.",
                "RDF/XML with entities of its own (<!ENTITY …>) is not read here.",
            ),
            Text("Schreiben Sie die Adressen aus.", "Write the addresses in full."),
        )
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise NotRdfError(Text("Die Daten sind kein UTF-8.", "The data are not UTF-8.")) from None
    return parsed(text, form, Text("Der Inhalt", "The content"), base or BASE)


def read_text(
    text: str, form: RdfFormat, graph: NamedNode | None = None, *, name: str, base: str = BASE
) -> list[Quad]:
    """Read RDF from text; `name` is how a fault speaks of it, `base` is for relative IRIs."""
    target = graph or DefaultGraph()
    return [
        quad
        if not isinstance(quad.graph_name, DefaultGraph)
        else Quad(quad.subject, quad.predicate, quad.object, target)
        for quad in parsed(text, form, Text(f"Die Datei {name}", f"The file {name}"), base)
    ]


def parsed(text: str, form: RdfFormat, what: Text, base: str) -> list[Quad]:
    """Read RDF; raises SourceSyntaxError with line and column."""
    try:
        return list(parse(text, format=form, base_iri=base))
    except SyntaxError as fault:
        line, column = fault.lineno or 0, fault.offset or 0
        lines = text.splitlines()
        shown = lines[line - 1] if 0 < line <= len(lines) else ""
        detail = str(fault.msg).partition(": ")[2] or str(fault.msg)
        raise SourceSyntaxError(what, detail[:160], line, column, shown) from None
