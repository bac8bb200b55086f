"""The documents that the ontology is published as: root, modules, code lists, and the rest.

Each is a named graph with an ontology in it. The root stands for the whole: its own statements and
those of all modules, code lists and alignments as one ontology, which still imports the extracts of
foreign vocabularies and so does not hold them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import (
    TYPE,
    BlankNode,
    NamedNode,
    Quad,
    Term,
    Triple,
    local_name,
)
from akteursmodell.graph.terms import Literal as Words
from akteursmodell.query.labels import best
from akteursmodell.query.rows import is_entered
from akteursmodell.vocabulary import AKM, DCTERMS, GENID, PREFIXES, RDFS, SKOS

__all__ = [
    "ROOT",
    "Document",
    "Role",
    "about",
    "content",
    "documents",
    "find",
    "nothing",
    "statements",
    "value",
    "version_of",
]

Role = Literal["root", "module", "list", "names", "alignments", "extract"]

ROOT = AKM + "akteursmodell"
OWL = PREFIXES["owl"]
ONTOLOGY = NamedNode(OWL + "Ontology")
IMPORTS = NamedNode(OWL + "imports")
SCHEME = NamedNode(SKOS + "ConceptScheme")
OF_PARTS = {RDFS + "label", DCTERMS + "title", DCTERMS + "description"}
ORIGIN = ("abstract", "bibliographicCitation", "creator", "issued", "source")
ROLES: dict[str, Role] = {
    "akteursmodell": "root",
    "alignments": "alignments",
    "translations": "names",
}


@dataclass(frozen=True)
class Document:
    """An ontology document; `name` is what stands in its address after `/ontology/`.

    A code list is named by its scheme.
    """

    iri: str
    name: str
    role: Role
    graph: str
    title: str
    description: str
    version: str
    version_iri: str
    licence: str

    @property
    def short(self) -> str:
        """The title without the name of the project before it."""
        title = self.title.rpartition(": ")[2]
        return title[:1].upper() + title[1:]


def documents(store: Store, lang: Lang) -> tuple[Document, ...]:
    """Return all documents of our ontology, by role and title."""
    headers = store.quads(predicate=TYPE, object=ONTOLOGY)
    found = [document(store, quad, lang) for quad in headers if is_ours(quad)]
    return tuple(sorted(found, key=lambda each: (each.role, each.title.casefold(), each.iri)))


def find(store: Store, iri: str, lang: Lang) -> Document | None:
    """Return the document that an IRI names: as its ontology, or as the scheme of a code list."""
    thing = NamedNode(iri)
    for kind in (ONTOLOGY, SCHEME):
        for quad in store.quads(subject=thing, predicate=TYPE, object=kind):
            headers = store.quads(predicate=TYPE, object=ONTOLOGY, graph=quad.graph_name)
            header = next(filter(is_ours, headers), None)
            if header is not None:
                return document(store, header, lang)
    return None


def about(store: Store, wanted: Document, lang: Lang) -> dict[str, str]:
    """Return what a document says of its origin, by short names; empty where it says nothing."""
    header = NamedNode(wanted.iri)
    found = {name: value(store, header, DCTERMS + name, lang) for name in ORIGIN}
    comment = value(store, header, RDFS + "comment", lang)
    return {**found, "citation": found["bibliographicCitation"], "comment": comment}


def nothing() -> Document:
    """Return the root of an ontology of which nothing is loaded."""
    return Document(ROOT, local_name(ROOT), "root", ROOT, *[""] * 5)


def version_of(store: Store, iri: str) -> str | None:
    """Return the ontology whose present version has this IRI."""
    try:
        version = NamedNode(iri)
    except ValueError:
        return None
    of = next(store.quads(predicate=NamedNode(OWL + "versionIRI"), object=version), None)
    return of.subject.value if of is not None and isinstance(of.subject, NamedNode) else None


def is_ours(quad: Quad) -> bool:
    """Whether a statement about an ontology is about one of ours, and in a graph of its own."""
    subject, graph = quad.subject, quad.graph_name
    if not isinstance(subject, NamedNode) or not isinstance(graph, NamedNode):
        return False
    return subject.value.startswith(AKM) and is_entered(quad)


def document(store: Store, header: Quad, lang: Lang) -> Document:
    """Read a document's header."""
    iri, graph = header.subject, header.graph_name
    assert isinstance(iri, NamedNode)  # noqa: S101 -- is_ours let only such pass
    assert isinstance(graph, NamedNode)  # noqa: S101 -- is_ours let only such pass
    name = iri.value.removeprefix(AKM)
    role = role_of(name)
    if role == "list":
        scheme = next(store.quads(predicate=TYPE, object=SCHEME, graph=graph), None)
        if scheme is not None and isinstance(scheme.subject, NamedNode):
            name = scheme.subject.value.removeprefix(AKM)
    return Document(
        iri=iri.value,
        name=name,
        role=role,
        graph=graph.value,
        title=value(store, iri, DCTERMS + "title", lang) or local_name(iri.value),
        description=value(store, iri, DCTERMS + "description", lang),
        version=value(store, iri, OWL + "versionInfo", lang),
        version_iri=value(store, iri, OWL + "versionIRI", lang),
        licence=value(store, iri, DCTERMS + "license", lang),
    )


def role_of(name: str) -> Role:
    """Return what a document is, by its name."""
    folder = name.rpartition("/")[0]
    by_folder: dict[str, Role] = {"imports": "extract", "vocabularies": "list"}
    return ROLES.get(name) or by_folder.get(folder, "module")


def value(store: Store, thing: NamedNode, predicate: str, lang: Lang) -> str:
    """Return the text or address of a property, in the best language; empty where there is none."""
    objects = [quad.object for quad in store.quads(thing, NamedNode(predicate))]
    words = [term for term in objects if isinstance(term, Words)]
    if words:
        return best(words, lang)
    return min((term.value for term in objects if isinstance(term, NamedNode)), default="")


def content(store: Store, wanted: Document) -> list[Triple]:
    """Return what a document states, in a fixed order; the root states the whole."""
    if wanted.role != "root":
        return statements(store.quads(graph=NamedNode(wanted.graph)))
    return statements(whole(store))


def whole(store: Store) -> Iterator[Quad]:
    """Iterate over the ontology as one: of the parts' headers only the names are kept."""
    parts = [part for part in documents(store, "de") if part.role != "extract"]
    headers = {NamedNode(part.iri) for part in parts if part.role != "root"}
    for part in parts:
        for quad in store.quads(graph=NamedNode(part.graph)):
            if quad.subject in headers and quad.predicate.value not in OF_PARTS:
                continue
            if quad.predicate == IMPORTS and quad.object in headers:
                continue
            yield quad


def statements(quads: Iterable[Quad]) -> list[Triple]:
    """Return each statement once, sorted, with nodes nameless again that are so in the files."""
    found = {
        Triple(nameless(quad.subject), quad.predicate, nameless(quad.object))  # type: ignore[arg-type]
        for quad in quads
    }
    return sorted(found, key=str)


def nameless(term: Term) -> Term:
    """Return a blank node for one that only the store named; RDF/XML wants a letter first."""
    if isinstance(term, NamedNode) and term.value.startswith(GENID):
        return BlankNode("b" + term.value.removeprefix(GENID))
    return term
