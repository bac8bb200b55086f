"""Where places lie, as far as a source gives a point; all others are listed, none is guessed."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from math import cos, inf, radians

from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.labels import labels, texts
from akteursmodell.query.rows import entered, node, rows, text
from akteursmodell.vocabulary import AKM, DCTERMS

__all__ = [
    "NARROW",
    "WIDE",
    "Atlas",
    "Format",
    "Grid",
    "Label",
    "Place",
    "Point",
    "Sheet",
    "Site",
    "atlas",
    "grid",
    "points_of",
    "sheet",
]

SPACES = f"""
SELECT DISTINCT ?space ?class ?body WHERE {{
  {entered("?space a ?class")}
  ?class rdfs:subClassOf* akm:Space .
  OPTIONAL {{ ?space akm:areaOf ?body }}
}}
"""
POINTS = """
SELECT ?space ?point ?wkt WHERE { ?space geo:hasGeometry ?point . ?point geo:asWKT ?wkt }
ORDER BY ?space ?point
"""
SITES = """
SELECT DISTINCT ?site ?district ?address WHERE {
  ?site a/rdfs:subClassOf* akm:Site .
  OPTIONAL { ?site akm:within ?district . ?district a akm:District }
  OPTIONAL { ?site locn:address/locn:fullAddress ?address }
} ORDER BY ?site ?district
"""
WKT = re.compile(r"(?:<[^>]*> )?POINT ?\( ?(?P<lon>-?[\d.]+) (?P<lat>-?[\d.]+) ?\)")
Spots = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]
LEAST = 0.02
"""Degrees that a picture shows at least."""
SITE_CLASSES = (AKM + "Site", AKM + "ContactPoint")


@dataclass(frozen=True)
class Point:
    """A point that a source gives for a place, in degrees (WGS 84), with what it says of it."""

    iri: str
    name: str
    longitude: float
    latitude: float
    note: str


@dataclass(frozen=True)
class Site:
    """A site of neighbourhood work: its address, and the district in which it lies."""

    iri: str
    name: str
    address: str
    district: str


@dataclass(frozen=True)
class Place:
    """A space with its kind, its points, and the sites known to lie in it.

    The area of a town goes by the name of the town.
    """

    iri: str
    name: str
    kind: str
    cls: str
    points: tuple[Point, ...]
    sites: tuple[Site, ...] = ()


@dataclass(frozen=True)
class Atlas:
    """All spaces: with a point, and without one; and all sites by district."""

    shown: tuple[Place, ...]
    missing: tuple[Place, ...]
    sites: tuple[tuple[str, tuple[Site, ...]], ...]


def atlas(source: Queryable, lang: Lang) -> Atlas:
    """Return all places, by kind and name."""
    found = rows(source, SPACES)
    kinds = {s: c for row in found if (s := node(row, "space")) and (c := node(row, "class"))}
    bodies = {s: b for row in found if (s := node(row, "space")) and (b := node(row, "body"))}
    points = points_of(source, lang)
    sites = sites_of(source, lang)
    words = labels(
        source,
        [
            *kinds,
            *kinds.values(),
            *bodies.values(),
            *(NamedNode(district) for district in sites if district),
        ],
        lang,
    )
    places = []
    for space, cls in kinds.items():
        inside = () if cls.value in SITE_CLASSES else tuple(sites.get(space.value, ()))
        name, there = words[bodies.get(space, space)], tuple(points.get(space, ()))
        places.append(Place(space.value, name, words[cls], cls.value, there, inside))
    places.sort(key=lambda place: (place.kind.casefold(), place.name.casefold()))
    return Atlas(
        shown=tuple(place for place in places if place.points),
        missing=tuple(place for place in places if not place.points),
        sites=tuple(
            (words[NamedNode(district)] if district else "", tuple(found))
            for district, found in sites.items()
        ),
    )


def points_of(source: Queryable, lang: Lang) -> dict[NamedNode, list[Point]]:
    """Return the points of each space; what is none makes its space count as missing."""
    found = [(s, p, WKT.fullmatch(text(row, "wkt"))) for row in rows(source, POINTS)
             if (s := node(row, "space")) and (p := node(row, "point"))]  # fmt: skip
    words = labels(source, [point for _, point, _ in found], lang)
    notes = texts(source, [point for _, point, _ in found], DCTERMS + "description", lang)
    points: dict[NamedNode, list[Point]] = defaultdict(list)
    for space, point, match in found:
        if match is not None:
            place = float(match["lon"]), float(match["lat"])
            points[space].append(Point(point.value, words[point], *place, notes.get(point, "")))
    return points


def sites_of(source: Queryable, lang: Lang) -> dict[str, list[Site]]:
    """Return the sites by the district in which they lie, each once; empty where it has none."""
    told: dict[NamedNode, tuple[str, str]] = {}
    for row in rows(source, SITES):
        site = node(row, "site")
        if site is not None:
            told.setdefault(site, (text(row, "district"), text(row, "address")))
    words = labels(source, told, lang)
    found: dict[str, list[Site]] = defaultdict(list)
    for site, (district, address) in sorted(told.items(), key=lambda i: (i[1][0] == "", i[1][0])):
        found[district].append(Site(site.value, words[site], address, district))
    return {key: sorted(each, key=lambda s: s.name.casefold()) for key, each in found.items()}


@dataclass(frozen=True)
class Format:
    """The measures of a drawn map: its width and edge, and those of a letter, a line and a gap."""

    width: float
    edge: float
    letter: float
    line: float
    away: float


WIDE = Format(width=900, edge=70, letter=7.6, line=17, away=11)
NARROW = Format(width=328, edge=24, letter=6.6, line=14, away=8)


@dataclass(frozen=True)
class Label:
    """A place on the sheet: its points in units of the picture, and where its name stands."""

    place: Place
    spots: Spots
    x: float
    y: float
    anchor: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """The drawn map; `scale` is the length of ten kilometres in units of the picture."""

    width: float
    height: float
    labels: tuple[Label, ...]
    scale: float


def sheet(places: tuple[Place, ...], form: Format) -> Sheet | None:
    """Return the map of places with points, or None where there is none."""
    every = [point for place in places for point in place.points]
    if not every:
        return None
    on = grid(every, form.width, form.edge)
    spots = {place.iri: tuple(on.put(point) for point in place.points) for place in places}
    return Sheet(
        width=form.width,
        height=round(on.height + form.line, 1),
        labels=tuple(named(places, spots, form)),
        scale=round(10 / 111.2 * on.unit, 1),
    )


@dataclass(frozen=True)
class Grid:
    """A flat grid of degrees, true to length at the middle latitude.

    `unit` is the length of a degree of latitude in units of the picture.
    """

    west: float
    south: float
    north: float
    unit: float
    edge: float

    @property
    def narrow(self) -> float:
        """How much shorter a degree of longitude is than one of latitude."""
        return cos(radians((self.south + self.north) / 2))

    @property
    def height(self) -> float:
        """The height of the picture, with its edges."""
        return 2 * self.edge + (self.north - self.south) * self.unit

    def put(self, point: Point) -> tuple[float, float]:
        """Return where a point lies in the picture."""
        x = self.edge + (point.longitude - self.west) * self.narrow * self.unit
        return round(x, 1), round(self.edge + (self.north - point.latitude) * self.unit, 1)


def grid(points: Collection[Point], width: float, edge: float, *, tallest: float = inf) -> Grid:
    """Return the grid for some points: as wide as is given, or as high as it may be at most."""
    west, east = min(p.longitude for p in points), max(p.longitude for p in points)
    south, north = min(p.latitude for p in points), max(p.latitude for p in points)
    across = max((east - west) * cos(radians((south + north) / 2)), LEAST)
    unit = min((width - 2 * edge) / across, (tallest - 2 * edge) / max(north - south, LEAST))
    return Grid(west, south, north, unit, edge)


def named(places: tuple[Place, ...], spots: dict[str, Spots], form: Format) -> list[Label]:
    """Put the name of each place beside one of its points, where nothing stands yet.

    A name that finds no room goes first the next time, as often as there are places.
    """
    order = list(places)
    found: dict[str, Label] = {}
    for _ in places:
        taken = [(x - 5, y - 5, x + 5, y + 5) for each in spots.values() for x, y in each]
        crowded = []
        for place in order:
            found[place.iri], box, has_room = beside(place, spots[place.iri], taken, form)
            taken.append(box)
            if not has_room:
                crowded.append(place)
        if not crowded:
            break
        order = [*crowded, *(place for place in order if place not in crowded)]
    return [found[place.iri] for place in places]


def beside(place: Place, spots: Spots, taken: list[Box], form: Format) -> tuple[Label, Box, bool]:
    """Return where the name of a place stands, its box, and whether nothing stood there."""
    told = f"{place.name} ({len(place.sites)})" if place.sites else place.name
    long, away, line = len(told) * form.letter, form.away, form.line
    half, middle = line / 2, long / 2
    tries: list[tuple[str, float, float, Box]] = []
    for x, y in spots:
        for by in (y, y - half, y + half, y - line, y + line):
            right, left = x + away, x - away
            tries += [
                ("start", right, by + 5, (right, by - half, right + long, by + half)),
                ("end", left, by + 5, (left - long, by - half, left, by + half)),
            ]
        top, bottom = y - away - line, y + away
        tries += [
            ("middle", x, y - away, (x - middle, top, x + middle, top + line)),
            ("middle", x, bottom + line - 5, (x - middle, bottom, x + middle, bottom + line)),
        ]
    inside = [each for each in tries if each[3][0] >= 0 and each[3][2] <= form.width]
    free = [each for each in inside if not any(overlap(each[3], box) for box in taken)]
    anchor, x, y, box = (free or inside or tries)[0]
    return Label(place, spots, round(x, 1), round(y, 1), anchor, told), box, bool(free)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share any area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
