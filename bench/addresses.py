"""The addresses of the pages that are measured: found in the application and in the data."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.rows import node, rows
from akteursmodell.questions.catalogue import Parameter, catalogue
from akteursmodell.questions.parameters import choices
from akteursmodell.vocabulary import AKM, ID

__all__ = ["Address", "addresses"]

FIXED = {
    "start": ("/",),
    "tasks": (
        "/tasks", "/tasks?body=org-town-viersen", "/tasks?view=raci",
        "/tasks?kind=obligation-mandatory-self-government",
    ),
    "deadlines": ("/deadlines", "/deadlines?months=6", "/deadlines?day=2020-01-01"),
    "network": ("/network",),
    "lists": ("/map", "/places", "/gaps", "/questions", "/search?q=viersen", "/search?q=jugend"),
    "ontology": ("/ontology",),
}  # fmt: skip
DAYS = "2020-01-01"
OTHER = {"xsd_date": DAYS, "integer": "60"}
CLASSES = "SELECT DISTINCT ?thing ?class { ?thing a ?class . ?thing akm:evidence ?item }"
PERSPECTIVES = "SELECT DISTINCT ?one { ?one a akm:Perspective }"
PLACES = "SELECT DISTINCT ?one { ?one a akm:District }"


@dataclass(frozen=True)
class Address:
    """A page and the group of pages that it belongs to."""

    group: str
    path: str


def addresses(store: Store) -> list[Address]:
    """Return the addresses of all pages that are measured, by group."""
    found = [Address(group, path) for group, paths in FIXED.items() for path in paths]
    found += [Address("matrix", path) for path in ("/matrix", "/matrix?kompakt=1")]
    for name in names(store, PERSPECTIVES):
        chosen = urlencode({"perspektive": name.removeprefix("perspective-")})
        found.append(Address("matrix", f"/matrix?{chosen}"))
    found += [Address("places", f"/places/{quote(name)}") for name in names(store, PLACES)]
    found += [Address("questions", path) for path in questions(store)]
    return found + [Address("things", path) for path in things(store)]


def names(store: Store, query: str) -> list[str]:
    """Return the names of the things that a query finds, as they stand in addresses."""
    found = (one for row in rows(store, query) if (one := node(row, "one")))
    return sorted(one.value.removeprefix(ID).removeprefix(AKM) for one in found)


def questions(store: Store) -> Iterator[str]:
    """Yield each question without parameters, and with each of its parameters by itself."""
    for question in catalogue().values():
        yield f"/questions/{question.id}"
        for parameter in question.parameters:
            if parameter.name != "lang":
                given = urlencode({parameter.name: value(store, parameter)})
                yield f"/questions/{question.id}?{given}"


def value(store: Store, parameter: Parameter) -> str:
    """Return a value that a parameter takes: of those offered the one that most is told of."""
    offered = [choice.value for choice in choices(store, parameter, "de")]
    if offered:
        return max(offered, key=lambda name: (told(store, name), name))
    return OTHER.get(parameter.type, "org-town-viersen")


def told(store: Store, name: str) -> int:
    """Return in how many statements a thing stands."""
    base = "" if ":" in name else ID
    return sum(1 for _ in store.quads(object=NamedNode(base + name)))


def things(store: Store) -> Iterator[str]:
    """Yield the page of one thing of each class: that in which the most statements end."""
    most: dict[NamedNode, tuple[int, str]] = {}
    found = [(node(row, "thing"), node(row, "class")) for row in rows(store, CLASSES)]
    ends = Counter({thing: told(store, thing.value) for thing, _ in found if thing})
    for thing, cls in found:
        if thing and cls and thing.value.startswith(ID) and cls.value.startswith(AKM):
            most[cls] = max(most.get(cls, (-1, "")), (ends[thing], thing.value))
    for thing_iri in sorted({iri for _, iri in most.values()}):
        yield f"/doc/{quote(thing_iri.removeprefix(ID))}"
