"""The schema.org part of a description as one JSON-LD object, to be put into a web page.

Search engines for data read it so (https://schema.org/Dataset): one language, short names, things
inside the thing they belong to.
"""

from typing import TypeAlias

from akteursmodell.errors import Lang
from akteursmodell.graph.terms import TYPE, Literal, NamedNode, Subject, Triple
from akteursmodell.vocabulary import PREFIXES

__all__ = ["Value", "json_ld"]

SCHEMA = PREFIXES["schema"]
Value: TypeAlias = "str | bool | list[Value] | dict[str, Value]"


def json_ld(triples: list[Triple], thing: str, lang: Lang) -> dict[str, Value]:
    """Return a thing and what it leads to, as far as schema.org has words for it."""
    nodes: dict[Subject, list[Triple]] = {}
    for triple in triples:
        if triple.predicate == TYPE or triple.predicate.value.startswith(SCHEMA):
            nodes.setdefault(triple.subject, []).append(triple)
    return {"@context": SCHEMA, **described(nodes, NamedNode(thing), lang)}


def described(nodes: dict[Subject, list[Triple]], thing: Subject, lang: Lang) -> dict[str, Value]:
    """Return one thing with its properties; a list where there are several values."""
    found: dict[str, list[Value]] = {}
    for triple in nodes[thing]:
        value = triple.object
        if triple.predicate == TYPE:
            if isinstance(value, NamedNode) and value.value.startswith(SCHEMA):
                found.setdefault("@type", []).append(value.value.removeprefix(SCHEMA))
            continue
        name = triple.predicate.value.removeprefix(SCHEMA)
        if isinstance(value, Literal):
            if value.language in (None, lang):
                plain = value.value == "true" if is_boolean(value) else value.value
                found.setdefault(name, []).append(plain)
        elif isinstance(value, NamedNode):
            inner = described(nodes, value, lang) if value in nodes else value.value
            found.setdefault(name, []).append(inner)
    named = {"@id": thing.value} if isinstance(thing, NamedNode) else {}
    return {**named, **{key: v[0] if len(v) == 1 else v for key, v in found.items()}}


def is_boolean(value: Literal) -> bool:
    """Whether a value is true or false and no text."""
    return value.datatype.value == PREFIXES["xsd"] + "boolean"
