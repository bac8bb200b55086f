"""The W3C test suite of SHACL: what to check, and which results must come out."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import parse
from tests.w3c import conformance_folder

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import TYPE, NamedNode, Quad, RdfFormat, Term
from akteursmodell.validation.paths import read_path
from akteursmodell.validation.views import View, sh

__all__ = ["Case", "cases", "read", "without_reports"]

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
FAILURE = NamedNode(SHT + "Failure")
RESULT = {
    sh(name)
    for name in (
        "conforms", "focusNode", "result", "resultMessage", "resultPath", "resultSeverity",
        "sourceConstraint", "sourceConstraintComponent", "sourceShape", "value",
    )
}  # fmt: skip
Key = tuple[object, ...]


@dataclass(frozen=True)
class Case:
    """One test: its file, and the files of data and shapes."""

    name: str
    file: Path
    data: Path
    shapes: Path

    def expected(self) -> list[Key] | None:
        """Return the results that must come out; None where the engine must refuse."""
        manifest = View(read(self.file))
        (test,) = manifest.subjects(TYPE, NamedNode(SHT + "Validate"))
        wanted = manifest.value(test, NamedNode(MF + "result"))
        if wanted == FAILURE:
            return None
        assert wanted is not None
        return [expectation(manifest, node) for node in manifest.objects(wanted, sh("result"))]


def expectation(manifest: View, node: Term) -> Key:
    """Return what makes an expected result this one and no other."""
    path = manifest.value(node, sh("resultPath"))
    return (
        manifest.value(node, sh("focusNode")),
        None if path is None else read_path(manifest, path),
        manifest.value(node, sh("resultSeverity")),
        manifest.value(node, sh("sourceConstraintComponent")),
        manifest.value(node, sh("sourceShape")),
        manifest.value(node, sh("value")),
    )


def read(file: Path) -> EmbeddedStore:
    """Read a file into a store; blank nodes keep the names that they have in it."""
    store = EmbeddedStore.in_memory()
    quads = parse(path=str(file), format=RdfFormat.TURTLE, base_iri=file.as_uri())
    store.fill(Quad(q.subject, q.predicate, q.object) for q in quads)
    return store


def cases() -> Iterator[Case]:
    """Iterate over all tests, found by folder."""
    folder = conformance_folder("shacl-tests")
    for file in sorted(folder.rglob("*.ttl")):
        manifest = View(read(file))
        for test in manifest.subjects(TYPE, NamedNode(SHT + "Validate")):
            action = manifest.value(test, NamedNode(MF + "action"))
            assert action is not None
            data, shapes = (
                manifest.value(action, NamedNode(SHT + name))
                for name in ("dataGraph", "shapesGraph")
            )
            assert isinstance(data, NamedNode)
            assert isinstance(shapes, NamedNode)
            yield Case(
                name=str(file.relative_to(folder).with_suffix("")),
                file=file,
                data=local(data),
                shapes=local(shapes),
            )


def without_reports(store: EmbeddedStore) -> EmbeddedStore:
    """Take the expected report out of a file; pySHACL would repeat it in its own."""
    for quad in list(store.quads()):
        own = quad.predicate.value.startswith(MF) or quad.predicate in RESULT
        if own or "Validation" in str(quad.object):
            store.replay(ChangeSet(frozenset({quad}), frozenset(), "", ""))
    return store


def local(address: NamedNode) -> Path:
    """Return the file of an address."""
    return Path(address.value.removeprefix("file://"))
