"""Questions are found by words in any form, in German or English, and by who asks."""

import pytest

from akteursmodell.questions.catalogue import catalogue
from akteursmodell.questions.finding import THEMES, USERS, fitting, for_user


def found(words: str) -> list[str]:
    return [question.id for question in fitting(words, catalogue().values())[0]]


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("Aufgabe", "Aufgaben"),
        ("Vertrag", "Verträge"),
        ("Vertrag", "VERTRAEGE"),
        ("Träger", "Trägern"),
        ("Stadtteil", "in welchen Stadtteilen"),
        ("contract", "contracts"),
        ("provider", "the providers"),
    ],
)
def test_word_forms_spellings_and_small_words_do_not_matter(words: str, others: str) -> None:
    assert set(found(words)) & set(found(others))
    assert found(words)[0] in found(others)


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("Standorte Quartiersarbeit", "CQ16"),
        ("Quartier Standort", "CQ16"),
        ("sites of neighbourhood work", "CQ16"),
        ("leere Zellen", "CQ07"),
        ("empty cells", "CQ07"),
        ("Bindeglieder", "CQ22"),
        ("CQ43", "CQ43"),
    ],
)
def test_a_question_is_among_the_first_that_its_words_find(words: str, question: str) -> None:
    assert question in found(words)[:3]


def test_each_question_is_first_for_its_own_title() -> None:
    for question in catalogue().values():
        for title in (question.title.de, question.title.en):
            hits, whole = fitting(title, catalogue().values())
            assert whole, title
            assert question in hits, title


def test_where_none_has_all_words_those_with_most_are_found() -> None:
    hits, whole = fitting("Standort Quartiersarbeit Raumschiff", catalogue().values())
    assert not whole
    assert "CQ16" in [question.id for question in hits]
    assert fitting("Raumschiff", catalogue().values()) == ([], False)


def test_every_question_has_a_theme_and_each_user_some_questions() -> None:
    for question in catalogue().values():
        assert question.tags
        assert set(question.tags) <= set(THEMES)
    for user, (_, themes) in USERS.items():
        assert themes <= set(THEMES)
        assert 5 < len(for_user(user)) < len(catalogue())
    asked = {question.id for user in USERS for question in for_user(user)}
    assert asked == set(catalogue())
    assert for_user("") == list(catalogue().values())
