"""The shapes as they are shipped: rules for pySHACL, words for people."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import rdflib
from rdflib.namespace import RDFS, SH

from akteursmodell.errors import Text
from akteursmodell.resources import shape_files
from akteursmodell.validation.rdf import read_graph
from akteursmodell.validation.report import Severity
from akteursmodell.vocabulary import ASH

__all__ = ["ShapeWords", "shape_words", "shapes_graph"]

BASIS = rdflib.URIRef(ASH + "basis")
FIX = rdflib.URIRef(ASH + "fix")
STORED = Text(
    "Die Angabe ist gespeichert und bleibt als offen markiert.",
    "The entry is saved and stays marked as open.",
)
REFUSED = Text("Die Änderung wird nicht gespeichert.", "The change is not saved.")
VARIABLE = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True)
class ShapeWords:
    """What a shape says to people: title, message templates, ways on, and why it is there."""

    title: Text
    templates: Text
    fixes: tuple[Text, ...]
    basis: str

    def at_level(self, level: Severity) -> "ShapeWords":
        """Return the words with the sentence that says what happens now at a level.

        A shape is shipped with the sentence of its own level; an operator may raise it.
        """
        if level != "violation":
            return self
        return replace(
            self,
            templates=Text(
                self.templates.de.replace(STORED.de, REFUSED.de),
                self.templates.en.replace(STORED.en, REFUSED.en),
            ),
        )

    def message(self, engine_texts: Sequence[str], names: Mapping[str, Text]) -> Text:
        """Return the message in both languages, with the variables in `names` put in words.

        pySHACL fills variables in but loses the language and writes IRIs, so its texts are matched
        with the templates to read the other variables back.
        """
        return Text(
            fill(self.templates.de, engine_texts, {key: name.de for key, name in names.items()}),
            fill(self.templates.en, engine_texts, {key: name.en for key, name in names.items()}),
        )


def fill(template: str, engine_texts: Sequence[str], names: Mapping[str, str]) -> str:
    """Fill a template from the engine's text of the same wording, and from names."""
    parts = VARIABLE.split(template)
    pattern = "".join(
        re.escape(part) if number % 2 == 0 else "(.*)" for number, part in enumerate(parts)
    )
    found = (re.fullmatch(pattern, text, re.DOTALL) for text in engine_texts)
    match = next((m for m in found if m), None)
    for number in range(1, len(parts), 2):
        engine_value = match.group(number // 2 + 1) if match else ""
        parts[number] = names.get(parts[number], engine_value)
    return "".join(parts)


@cache
def shapes_graph() -> rdflib.Graph:
    """Return all shapes in one graph."""
    return read_graph(shape_files())


@cache
def shape_words(shape: str) -> ShapeWords:
    """Return the words of a shape; its parts may stand on its SPARQL constraint or its parent."""
    graph = shapes_graph()
    nodes: list[rdflib.term.Node] = [rdflib.URIRef(shape)]
    nodes += list(graph.objects(nodes[0], SH.sparql))
    nodes += list(graph.subjects(SH.property, nodes[0]))
    basis = next((str(o) for n in nodes for o in graph.objects(n, BASIS)), ASH + "basis-model")
    return ShapeWords(
        title=first(graph, nodes, RDFS.label),
        templates=first(graph, nodes, SH.message),
        fixes=tuple(t for t in [first(graph, nodes, FIX)] if t.de or t.en),
        basis=basis.removeprefix(ASH + "basis-"),
    )


def first(graph: rdflib.Graph, nodes: list[rdflib.term.Node], predicate: rdflib.URIRef) -> Text:
    """Return the text of the first node that has one."""
    for node in nodes:
        words = {
            str(o.language): str(o)
            for o in graph.objects(node, predicate)
            if isinstance(o, rdflib.Literal)
        }
        if words:
            fallback = next(iter(words.values()))
            return Text(words.get("de", fallback), words.get("en", fallback))
    return Text("", "")
