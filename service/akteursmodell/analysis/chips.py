"""What stands in the cells of the matrix: slots of the slide, documented units, contact points."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from akteursmodell.analysis.axes import sector_of_actors, short_names
from akteursmodell.analysis.relations import Relation
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode, local_name
from akteursmodell.query.labels import labels, texts
from akteursmodell.query.periods import Period, periods_of
from akteursmodell.query.rows import Row, entered, node, rows, text
from akteursmodell.vocabulary import SKOS, akm

__all__ = ["GLYPHS", "Cells", "Chip", "Member", "chips"]

CONTACT_LEVEL = akm("level-contact")
# Kinds of thing by class; every other class is an organisation.
GLYPHS = {
    "OrganisationalUnit": "unit",
    "Post": "post",
    "Body": "body",
    "LocalAuthorityAssociation": "association",
    "CitizenRole": "role",
    "ActorGroup": "group",
    "ContactPoint": "site",
}
PLACEMENTS = f"""
SELECT ?placement ?actor ?class ?sector ?level ?status ?row ?slot ?unitKind ?template WHERE {{
  ?placement akm:placedActor ?actor ; akm:inSector ?sector .
  OPTIONAL {{ ?placement akm:atLevel ?level }}
  OPTIONAL {{ ?placement akm:placementStatus ?status }}
  OPTIONAL {{ ?placement akm:drawnRow ?row }}
  OPTIONAL {{ ?actor akm:slotNumber ?slot ; akm:unitKind ?unitKind }}
  {entered("?actor a ?class")}
  FILTER(?class NOT IN (akm:TemplateActor, akm:DocumentedActor))
  BIND(EXISTS {{ ?actor a akm:TemplateActor }} AS ?template)
}} ORDER BY DESC(?template) ?row ?unitKind ?slot ?actor
"""
CONTACT_POINTS = """
SELECT DISTINCT ?site ?operation ?operator WHERE {
  ?site a akm:ContactPoint .
  ?operation akm:operatedSite ?site ; akm:operator ?operator .
}
"""


@dataclass(frozen=True)
class Member:
    """One of several numbered slots that share a chip."""

    text: str
    iri: str
    label: str


@dataclass(frozen=True)
class Chip:
    """An actor or a contact point in a cell; numbered slots of one kind share a chip.

    `reading` is "preferred" or "other" where the place is ambiguous; `placement` gives the reason.
    `drawn_row` is the row of the slides where a slot stands.
    """

    text: str
    iri: str
    glyph: str
    documented: bool
    placement: str = ""
    reading: str = ""
    members: tuple[Member, ...] = ()
    relations: tuple[Relation, ...] = ()
    drawn_row: str = ""

    @property
    def in_line(self) -> str:
        """The chip as part of a line: of numbered slots the first and the last."""
        numbers = [member.text.partition(" ")[0] for member in self.members]
        return f"{self.text} {numbers[0]}–{numbers[-1]}" if numbers else self.text

    @property
    def as_member(self) -> Member:
        """The chip as the only member of itself."""
        return Member(self.text, self.iri, self.text)


Cells = dict[tuple[str, str], tuple[Chip, ...]]


def chips(source: Queryable, lang: Lang, today: date) -> Cells:
    """Return the chips of each cell, by sector and level; the level is empty where none is known.

    They have no relations yet: in which an actor takes part is a matter of the view.
    """
    found = rows(source, PLACEMENTS)
    actors = [actor for row in found if (actor := node(row, "actor"))]
    sites = contact_points(source, today)
    words = labels(source, [*actors, *(site for site, _ in sites)], lang)
    words.update(
        {actor: name for actor, name in short_names(source, lang).items() if actor in words}
    )
    slide_words = texts(source, actors, SKOS + "altLabel", lang) if lang == "de" else {}
    sector_words = {label.casefold() for label in labels(source, sectors_in(found), lang).values()}
    whole_words: dict[str, set[str]] = defaultdict(set)
    for row in found:
        actor = node(row, "actor")
        if actor is not None and not text(row, "level") and not is_template(row):
            whole_words[text(row, "sector")].add(words[actor])
    cells: dict[tuple[str, str], list[Chip]] = defaultdict(list)
    for (sector, level), group in groupby(
        sorted(found, key=lambda row: (text(row, "sector"), text(row, "level"))),
        key=lambda row: (text(row, "sector"), text(row, "level")),
    ):
        names = {}
        members = list(group)
        for actor in (a for row in members if (a := node(row, "actor"))):
            is_slot = any(is_template(r) for r in members if r["actor"] == actor)
            name = slide_words.get(actor, words[actor]) if is_slot else words[actor]
            whole: Collection[str] = whole_words.get(sector, frozenset())
            names[actor] = without_sector(name, sector_words) if is_slot else without(name, whole)
        cells[sector, level] = sorted_chips(members, names)
    for site, sector in sorted(sites, key=lambda pair: words[pair[0]].casefold()):
        cells[sector, CONTACT_LEVEL].append(Chip(words[site], site.value, "site", documented=True))
    return {key: tuple(chips) for key, chips in cells.items()}


def sorted_chips(members: Iterable[Row], names: Mapping[NamedNode, str]) -> list[Chip]:
    """Return the chips of one cell: slots as drawn, then documented units by name."""
    slots, units = [], []
    numbered: dict[str, list[Member]] = defaultdict(list)
    for row in members:
        actor = node(row, "actor")
        if actor is None:
            continue
        chip = Chip(
            text=names[actor],
            iri=actor.value,
            glyph=GLYPHS.get(local_name(text(row, "class")), "organisation"),
            documented=not is_template(row),
            placement=text(row, "placement"),
            reading=reading_of(text(row, "status")),
            drawn_row=text(row, "row"),
        )
        if chip.documented:
            units.append(chip)
            continue
        kind = text(row, "unitKind")
        slots.append((kind, chip))
        if kind:
            numbered[kind].append(Member(number_of(chip.text), chip.iri, chip.text))
    shared = {kind for kind, same in numbered.items() if len(same) > 1}
    return [
        *merged(slots, numbered, shared),
        *sorted(units, key=lambda chip: chip.text.casefold()),
    ]


def merged(
    slots: Iterable[tuple[str, Chip]],
    numbered: Mapping[str, list[Member]],
    shared: Iterable[str],
) -> Iterable[Chip]:
    """Let numbered slots of one kind share one chip, at the place of the first."""
    done: set[str] = set()
    for kind, chip in slots:
        if kind not in shared:
            yield chip
        elif kind not in done:
            done.add(kind)
            yield Chip(
                text=chip.text.removesuffix(number_of(chip.text)).strip(),
                iri="",
                glyph=chip.glyph,
                documented=False,
                members=tuple(numbered[kind]),
                drawn_row=chip.drawn_row,
            )


def contact_points(source: Queryable, today: date) -> set[tuple[NamedNode, str]]:
    """Return each contact point with the sectors of those who run it, as far as it still runs."""
    found = rows(source, CONTACT_POINTS)
    periods = periods_of(source, [o for row in found if (o := node(row, "operation"))])
    sector_of = sector_of_actors(source)
    pairs = set()
    for row in found:
        site, operation, operator = (node(row, n) for n in ("site", "operation", "operator"))
        if site is None or operation is None or operator not in sector_of:
            continue
        if periods.get(operation, Period()).state(today) != "ended":
            pairs.add((site, sector_of[operator].value))
    return pairs


def sectors_in(found: Iterable[Row]) -> set[NamedNode]:
    """Return the sectors that occur."""
    return {sector for row in found if (sector := node(row, "sector"))}


def is_template(row: Row) -> bool:
    """Whether a row is about a slot of the slide."""
    return text(row, "template") == "true"


def reading_of(status: str) -> str:
    """Return "preferred" or "other" for an ambiguous place."""
    name = local_name(status).removeprefix("placement-")
    return {"preferred": "preferred", "alternative": "other"}.get(name, "")


def number_of(name: str) -> str:
    """Return what follows the first word of a numbered slot: `1`, `x (u. a. …)`."""
    return name.partition(" ")[2]


def without(name: str, wholes: Collection[str]) -> str:
    """Drop the organisation in brackets at the end of a unit's name if the column shows it."""
    start, bracket, rest = name.rpartition(" (")
    return start if bracket and rest.removesuffix(")") in wholes else name


def without_sector(name: str, sectors: Iterable[str]) -> str:
    """Drop the sector in brackets at the end of a slot's name; the column says it."""
    start, bracket, rest = name.rpartition(" (")
    inside = rest.rstrip(")").casefold()
    stem = inside.removesuffix("s")
    said = any(stem in sector or sector.startswith(stem) for sector in sectors)
    return start if bracket and name.endswith(")") and said else name
