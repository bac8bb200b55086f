"""Bring answers of different servers into one form, so that they can be compared."""

import csv
import hashlib
import json
from collections.abc import Iterable
from typing import Any
from zlib import crc32

from rdflib import Graph

__all__ = ["checksum", "digest"]


def digest(body: bytes, *, ordered: bool) -> tuple[str, int]:
    """Return a fingerprint of the rows (or triples) as a multiset, and how many there are.

    With `ordered` the order counts too. Graphs are read as N-Triples, or as RDF/XML where a server
    answers so regardless of what was asked for. The data have no blank nodes.
    """
    lines = rows(body) if body.lstrip().startswith(b"{") else graph(body)
    listed = lines if ordered else sorted(lines)
    return hashlib.sha256("\n".join(listed).encode()).hexdigest(), len(listed)


def rows(body: bytes) -> list[str]:
    """Return each row of a SPARQL JSON result as one text."""
    bindings = json.loads(body)["results"]["bindings"]
    return [repr(sorted((name, term(value)) for name, value in row.items())) for row in bindings]


def term(value: dict[str, Any]) -> tuple[str, str, str, str]:
    """Return a term without the differences that JSON results allow."""
    kind = "literal" if value["type"] == "typed-literal" else value["type"]
    datatype = value.get("datatype", "").removesuffix("XMLSchema#string")
    return kind, value["value"], value.get("xml:lang", "").lower(), datatype


def graph(body: bytes) -> list[str]:
    """Return each triple as one text."""
    form = "xml" if body.lstrip().startswith(b"<?xml") else "nt"
    return [" ".join(part.n3() for part in triple) for triple in Graph().parse(body, format=form)]


def checksum(lines: Iterable[str]) -> tuple[int, int]:
    """Return how many rows a CSV result has, and a sum of them that no order changes."""
    reader = csv.reader(lines)
    next(reader)
    count = total = 0
    for row in reader:
        count += 1
        total += crc32("\x1f".join(row).encode())
    return count, total
