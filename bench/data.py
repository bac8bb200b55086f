"""Illustrative data in the shape of the model, of any size and always the same.

Everything lies in https://example.org/bench/ and says so: it tells nothing about any real body.
Terms are named like those of the ontology but are not its own, so that no rule and no shape of the
service applies and each server holds exactly the same triples.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["BASE", "Shape", "triples", "write"]

BASE = "https://example.org/bench/"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
COMMENT = "<http://www.w3.org/2000/01/rdf-schema#comment>"
DATE = "<http://www.w3.org/2001/XMLSchema#date>"
NOTICE = "Illustrative data for benchmarks. They say nothing about any real body."

PER_ACTOR = 25.1  # triples that come with one actor, on average
BRANCHING = 8  # parts of one whole
ACTORS_PER_DISTRICT = 40
SECTORS, LEVELS, KINDS, LAWS, TASKS = 6, 7, 8, 50, 100
FIXED = 3 * (SECTORS + LEVELS + KINDS + LAWS) + 4 * TASKS + 2
FORMS = (("Fachstelle", "Unit"), ("Verein", "Association"), ("Träger", "Provider"),
         ("Initiative", "Initiative"), ("Gesellschaft", "Company"))  # fmt: skip
TOPICS = (
    ("Jugend", "Youth"), ("Pflege", "Care"), ("Wohnen", "Housing"), ("Teilhabe", "Inclusion"),
    ("Nachbarschaft", "Neighbourhood"), ("Bildung", "Education"), ("Gesundheit", "Health"),
    ("Arbeit", "Work"), ("Familie", "Families"), ("Begegnung", "Encounter"), ("Kultur", "Culture"),
)  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """How many things a data set of `size` triples has."""

    size: int

    @property
    def actors(self) -> int:
        """Return the number of actors: the first that yields at least `size` triples."""
        return max(BRANCHING * 10, int((self.size - FIXED) / (PER_ACTOR + 3 / 40)) + 15)

    @property
    def districts(self) -> int:
        """Return the number of districts."""
        return self.actors // ACTORS_PER_DISTRICT

    def numbers(self, kind: str) -> range:
        """Return the numbers that things of a kind bear; `heads` have equally many below them."""
        return {
            "actor": range(1, self.actors),
            "district": range(self.districts),
            "law": range(LAWS),
            "heads": range(BRANCHING + 2, min(60, self.actors // BRANCHING)),
        }[kind]


def iri(name: str) -> str:
    """Return a term of the benchmark's namespace in N-Triples."""
    return f"<{BASE}{name}>"


def thing(name: str, kind: str, german: str, english: str) -> Iterator[str]:
    """Yield type and both labels of a thing."""
    yield f"{iri(name)} {RDF_TYPE} {iri(kind)} ."
    yield f'{iri(name)} {LABEL} "{german}"@de .'
    yield f'{iri(name)} {LABEL} "{english}"@en .'


def node(name: str, kind: str, **properties: str) -> Iterator[str]:
    """Yield an n-ary node with its evidence; property values are terms."""
    yield f"{iri(name)} {RDF_TYPE} {iri(kind)} ."
    for key, value in properties.items():
        yield f"{iri(name)} {iri(key)} {value} ."
    yield f"{iri(name)} {iri('evidence')} {iri('evidence-illustrative')} ."


def scattered(number: int, below: int) -> int:
    """Return a number that looks random and is always the same (Knuth's multiplicative hash)."""
    return (number * 2654435761 % 2**32 >> 7) % below


def day(number: int, year: int) -> str:
    """Return a day as a typed literal."""
    month, monthday = 1 + scattered(number, 12), 1 + scattered(number + 5, 28)
    return f'"{year + scattered(number + 9, 10)}-{month:02}-{monthday:02}"^^{DATE}'


def code_lists(shape: Shape) -> Iterator[str]:
    """Yield the things that actors refer to."""
    yield f'{iri("dataset")} {COMMENT} "{NOTICE}"@en .'
    yield f"{iri('dataset')} {iri('evidence')} {iri('evidence-illustrative')} ."
    for kind, count, german, english in (
        ("sector", SECTORS, "Beispielsektor", "Example sector"),
        ("level", LEVELS, "Beispielebene", "Example level"),
        ("kind", KINDS, "Beispielart", "Example kind"),
        ("law", LAWS, "Beispielgesetz §", "Example act, section"),
        ("task", TASKS, "Beispielaufgabe", "Example task"),
        ("district", shape.districts, "Beispielstadtteil", "Example district"),
    ):
        for number in range(count):
            name = f"{kind}-{number}"
            yield from thing(name, kind.title(), f"{german} {number}", f"{english} {number}")
    for number in range(TASKS):
        yield f"{iri(f'task-{number}')} {iri('regulatedBy')} {iri(f'law-{number % LAWS}')} ."


def actor(number: int, shape: Shape) -> Iterator[str]:
    """Yield an actor, its placement, what it belongs to, and what it is responsible for."""
    name = f"actor-{number}"
    form, topic = FORMS[scattered(number, len(FORMS))], TOPICS[scattered(number + 3, len(TOPICS))]
    german, english = f"Beispiel-{form[0]} {topic[0]}", f"Example {form[1]} {topic[1]}"
    home = iri(f"district-{number % shape.districts}")
    yield from thing(name, "Actor", f"{german} {number}", f"{english} {number}")
    yield f"{iri(name)} {RDF_TYPE} {iri(form[1])} ."
    yield f"{iri(name)} {iri('seat')} {home} ."
    yield from node(
        f"placement-{number}", "Placement", placedActor=iri(name),
        inSector=iri(f"sector-{scattered(number + 11, SECTORS)}"),
        atLevel=iri(f"level-{scattered(number + 17, LEVELS)}"),
    )  # fmt: skip
    if number:
        whole = iri(f"actor-{(number - 1) // BRANCHING}")
        yield from node(
            f"belonging-{number}", "Belonging", part=iri(name), whole=whole,
            validFrom=day(number, 1990),
        )  # fmt: skip
    for nth in range(duties(number)):
        yield from responsibility(10 * number + nth, iri(name), home)


def duties(number: int) -> int:
    """Return how many responsibilities an actor has: none, one or two."""
    if number % 10 == 9:  # noqa: PLR2004 -- every tenth is a gap to be found
        return 0
    return 2 if number % 3 == 0 else 1


def responsibility(number: int, bearer: str, space: str) -> Iterator[str]:
    """Yield a responsibility with task, bearer, kind, legal basis, space and period."""
    end = {"validUntil": day(number + 2, 2020)} if number % 4 == 0 else {}
    yield from node(
        f"responsibility-{number}", "Responsibility", bearer=bearer,
        forTask=iri(f"task-{scattered(number, TASKS)}"),
        responsibilityKind=iri(f"kind-{scattered(number + 1, KINDS)}"),
        legalBasis=iri(f"law-{scattered(number + 2, LAWS)}"),
        inSpace=space, validFrom=day(number, 2000), **end,
    )  # fmt: skip


def triples(shape: Shape) -> Iterator[str]:
    """Yield all triples as lines of N-Triples."""
    yield from code_lists(shape)
    for number in range(shape.actors):
        yield from actor(number, shape)


def write(path: Path, shape: Shape) -> int:
    """Write the triples to an N-Triples file and return how many there are."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for line in triples(shape):
            file.write(line + "\n")
            count += 1
    return count
