"""Calls of a query to other hosts: refused unless the operator allows them.

The engine calls the address behind SERVICE by itself, and has no switch.
"""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from akteursmodell.errors import ForbiddenError, Text
from akteursmodell.graph.tokens import Call, service_and_load

__all__ = ["refuse_outside_calls"]

SERVICE = re.compile("service", re.IGNORECASE)


def refuse_outside_calls(text: str, hosts: Collection[str] = ()) -> None:
    """Raise ForbiddenError for SERVICE, unless its address names an allowed host.

    An address that is a variable or a prefixed name is never allowed.
    """
    if not SERVICE.search(text):
        return
    for call in service_and_load(text):
        if call.keyword == "SERVICE" and not allowed(call, hosts):
            raise ForbiddenError(
                Text(
                    "SERVICE ist hier gesperrt: Dieser Dienst ruft keine fremden Adressen auf.",
                    "SERVICE is refused: this service calls no other addresses.",
                ),
                Text(
                    "Fragen Sie den anderen Dienst selbst, und verbinden Sie die Ergebnisse bei "
                    "sich.",
                    "Ask the other service yourself and join the results on your side.",
                ),
            )


def allowed(call: Call, hosts: Collection[str]) -> bool:
    """Whether a call goes to one of some hosts (`host` or `host:port`)."""
    if call.address is None or call.address.kind != "iri":
        return False
    parts = urlsplit(call.address.text[1:-1])
    return parts.scheme in ("http", "https") and bool(
        {parts.hostname or "", parts.netloc.lower()} & {*hosts}
    )
