"""A network in the formats of programs that draw networks: GEXF, GraphML, and Kumu's tables."""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from xml.etree import ElementTree

from akteursmodell.analysis.network import Edge, Network, Node
from akteursmodell.analysis.relations import KINDS
from akteursmodell.errors import Lang
from akteursmodell.query.periods import STATES

__all__ = ["connections", "elements", "gexf", "graphml"]

GEXF = "http://gexf.net/1.3"
GRAPHML = "http://graphml.graphdrawing.org/xmlns"
NODE = ("iri", "shape", "sector", "level", "relations", "partners")
NUMBERS = ("relations", "partners")
EDGE = ("relation", "name", "kind", "state", "period", "role_source", "role_target")


def about_node(node: Node, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the values of NODE for a point; `names` are those of sectors and levels."""
    sector, level = names.get(node.sector, ""), names.get(node.level, "")
    return node.iri, node.shape, sector, level, str(node.relations), str(node.partners)


def about_edge(edge: Edge, lang: Lang) -> tuple[str, ...]:
    """Return the values of EDGE for a line."""
    relation = edge.relation
    kind, state = KINDS[relation.kind].in_(lang), STATES[relation.state].in_(lang)
    return relation.iri, relation.name, kind, state, relation.when, *edge.roles


def written(root: ElementTree.Element) -> bytes:
    """Return a document as UTF-8, indented."""
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def gexf(found: Network, names: Mapping[str, str], lang: Lang, told: str) -> bytes:
    """Write a network as GEXF 1.3 (https://gexf.net/schema.html); `told` says what it shows."""
    root = ElementTree.Element("gexf", xmlns=GEXF, version="1.3")
    ElementTree.SubElement(ElementTree.SubElement(root, "meta"), "description").text = told
    graph = ElementTree.SubElement(root, "graph", defaultedgetype="undirected", mode="static")
    for cls, attributes in (("node", NODE), ("edge", EDGE)):
        listed = ElementTree.SubElement(graph, "attributes", {"class": cls})
        for name in attributes:
            kind = "integer" if name in NUMBERS else "string"
            ElementTree.SubElement(listed, "attribute", id=name, title=name, type=kind)
    nodes, edges = (ElementTree.SubElement(graph, name) for name in ("nodes", "edges"))
    for node in found.nodes:
        made = ElementTree.SubElement(nodes, "node", id=node.id, label=node.name)
        values = ElementTree.SubElement(made, "attvalues")
        for name, value in zip(NODE, about_node(node, names), strict=True):
            ElementTree.SubElement(values, "attvalue", {"for": name, "value": value})
    for number, edge in enumerate(found.edges):
        ends = {"id": str(number), "source": edge.source, "target": edge.target}
        made = ElementTree.SubElement(edges, "edge", ends)
        values = ElementTree.SubElement(made, "attvalues")
        for name, value in zip(EDGE, about_edge(edge, lang), strict=True):
            ElementTree.SubElement(values, "attvalue", {"for": name, "value": value})
    return written(root)


def graphml(found: Network, names: Mapping[str, str], lang: Lang, told: str) -> bytes:
    """Write a network as GraphML (http://graphml.graphdrawing.org/specification.html)."""
    root = ElementTree.Element("graphml", xmlns=GRAPHML)
    for cls, attributes in (("node", ("label", *NODE)), ("edge", EDGE)):
        for name in attributes:
            kind = "int" if name in NUMBERS else "string"
            about = {"id": f"{cls}-{name}", "for": cls, "attr.name": name, "attr.type": kind}
            ElementTree.SubElement(root, "key", about)
    graph = ElementTree.SubElement(root, "graph", edgedefault="undirected")
    ElementTree.SubElement(graph, "desc").text = told
    for node in found.nodes:
        made = ElementTree.SubElement(graph, "node", id=node.id)
        values = (node.name, *about_node(node, names))
        for name, value in zip(("label", *NODE), values, strict=True):
            ElementTree.SubElement(made, "data", key=f"node-{name}").text = value
    for number, edge in enumerate(found.edges):
        made = ElementTree.SubElement(
            graph, "edge", id=f"e{number}", source=edge.source, target=edge.target
        )
        for name, value in zip(EDGE, about_edge(edge, lang), strict=True):
            ElementTree.SubElement(made, "data", key=f"edge-{name}").text = value
    return written(root)


def kumu_names(found: Network) -> dict[str, str]:
    """Return a label for each point that no other has: Kumu knows elements by their label."""
    often = Counter(node.name for node in found.nodes)
    return {n.id: n.name if often[n.name] == 1 else f"{n.name} ({n.id})" for n in found.nodes}


def table(heads: tuple[str, ...], lines: list[tuple[str, ...]]) -> bytes:
    """Write a table as CSV (RFC 4180)."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([heads, *lines])
    return buffer.getvalue().encode()


def elements(found: Network, names: Mapping[str, str]) -> bytes:
    """Write the points as Kumu imports them (https://docs.kumu.io/guides/import)."""
    known = kumu_names(found)
    heads = ("Label", "Address", "Type", "Sector", "Level", "Relations", "Partners")
    return table(heads, [(known[n.id], *about_node(n, names)) for n in found.nodes])


def connections(found: Network, lang: Lang) -> bytes:
    """Write the lines as Kumu imports them."""
    names = kumu_names(found)
    heads = ("From", "To", "Direction", "Type", "Label", "State", "Period", "Role from", "Role to")
    lines = []
    for edge in found.edges:
        _, name, kind, state, when, *roles = about_edge(edge, lang)
        ends = (names[edge.source], names[edge.target])
        lines.append((*ends, "undirected", kind, name, state, when, *roles))
    return table(
        (*heads, "Address"),
        [(*li, e.relation.iri) for li, e in zip(lines, found.edges, strict=True)],
    )
