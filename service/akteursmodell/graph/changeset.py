"""The one currency of every write: which quads go and which come, by whom and why."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import CanonicalizationAlgorithm, Dataset

from akteursmodell.graph.terms import BlankNode, NamedNode, Quad
from akteursmodell.vocabulary import GENID

__all__ = ["ChangeSet", "content_digest", "skolemise"]


@dataclass(frozen=True)
class ChangeSet:
    """Quads to delete and to insert, in the store's canonical terms, without blank nodes.

    `base` is the revision on which the change was made up, or None where it does not matter.
    """

    deletes: frozenset[Quad]
    inserts: frozenset[Quad]
    author: str
    reason: str
    base: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the change alters nothing."""
        return not self.deletes and not self.inserts

    @property
    def graphs(self) -> set[NamedNode]:
        """The named graphs that the change touches."""
        quads = (*self.deletes, *self.inserts)
        return {q.graph_name for q in quads if isinstance(q.graph_name, NamedNode)}


def skolemise(quads: Iterable[Quad]) -> list[Quad]:
    """Give blank nodes IRIs that depend on the content only, so that loading twice adds nothing.

    The names follow RDFC-1.0 (https://www.w3.org/TR/rdf-canon/) and a digest of the whole.
    """
    dataset = Dataset(quads)
    if not any(isinstance(t, BlankNode) for q in dataset for t in (q.subject, q.object)):
        return list(dataset)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    digest = content_digest(dataset)

    def name(term: object) -> object:
        return NamedNode(f"{GENID}{digest}-{term.value}") if isinstance(term, BlankNode) else term

    return [
        Quad(name(q.subject), q.predicate, name(q.object), q.graph_name)  # type: ignore[arg-type]
        for q in dataset
    ]


def content_digest(quads: Iterable[Quad]) -> str:
    """Return a short digest that is the same for the same quads."""
    lines = "\n".join(sorted(str(quad) for quad in quads))
    return hashlib.sha256(lines.encode()).hexdigest()[:16]
