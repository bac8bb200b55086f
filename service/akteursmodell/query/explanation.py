"""What a query means to an engine and how long its parts took, for those who make it faster."""

import contextlib
import io
import time
from typing import Any

from akteursmodell.graph.prefixes import undeclared
from akteursmodell.graph.store import Answer
from akteursmodell.graph.terms import QueryBoolean
from akteursmodell.vocabulary import PREFIXES

__all__ = ["explain"]


def explain(text: str, answer: Answer, parse_seconds: float) -> dict[str, Any]:
    """Return the algebra, the number of rows or triples, and the seconds of each step.

    The algebra is rdflib's reading of the query (https://www.w3.org/TR/sparql11-query/#sparqlAlgebra),
    empty where rdflib cannot read what the engine can; the engine may evaluate it in another order.
    """
    started = time.perf_counter()
    count = int(bool(answer)) if isinstance(answer, QueryBoolean) else sum(1 for _ in answer)
    return {
        "algebra": algebra(text),
        "added_prefixes": list(undeclared(text)),
        "kind": type(answer).__name__.removeprefix("Query").lower(),
        "count": count,
        "seconds": {"parse": parse_seconds, "evaluate": time.perf_counter() - started},
    }


def algebra(text: str) -> list[str]:
    """Return the algebra as lines of text, empty where rdflib does not understand the query."""
    from rdflib.plugins.sparql.algebra import (  # noqa: PLC0415 -- slow import, seldom wanted
        pprintAlgebra,
        translateQuery,
    )
    from rdflib.plugins.sparql.parser import parseQuery  # noqa: PLC0415

    printed = io.StringIO()
    declared = {name: PREFIXES[name] for name in undeclared(text)}
    try:
        with contextlib.redirect_stdout(printed):
            pprintAlgebra(translateQuery(parseQuery(text), initNs=declared))
    except Exception:  # noqa: BLE001 -- rdflib's parser raises of everything; the answer is without
        return []
    return [line for line in printed.getvalue().splitlines() if line.strip()]
