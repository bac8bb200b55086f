"""What a picture of the matrix consists of, in pixels, whoever paints it."""

from dataclasses import dataclass, field
from typing import Final

from akteursmodell.analysis.relations import Relation

__all__ = ["SIZE", "SMALL", "Block", "Box", "Line", "Mark", "Sheet"]

SIZE: Final = 13.0
SMALL: Final = 12.5


@dataclass(frozen=True)
class Block:
    """Lines of text with the base line of the first."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float = SIZE
    bold: bool = False
    look: str = "text"
    leading: float = 15.5


@dataclass(frozen=True)
class Box:
    """A rectangle: a cell, a chip, a pill; `about` names what it stands for."""

    x: float
    y: float
    width: float
    height: float
    look: str
    about: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """The number of a relation in the shape of its kind."""

    x: float
    y: float
    relation: Relation


@dataclass(frozen=True)
class Line:
    """A piece of a relation's line from point to point; `dot` marks where it meets its row."""

    relation: Relation
    points: tuple[tuple[float, float], ...]
    dot: bool = False


@dataclass
class Sheet:
    """Everything that is drawn, from the back to the front."""

    width: float
    height: float = 0.0
    cells: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    texts: list[Block] = field(default_factory=list)
