"""What there is at a place: where one can go, who is in charge, what is under way, what is open."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from akteursmodell.analysis.pieces import Piece
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode, Term
from akteursmodell.query.labels import labels, texts
from akteursmodell.query.periods import Period, State, periods_of
from akteursmodell.query.rows import entered, node, rows, text
from akteursmodell.vocabulary import DCTERMS

__all__ = ["Charge", "District", "Local", "Operation", "SiteInfo", "districts", "local"]

DISTRICTS = """
SELECT ?district ?area (COUNT(DISTINCT ?site) AS ?sites) (COUNT(DISTINCT ?point) AS ?points) WHERE {
  ?district a akm:District .
  OPTIONAL { ?district akm:within ?area . ?area akm:areaOf ?body . ?body a akm:Municipality }
  OPTIONAL {
    ?site akm:within+ ?district ; a/rdfs:subClassOf* akm:Site .
    OPTIONAL { ?site a akm:ContactPoint BIND(?site AS ?point) }
  }
} GROUP BY ?district ?area
"""
ABOUT = """
SELECT ?class ?within WHERE {{
  {kind}
  FILTER EXISTS {{ ?class rdfs:subClassOf* akm:Space }}
  FILTER NOT EXISTS {{ ?class rdfs:subClassOf* akm:Site }}
  OPTIONAL {{ {above} }}
}}
"""
INSIDE = """
SELECT DISTINCT ?part ?class WHERE {{
  VALUES ?class {{ akm:District akm:Neighbourhood akm:Locality akm:PlanningArea }}
  ?part akm:within+ {place} ; a ?class .
}}
"""
# Sites in the place, and those of an area around it that lie in no district: they are for all.
SITES = """
SELECT DISTINCT ?site ?general ?point ?address ?operation ?operator WHERE {{
  {{ ?site akm:within+ {place} BIND(false AS ?general) }}
  UNION {{
    {place} akm:within+ ?around . ?site akm:within ?around .
    FILTER NOT EXISTS {{ ?site akm:within+ ?district . ?district a akm:District }}
    BIND(true AS ?general)
  }}
  ?site a/rdfs:subClassOf* akm:Site .
  BIND(EXISTS {{ ?site a akm:ContactPoint }} AS ?point)
  OPTIONAL {{ ?site locn:address/locn:fullAddress ?address }}
  OPTIONAL {{
    ?operation akm:operatedSite ?site . OPTIONAL {{ ?operation akm:operator ?operator }}
  }}
}}
"""
CHARGES = """
SELECT DISTINCT ?fact ?task ?kind ?actor WHERE {{
  {place} akm:within* ?area .
  {{
    VALUES ?kind {{ akm:responsibility-overall akm:responsibility-planning }}
    ?fact a akm:Responsibility ; akm:inSpace ?area ; akm:responsibilityKind ?kind ;
      akm:forTask ?task ; akm:bearer ?actor .
  }} UNION {{
    ?area akm:areaOf ?actor .
    ?fact a akm:Obligation ; akm:obligatedBody ?actor ; akm:obligationKind ?kind ;
      akm:forTask ?task .
    ?task akm:spatialLevel akm:spatial-neighbourhood .
  }}
}}
"""
UNDER_WAY = """
SELECT DISTINCT ?thing ?class WHERE {{
  VALUES ?class {{ akm:Cooperation akm:Network akm:Intervention akm:ParticipationProcess }}
  ?thing akm:concernsSpace/akm:within* {place} .
  {kind}
}}
"""
GAPS = """
SELECT DISTINCT ?gap WHERE {{
  {{ BIND({place} AS ?thing) }}
  UNION {{ ?thing akm:within+ {place} }}
  UNION {{
    ?site akm:within+ {place} .
    ?thing akm:operatedSite|akm:atSite ?site
  }}
  ?gap akm:about ?thing ; a akm:KnowledgeGap .
}}
"""


@dataclass(frozen=True)
class District:
    """A district with the town it lies in, and how many sites are documented there."""

    place: Piece
    town: str
    sites: int
    points: int


@dataclass(frozen=True)
class Operation:
    """Who runs a site, and when; without an operator nobody documents it."""

    fact: str
    operator: Piece | None
    state: State
    when: str


@dataclass(frozen=True)
class SiteInfo:
    """A site: whether one can go there, whether it is for the whole town, and who runs it."""

    site: Piece
    is_point: bool
    is_general: bool
    address: str
    text: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Charge:
    """Who has to do what for the place, or may."""

    fact: str
    task: Piece
    kind: Piece
    actor: Piece
    when: str


@dataclass(frozen=True)
class UnderWay:
    """A cooperation, network, intervention or participation process that concerns the place."""

    thing: Piece
    kind: str
    state: State
    when: str


@dataclass(frozen=True)
class Local:
    """Everything that the page of a place shows."""

    place: Piece
    kind: str
    text: str
    within: tuple[Piece, ...]
    inside: tuple[tuple[str, tuple[Piece, ...]], ...]
    sites: tuple[SiteInfo, ...]
    charges: tuple[Charge, ...]
    under_way: tuple[UnderWay, ...]
    gaps: tuple[NamedNode, ...]


def districts(store: Store, lang: Lang) -> tuple[District, ...]:
    """Return all districts by town and name."""
    found = [(d, row) for row in rows(store, DISTRICTS) if (d := node(row, "district"))]
    areas = [area for _, row in found if (area := node(row, "area"))]
    words = labels(store, [*(d for d, _ in found), *areas], lang)
    listed = {
        district: District(
            place=Piece(words[district], district.value),
            town=words[area] if (area := node(row, "area")) else "",
            sites=int(text(row, "sites")),
            points=int(text(row, "points")),
        )
        for district, row in found
    }
    return tuple(
        sorted(listed.values(), key=lambda d: (d.town.casefold(), d.place.text.casefold()))
    )


def local(store: Store, place: NamedNode, lang: Lang, today: date) -> Local | None:
    """Return what is known about a place, None where it is none (a site is a thing, no place)."""
    about = rows(
        store,
        ABOUT.format(
            kind=entered(f"{place} a ?class"),
            above=entered(f"{place} akm:within ?within").replace("?entered", "?placed"),
        ),
    )
    kind = next((cls for row in about if (cls := node(row, "class"))), None)
    if kind is None:
        return None
    within = dict.fromkeys(area for row in about if (area := node(row, "within")))
    inside = rows(store, INSIDE.format(place=place))
    parts = {
        part: cls for row in inside if (part := node(row, "part")) and (cls := node(row, "class"))
    }
    words = labels(store, [place, kind, *within, *parts, *set(parts.values())], lang)
    groups: dict[str, list[Piece]] = defaultdict(list)
    for part, cls in parts.items():
        groups[words[cls]].append(Piece(words[part], part.value))
    told = texts(store, [place], DCTERMS + "description", lang)
    found = [gap for row in rows(store, GAPS.format(place=place)) if (gap := node(row, "gap"))]
    return Local(
        place=Piece(words[place], place.value),
        kind=words[kind],
        text=told.get(place, ""),
        within=tuple(Piece(words[area], area.value) for area in within),
        inside=tuple((label, by_name(group)) for label, group in sorted(groups.items())),
        sites=sites_of(store, place, lang, today),
        charges=charges_of(store, place, lang, today),
        under_way=under_way(store, place, lang, today),
        gaps=tuple(found),
    )


def by_name(found: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return things by name."""
    return tuple(sorted(found, key=lambda piece: (piece.text.casefold(), piece.iri)))


