"""Values of literals: how they compare, whether they are well-formed, in which language."""

from decimal import Decimal
from functools import lru_cache

import rdflib

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import BlankNode, Literal, NamedNode, Term
from akteursmodell.vocabulary import PREFIXES

__all__ = ["below", "has_datatype", "lang_matches", "text_of"]

XSD = PREFIXES["xsd"]
LANG_STRING = PREFIXES["rdf"] + "langString"
PLAIN_DATE = len("2026-01-01")


def text_of(term: Term) -> str | None:
    """Return what `STR` of SPARQL gives, None for blank nodes."""
    return term.value if isinstance(term, NamedNode | Literal) else None


def has_datatype(term: Term, datatype: NamedNode) -> bool:
    """Whether a term is a literal of a datatype, and well-formed by it."""
    if not isinstance(term, Literal) or term.datatype != datatype:
        return False
    return datatype.value in (XSD + "string", LANG_STRING) or well_formed(
        term.value, datatype.value
    )


@lru_cache(maxsize=4096)
def well_formed(text: str, datatype: str) -> bool:
    """Whether a text is in the lexical space of a datatype; of unknown ones everything is."""
    literal = rdflib.Literal(text, datatype=rdflib.URIRef(datatype), normalize=False)
    return not literal.ill_typed


def lang_matches(term: Term, wanted: str) -> bool:
    """Whether a literal has a language tag of a range, by `langMatches` of SPARQL."""
    tag = term.language if isinstance(term, Literal) else None
    if not tag:
        return False
    tag, wanted = tag.lower(), wanted.lower()
    return wanted in ("*", tag) or tag.startswith(wanted + "-")


def below(one: Term, other: Term, *, or_equal: bool) -> bool | None:
    """Whether a term is less than another by `<` of SPARQL; None where they do not compare."""
    if not (isinstance(one, Literal) and isinstance(other, Literal)):
        return None
    first, second = easily(one), easily(other)
    if first is not None and type(first) is type(second):
        return bool(first <= second if or_equal else first < second)  # type: ignore[operator]  # of one type
    return compared(one, other, "<=" if or_equal else "<")


def easily(literal: Literal) -> Decimal | str | None:
    """Return a Python value that compares as SPARQL does, where that is simple."""
    name = literal.datatype.value.removeprefix(XSD)
    text = literal.value
    if name == "integer" and text.lstrip("-").isdigit():
        return Decimal(text)
    if name == "date" and len(text) == PLAIN_DATE and well_formed(text, XSD + name):
        return text
    return None


COMPARER = EmbeddedStore.in_memory()


@lru_cache(maxsize=4096)
def compared(one: Term, other: Term, operator: str) -> bool | None:
    """Let the engine compare two literals."""
    if isinstance(one, BlankNode):
        return None
    answer = COMPARER.query(f"SELECT ?is WHERE {{ BIND ({one} {operator} {other} AS ?is) }}")
    (row,) = list(answer)  # type: ignore[arg-type]  # a SELECT has rows
    found = row["is"]
    return None if found is None else found.value == "true"
