"""Who works with whom, as a network: from the same relations as the matrix, row by row.

A relation of two is a line between them. One of three or more is a point of its own, with a line to
each partner: that all of them work with each other, one by one, no source says.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from akteursmodell.analysis.axes import Line
from akteursmodell.analysis.relations import TIES, Kind, Pill, Relation
from akteursmodell.graph.terms import NamedNode, local_name

__all__ = ["MOST_STEPS", "Edge", "Network", "Node", "Shape", "network", "partners", "within"]

Shape = Literal["actor", "relation", "open"]
MOST_STEPS = 3
OPEN = "-open"
PAIR = 2


@dataclass(frozen=True)
class Node:
    """A point: an actor, a relation of three or more, or a partner who is not documented.

    Of an actor `relations` counts the relations here, and `partners` the actors met in them.
    """

    id: str
    iri: str
    name: str
    shape: Shape
    sector: str
    relations: int
    level: str = ""
    partners: int = 0


@dataclass(frozen=True)
class Edge:
    """A line of a relation between two points; `roles` tells what each end does in it."""

    source: str
    target: str
    relation: Relation
    roles: tuple[str, str]


@dataclass(frozen=True)
class Network:
    """The points and lines of some relations; `alone` are those without any partner."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    relations: tuple[Relation, ...]
    alone: tuple[Relation, ...]

    @property
    def actors(self) -> tuple[Node, ...]:
        """The points that are actors."""
        return tuple(node for node in self.nodes if node.shape == "actor")


def network(
    relations: Iterable[Relation],
    sectors: Sequence[Line],
    levels: Mapping[NamedNode, NamedNode],
) -> Network:
    """Return the network of relations; its points stand by sector, then by name."""
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    listed, alone = [], []
    for relation in relations:
        ends = ends_of(relation)
        if not ends:
            alone.append(relation)
            continue
        listed.append(relation)
        for node, _ in ends:
            nodes.setdefault(node.id, node)
        if len(ends) == PAIR:
            (one, role), (other, other_role) = ends
            edges.append(Edge(one.id, other.id, relation, (role, other_role)))
            continue
        hub = Node(relation.anchor, relation.iri, relation.name, "relation", "", len(ends))
        nodes[hub.id] = hub
        edges += [Edge(node.id, hub.id, relation, (role, "")) for node, role in ends]
    counts = Counter(pill.iri for each in listed for pill in partners(each))
    met: dict[str, set[str]] = defaultdict(set)
    for each in listed:
        here = {pill.iri for pill in partners(each) if pill.iri}
        for iri in here:
            met[iri] |= here - {iri}
    order = {line.iri: number for number, line in enumerate(sectors)}

    def place(node: Node) -> tuple[bool, int, str]:
        return node.shape != "actor", order.get(node.sector, len(order)), node.name.casefold()

    counted = (
        replace(
            n,
            relations=counts[n.iri],
            partners=len(met[n.iri]),
            level=level.value if (level := levels.get(NamedNode(n.iri))) else "",
        )
        if n.shape == "actor"
        else n
        for n in nodes.values()
    )
    return Network(tuple(sorted(counted, key=place)), tuple(edges), tuple(listed), tuple(alone))


def partners(relation: Relation) -> tuple[Pill, ...]:
    """Return the partners of a relation, each once; who has left only where all have."""
    current = [p for p in relation.pills if not p.ended] or list(relation.pills)
    return tuple({pill.iri: pill for pill in current}.values())


def ends_of(relation: Relation) -> list[tuple[Node, str]]:
    """Return the partners of a relation as points, each with what it does there."""
    roles: dict[str, list[str]] = defaultdict(list)
    for pill in relation.pills:
        roles[pill.iri] += [role for role in pill.roles if role not in roles[pill.iri]]
    found = []
    for pill in partners(relation):
        name = local_name(pill.iri) if pill.iri else relation.anchor + OPEN
        shape: Shape = "open" if pill.is_open else "actor"
        point = Node(name, pill.iri, pill.name, shape, pill.sector, 1)
        found.append((point, ", ".join(roles[pill.iri])))
    return found


def within(
    relations: Iterable[Relation],
    kinds: Collection[Kind] = TIES,
    *,
    ended: bool = False,
    around: str = "",
    steps: int = 1,
) -> tuple[Relation, ...]:
    """Return the relations of some kinds; with `around`, those within steps of an actor.

    One step leads from an actor to all partners of a relation in which it takes part.
    """
    kept = [r for r in relations if r.kind in kinds and (ended or r.state != "ended")]
    if not around:
        return tuple(kept)
    reached, near = {around}, set[str]()
    for _ in range(steps):
        near |= {r.iri for r in kept if any(p.iri in reached for p in partners(r))}
        reached |= {p.iri for r in kept if r.iri in near for p in partners(r) if p.iri}
    return tuple(relation for relation in kept if relation.iri in near)
