"""The one currency of every write: which quads go and which come, by whom and why."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pyoxigraph import CanonicalizationAlgorithm, Dataset, parse, serialize

from akteursmodell.graph.terms import BlankNode, NamedNode, Quad, RdfFormat
from akteursmodell.vocabulary import GENID

__all__ = ["ChangeSet", "content_digest", "skolemise"]


@dataclass(frozen=True)
class ChangeSet:
    """Quads to delete and to insert, in the store's canonical terms.

    A blank node is the store's own one of that id, or a new one. `created` and `dropped` are the
    named graphs that begin and cease to exist; the quads of a dropped graph stand in `deletes`.
    `base` is the revision on which the change was made up, or None where it does not matter;
    `source` tells what it rests on, `undoes` which revision it takes back.
    """

    deletes: frozenset[Quad]
    inserts: frozenset[Quad]
    author: str
    reason: str
    base: int | None = None
    created: frozenset[NamedNode] = frozenset()
    dropped: frozenset[NamedNode] = frozenset()
    source: str = ""
    undoes: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the change alters nothing."""
        return not (self.deletes or self.inserts or self.created or self.dropped)

    @property
    def graphs(self) -> set[NamedNode]:
        """The named graphs that the change touches."""
        quads = (*self.deletes, *self.inserts)
        named = {q.graph_name for q in quads if isinstance(q.graph_name, NamedNode)}
        return named | self.created | self.dropped

    def inverse(self) -> "ChangeSet":
        """Return the change that takes this one back."""
        return replace(
            self,
            deletes=self.inserts,
            inserts=self.deletes,
            created=self.dropped,
            dropped=self.created,
        )

    def to_bytes(self) -> bytes:
        """Return the wire form: a line of JSON, then the deleted and the inserted quads.

        The quads are N-Quads (https://www.w3.org/TR/n-quads/), blank nodes keep their ids.
        """
        deletes = as_lines(self.deletes)
        head = {
            "author": self.author,
            "reason": self.reason,
            "base": self.base,
            "source": self.source,
            "undoes": self.undoes,
            "created": sorted(graph.value for graph in self.created),
            "dropped": sorted(graph.value for graph in self.dropped),
            "deletes": len(deletes),
        }
        return json.dumps(head).encode() + b"\n" + deletes + as_lines(self.inserts)

    @classmethod
    def from_bytes(cls, data: bytes) -> "ChangeSet":
        """Read the wire form; raises ValueError where it is none."""
        line, _, body = data.partition(b"\n")
        try:
            head = json.loads(line)
            cut = head["deletes"]
            return cls(
                deletes=from_lines(body[:cut]),
                inserts=from_lines(body[cut:]),
                author=head["author"],
                reason=head["reason"],
                base=head["base"],
                source=head["source"],
                undoes=head["undoes"],
                created=frozenset(map(NamedNode, head["created"])),
                dropped=frozenset(map(NamedNode, head["dropped"])),
            )
        except (ValueError, LookupError, TypeError, SyntaxError) as fault:
            raise ValueError(f"this is no change set: {fault}") from None

    @classmethod
    def about(cls, data: bytes, *subjects: NamedNode) -> "ChangeSet":
        """Read the statements about some subjects from the wire form, and parse no others."""
        line, _, body = data.partition(b"\n")
        cut, wanted = json.loads(line)["deletes"], {str(each).encode() for each in subjects}

        def some(lines: bytes) -> frozenset[Quad]:
            found = [each for each in lines.split(b"\n") if each.partition(b" ")[0] in wanted]
            return from_lines(b"\n".join(found))

        return cls(some(body[:cut]), some(body[cut:]), "", "")


def as_lines(quads: Iterable[Quad]) -> bytes:
    """Write quads as N-Quads."""
    return serialize(quads, format=RdfFormat.N_QUADS) or b""


def from_lines(lines: bytes) -> frozenset[Quad]:
    """Read N-Quads without renaming a blank node."""
    return frozenset(parse(lines, format=RdfFormat.N_QUADS, rename_blank_nodes=False))


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
