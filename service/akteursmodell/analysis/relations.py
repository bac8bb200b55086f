"""The relations between actors that sources document, from law and contract to belonging."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from akteursmodell.analysis.axes import in_short, sector_of_actors, short_names
from akteursmodell.analysis.pieces import Piece
from akteursmodell.analysis.roles import ROLE_OF_AGREEMENT, SIDES, TOWARD
from akteursmodell.errors import Lang, Text
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode, Term, local_name
from akteursmodell.query.labels import labels
from akteursmodell.query.periods import Period, State, periods_of
from akteursmodell.query.rows import Row, entered, node, rows, text

__all__ = ["KINDS", "TIES", "Kind", "Pill", "Relation", "relations"]

Kind = Literal[
    "law", "contract", "cooperation", "network", "funding", "space", "seat", "stake", "belonging"
]
KINDS: dict[Kind, Text] = {
    "law": Text("Gesetzlich vorgesehen", "Provided for by law"),
    "contract": Text("Vertrag oder Auftrag", "Contract or commission"),
    "cooperation": Text("Kooperation", "Cooperation"),
    "network": Text("Netzwerk", "Network"),
    "funding": Text("Finanzierung", "Funding"),
    "space": Text("Festlegung eines Raums", "Definition of an area"),
    "seat": Text("Sitz in einem Organ", "Seat on a board"),
    "stake": Text("Anteil", "Stake"),
    "belonging": Text("Zugehörigkeit", "Belonging"),
}
# The kinds that say who works with whom; the others say what belongs to whom, or who pays.
TIES: tuple[Kind, ...] = ("law", "contract", "cooperation", "network")
KIND_OF: dict[str, Kind] = {
    "Funding": "funding",
    "SpaceDefinition": "space",
    "BoardMembership": "seat",
    "Stake": "stake",
    "Belonging": "belonging",
}
NO_PARTNER = Text("nicht belegt", "not documented")
UNDATED = Period()

COOPERATIONS = f"""
SELECT ?relation ?class ?part ?partner ?role ?site WHERE {{
  VALUES ?class {{ akm:Cooperation akm:Network }}
  {entered("?relation a ?class")}
  OPTIONAL {{ ?relation akm:atSite ?site }}
  OPTIONAL {{
    ?part a akm:Partnership ; akm:inCooperation ?relation .
    OPTIONAL {{ ?part akm:partner ?partner }}
    OPTIONAL {{ ?part akm:partnerRole ?role }}
  }}
}} ORDER BY ?relation ?part ?role
"""
AGREEMENTS = """
SELECT ?relation ?kind ?property ?partner ?site WHERE {
  ?relation a akm:Agreement .
  OPTIONAL { ?relation akm:agreementKind ?kind }
  OPTIONAL { ?relation akm:atSite ?site }
  OPTIONAL {
    VALUES ?property { akm:principal akm:agent }
    ?relation ?property ?partner
  }
} ORDER BY ?relation DESC(?property) ?partner
"""
LAWS = """
SELECT ?relation ?kind ?law ?citation ?property ?partner WHERE {
  VALUES ?kind {
    akm:responsibility-involvement akm:responsibility-hearing akm:responsibility-coordination
    akm:responsibility-legal-supervision akm:responsibility-special-supervision
    akm:responsibility-expert-supervision
  }
  ?relation a akm:Responsibility ; akm:responsibilityKind ?kind ; akm:legalBasis ?law .
  OPTIONAL { ?law akm:citation ?citation }
  VALUES ?property { akm:bearer akm:toward }
  ?relation ?property ?partner .
} ORDER BY ?relation ?property ?partner
"""
SIDED = """
SELECT ?relation ?class ?property ?partner ?site WHERE {{
  VALUES (?class ?property) {{ {sides} }}
  ?relation a ?class .
  OPTIONAL {{ ?relation ?property ?partner }}
  OPTIONAL {{ ?relation akm:atSite ?site }}
}} ORDER BY ?relation ?property ?partner
""".format(sides=" ".join(f"(akm:{cls} akm:{side})" for cls in SIDES for side in SIDES[cls]))
OPEN = """
SELECT DISTINCT ?thing ?property WHERE {
  VALUES ?property { akm:agent akm:principal akm:partner }
  ?gap a akm:KnowledgeGap ; akm:about ?thing ; akm:missingProperty ?property .
  FILTER NOT EXISTS { ?thing ?property ?known }
  FILTER NOT EXISTS { ?part akm:inCooperation ?thing ; akm:partner ?other }
  FILTER(?property = akm:partner || EXISTS { ?thing a akm:Agreement })
}
"""


@dataclass(frozen=True)
class Pill:
    """A partner of a relation and what it does there; without an address it is not documented."""

    name: str
    iri: str
    roles: tuple[str, ...]
    sector: str
    ended: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the partner is not documented."""
        return not self.iri