def sites_of(store: Store, place: NamedNode, lang: Lang, today: date) -> tuple[SiteInfo, ...]:
    """Return the sites at a place, those of the place itself first, then by name."""
    found = rows(store, SITES.format(place=place))
    terms: set[Term] = {t for row in found for t in row.values() if isinstance(t, NamedNode)}
    words = labels(store, terms, lang)
    sites = [site for row in found if (site := node(row, "site"))]
    told = texts(store, dict.fromkeys(sites), DCTERMS + "description", lang)
    facts = [fact for row in found if (fact := node(row, "operation"))]
    periods = periods_of(store, facts)
    running: dict[NamedNode, dict[NamedNode, Operation]] = defaultdict(dict)
    for row in found:
        site, fact, operator = node(row, "site"), node(row, "operation"), node(row, "operator")
        if site is not None and fact is not None:
            period = periods.get(fact, Period())
            running[site][fact] = Operation(
                fact=fact.value,
                operator=Piece(words[operator], operator.value) if operator else None,
                state=period.state(today),
                when=period.in_words(lang),
            )
    infos = {
        site: SiteInfo(
            site=Piece(words[site], site.value),
            is_point=text(row, "point") == "true",
            is_general=text(row, "general") == "true",
            address=text(row, "address"),
            text=told.get(site, ""),
            operations=tuple(
                sorted(running[site].values(), key=lambda o: (o.state == "ended", o.fact))
            ),
        )
        for row in reversed(found)
        if (site := node(row, "site"))
    }
    return tuple(sorted(infos.values(), key=lambda s: (s.is_general, s.site.text.casefold())))


def charges_of(store: Store, place: NamedNode, lang: Lang, today: date) -> tuple[Charge, ...]:
    """Return who is in charge of what at a place today, by task."""
    found = rows(store, CHARGES.format(place=place))
    terms = {t for row in found for t in row.values() if isinstance(t, NamedNode)}
    words = labels(store, terms, lang)
    periods = periods_of(store, [fact for row in found if (fact := node(row, "fact"))])
    charges = []
    for row in found:
        fact, task, kind, actor = (node(row, name) for name in ("fact", "task", "kind", "actor"))
        if fact is None or task is None or kind is None or actor is None:
            continue
        period = periods.get(fact, Period())
        if period.state(today) not in ("ended", "future"):
            what, how, who = (Piece(words[term], term.value) for term in (task, kind, actor))
            charges.append(Charge(fact.value, what, how, who, period.in_words(lang)))
    return tuple(sorted(charges, key=lambda c: (c.task.text.casefold(), c.kind.text, c.fact)))


def under_way(store: Store, place: NamedNode, lang: Lang, today: date) -> tuple[UnderWay, ...]:
    """Return what concerns a place, the ended last, then by name."""
    found = rows(store, UNDER_WAY.format(place=place, kind=entered("?thing a ?class")))
    things = {t: cls for row in found if (t := node(row, "thing")) and (cls := node(row, "class"))}
    words = labels(store, [*things, *set(things.values())], lang)
    periods = periods_of(store, things)
    listed = [
        UnderWay(
            Piece(words[thing], thing.value), words[cls], period.state(today), period.in_words(lang)
        )
        for thing, cls in things.items()
        for period in [periods.get(thing, Period())]
    ]
    return tuple(sorted(listed, key=lambda w: (w.state == "ended", w.thing.text.casefold())))
