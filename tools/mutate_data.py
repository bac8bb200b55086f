"""Remove each entry of the data in turn and see which questions move; name those that never do.

`python tools/mutate_data.py` takes minutes. A question that no removal moves must move when the
entry of `tests/competency/changes/` is added; one that moves by neither is reported, exit code 1.
"""

import sys
from collections import Counter, defaultdict

import yaml
from rich.console import Console
from rich.progress import track

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.files import read_text
from akteursmodell.graph.terms import NamedNode, Quad, RdfFormat, Subject
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import Question, catalogue
from akteursmodell.resources import root
from akteursmodell.updates.inference import bring_up
from akteursmodell.vocabulary import BASE, PREFIXES

DAY = "2026-11-23"
DATA = BASE + "data/"
CHANGES = root() / "tests" / "competency" / "changes"
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


def state(store: EmbeddedStore, question: Question) -> frozenset[tuple[str, ...]]:
    """Return the rows of a question as a set of texts."""
    answer = ask(store, question, {"day": DAY})
    pairs = zip(answer.rows, answer.facts, strict=True)
    return frozenset((*map(str, row), str(fact)) for row, fact in pairs)


def entries(store: EmbeddedStore) -> dict[Subject, list[Quad]]:
    """Return the statements of the data by what they describe."""
    found: dict[Subject, list[Quad]] = defaultdict(list)
    for quad in store.quads():
        graph = quad.graph_name
        if isinstance(graph, NamedNode) and graph.value.startswith(DATA):
            found[quad.subject].append(quad)
    return found


def moved_by_insertion(store: EmbeddedStore, question: Question) -> bool:
    """Whether the entry of the question's change file moves its answer."""
    file = CHANGES / f"cq-{question.id.removeprefix('CQ')}.yaml"
    change = yaml.safe_load(file.read_text(encoding="utf-8"))
    graph = NamedNode(DATA + "test")
    quads = read_text(HEAD + change["insert"]["turtle"], RdfFormat.TURTLE, graph, name=file.name)
    params = {name: str(value) for name, value in (change.get("params") or {}).items()}
    before = ask(store, question, {"day": DAY, **params}).rows
    store.apply(ChangeSet(frozenset(), store.canonical(quads), "mutation", "insert"))
    return ask(store, question, {"day": DAY, **params}).rows != before


def main() -> int:
    """Run the mutations and report."""
    store = EmbeddedStore.in_memory()
    bring_up(store)
    questions = list(catalogue().values())
    before = {q.id: state(store, q) for q in questions}
    hits: Counter[str] = Counter()
    described = entries(store)
    for quads in track(described.values(), "entries", console=Console(stderr=True)):
        gone = frozenset(quads)
        store.apply(ChangeSet(gone, frozenset(), "mutation", "remove"))
        hits.update(q.id for q in questions if state(store, q) != before[q.id])
        store.apply(ChangeSet(frozenset(), gone, "mutation", "put back"))
    silent = [q for q in questions if not hits[q.id] and not moved_by_insertion(store, q)]
    for question in questions:
        print(f"{question.id}  moved by {hits[question.id]} of {len(described)} entries")
    print(f"{len(silent)} questions that no single change moves: {[q.id for q in silent]}")
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