@dataclass(frozen=True)
class Relation:
    """One relation with all its partners, numbered in the order of the band."""

    number: int
    iri: str
    name: str
    kind: Kind
    state: State
    when: str
    pills: tuple[Pill, ...]
    bases: tuple[Piece, ...]
    sites: tuple[str, ...]
    ends_soon: bool = False

    @property
    def anchor(self) -> str:
        """The name under which a link finds the relation on the page."""
        return local_name(self.iri)

    def in_sector(self, sector: str) -> tuple[Pill, ...]:
        """Return the partners that stand in a sector."""
        return tuple(pill for pill in self.pills if pill.sector == sector)

    @property
    def elsewhere(self) -> tuple[Pill, ...]:
        """The partners whose sector is not known."""
        return self.in_sector("")


@dataclass
class Draft:
    """A relation while it is read, with the roles of each partner."""

    kind: Kind
    roles: dict[tuple[NamedNode | None, NamedNode | None], list[Text | NamedNode]]
    bases: dict[NamedNode, str]
    sites: set[NamedNode]


def relations(source: Queryable, lang: Lang, today: date) -> tuple[Relation, ...]:
    """Return all relations, by kind, the ended ones last, then by name."""
    drafts: dict[NamedNode, Draft] = {}
    read_cooperations(drafts, rows(source, COOPERATIONS))
    read_agreements(drafts, rows(source, AGREEMENTS))
    read_laws(drafts, rows(source, LAWS))
    read_sided(drafts, rows(source, SIDED))
    read_open_ends(drafts, rows(source, OPEN))
    words = labels(source, terms_of(drafts), lang)
    words.update({t: name for t, name in short_names(source, lang).items() if t in words})
    periods = periods_of(source, [*drafts, *parts_of(drafts)])
    sector_of = sector_of_actors(source)

    def place(item: tuple[NamedNode, Draft]) -> tuple[int, bool, str]:
        relation, draft = item
        ended = periods.get(relation, UNDATED).state(today) == "ended"
        return list(KINDS).index(draft.kind), ended, words[relation].casefold()

    found = []
    for number, (relation, draft) in enumerate(sorted(drafts.items(), key=place), start=1):
        period = periods.get(relation, UNDATED)
        pills = [
            Pill(
                name=in_short(words[partner]) if partner else NO_PARTNER.in_(lang),
                iri=partner.value if partner else "",
                roles=tuple(r.in_(lang) if isinstance(r, Text) else words[r] for r in roles),
                sector=sector_of[partner].value if partner in sector_of else "",
                ended=part is not None and periods.get(part, UNDATED).state(today) == "ended",
            )
            for (part, partner), roles in draft.roles.items()
        ]
        found.append(
            Relation(
                number=number,
                iri=relation.value,
                name=words[relation],
                kind=draft.kind,
                state=period.state(today),
                when=period.in_words(lang),
                pills=tuple(pills),
                bases=tuple(
                    Piece(cited or words[law], law.value)
                    for law, cited in sorted(draft.bases.items(), key=str)
                ),
                sites=tuple(sorted(site.value for site in draft.sites)),
                ends_soon=period.ends_soon(today),
            )
        )
    return tuple(found)


