"""A diagram of a module, laid out: the same input always gives the same picture.

Above, the classes in layers, each beside what it is a kind of. Below, the relations: on the left
the class that has them, on the right the class that they lead to. Relations are not drawn between
the boxes of the layers, since their lines would cross the boxes in between; two columns keep every
label beside its line.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from akteursmodell.analysis.boxes import (
    GAP,
    LINE,
    PAD,
    Box,
    Words,
    box_of,
    reach,
    stretched,
    wrap,
)
from akteursmodell.analysis.modules import ClassRow, Module, PropertyRow
from akteursmodell.analysis.pieces import Piece, plain
from akteursmodell.errors import Lang, Text
from akteursmodell.vocabulary import AKM, compact

__all__ = ["Drawing", "Line", "draw"]

ROW, PORT = 22, 16
ACROSS, CHANNEL = 36, 150
MARGIN, HEADING = 8, 34
CLASSES = Text("Klassen: links die allgemeinere", "Classes: the more general one on the left")
RELATIONS = Text(
    "Beziehungen: von der Klasse links zur Klasse rechts",
    "Relations: from the class on the left to the class on the right",
)
FROM_LIST = Text("aus Codeliste", "from a code list")
ANYTHING = Text("irgendetwas", "anything")


@dataclass(frozen=True)
class Line:
    """A line as an SVG path; `general` ends it with the hollow head of a subclass."""

    path: str
    general: bool


@dataclass(frozen=True)
class Drawing:
    """Everything that is drawn."""

    width: float
    height: float
    headings: tuple[Words, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw(module: Module, lang: Lang) -> Drawing:
    """Lay out a module."""
    classes, kinds = layers(module.classes)
    top = HEADING + MARGIN
    classes = [box.moved(MARGIN, top) for box in classes]
    headings = [Words(CLASSES.in_(lang), MARGIN, HEADING - 10, bold=True)] if classes else []
    lines = [Line(shifted(a, b, MARGIN, top), general=True) for a, b in kinds]
    height = max((box.y + box.height for box in classes), default=0) + GAP
    boxes, relations = columns(module, lang)
    if boxes:
        headings.append(Words(RELATIONS.in_(lang), MARGIN, height + HEADING, bold=True))
        below = height + HEADING + MARGIN + GAP
        boxes = [box.moved(MARGIN, below) for box in boxes]
        lines += [
            Line(curve((a[0] + MARGIN, a[1] + below), (b[0] + MARGIN, b[1] + below)), general=False)
            for a, b in relations
        ]
    everything = [*classes, *boxes]
    return Drawing(
        width=max([b.x + b.width for b in everything] + [reach(h) for h in headings]) + MARGIN,
        height=max((box.y + box.height for box in everything), default=0) + MARGIN,
        headings=tuple(headings),
        boxes=tuple(everything),
        lines=tuple(lines),
    )


# The layers of classes


def layers(rows: Sequence[ClassRow]) -> tuple[list[Box], list[tuple[Box, Box]]]:
    """Place the classes by depth, each beside its first superclass; return boxes and pairs."""
    names = {row.iri: row.piece for row in rows}
    boxes = {row.iri: class_box(row) for row in rows}
    below: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        parent = row.above[0] if row.above else None
        if parent is None:
            continue
        below[parent.iri].append(row.iri)
        if parent.iri not in boxes:
            names[parent.iri] = parent
            boxes[parent.iri] = box_of(parent.iri, wrap(parent.text), ours=False)
    with_parent = {child for children in below.values() for child in children}
    roots = sorted(
        (iri for iri in boxes if iri not in with_parent),
        key=lambda iri: (iri not in below, names[iri].text.casefold()),
    )
    depths: dict[int, float] = defaultdict(float)
    for iri, depth in walk(roots, below, 0):
        depths[depth] = max(depths[depth], boxes[iri].width)
    for iri, depth in walk(roots, below, 0):
        boxes[iri] = stretched(boxes[iri], depths[depth])
    y = 0.0
    for root in roots:
        y = place(root, (0, y), boxes, below, depths) + GAP
    pairs = [(boxes[p], boxes[c]) for p, children in below.items() for c in children]
    return list(boxes.values()), pairs


def walk(
    iris: Iterable[str], below: Mapping[str, list[str]], depth: int
) -> Iterator[tuple[str, int]]:
    """Iterate over a tree with the depth of each class."""
    for iri in iris:
        yield iri, depth
        yield from walk(below.get(iri, ()), below, depth + 1)


def place(
    iri: str,
    at: tuple[int, float],
    boxes: dict[str, Box],
    below: Mapping[str, list[str]],
    depths: Mapping[int, float],
) -> float:
    """Place a class and all below it from a height on; return where they end."""
    depth, top = at
    x = sum(depths[d] + ACROSS for d in range(depth))
    bottom = top
    for child in below.get(iri, ()):
        bottom = place(child, (depth + 1, bottom), boxes, below, depths) + GAP
    bottom = max(bottom - GAP, top + boxes[iri].height)
    boxes[iri] = boxes[iri].moved(x, (top + bottom - boxes[iri].height) / 2)
    return bottom


def class_box(row: ClassRow) -> Box:
    """Return the box of a class: its label, and other vocabularies' classes above it."""
    foreign = [compact(p.iri) for p in row.above[1:]]
    return box_of(row.iri, wrap(row.label), ours=True, small=[f"⊑ {name}" for name in foreign])


