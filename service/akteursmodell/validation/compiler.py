"""From a graph of shapes to shapes that can be evaluated; refuses what is ill-formed or recursive.

https://www.w3.org/TR/shacl/
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from akteursmodell.errors import Text
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import TYPE, NamedNode, Term
from akteursmodell.validation import components as core
from akteursmodell.validation import nested
from akteursmodell.validation.faults import ShapesError
from akteursmodell.validation.literals import text_of
from akteursmodell.validation.model import Constraint, Shape, Targets
from akteursmodell.validation.paths import read_path
from akteursmodell.validation.queries import Asked, Query, prefixes
from akteursmodell.validation.views import SUBCLASS, View, rdfs, sh

__all__ = ["compile_shapes"]

TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
UNSUPPORTED = ("target", "js", "expression")
PAIRS = {
    "equals": "Equals",
    "disjoint": "Disjoint",
    "lessThan": "LessThan",
    "lessThanOrEquals": "LessThanOrEquals",
}
SHAPE_TYPES = (sh("NodeShape"), sh("PropertyShape"))


def compile_shapes(
    shapes: EmbeddedStore, levels: Mapping[str, NamedNode] | None = None
) -> dict[Term, Shape]:
    """Return all shapes by their nodes; `levels` gives some another severity, by IRI.

    Raises ShapesError for recursive shapes and for what is not known here.
    """
    compiler = Compiler(View(shapes), levels or {})
    for node in compiler.roots():
        compiler.compile(node, ())
    return compiler.shapes


@dataclass
class Component:
    """A constraint component that the shapes declare themselves."""

    node: NamedNode
    required: list[NamedNode]
    optional: list[NamedNode]


class Compiler:
    """Reads one graph of shapes."""

    def __init__(self, graph: View, levels: Mapping[str, NamedNode]) -> None:
        """Take the graph."""
        self._graph = graph
        self._levels = levels
        self._components = list(self._declared())
        self.shapes: dict[Term, Shape] = {}

    def roots(self) -> list[Term]:
        """Return the nodes of the shapes that may have targets."""
        for name in UNSUPPORTED:
            for quad in self._graph.quads(None, sh(name), None):
                raise unknown(f"sh:{name}", quad.subject)
        found: dict[Term, None] = {}
        for name in TARGETS:
            found.update(dict.fromkeys(q.subject for q in self._graph.quads(None, sh(name), None)))
        for kind in SHAPE_TYPES:
            found.update(dict.fromkeys(self._graph.subjects(TYPE, kind)))
        return list(found)

    def compile(self, node: Term, above: tuple[Term, ...]) -> Term:
        """Read the shape of a node and what it refers to; returns the node."""
        if node in above:
            raise ShapesError(
                Text(
                    f"Die Regel {node} bezieht sich auf sich selbst.",
                    f"The shape {node} refers to itself.",
                )
            )
        if node not in self.shapes:
            shape = self._shape(node)
            shape.constraints = list(self._constraints(node, shape))
            for constraint in shape.constraints:
                for part in constraint.parts:
                    self.compile(part, (*above, node))
            self.shapes[node] = shape
        return node

    def _shape(self, node: Term) -> Shape:
        graph = self._graph
        path = graph.value(node, sh("path"))
        deactivated = graph.value(node, sh("deactivated"))
        level = self._levels.get(text_of(node) or "")
        return Shape(
            node=node,
            path=None if path is None else read_path(graph, path),
            severity=level or graph.value(node, sh("severity")) or sh("Violation"),
            messages=graph.objects(node, sh("message")),
            targets=self._targets(node),
            deactivated=deactivated is not None and text_of(deactivated) == "true",
        )

    def _targets(self, node: Term) -> Targets:
        graph = self._graph
        classes = set(graph.objects(node, sh("targetClass")))
        types = set(graph.objects(node, TYPE))
        if types & set(SHAPE_TYPES) and types & {
            rdfs("Class"), *graph.subjects(SUBCLASS, rdfs("Class"))
        }:  # fmt: skip
            classes.add(node)
        return Targets(
            nodes=frozenset(graph.objects(node, sh("targetNode"))),
            classes=frozenset(classes),
            subjects_of=frozenset(iris(graph.objects(node, sh("targetSubjectsOf")))),
            objects_of=frozenset(iris(graph.objects(node, sh("targetObjectsOf")))),
        )

    def _constraints(self, node: Term, shape: Shape) -> Iterator[Constraint]:
        graph = self._graph
        for predicate, value in graph.leaving(node):
            yield from self._constraint(node, predicate.value.removeprefix(SH), value)
        if any(text_of(value) == "true" for value in graph.objects(node, sh("closed"))):
            yield self._closed(node)
        yield from self._qualified(node)
        for value in graph.objects(node, sh("sparql")):
            if text_of(graph.value(value, sh("deactivated")) or value) != "true":
                yield self._asked(value, shape)
        for component in self._components:
            yield from self._custom(component, node, shape)

    def _constraint(self, node: Term, name: str, value: Term) -> Iterator[Constraint]:
        """Yield the constraint that one value of a parameter makes, if it does."""
        if name in core.SIMPLE:
            yield core.SIMPLE[name](value)
        elif name in PAIRS:
            yield from (core.Pair(PAIRS[name], other) for other in iris([value]))
        elif name == "class":
            yield core.OfClass(value)
        elif name == "hasValue":
            yield core.HasValue(value)
        elif name == "uniqueLang" and text_of(value) == "true":
            yield core.UniqueLang()
        elif name == "pattern":
            flags = self._graph.value(node, sh("flags"))
            yield core.matching(text_of(value) or "", "" if flags is None else text_of(flags) or "")
        else:
            yield from self._with_parts(name, value)

    def _with_parts(self, name: str, value: Term) -> Iterator[Constraint]:
        """Yield a constraint whose parameter is a shape or a list."""
        items = self._graph.items
        if name in nested.LOGICAL:
            title, accepts = nested.LOGICAL[name]
            parts = [value] if name in ("node", "not") else items(value)
            yield nested.OfShape(title, parts, accepts)
        elif name == "property":
            yield nested.Properties(value)
        elif name == "in":
            yield core.one_of(items(value))
        elif name == "languageIn":
            yield core.languages(items(value))

    def _closed(self, node: Term) -> Constraint:
        graph = self._graph
        allowed = {
            path
            for part in graph.objects(node, sh("property"))
            for path in graph.objects(part, sh("path"))
        }
        for ignored in graph.objects(node, sh("ignoredProperties")):
            allowed |= set(graph.items(ignored))
        return core.Closed(allowed)

    def _qualified(self, node: Term) -> Iterator[Constraint]:
        graph = self._graph
        disjoint = graph.value(node, sh("qualifiedValueShapesDisjoint"))
        for part in graph.objects(node, sh("qualifiedValueShape")):
            siblings: dict[Term, None] = {}
            if disjoint is not None and text_of(disjoint) == "true":
                siblings = dict.fromkeys(self._siblings(node))
                siblings.pop(part, None)
            for name in ("qualifiedMinCount", "qualifiedMaxCount"):
                for number in graph.objects(node, sh(name)):
                    title = name[0].upper() + name[1:]
                    yield nested.Qualified(title, part, int(text_of(number) or ""), siblings)

    def _siblings(self, node: Term) -> Iterator[Term]:
        graph = self._graph
        for parent in graph.subjects(sh("property"), node):
            for other in graph.objects(parent, sh("property")):
                yield from graph.objects(other, sh("qualifiedValueShape"))

    def _asked(self, node: Term, shape: Shape) -> Constraint:
        graph = self._graph
        text = text_of(graph.value(node, sh("select")) or node) or ""
        return Asked(
            component=sh("SPARQLConstraintComponent"),
            query=Query(prefixes(graph, node) + text, {}, shape.path),
            messages=graph.objects(node, sh("message")),
            constraint=node,
        )

    def _declared(self) -> Iterator[Component]:
        graph = self._graph
        for node in iris(dict.fromkeys(graph.instances(sh("ConstraintComponent")))):
            found = Component(node, [], [])
            for parameter in graph.objects(node, sh("parameter")):
                optional = graph.value(parameter, sh("optional"))
                is_optional = optional is not None and text_of(optional) == "true"
                into = found.optional if is_optional else found.required
                into += iris(graph.objects(parameter, sh("path")))
            yield found

    def _custom(self, component: Component, node: Term, shape: Shape) -> Iterator[Constraint]:
        """Yield a declared component where a shape has all parameters that it requires."""
        graph = self._graph
        values = {path: graph.value(node, path) for path in component.required}
        if not values or None in values.values():
            return
        values |= {path: graph.value(node, path) for path in component.optional}
        given = {
            path.value.replace("#", "/").rpartition("/")[2]: value
            for path, value in values.items()
            if value is not None
        }
        special = sh("nodeValidator" if shape.path is None else "propertyValidator")
        validator = graph.value(component.node, special) or graph.value(
            component.node, sh("validator")
        )
        if validator is None:
            raise unknown("sh:validator", component.node)
        select, ask = graph.value(validator, sh("select")), graph.value(validator, sh("ask"))
        text = text_of(select or ask or validator) or ""
        yield Asked(
            component=component.node,
            query=Query(prefixes(graph, validator) + text, given, shape.path, each=select is None),
            messages=shape.messages or graph.objects(validator, sh("message")),
            each=select is None,
        )


SH = sh("").value


def iris(terms: Iterable[Term]) -> list[NamedNode]:
    """Return the terms that are IRIs."""
    return [term for term in terms if isinstance(term, NamedNode)]


def unknown(what: str, node: Term) -> ShapesError:
    """Say what nobody can evaluate here."""
    return ShapesError(
        Text(f"{what} an {node} ist hier nicht bekannt.", f"{what} at {node} is not known here.")
    )
