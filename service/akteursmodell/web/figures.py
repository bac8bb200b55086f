"""An answer as a picture where that fits: bars of numbers, a net of actors, points on a map.

Each picture shows what the table of the page shows, and nothing else.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from akteursmodell.analysis.atlas import grid, points_of
from akteursmodell.analysis.circle import Picture, draw
from akteursmodell.analysis.network import Network, Node
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import Literal, NamedNode, Term, local_name
from akteursmodell.query.rows import node, rows, values
from akteursmodell.questions.answers import Answer
from akteursmodell.questions.tables import Row
from akteursmodell.vocabulary import PREFIXES

__all__ = ["Bars", "Figures", "Net", "Spots", "figures"]

NUMBERS = frozenset(PREFIXES["xsd"] + name for name in ("integer", "decimal", "double"))
ORDINAL = frozenset({"line", "number", "firstLine", "lastLine", "step"})
"""Columns whose numbers count off and are no amounts."""
FEWEST, MOST_BARS, MOST_TIES, MOST_CHARTS = 2, 40, 160, 3
LIKE_SIZE = 20
"""So many times may the largest amount of a column be that of another on the same scale."""
PAIR = ("one", "other")
WIDTH, EDGE = 640.0, 28.0
KEYS = 3


@dataclass(frozen=True)
class Bar:
    """A number as the table shows it; `width` is in percent of the largest."""

    number: str
    width: float


@dataclass(frozen=True)
class BarRow:
    """What a row has in each column of amounts, None where it has no number."""

    name: str
    bars: tuple[Bar | None, ...]


@dataclass(frozen=True)
class Bars:
    """Columns of amounts beside each other; `one_scale` where their bars can be compared."""

    heads: tuple[str, ...]
    rows: tuple[BarRow, ...]
    one_scale: bool


@dataclass(frozen=True)
class Tie:
    """A line between two actors of a row."""

    one: str
    other: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Net:
    """The actors of two columns on a circle, with a line for each pair that stands in a row."""

    heads: tuple[str, str]
    picture: Picture
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class Spot:
    """A place with a point, at its place in the picture, and in how many rows it stands."""

    iri: str
    name: str
    x: float
    y: float
    rows: int


@dataclass(frozen=True)
class Spots:
    """The places of one column that have a point; `without` are the names of the others."""

    head: str
    width: float
    height: float
    spots: tuple[Spot, ...]
    without: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """The pictures of an answer."""

    bars: Bars | None
    net: Net | None
    spots: Spots | None


@dataclass(frozen=True)
class Shown:
    """Some rows of an answer: in words, and by column as terms."""

    answer: Answer
    heads: Sequence[str]
    terms: Mapping[str, list[Term | None]]
    rows: Sequence[Row]

    def all_of(self, source: Queryable, cls: str) -> list[str]:
        """Return the columns all of whose values are members of a class."""
        known = members(source, [term for listed in self.terms.values() for term in listed], cls)
        return [
            name
            for name in self.answer.columns
            if (found := [term for term in self.terms[name] if term]) and known.issuperset(found)
        ]


def figures(
    source: Queryable, answer: Answer, groups: list[list[int]], rows: list[Row], lang: Lang
) -> Figures:
    """Return the pictures of some rows of an answer, which are given by number and in words."""
    terms = {
        column: [answer.rows[number][place] for group in groups for number in group]
        for place, column in enumerate(answer.columns)
    }
    heads = [answer.question.columns[name].in_(lang) for name in answer.columns]
    shown = Shown(answer, heads, terms, rows)
    return Figures(bars_of(shown), net_of(source, shown), spots_of(source, shown, lang))


def bars_of(shown: Shown) -> Bars | None:
    """Return the bars of the columns of amounts, None where no two amounts of a column differ."""
    if not FEWEST <= len(shown.rows) <= MOST_BARS:
        return None
    collected = shown.answer.question.collect
    counted = [
        place
        for place, name in enumerate(shown.answer.columns)
        if name not in ORDINAL and name not in collected and are_numbers(shown.terms[name])
    ]
    named = names_of(shown.rows, [n for n in range(len(shown.heads)) if n not in counted])
    drawn = [
        place
        for place in counted
        if len({text for row in shown.rows if (text := row.texts[place])}) > 1
    ][:MOST_CHARTS]
    return bars(shown, named, drawn) if drawn else None


def are_numbers(terms: Iterable[Term | None]) -> bool:
    """Whether there are values, and all of them are numbers."""
    found = [term for term in terms if term is not None]
    return bool(found) and all(
        isinstance(term, Literal) and term.datatype.value in NUMBERS for term in found
    )


def names_of(shown: Sequence[Row], places: list[int]) -> list[str]:
    """Return a name for each row: as many of the first columns as tell the rows apart."""
    for count in range(1, KEYS + 1):
        named = [
            " – ".join(text for place in places[:count] if (text := row.texts[place]))
            for row in shown
        ]
        if len(set(named)) == len(named):
            break
    return named


def bars(shown: Shown, named: Sequence[str], places: Sequence[int]) -> Bars:
    """Return the bars of some columns, on one scale where their amounts are of like size."""
    most = {
        place: max(abs(float(row.texts[place])) for row in shown.rows if row.texts[place])
        for place in places
    }
    one_scale = max(most.values()) <= LIKE_SIZE * min(most.values())
    whole = {place: max(most.values()) if one_scale else most[place] for place in places}

    def bar(row: Row, place: int) -> Bar | None:
        number = row.texts[place]
        share = abs(float(number)) / whole[place] if number else 0
        return Bar(number, round(share * 100, 2)) if number else None

    made = (
        BarRow(name, tuple(bar(row, place) for place in places))
        for name, row in zip(named, shown.rows, strict=True)
    )
    heads = tuple(shown.heads[place] for place in places)
    return Bars(heads, tuple(row for row in made if any(row.bars)), one_scale)


def net_of(source: Queryable, shown: Shown) -> Net | None:
    """Return the net of two columns of actors, None where there are no two."""
    columns = shown.all_of(source, "akm:Actor")
    if set(PAIR) <= set(columns):
        columns = list(PAIR)
    if len(columns) < len(PAIR):
        return None
    first, second = (shown.answer.columns.index(name) for name in columns[:2])
    pairs = dict.fromkeys(
        (one, other)
        for row in shown.rows
        for one in row.cells[first]
        for other in row.cells[second]
        if one.iri and other.iri and one != other
    )
    if not FEWEST <= len(pairs) <= MOST_TIES:
        return None
    counts = Counter(word for pair in pairs for word in pair)
    points = tuple(
        Node(local_name(word.iri or ""), word.iri or "", word.text, "actor", "", counts[word])
        for word in sorted(counts)
    )
    picture = draw(Network(points, (), (), ()))
    at = {spot.node.iri: spot for spot in picture.spots}
    ties = []
    for one, other in pairs:
        start, end = at[one.iri or ""], at[other.iri or ""]
        ties.append(Tie(one.text, other.text, start.x, start.y, end.x, end.y))
    return Net((shown.heads[first], shown.heads[second]), picture, tuple(ties))


def members(source: Queryable, terms: Iterable[Term | None], cls: str) -> frozenset[Term]:
    """Return those of some terms that are members of a class."""
    things = [term for term in terms if isinstance(term, NamedNode)]
    if not things:
        return frozenset()
    found = rows(source, f"SELECT DISTINCT ?thing {{ {values('thing', things)} ?thing a {cls} }}")
    return frozenset(thing for row in found if (thing := node(row, "thing")))


def spots_of(source: Queryable, shown: Shown, lang: Lang) -> Spots | None:
    """Return the points of the first column of places of which two or more have one."""
    places = shown.all_of(source, "akm:Space")
    points = points_of(source, lang) if places else {}
    for name in places:
        place = shown.answer.columns.index(name)
        words = Counter(word for row in shown.rows for word in row.cells[place] if word.iri)
        found = {w: points.get(NamedNode(w.iri or ""), []) for w in sorted(words)}
        with_point = {word: listed[0] for word, listed in found.items() if listed}
        if len(with_point) >= FEWEST:
            on = grid(with_point.values(), WIDTH, EDGE, tallest=WIDTH)
            spots = tuple(
                Spot(word.iri or "", word.text, *on.put(point), words[word])
                for word, point in with_point.items()
            )
            without = tuple(word.text for word, listed in found.items() if not listed)
            return Spots(shown.heads[place], WIDTH, round(on.height, 1), spots, without)
    return None
