"""Which nodes the shapes look at; where there are none, nothing can break a shape.

https://www.w3.org/TR/shacl/#targets: a shape is checked for its target nodes only.
"""

from collections.abc import Iterable
from functools import cache

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import TYPE, BlankNode, NamedNode
from akteursmodell.validation.shapes import shapes_graph

__all__ = ["Targets", "shipped_targets"]

SUBCLASS = NamedNode(str(RDFS.subClassOf))


class Targets:
    """The targets of all shapes of a graph."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        """Collect what the shapes name, classes that are shapes among them."""
        self._classes = named(shapes.objects(None, SH.targetClass))
        for kind in (RDFS.Class, OWL.Class):
            self._classes |= named(shapes.subjects(RDF.type, kind))
        self._subjects_of = named(shapes.objects(None, SH.targetSubjectsOf))
        self._objects_of = named(shapes.objects(None, SH.targetObjectsOf))
        self._others = any(
            True for target in (SH.targetNode, SH.target) for _ in shapes.subjects(target)
        )

    def may_exist(self, store: EmbeddedStore) -> bool:
        """Whether any shape may have a target node among the quads of a store.

        Classes count with their subclasses as the store has them. A shape that names its nodes, or
        finds them by a query, may always have some.
        """
        if self._others:
            return True
        for predicate in self._subjects_of | self._objects_of:
            if next(store.quads(None, predicate), None):
                return True
        seen: set[NamedNode | BlankNode] = set()
        agenda: list[NamedNode | BlankNode] = [*self._classes]
        while agenda:
            cls = agenda.pop()
            if cls not in seen:
                seen.add(cls)
                if next(store.quads(None, TYPE, cls), None):
                    return True
                found = (quad.subject for quad in store.quads(None, SUBCLASS, cls))
                agenda += [node for node in found if isinstance(node, NamedNode | BlankNode)]
        return False


def named(nodes: Iterable[rdflib.term.Node]) -> set[NamedNode]:
    """Return the nodes that have an IRI."""
    return {NamedNode(str(node)) for node in nodes if isinstance(node, rdflib.URIRef)}


@cache
def shipped_targets() -> Targets:
    """Return the targets of the shipped shapes."""
    return Targets(shapes_graph())
