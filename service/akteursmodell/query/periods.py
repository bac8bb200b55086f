"""When something holds, in words: from, until, last attested (decision 1 of the docs).

The data keep half-open periods with a precision. Old news is not present truth: what no source
confirmed for two years is told as "last attested".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from akteursmodell.errors import Lang, Text
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import NamedNode, local_name
from akteursmodell.query.dates import day_in_words
from akteursmodell.query.rows import Row, node, rows, text, values
from akteursmodell.vocabulary import AKM

__all__ = ["STATES", "Period", "State", "periods_of", "spoken", "states_of"]

State = Literal["valid", "attested", "ended", "future", "undated"]
STATES: dict[State, Text] = {
    "valid": Text("gültig", "valid"),
    "attested": Text("zuletzt belegt", "last attested"),
    "ended": Text("beendet", "ended"),
    "future": Text("beginnt später", "starts later"),
    "undated": Text("ohne Datum", "undated"),
}
ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-3]\d))?)?")
FRESH_YEARS = 2
YEAR = 366
MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}
QUERY = """
SELECT * WHERE {{
  {things}
  OPTIONAL {{ ?thing akm:validFrom ?from OPTIONAL {{ ?thing akm:validFromPrecision ?fromExact }} }}
  OPTIONAL {{ ?thing akm:validUntil ?until
    OPTIONAL {{ ?thing akm:validUntilPrecision ?untilExact }} }}
  OPTIONAL {{ ?thing akm:lastAttestedOn ?attested
    OPTIONAL {{ ?thing akm:lastAttestedPrecision ?attestedExact }} }}
  OPTIONAL {{ ?thing akm:startNotAfter ?notAfter }}
  OPTIONAL {{ ?thing akm:endState ?end }}
  OPTIONAL {{ ?later akm:succeeds ?thing }}
  FILTER(BOUND(?from) || BOUND(?until) || BOUND(?attested) || BOUND(?notAfter) || BOUND(?end))
}}
"""
SOURCES = """
SELECT ?thing ?issued WHERE {{
  {things}
  ?thing akm:evidence/akm:source ?source .
  {{ ?source akm:issuedOn ?issued }} UNION {{ ?source akm:partOfDeck/akm:issuedOn ?issued }}
}}
"""
PRECISIONS = {len("2026"): "precision-year", len("2026-01"): "precision-month"}


@dataclass(frozen=True)
class Day:
    """A day of the data with its precision; `last` marks the first day after a period."""

    iso: str
    precision: NamedNode | None = None
    last: bool = False

    def in_words(self, lang: Lang) -> str:
        """Return the day as exactly as it is known."""
        known = day_in_words(self.iso, self.precision, last_day=self.last)
        end = self.last and len(known) < len("2026-01-01")
        prefix = Text("Ende ", "the end of ").in_(lang) if end else ""
        return prefix + spoken(known, lang)

    def before(self, other: date) -> bool:
        """Whether the day lies on or before another."""
        return self.iso <= other.isoformat()


@dataclass(frozen=True)
class Period:
    """When something holds, as far as it is known."""

    start: Day | None = None
    end: Day | None = None
    attested: Day | None = None
    not_after: Day | None = None
    end_state: str = ""
    succeeded: bool = False

    def state(self, today: date) -> State:
        """Return how the period stands to a day."""
        if self.end and self.end.before(today):
            return "ended"
        if self.end is None and self.succeeded and self.end_state == "end-fixed":
            return "ended"
        if self.start and not self.start.before(today):
            return "future"
        if self.end or self.end_state == "end-open":
            return "valid"
        if self.attested is None:
            return "attested" if self.start or self.not_after else "undated"
        return "attested" if self.attested.before(fresh_since(today)) else "valid"

    def ends_soon(self, today: date) -> bool:
        """Whether the period still holds on a day, and ends within a year of it."""
        if self.end is None or self.state(today) != "valid":
            return False
        return self.end.before(today + timedelta(days=YEAR))

    def in_words(self, lang: Lang) -> str:
        """Return the period as one phrase, empty where nothing is known."""
        parts = [self._span(lang)]
        if self.end is None and self.end_state == "end-fixed":
            parts.append(Text("beendet, Tag nicht belegt", "ended, day not documented").in_(lang))
        if self.end is None and self.end_state == "end-open":
            parts.append(Text("ohne vereinbartes Ende", "no end agreed").in_(lang))
        if self.start and not (self.end or self.attested or self.end_state != "end-unknown"):
            parts.append(Text("Ende nicht belegt", "end not documented").in_(lang))
        if self.attested:
            day = self.attested.in_words(lang)
            parts.append(Text(f"zuletzt belegt {day}", f"last attested {day}").in_(lang))
        return ", ".join(part for part in parts if part)

    def _span(self, lang: Lang) -> str:
        start = self.start.in_words(lang) if self.start else ""
        end = self.end.in_words(lang) if self.end else ""
        if start and end:
            return Text(f"von {start} bis {end}", f"from {start} to {end}").in_(lang)
        if end:
            return Text(f"bis {end}", f"until {end}").in_(lang)
        if start:
            return Text(f"seit {start}", f"since {start}").in_(lang)
        if self.not_after:
            day = self.not_after.in_words(lang)
            return Text(f"spätestens seit {day}", f"since {day} or earlier").in_(lang)
        return ""


def periods_of(source: Queryable, things: Iterable[NamedNode]) -> dict[NamedNode, Period]:
    """Return the period of each thing that has one."""
    found: dict[NamedNode, Period] = {}
    for row in rows(source, QUERY.format(things=values("thing", things))):
        thing = node(row, "thing")
        if thing is not None:
            found[thing] = Period(
                start=read_day(row, "from"),
                end=read_day(row, "until", last=True),
                attested=read_day(row, "attested"),
                not_after=read_day(row, "notAfter"),
                end_state=local_name(text(row, "end")),
                succeeded="later" in row and row["later"] is not None,
            )
    return found


def states_of(
    source: Queryable, things: Iterable[NamedNode], today: date, lang: Lang
) -> dict[NamedNode, str]:
    """Return in words how each thing stands to a day: valid, last attested, ended.

    A thing without a period is attested by the latest of its sources that has a date.
    """
    wanted = list(dict.fromkeys(things))
    periods = periods_of(source, wanted)
    issued = sources_of(source, wanted)
    found = {}
    for thing in wanted:
        period = periods.get(thing, Period())
        if period.attested is None and thing in issued:
            period = replace(period, attested=issued[thing])
        state = period.state(today)
        told = STATES[state].in_(lang)
        if state == "attested" and period.attested is not None:
            told += f" {period.attested.in_words(lang)}"
        found[thing] = told
    return found


def sources_of(source: Queryable, things: Iterable[NamedNode]) -> dict[NamedNode, Day]:
    """Return for each thing the date of its latest dated source."""
    found: dict[NamedNode, Day] = {}
    for row in rows(source, SOURCES.format(things=values("thing", things))):
        thing, issued = node(row, "thing"), text(row, "issued")
        name = PRECISIONS.get(len(issued))
        day = Day(issued, NamedNode(AKM + name) if name else None)
        if thing is not None and (thing not in found or found[thing].iso < issued):
            found[thing] = day
    return found


def read_day(row: Row, name: str, *, last: bool = False) -> Day | None:
    """Read a date and its precision."""
    exact = name + "Exact"
    precision = node(row, exact) if exact in row else None
    return Day(text(row, name), precision, last) if text(row, name) else None


def fresh_since(today: date) -> date:
    """Return the day before which an attestation counts as old."""
    return today.replace(day=1, year=today.year - FRESH_YEARS)


def spoken(iso: str, lang: Lang) -> str:
    """Return `2026-04-01`, `2026-04` or `2026` as people write it; other texts as they are."""
    match = ISO.fullmatch(iso)
    if match is None or not match["month"]:
        return iso
    month = MONTHS[lang].split()[int(match["month"]) - 1]
    if not match["day"]:
        return f"{month} {match['year']}"
    if lang == "de":
        return f"{match['day']}.{match['month']}.{match['year']}"
    return f"{int(match['day'])} {month} {match['year']}"
