from pathlib import Path

import pytest

from akteursmodell.errors import InputError, NotFoundError, ParameterError, UnknownParameterError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import Literal, NamedNode
from akteursmodell.query.dates import day_in_words
from akteursmodell.questions.answers import ask
from akteursmodell.questions.catalogue import catalogue, find, read_question
from akteursmodell.questions.parameters import bind, choices
from akteursmodell.questions.tables import tabulate

AKM = "https://w3id.org/akteursmodell/ontology/"
HEADER = """#+ summary: s
#+ question: {de: d, en: e}
#+ answer: {de: d, en: e}
#+ note: {de: d, en: e}
#+ columns: {a: {de: A, en: A}}
"""


def test_the_twelve_questions_are_there() -> None:
    numbers = (1, 3, 5, 8, 9, 13, 16, 17, 33, 43, 44, 45)
    assert set(catalogue()) >= {f"CQ{number:02}" for number in numbers}


def test_each_question_ends_as_one_and_names_all_its_columns(shipped: EmbeddedStore) -> None:
    for question in catalogue().values():
        assert question.title.de.endswith("?")
        assert question.title.en.endswith("?")
        assert set(ask(shipped, question, {}).columns) == set(question.columns), question.id


def test_a_question_is_found_in_any_case_and_a_missing_one_lists_the_others() -> None:
    assert find("cq16").id == "CQ16"
    with pytest.raises(NotFoundError) as caught:
        find("CQ00")
    assert caught.value.hint is not None
    assert "CQ16" in caught.value.hint.en


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT ?a {}", "no header"),
        (HEADER + "#+ colour: red\nSELECT ?a {}", "colour"),
        (HEADER.replace("#+ summary: s\n", "") + "SELECT ?a {}", "summary"),
        (HEADER.replace("#+ note: {de: d, en: e}\n", "") + "SELECT ?a {}", "note"),
        (HEADER + "SELECT ?a { ?_b_iri ?p ?a }", "['b']"),
        (HEADER + "#+ parameters: {b: {de: b, en: b}}\nSELECT ?a {}", "header ['b']"),
        (HEADER + "#+ parameters: {b: {de: b, en: b}}\nSELECT ?a { ?_b_float ?p ?a }", "?_b_float"),
        (HEADER + "#+ tags: [\nSELECT ?a {}", "flow node"),
    ],
)
def test_a_header_that_does_not_fit_is_refused(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "cq-99-x.rq"
    file.write_text(text)
    with pytest.raises(InputError) as caught:
        read_question(file)
    assert told in caught.value.message.en


def test_a_file_name_out_of_order_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "question.rq"
    file.write_text(HEADER + "SELECT ?a {}")
    with pytest.raises(InputError, match=r"cq-NN-slug\.rq"):
        read_question(file)


@pytest.mark.parametrize(
    "value",
    [
        "district-duelken",
        "id:district-duelken",
        "https://w3id.org/akteursmodell/id/district-duelken",
    ],
)
def test_a_thing_may_be_named_in_three_ways(value: str) -> None:
    query = bind(find("CQ16"), {"district": value})
    assert "= <https://w3id.org/akteursmodell/id/district-duelken>" in query
    assert "?_district_iri" not in query


@pytest.mark.parametrize("value", ["Dülken", "x> } DROP ALL {", "nope:x", 'a" b', "https://a b"])
def test_what_names_no_thing_is_refused_and_never_reaches_the_query(value: str) -> None:
    with pytest.raises(ParameterError):
        bind(find("CQ16"), {"district": value})


def test_text_cannot_break_out_of_its_literal(shipped: EmbeddedStore) -> None:
    query = bind(find("CQ05"), {"lang": 'de" ) } DROP ALL #'})
    assert r"\"" in query
    assert len(ask(shipped, find("CQ05"), {"lang": 'x") } # '}).rows) == 3


def test_an_unknown_parameter_is_told_with_those_that_exist() -> None:
    with pytest.raises(UnknownParameterError, match="colour") as caught:
        bind(find("CQ16"), {"colour": "red"})
    assert caught.value.hint is not None
    assert "district" in caught.value.hint.en


def test_a_form_offers_the_members_of_the_class(shipped: EmbeddedStore) -> None:
    parameter = find("CQ16").parameter("district")
    assert parameter is not None
    offered = choices(shipped, parameter, "de")
    assert [c.label for c in offered] == ["Alt-Viersen", "Boisheim", "Dülken", "Süchteln"]
    assert offered[2].value == "district-duelken"


def test_dates_are_told_no_more_exactly_than_they_are_known() -> None:
    year, month, day = (NamedNode(f"{AKM}precision-{p}") for p in ("year", "month", "day"))
    assert day_in_words("2023-01-01", year) == "2023"
    assert day_in_words("2027-01-01", year, last_day=True) == "2026"
    assert day_in_words("2015-09-01", month) == "2015-09"
    assert day_in_words("2016-01-01", month, last_day=True) == "2015-12"
    assert day_in_words("2026-01-01", day, last_day=True) == "2025-12-31"
    assert day_in_words("2026-01-01", None) == "2026-01-01"
    assert day_in_words("unknown", year) == "unknown"


def test_words_of_an_answer_follow_the_language(shipped: EmbeddedStore) -> None:
    answer = ask(shipped, find("CQ05"), {}, "en")
    rows = [row.texts for row in tabulate(shipped, answer, "en")]
    assert [(row[0], row[2]) for row in rows if row[2]] == [("Sovereign", "at elections")]
    contexts = [row[2] for row in ask(shipped, find("CQ05"), {}).rows]
    assert Literal("bei Wahlen", language="de") in contexts


def test_rows_that_differ_in_collected_columns_only_are_shown_as_one(
    shipped: EmbeddedStore,
) -> None:
    answer = ask(shipped, find("CQ16"), {"district": "district-duelken"})
    table = [row.texts for row in tabulate(shipped, answer, "de") if row.texts[0] == "DüNo"]
    (duno,) = table
    assert duno[2] == "ASB Gemeinsam gGmbH"
    assert duno[6] == "Stadt Viersen, Viersener Aktien-Baugesellschaft AG (VAB)"
    assert len([row for row in answer.rows if str(row[0]).endswith("site-dueno>")]) == 2


def states(shipped: EmbeddedStore, question: str, day: str) -> dict[str, str]:
    answer = ask(shipped, find(question), {"day": day})
    return {row.fact.value: row.state for row in tabulate(shipped, answer, "de") if row.fact}


def test_each_row_is_marked_for_the_reference_date(shipped: EmbeddedStore) -> None:
    contractor = "https://w3id.org/akteursmodell/id/operation-suechtelnbuero-stadt-handel"
    assert states(shipped, "CQ16", "2025-12-31")[contractor] == "gültig"
    assert states(shipped, "CQ16", "2026-01-01")[contractor] == "beendet"
    assert states(shipped, "CQ16", "2019-01-01")[contractor] == "beginnt später"


def test_a_row_without_a_period_is_attested_by_its_latest_source(shipped: EmbeddedStore) -> None:
    assert set(states(shipped, "CQ03", "2026-11-23").values()) == {"zuletzt belegt Mai 2018"}
