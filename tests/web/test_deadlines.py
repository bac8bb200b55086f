"""What ends or falls due, as a page, as a picture and as a calendar file."""

import re
from datetime import date
from itertools import pairwise

import icalendar
import pytest
from flask.testing import FlaskClient

from akteursmodell.analysis.deadlines import ticks
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import local_name
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import find
from akteursmodell.web.deadlines import ends, shifted

DAY = "2026-11-25"
ROW = re.compile(r'<tr role="row" data-thing="([^"]+)" data-day="([^"]+)">')
MARK = re.compile(r'<g data-thing="([^"]+)" data-day="([^"]+)">')


def section(html: str, name: str) -> str:
    """Return the part of a page under a heading."""
    return html.partition(f'<section aria-labelledby="{name}">')[2].partition("</section>")[0]


def test_the_table_has_the_dated_ends_that_the_question_tells(
    client: FlaskClient, shipped: EmbeddedStore
) -> None:
    answer = ask(shipped, find("CQ49"), {"day": DAY, "months": "24"})
    until = answer.columns.index("until")
    expected = {
        f.value for f, row in zip(answer.facts, answer.rows, strict=True) if f and row[until]
    }
    assert expected
    rows = ROW.findall(section(client.get(f"/deadlines?day={DAY}").text, "dated"))
    assert {iri for iri, _ in rows} == expected


@pytest.mark.parametrize(
    "query", [f"day={DAY}", "day=2019-06-01&months=12", "day=2012-01-01&months=60"]
)
def test_the_line_of_time_says_what_the_table_says(client: FlaskClient, query: str) -> None:
    dated = section(client.get(f"/deadlines?{query}").text, "dated")
    assert MARK.findall(dated)
    assert MARK.findall(dated) == ROW.findall(dated)


def test_marks_stand_in_the_order_of_time_and_never_on_each_other(shipped: EmbeddedStore) -> None:
    marks = ends(shipped, "de", date(2012, 1, 1), 60).marks
    assert len(marks) > 1
    assert [mark.x for mark in marks] == sorted(mark.x for mark in marks)
    places = [(mark.x, mark.y) for mark in marks]
    assert len(set(places)) == len(places)
    assert all(20 <= mark.x <= 740 for mark in marks)


@pytest.mark.parametrize("months", [6, 12, 24, 60])
@pytest.mark.parametrize("first", [date(2026, 11, 25), date(2026, 1, 1), date(2025, 12, 31)])
def test_years_on_the_line_of_time_stand_where_they_begin_and_apart(
    first: date, months: int
) -> None:
    last = shifted(first, months)
    found = ticks(first, last)
    assert len(found) == last.year - first.year
    named = [tick for tick in found if tick.year]
    assert all(130 <= tick.x <= 630 for tick in named)
    assert all(b.x - a.x >= 48 for a, b in pairwise(named))
    for tick in named:
        days = (date(int(tick.year), 1, 1) - first).days
        assert tick.x == pytest.approx(20 + 720 * days / (last - first).days, abs=0.1)


def test_an_end_has_sum_payer_and_what_is_not_known(client: FlaskClient) -> None:
    dated = section(client.get(f"/deadlines?day={DAY}").text, "dated")
    assert "Ende 2026" in dated
    assert "mindestens 90.000 Euro im Jahr" in dated
    assert 'Stadt Viersen</a> <span class="soft">finanziert</span>' in dated
    assert "Finanzierung und Auftrag des DülkenBüros nach 2026" in dated
    assert "Welches Gremium über das Weitere berät und beschließt, ist nicht belegt" in dated
    assert 'href="/doc/gap-decision-steps"' in dated


def test_who_decided_stands_there_where_a_source_says_so_and_nowhere_else(
    client: FlaskClient,
) -> None:
    dated = section(client.get(f"/deadlines?day={DAY}").text, "dated")
    cells = re.findall(
        r'data-thing="[^"]*/([^"/]+)".*?data-head="Wer beschloss"><div>(.*?)</div>',
        dated,
        re.DOTALL,
    )
    council = '<a href="/doc/body-council-viersen">Rat der Stadt Viersen</a>'
    assert dict(cells) == {
        "agreement-duelkenbuero": "nicht belegt",
        "funding-duelkenbuero-city-2023": council,
    }
    events = icalendar.Calendar.from_ical(client.get(f"/deadlines.ics?day={DAY}").data)
    told = [str(event["description"]) for event in events.walk("VEVENT")]
    assert [text.count("beschlossen von: Rat der Stadt Viersen") for text in told] == [0, 1]


def test_what_has_no_day_and_what_has_just_ended_stand_apart(client: FlaskClient) -> None:
    html = client.get(f"/deadlines?day={DAY}").text
    assert "responsibility-care-planning-county-overall" in section(html, "list")
    assert "agreement-duelkenbuero" not in section(html, "list")
    past = section(html, "past")
    assert "agreement-suechtelnbuero-stadt-handel" in past
    assert "31.12.2025" in past
    assert "agreement-duelkenbuero" not in past


def test_a_statutory_report_of_no_known_day_names_its_gap(client: FlaskClient) -> None:
    html = section(client.get(f"/deadlines?day={DAY}").text, "list")
    assert "Wann der nächste Bericht zur örtlichen Planung (Pflege) fällig ist" in html


def test_the_calendar_holds_the_dated_ends_on_their_last_day(
    client: FlaskClient, shipped: EmbeddedStore
) -> None:
    answer = client.get(f"/deadlines.ics?day={DAY}")
    assert answer.mimetype == "text/calendar"
    assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    found = {str(event["uid"]).partition("@")[0]: event.decoded("dtstart") for event in events}
    dated = ends(shipped, "de", date.fromisoformat(DAY), 24).dated
    assert found == {local_name(each.thing.iri): each.last_day for each in dated}
    assert found["agreement-duelkenbuero"] == date(2026, 12, 31)
    described = [str(event["description"]) for event in events]
    assert all("Belegt ist nur „Ende 2026“" in text for text in described)
    assert str(events[0]["url"]).startswith("http://localhost/doc/")


def test_an_exact_day_is_not_called_inexact(client: FlaskClient) -> None:
    answer = client.get("/deadlines.ics?day=2025-06-01&months=12&lang=en")
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert {event.decoded("dtstart") for event in events} == {date(2025, 12, 31)}
    assert "documented" not in str(events[0]["description"])
    assert str(events[0]["summary"]).startswith("Ends: ")


def test_a_time_without_ends_does_not_say_that_nothing_ends(client: FlaskClient) -> None:
    assert "nicht, dass nichts ausläuft" in client.get("/deadlines?day=1990-01-01").text


@pytest.mark.parametrize("query", ["months=7", "months=x", "day=x", "day=2026-02-30"])
def test_wrong_choices_are_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/deadlines?{query}").status_code == 400
    assert client.get(f"/deadlines.ics?{query}").status_code == 400


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_no_ends_of_the_page(client: FlaskClient, day: str) -> None:
    assert client.get(f"/deadlines?day={day}").status_code == 200


def test_months_are_counted_by_the_calendar() -> None:
    assert shifted(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert shifted(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert shifted(date(2026, 11, 25), -24) == date(2024, 11, 25)
    assert shifted(date(2026, 12, 1), 1) == date(2027, 1, 1)