def draft(drafts: dict[NamedNode, Draft], row: Row, kind: Kind) -> Draft | None:
    """Return the relation of a row, made on first sight."""
    relation = node(row, "relation")
    if relation is None:
        return None
    found = drafts.setdefault(relation, Draft(kind, defaultdict(list), {}, set()))
    site = node(row, "site") if "site" in row else None
    if site is not None:
        found.sites.add(site)
    return found


def read_cooperations(drafts: dict[NamedNode, Draft], found: Iterable[Row]) -> None:
    """Read cooperations and networks with the part of each partner."""
    for row in found:
        cls, part = node(row, "class"), node(row, "part")
        network = cls is not None and local_name(cls.value) == "Network"
        relation = draft(drafts, row, "network" if network else "cooperation")
        if relation is None or part is None:
            continue
        role = node(row, "role")
        roles = relation.roles[part, node(row, "partner")]
        if role is not None and role not in roles:
            roles.append(role)


def read_agreements(drafts: dict[NamedNode, Draft], found: Iterable[Row]) -> None:
    """Read agreements with their two sides."""
    for row in found:
        relation = draft(drafts, row, "contract")
        side, partner = node(row, "property"), node(row, "partner")
        if relation is None or side is None or partner is None:
            continue
        kind = node(row, "kind")
        roles = ROLE_OF_AGREEMENT[local_name(side.value)]
        role = roles.get(local_name(kind.value) if kind else "", roles[""])
        if role not in relation.roles[None, partner]:
            relation.roles[None, partner].append(role)


def read_laws(drafts: dict[NamedNode, Draft], found: Iterable[Row]) -> None:
    """Read what the law provides for between two sides."""
    for row in found:
        relation = draft(drafts, row, "law")
        kind, law, partner = node(row, "kind"), node(row, "law"), node(row, "partner")
        side = node(row, "property")
        if relation is None or kind is None or law is None or partner is None or side is None:
            continue
        relation.bases[law] = text(row, "citation")
        bears = local_name(side.value) == "bearer"
        role = kind if bears else TOWARD[local_name(kind.value).removeprefix("responsibility-")]
        if role not in relation.roles[None, partner]:
            relation.roles[None, partner].append(role)


def read_sided(drafts: dict[NamedNode, Draft], found: Iterable[Row]) -> None:
    """Read what has two sides: who pays, defines, sits, owns, belongs."""
    for row in found:
        cls, side, partner = node(row, "class"), node(row, "property"), node(row, "partner")
        if cls is None or side is None:
            continue
        name = local_name(cls.value)
        relation = draft(drafts, row, KIND_OF[name])
        role = SIDES[name][local_name(side.value)]
        if relation is not None and partner is not None:
            roles = relation.roles[None, partner]
            if role not in roles:
                roles.append(role)


def read_open_ends(drafts: dict[NamedNode, Draft], found: Iterable[Row]) -> None:
    """Add the partners of which only is known that nobody documents them."""
    for row in found:
        thing, missing = node(row, "thing"), node(row, "property")
        if thing is not None and missing is not None and thing in drafts:
            name = local_name(missing.value)
            roles = [] if name == "partner" else [ROLE_OF_AGREEMENT[name][""]]
            drafts[thing].roles[None, None].extend(roles)


def parts_of(drafts: dict[NamedNode, Draft]) -> Iterable[NamedNode]:
    """Return the partnerships, which have periods of their own."""
    return (part for d in drafts.values() for part, _ in d.roles if part is not None)


def terms_of(drafts: dict[NamedNode, Draft]) -> set[Term]:
    """Return everything that needs a label."""
    found: set[Term] = {*drafts, *(base for each in drafts.values() for base in each.bases)}
    for each in drafts.values():
        for (_, partner), roles in each.roles.items():
            found |= {term for term in (partner, *roles) if isinstance(term, NamedNode)}
    return found
