"""Answering a read-only query over a store, without any call to the outside."""

from akteursmodell.errors import ForbiddenError, Text
from akteursmodell.graph.store import Answer, Queryable
from akteursmodell.graph.terms import NamedNode
from akteursmodell.graph.tokens import keywords

__all__ = ["answer", "refuse_outside_calls"]

UPDATE_WORDS = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE"})


def answer(
    store: Queryable,
    text: str,
    *,
    default_graphs: list[NamedNode] | None = None,
    named_graphs: list[NamedNode] | None = None,
) -> Answer:
    """Answer a query.

    Raises ForbiddenError for SERVICE and for updates, SourceSyntaxError with the place.
    """
    refuse_outside_calls(text)
    return store.query(text, default_graphs=default_graphs, named_graphs=named_graphs)


def refuse_outside_calls(text: str) -> None:
    """Refuse SERVICE and every update, in any case of letters, whatever comments stand around.

    The engine would call the address behind SERVICE and LOAD; a query never needs either.
    """
    for token in keywords(text):
        word = token.text.upper()
        if word == "SERVICE":
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
        if word in UPDATE_WORDS:
            raise ForbiddenError(
                Text(
                    f"{word} ändert Daten; hier wird nur gelesen.",
                    f"{word} changes data; this endpoint only reads.",
                ),
                Text(
                    "Änderungen gehen mit `akteursmodell load` ein und werden dabei geprüft.",
                    "Changes enter by `akteursmodell load`, which validates them.",
                ),
            )
