"""Queries that need no worker: they ask what is stated about one named thing.

A foreign query runs in a process that can be ended, since nobody can tell what it will cost. Of a
lookup one can: it has one triple pattern whose subject is named, and nothing else, so each step
finds a row; and it is left to a worker when the answer turns out to be long (decision 7).

Parsing and planning such a query costs the engine several times what finding its triples does, so
they are asked for directly. What is taken for a lookup must therefore surely be one by the grammar
(https://www.w3.org/TR/sparql11-query/#sparqlGrammar); what is unusual in any way is left.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any, NamedTuple

import orjson

from akteursmodell.errors import AkteursmodellError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import TYPE, BlankNode, NamedNode, Term, Triple
from akteursmodell.query.encodings import compressor
from akteursmodell.query.jobs import Head, Job, Options
from akteursmodell.query.nearest import strange_terms
from akteursmodell.query.results import GRAPHS, ROWS, Format, by_name, write_to
from akteursmodell.query.worker import WORTH_COMPRESSING, ask
from akteursmodell.vocabulary import PREFIXES, SYSTEM_GRAPH

__all__ = ["Lookup", "looked_up", "lookup_in"]

LONGEST = 64 * 1024
LONGEST_TEXT = 4096
MOST = 1024

GAP = r"(?:[ \t\r\n]|\#[^\n\r]*[\n\r])*"
BETWEEN = rf"[ \t\r\n]{GAP}"
IRI = r"<[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]*>"
PREFIX = r"(?:[A-Za-z][\w-]*)?"
NAME = rf"{PREFIX}:\w[\w-]*"
VARIABLE = r"[?$]\w+"
DECLARED = rf"PREFIX{BETWEEN}({PREFIX}):{GAP}({IRI})"
SELECT = rf"SELECT{BETWEEN}(?P<shown>\*|{VARIABLE}(?:{BETWEEN}{VARIABLE})*){GAP}(?:WHERE{GAP})?"
PATTERN = (
    rf"(?P<subject>{IRI}|{NAME}){BETWEEN}(?P<predicate>{IRI}|{NAME}|{VARIABLE}|a){BETWEEN}"
    rf"(?P<object>{IRI}|{NAME}|{VARIABLE})"
)
LOOKUP = re.compile(
    rf"{GAP}(?P<prologue>(?:{DECLARED}{GAP})*)"
    rf"(?:(?:{SELECT}|ASK{GAP})\{{{GAP}{PATTERN}{GAP}(?:\.{GAP})?\}}"
    rf"|DESCRIBE{BETWEEN}(?P<described>{IRI}|{NAME}))"
    rf"{GAP}(?:\#[^\n\r]*)?\Z",
    re.ASCII | re.IGNORECASE,
)
DECLARATION = re.compile(DECLARED, re.ASCII | re.IGNORECASE)
NAMES = ("described", "subject", "predicate", "object")
SHOWN = re.compile(VARIABLE, re.ASCII)
DOTS = re.compile(r"[/:]\.\.?(?:[/?#]|\Z)")
"""A step of a path that resolving an address takes away (RFC 3986, section 5.2.4)."""
STRING = NamedNode("http://www.w3.org/2001/XMLSchema#string")
WORKBOOK = by_name(ROWS, "xlsx")


class Lookup(NamedTuple):
    """What is asked about one thing.

    `predicate` and `object` are None where the query has a variable. `columns` tells of each column
    of a SELECT its name, and which part of a triple it shows, if any; else it is None. `added` are
    the known prefixes that the query used undeclared.
    """

    describes: bool
    added: tuple[str, ...]
    subject: NamedNode
    predicate: NamedNode | None = None
    object: NamedNode | None = None
    columns: tuple[tuple[str, str | None], ...] | None = None


def looked_up(store: EmbeddedStore, job: Job) -> tuple[Head, bytes] | None:
    """Return the answer to a lookup, or None for a query that is none, or not surely a small one.

    What is wrong with a query is left to a worker to say.
    """
    if store.hidden or not is_plain(job.options):
        return None
    lookup = lookup_in(job.text)
    if lookup is None or strange_terms(store, job.text):
        return None
    found = store.seen(lookup.subject, lookup.predicate, lookup.object, MOST)
    if len(found) == MOST:
        return None
    try:
        form, body = written(store, job, lookup, found)
    except (AkteursmodellError, OverflowError):
        return None
    encoding, body = packed(body, job.options.encoding)
    return Head(form.content_type, encoding, lookup.added), body


def is_plain(options: Options) -> bool:
    """Whether nothing but the whole data is asked, and no workbook is to be made of it."""
    return (
        options.inference
        and options.revision is None
        and not options.explain
        and not options.max_rows
        and options.default_graphs is None
        and options.named_graphs is None
        and options.rows != WORKBOOK.name
    )


def lookup_in(text: str) -> Lookup | None:
    """Return the lookup that a query is, or None for a text that is no lookup, or not surely."""
    match = LOOKUP.match(text) if len(text) <= LONGEST_TEXT else None
    if match is None:
        return None
    try:
        lookup = read(match)
    except (KeyError, ValueError):
        return None
    return None if lookup.subject.value == SYSTEM_GRAPH else lookup


def read(match: re.Match[str]) -> Lookup:
    """Read a lookup; raises KeyError for an unknown prefix, ValueError for what is unusual."""
    spaces = declared(match["prologue"])
    used = {name.partition(":")[0] for name in match.group(*NAMES) if name and ":" in name}
    added = tuple(sorted(name for name in used - spaces.keys() if name[:1] != "<"))
    if match["described"]:
        return Lookup(True, added, named(match["described"], spaces))
    subject = named(match["subject"], spaces)
    predicate, variable = asked(match["predicate"], spaces)
    object_, other = asked(match["object"], spaces)
    if variable is not None and variable == other:
        raise ValueError(variable)
    columns = shown(match["shown"], {variable: "predicate", other: "object"})
    return Lookup(False, added, subject, predicate, object_, columns)


@lru_cache(maxsize=1024)
def declared(prologue: str) -> dict[str, str]:
    """Return the prefixes that a prologue declares; raises ValueError for one declared twice."""
    found = DECLARATION.findall(prologue)
    spaces = {prefix: NamedNode(iri[1:-1]).value for prefix, iri in found}
    if len(spaces) < len(found):
        raise ValueError(prologue)
    return spaces


def asked(name: str, spaces: Mapping[str, str]) -> tuple[NamedNode | None, str | None]:
    """Return the term or else the variable that stands in a pattern."""
    return (None, name[1:]) if name[0] in "?$" else (named(name, spaces), None)


def named(name: str, spaces: Mapping[str, str]) -> NamedNode:
    """Return the term that an IRI, a prefixed name or `a` stands for.

    Raises KeyError for an unknown prefix, ValueError for what the engine would rewrite or refuse.
    """
    if name == "a":
        return TYPE
    prefix, _, local = name.partition(":")
    iri = name[1:-1] if prefix[0:1] == "<" else (spaces.get(prefix) or PREFIXES[prefix]) + local
    if DOTS.search(iri):
        raise ValueError(iri)
    return NamedNode(iri)


def shown(
    projection: str | None, parts: Mapping[str | None, str]
) -> tuple[tuple[str, str | None], ...] | None:
    """Return the columns of a SELECT, None without one; raises ValueError for a column twice."""
    if projection is None:
        return None
    if projection == "*":
        names = sorted(name for name in parts if name is not None)
    else:
        names = [variable[1:] for variable in SHOWN.findall(projection)]
    if len(set(names)) < len(names):
        raise ValueError(projection)
    return tuple((name, parts.get(name)) for name in names)


def written(
    store: EmbeddedStore, job: Job, lookup: Lookup, found: list[Triple]
) -> tuple[Format, bytes]:
    """Return the answer in the format that is asked; all but JSON is left to the engine.

    Raises OverflowError for an answer that is too long, or does not end with the triples found.
    """
    short = Short()
    if lookup.describes:
        form = by_name(GRAPHS, job.options.graph)
        if any(isinstance(each.object, BlankNode | Triple) for each in found):
            raise OverflowError
        write_to(found, form, short)
        return form, short.getvalue()
    form = by_name(ROWS, job.options.rows)
    if form.name == "json":
        short.write(orjson.dumps(table(lookup, found)))
    else:
        write_to(ask(store, job, job.text), form, short)
    return form, short.getvalue()


def table(lookup: Lookup, found: list[Triple]) -> dict[str, Any]:
    """Return an answer as JSON has it (https://www.w3.org/TR/sparql11-results-json/)."""
    if lookup.columns is None:
        return {"head": {}, "boolean": bool(found)}
    parts = [(name, part) for name, part in lookup.columns if part is not None]
    return {
        "head": {"vars": [name for name, _ in lookup.columns]},
        "results": {
            "bindings": [
                {name: cell(getattr(each, part)) for name, part in parts} for each in found
            ]
        },
    }


def cell(term: Term) -> dict[str, str]:
    """Return a term as JSON has it; raises OverflowError for one with terms in it."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple) or term.direction is not None:
        raise OverflowError
    if term.language is not None:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype == STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def packed(body: bytes, encoding: str) -> tuple[str, bytes]:
    """Return a whole answer in a content coding where that is worth it, and the coding it got."""
    if not encoding or len(body) < WORTH_COMPRESSING:
        return "", body
    stream = compressor(encoding)
    return encoding, stream.compress(body) + stream.flush()


class Short(BytesIO):
    """Takes an answer of at most `LONGEST` bytes; raises OverflowError for more."""

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # the engine gives bytes
        """Take the next bytes."""
        if self.tell() + len(data) > LONGEST:
            raise OverflowError
        return super().write(data)
