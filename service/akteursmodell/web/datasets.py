"""Which data a page asks, where a store holds those of several towns: one of them, or all.

`bestand` names them, `alle` means all. Without it a page asks the data of the thing that its
address names, else those with the frame of the slides: what a town's page costs then depends on
that town and not on how many others there are.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple, TypeVar

from flask import Flask, current_app, g, request

from akteursmodell.analysis.replicas import Replicas
from akteursmodell.analysis.scope import home, places
from akteursmodell.errors import NotFoundError, Text
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.vocabulary import ID
from akteursmodell.web import context
from akteursmodell.web.kept import keep

__all__ = ["ALL", "DATA_SET", "DataSet", "data_set", "install"]

T = TypeVar("T")
DATA_SET, ALL = "bestand", "alle"
CARRYING = {
    *("questions.answer_page", "why.page", "why.file", "tasks.page", "gaps.page"),
    *("deadlines.page", "deadlines.ics", "network.page", "network.file", "places.index"),
    *("map.page", "participation.page", "pages.start", "pages.find"),
}


class DataSet(NamedTuple):
    """The data that a page asks: their name, what answers for them, and the names of all."""

    name: str
    store: Store
    names: tuple[str, ...]
    offers_all: bool = True

    @property
    def is_part(self) -> bool:
        """Whether the store holds data that this page leaves out."""
        return len(self.names) > 1 and self.name != ALL

    def kept(self, make: Callable[..., T], *arguments: Hashable) -> T:
        """Return what a function makes of these data and arguments, kept for the data state."""
        key = (make.__module__, make.__qualname__, self.name, *arguments)
        return keep(key, lambda: make(self.store, *arguments))


def install(app: Flask) -> None:
    """Keep copies of data sets, and let links keep the data set of the page that they stand on."""
    app.extensions["akteursmodell"]["replicas"] = Replicas()

    @app.url_defaults
    def carry(endpoint: str, values: dict[str, object]) -> None:
        if endpoint in CARRYING and DATA_SET in g:
            values.setdefault(DATA_SET, g.get(DATA_SET))


def data_set(things: Iterable[str] = (), *, usual: str = "", whole: bool = True) -> DataSet:
    """Return the data that the address asks for.

    `things` are names of things that the address holds, `usual` is what it means without any;
    `whole` tells whether all data together can be asked for.
    Raises NotFoundError where there are no data of that name.
    """
    store = context.store()
    known = keep("data sets", lambda: places(store, store.graphs()))
    names = tuple(place.name for place in known)
    name = request.args.get(DATA_SET, "").strip()
    if name and name not in (*names, *([ALL] if whole else [])):
        raise NotFoundError(
            Text(f"Der Bestand „{name}“ fehlt hier.", f"There is no data set “{name}” here."),
            Text(f"Vorhanden: {', '.join(names)}", f"Available: {', '.join(names)}"),
        )
    if len(known) <= 1:
        return DataSet("".join(names), store, names, whole)
    name = name or home_of(store, things, names) or usual or names[0]
    setattr(g, DATA_SET, name)
    if name == ALL:
        return DataSet(ALL, store, names, whole)
    chosen = next(place for place in known if place.name == name)
    replicas: Replicas = current_app.extensions["akteursmodell"]["replicas"]
    return DataSet(name, replicas.get(store, chosen), names, whole)


def home_of(store: Store, things: Iterable[str], names: tuple[str, ...]) -> str:
    """Return the data in which the first of some things stands, empty where none does."""
    for thing in things:
        try:
            found = home(store, NamedNode(ID + thing.removeprefix(ID)))
        except ValueError:
            continue
        if found in names:
            return found
    return ""
