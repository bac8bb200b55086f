"""The data state that an address names (`?revision=`), to be asked as the present one is."""

from dataclasses import dataclass

from flask import request

from akteursmodell.graph.store import Answer, Queryable
from akteursmodell.graph.terms import NamedNode, read_rows
from akteursmodell.history.as_of import check_known
from akteursmodell.history.revisions import Revision
from akteursmodell.query.jobs import Job, Options
from akteursmodell.web import context
from akteursmodell.web.asking import data_state
from akteursmodell.web.backend import backend
from akteursmodell.web.history import journal

__all__ = ["REVISION", "State", "state"]

REVISION = "revision"


class Earlier:
    """Answers SELECT queries about one data state, by way of the worker that keeps them."""

    def __init__(self, number: int) -> None:
        """Take the number of the data state."""
        self.number = number

    def query(
        self,
        text: str,
        *,
        default_graphs: list[NamedNode] | None = None,
        named_graphs: list[NamedNode] | None = None,
    ) -> Answer:
        """Answer a SELECT query; raises what the worker says."""
        options = Options(
            rows="json",
            default_graphs=addresses(default_graphs),
            named_graphs=addresses(named_graphs),
            revision=self.number,
        )
        return read_rows(backend().query(Job(text, options))[1])


def addresses(graphs: list[NamedNode] | None) -> tuple[str, ...] | None:
    """Return the addresses of graphs, None where none are named."""
    return None if graphs is None else tuple(graph.value for graph in graphs)


@dataclass(frozen=True)
class State:
    """A data state: its number, what the journal tells of it, what answers about it.

    `old` tells that there is a newer one; `present` is the number of that.
    """

    number: int
    present: int
    told: Revision | None
    source: Queryable

    @property
    def old(self) -> bool:
        """Whether this is not the present data state."""
        return self.number != self.present

    @property
    def pinned(self) -> dict[str, str]:
        """What other addresses must have to stay with an old data state."""
        return {REVISION: str(self.number)} if self.old else {}


def state() -> State:
    """Return the data state that the address names, else the present one.

    Raises NotFoundError for one that readers do not have, InputError for what is no number.
    """
    store = context.store()
    present = store.revision
    asked = data_state(request.args.get(REVISION))
    number = present if asked is None else asked
    with journal() as found:
        if number > present:
            raise found.unknown(number)
        if asked is not None:
            check_known(found, number)
        listed = found.revisions(until=number, most=1)
    told = listed[0] if listed and listed[0].number == number else None
    return State(number, present, told, store if number == present else Earlier(number))
