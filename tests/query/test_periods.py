"""Periods in words: no more exact than they are known, and old news not told as present."""

from datetime import date

import pytest
from tests.graphs import graph

from akteursmodell.errors import Lang
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.periods import Period, State, periods_of, spoken
from akteursmodell.vocabulary import ID

TODAY = date(2026, 11, 23)
THING = NamedNode(ID + "a")


def period(store: EmbeddedStore, facts: str) -> Period:
    graph(store, f"id:a a akm:Agreement ; {facts} .")
    return periods_of(store, [THING]).get(THING, Period())


def day(name: str, iso: str, precision: str) -> str:
    exact = name.removesuffix("On") + "Precision"
    return f'akm:{name} "{iso}"^^xsd:date ; akm:{exact} akm:precision-{precision}'


FROM = day("validFrom", "2023-01-01", "year")
UNTIL = day("validUntil", "2027-01-01", "year")
OPEN = "akm:endState akm:end-open"
UNKNOWN = "akm:endState akm:end-unknown"


@pytest.mark.parametrize(
    ("facts", "state", "german", "english"),
    [
        (f"{FROM} ; {UNTIL}", "valid", "von 2023 bis Ende 2026", "from 2023 to the end of 2026"),
        (
            day("validUntil", "2026-01-01", "day"),
            "ended",
            "bis 31.12.2025",
            "until 31 December 2025",
        ),
        (
            day("validUntil", "2026-12-01", "month"),
            "valid",
            "bis Ende November 2026",
            "until the end of November 2026",
        ),
        (
            f"{FROM} ; {OPEN}",
            "valid",
            "seit 2023, ohne vereinbartes Ende",
            "since 2023, no end agreed",
        ),
        (
            f"{FROM} ; {UNKNOWN}",
            "attested",
            "seit 2023, Ende nicht belegt",
            "since 2023, end not documented",
        ),
        (
            f"{UNKNOWN} ; {day('lastAttestedOn', '2015-01-01', 'year')}",
            "attested",
            "zuletzt belegt 2015",
            "last attested 2015",
        ),
        (
            f"{UNKNOWN} ; {day('lastAttestedOn', '2026-01-13', 'day')}",
            "valid",
            "zuletzt belegt 13.01.2026",
            "last attested 13 January 2026",
        ),
        (
            'akm:startNotAfter "2015-09-02"^^xsd:date',
            "attested",
            "spätestens seit 02.09.2015",
            "since 2 September 2015 or earlier",
        ),
        (day("validFrom", "2027-04-01", "month"), "future", "seit April 2027", "since April 2027"),
        (UNKNOWN, "undated", "", ""),
        ("skos:prefLabel 'a'", "undated", "", ""),
    ],
)
def test_a_period_in_words(
    store: EmbeddedStore, facts: str, state: State, german: str, english: str
) -> None:
    found = period(store, facts)
    assert found.state(TODAY) == state
    assert found.in_words("de") == german
    assert found.in_words("en") == english


def test_what_another_followed_has_ended_even_without_a_day(store: EmbeddedStore) -> None:
    graph(store, "id:b akm:succeeds id:a .")
    found = period(store, "akm:endState akm:end-fixed")
    assert found.state(TODAY) == "ended"
    assert found.in_words("de") == "beendet, Tag nicht belegt"


@pytest.mark.parametrize(
    ("iso", "lang", "words"),
    [
        ("2026-04-01", "de", "01.04.2026"),
        ("2026-04-01", "en", "1 April 2026"),
        ("2026-03", "de", "März 2026"),
        ("2026", "en", "2026"),
        ("um 1900", "de", "um 1900"),
        ("", "de", ""),
        ("12-34", "de", "12-34"),
        ("2026-13", "de", "2026-13"),
    ],
)
def test_days_are_written_as_people_write_them(iso: str, lang: Lang, words: str) -> None:
    assert spoken(iso, lang) == words