def shifted(parent: Box, child: Box, x: float, y: float) -> str:
    """Return the path from a subclass to its superclass, by a corner halfway."""
    start, end = child.x + x, parent.x + parent.width + x
    turn = start - ACROSS / 2
    return f"M{start:g} {child.middle + y:g}H{turn:g}V{parent.middle + y:g}H{end + 1:g}"


# The two columns of relations


def columns(
    module: Module, lang: Lang
) -> tuple[list[Box], list[tuple[tuple[float, float], tuple[float, float]]]]:
    """Place who has a relation on the left and where it leads on the right, and join them."""
    ours = {row.iri for row in module.classes}
    left: list[Box] = []
    ports: dict[str, list[tuple[float, float]]] = defaultdict(list)
    targets: dict[str, Piece] = {}
    y = 0.0
    for source, rows in by_source(module, lang):
        box = list_box(source, [told(row, lang) for row in rows], ours)
        for number, row in enumerate(rows):
            for target in row.ranges:
                if target.startswith(AKM):
                    targets[target] = next(p for p in row.range if p.iri == target)
                    ports[target].append((0, y + box.rule + ROW * number + ROW / 2 + 3))
        left.append(box.moved(0, y))
        y += box.height + GAP
    width = max((box.width for box in left), default=0)
    left = [stretched(box, width) for box in left]
    order = sorted(targets, key=lambda iri: (mean(ports[iri]), targets[iri].text.casefold()))
    right, ends = target_boxes(order, targets, ports, ours)
    far = width + CHANNEL
    joined = [
        ((width, start[1]), (far, end))
        for iri in order
        for start, end in zip(sorted(ports[iri]), ends[iri], strict=True)
    ]
    return [*left, *(box.moved(far, 0) for box in right)], joined


def by_source(module: Module, lang: Lang) -> list[tuple[Piece, list[PropertyRow]]]:
    """Group the relations by the class that has them, the module's own classes first."""
    groups: dict[str, tuple[Piece, list[PropertyRow]]] = {}
    for row in module.properties:
        if row.relation:
            iri = row.domains[0] if len(row.domains) == 1 else ""
            name = Piece(plain(row.domain) or ANYTHING.in_(lang), iri)
            groups.setdefault(name.text, (name, []))[1].append(row)
    own = {row.iri for row in module.classes}
    return sorted(groups.values(), key=lambda g: (g[0].iri not in own, g[0].text.casefold()))


def told(row: PropertyRow, lang: Lang) -> str:
    """Return how a relation stands in its class; one without a line says where it leads."""
    if any(iri.startswith(AKM) for iri in row.ranges):
        return row.label
    leads = FROM_LIST if row.listed else ANYTHING
    return f"{row.label} ({leads.in_(lang)})"


def list_box(source: Piece, rows: Sequence[str], ours: set[str]) -> Box:
    """Return the box of a class with its relations as rows."""
    title = wrap(source.text)
    head = PAD + LINE * len(title) + 4
    words = [Words(t, PAD, PAD + 13 + LINE * n, bold=True) for n, t in enumerate(title)]
    words += [Words(t, PAD, head + 18 + ROW * n, small=True) for n, t in enumerate(rows)]
    height = head + 6 + ROW * len(rows)
    own = source.iri in ours
    return Box(source.iri, 0, 0, max(map(reach, words)) + PAD, height, tuple(words), own, rule=head)


def target_boxes(
    order: Sequence[str],
    targets: Mapping[str, Piece],
    ports: Mapping[str, list[tuple[float, float]]],
    ours: set[str],
) -> tuple[list[Box], dict[str, list[float]]]:
    """Place the classes on the right, high enough that each line has an end of its own."""
    boxes: list[Box] = []
    ends: dict[str, list[float]] = {}
    y = 0.0
    for iri in order:
        count = len(ports[iri])
        box = box_of(iri, wrap(targets[iri].text), ours=iri in ours)
        if box.height < PORT * (count + 1):
            more = PORT * (count + 1) - box.height
            words = tuple(replace(word, y=word.y + more / 2) for word in box.words)
            box = replace(box, height=box.height + more, words=words)
        box = box.moved(0, max(y, mean(ports[iri]) - box.height / 2))
        first = box.middle - PORT * (count - 1) / 2
        ends[iri] = [first + PORT * number for number in range(count)]
        boxes.append(box)
        y = box.y + box.height + GAP
    width = max((box.width for box in boxes), default=0)
    return [stretched(box, width) for box in boxes], ends


def mean(ports: Sequence[tuple[float, float]]) -> float:
    """Return the mean height of the ends of lines."""
    return sum(y for _, y in ports) / len(ports)


def curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Return the path of a relation."""
    (x1, y1), (x2, y2) = start, end
    half = (x1 + x2) / 2
    return f"M{x1:g} {y1:g}C{half:g} {y1:g} {half:g} {y2:g} {x2 - 8:g} {y2:g}"
