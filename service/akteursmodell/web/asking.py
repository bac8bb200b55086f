"""From a request to the query that a program asks, with everything that decides its answer.

Protocol: https://www.w3.org/TR/sparql11-protocol/#query-operation; further parameters are `format`,
`output`, `timeout` (seconds), `inference` (on, off), `explain` (true) and `revision` (the number of
an earlier data state).
"""

import re
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from akteursmodell.config import Settings
from akteursmodell.errors import InputError, Text, UnsupportedTypeError
from akteursmodell.query.jobs import Job, Options
from akteursmodell.web.accepting import accepted, coding
from akteursmodell.web.incoming import FORM, Incoming, Params, first_of

__all__ = ["Asked", "data_state", "graph_reading", "missing", "query_asked"]

LONGEST = 4096
"""Bytes of a wish up to which it is worth remembering."""
QUERY_TYPE = b"application/sparql-query"
UNSTABLE = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\s*\(", re.IGNORECASE)
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*\Z")
NUMBER = re.compile("[0-9]{1,15}")
EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class Asked(NamedTuple):
    """A query of a program: what to do, how long it may take, whether its answer may be kept."""

    job: Job
    seconds: float
    stable: bool


class Wish(NamedTuple):
    """What a request wants beside its query; `page` tells that it is for a person."""

    options: Options
    seconds: float
    page: bool


def query_asked(incoming: Incoming, settings: Settings) -> Asked | None:
    """Return what a program asks, or None where a page or a description is wanted.

    Raises InputError for a request that the protocol does not know.
    """
    text = query_of(incoming)
    if text is None:
        return None
    params = tuple(pair for pair in incoming.params if pair[0] != "query")
    address, accept = incoming.address, incoming.headers.get(b"accept")
    length = len(address) + len(accept or b"") + sum(map(len, chain(*params)))
    wish = (wish_of if length <= LONGEST else wish_of.__wrapped__)(
        accept,
        coding(incoming.headers.get(b"accept-encoding")),
        address,
        (settings.max_rows, settings.timeout),
        params,
    )
    if wish.page:
        return None
    stable = not wish.options.explain and not ("(" in text and UNSTABLE.search(text))
    return Asked(Job(text, wish.options), wish.seconds, stable)


@lru_cache(maxsize=1024)
def wish_of(
    accept: bytes | None,
    encoding: str,
    address: str,
    limits: tuple[int, int],
    params: tuple[tuple[str, str], ...],
) -> Wish:
    """Return what is wanted, worked out once for each kind of request.

    `encoding` is the content coding, `limits` are the rows and the seconds that the service gives,
    `params` all but the query. Raises InputError.
    """
    choice = accepted(accept, first_of(params, "format", "output"))
    explain = first_of(params, "explain") in ("true", "1")
    options = Options(
        rows=choice.rows,
        graph=choice.graph,
        encoding=encoding,
        default_graphs=graphs(params, "default-graph-uri"),
        named_graphs=graphs(params, "named-graph-uri"),
        inference=switch(first_of(params, "inference")),
        explain=explain,
        max_rows=limits[0],
        base=address,
        revision=data_state(first_of(params, "revision")),
    )
    return Wish(
        options, seconds(first_of(params, "timeout"), limits[1]), choice.page and not explain
    )


def graph_reading(graph: str | None, incoming: Incoming, settings: Settings) -> Asked:
    """Return the reading of one graph, or of the default graph, in the format accepted."""
    choice = accepted(incoming.headers.get(b"accept"), incoming.first("format", "output"))
    options = Options(
        graph=choice.graph,
        encoding=coding(incoming.headers.get(b"accept-encoding")),
        default_graphs=None if graph is None else (graph,),
    )
    return Asked(Job(EVERYTHING, options), float(settings.timeout), stable=True)


def query_of(incoming: Incoming) -> str | None:
    """Return the query of a request, or None where there is none; raises for several."""
    if incoming.method == "POST" and incoming.content_type != FORM:
        return body_of(incoming)
    if incoming.first("update") is not None:
        raise not_here()
    values = incoming.all("query")
    if len(values) > 1:
        raise two_queries()
    if not values and incoming.method == "POST":
        raise missing()
    if values and not values[0].strip():
        raise missing()
    return values[0] if values else None


def body_of(incoming: Incoming) -> str:
    """Return the query that is the body of a request."""
    kind = incoming.content_type
    if kind == b"application/sparql-update":
        raise not_here()
    if kind != QUERY_TYPE or incoming.charset not in (b"", b"utf-8", b"utf8"):
        raise UnsupportedTypeError(
            Text(
                "Eine Abfrage kommt als Formular oder als application/sparql-query in UTF-8.",
                "A query comes as a form or as application/sparql-query in UTF-8.",
            )
        )
    if incoming.first("query") is not None:
        raise two_queries()
    try:
        text = incoming.body.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError(Text("Die Abfrage ist kein UTF-8.", "The query is not UTF-8.")) from None
    if not text.strip():
        raise missing()
    return text


def two_queries() -> InputError:
    """Say that there is more than one query."""
    return InputError(
        Text("Es kam mehr als eine Abfrage.", "There is more than one query."),
        Text("Senden Sie eine.", "Send one."),
    )


def missing() -> InputError:
    """Say that there is no query."""
    return InputError(
        Text("Es fehlt die Abfrage.", "The query is missing."),
        Text(
            "Senden Sie sie als `query=…` oder als Text mit Content-Type application/sparql-query.",
            "Send it as `query=…` or as text of type application/sparql-query.",
        ),
    )


def not_here() -> InputError:
    """Say where updates go."""
    return InputError(
        Text("Dieser Zugang liest nur.", "This endpoint only reads."),
        Text("Änderungen gehen an /update.", "Updates go to /update."),
    )


def graphs(params: Params, name: str) -> tuple[str, ...] | None:
    """Return the graphs that a parameter of the protocol names, or None."""
    named = tuple(value for each, value in params if each == name)
    if any(not ABSOLUTE.match(each) for each in named):
        raise InputError(Text(f"{name} ist keine Adresse.", f"{name} is no IRI."))
    return named or None


def switch(value: str | None) -> bool:
    """Return whether what only follows is asked too; raises InputError for another word."""
    if value in (None, "", "on", "true", "1"):
        return True
    if value in ("off", "false", "0"):
        return False
    raise InputError(
        Text("inference kann on oder off sein.", "inference can be on or off."),
    )


def data_state(value: str | None) -> int | None:
    """Return the data state that is asked, None for the present; raises InputError."""
    if not value:
        return None
    if not NUMBER.fullmatch(value):
        raise InputError(
            Text(
                "revision ist die Nummer eines Datenstands; /history nennt sie.",
                "revision is the number of a data state; /history tells them.",
            )
        )
    return int(value)


def seconds(value: str | None, most: int) -> float:
    """Return how long a query may take: what the client asks for, up to the service's limit."""
    if not value:
        return float(most)
    try:
        wanted = float(value)
    except ValueError:
        wanted = 0.0
    if not wanted > 0:
        raise InputError(
            Text(
                f"timeout sind Sekunden, mehr als 0 (hier höchstens {most}).",
                f"timeout is in seconds, more than 0 (here at most {most}).",
            )
        )
    return min(wanted, float(most))
