"""Deadlines as a calendar file (iCalendar, RFC 5545), for the calendar of whoever has to act."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from akteursmodell.analysis.deadlines import Deadline
from akteursmodell.errors import Lang, Text
from akteursmodell.graph.terms import local_name

__all__ = ["calendar"]

PRODUCT = "-//akteursmodell//deadlines//DE"
INEXACT = Text(
    "Belegt ist nur „{when}“; der Tag im Kalender ist der letzte, der dazu passt.",
    "Only “{when}” is documented; the day in the calendar is the last one that fits.",
)


def calendar(found: Iterable[Deadline], lang: Lang, base: str) -> bytes:
    """Write the dated ends among deadlines as events of a whole day, with links below `base`."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("x-wr-calname", Text("Fristen (Akteursmodell)", "Deadlines (actor model)").in_(lang))
    for each in found:
        if each.last_day is not None:
            made.add_component(event(each, lang, base))
    return bytes(made.to_ical())


def event(each: Deadline, lang: Lang, base: str) -> Event:
    """Return the event of one end."""
    name = local_name(each.thing.iri)
    made = Event()
    made.add("uid", f"{name}@akteursmodell")
    made.add("dtstamp", datetime.now(UTC))
    made.add("dtstart", each.last_day)
    made.add("dtend", each.last_day + timedelta(days=1) if each.last_day else None)
    made.add("summary", Text("Endet: ", "Ends: ").in_(lang) + each.thing.text)
    lines = [each.kind, *(f"{actor.name.text}: {actor.role}" for actor in each.actors)]
    lines += [
        Text(f"beschlossen von: {body.text}", f"decided by: {body.text}").in_(lang)
        for body in each.deciders
    ]
    lines += [each.amount] if each.amount else []
    lines += [] if each.exact else [INEXACT.in_(lang).format(when=each.when)]
    lines += [gap.text for gap in each.gaps]
    made.add("description", "\n".join(lines))
    made.add("url", f"{base}/doc/{name}")
    made.add("transp", "TRANSPARENT")
    return made
