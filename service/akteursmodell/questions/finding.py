"""Finding questions by words, in German or English and in any of their forms, and by who asks.

Word forms are told by the Snowball stemmers (https://snowballstem.org). A word of the search also
fits a longer word that begins with it, as German compounds do: `Quartier` fits `Quartiersarbeit`.
"""

import threading
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

import snowballstemmer

from akteursmodell.errors import Text
from akteursmodell.query.words import plain, spelled, words_of
from akteursmodell.questions.catalogue import Question, catalogue

__all__ = ["THEMES", "USERS", "fitting", "for_user"]

THEMES: Final[dict[str, Text]] = {
    "structure": Text("Aufbau des Akteursmodells", "Structure of the actor model"),
    "tasks": Text("Aufgaben und Zuständigkeiten", "Tasks and responsibilities"),
    "law": Text("Recht", "Law"),
    "cooperation": Text("Zusammenarbeit", "Cooperation"),
    "contracts": Text("Verträge und Bewilligungen", "Agreements and awards"),
    "time": Text("Fristen und Wechsel", "Deadlines and changes"),
    "places": Text("Orte und Anlaufstellen", "Places and contact points"),
    "participation": Text("Beteiligung", "Public participation"),
    "incentives": Text("Anreize", "Incentives"),
    "perspectives": Text("Perspektiven der Folien", "Perspectives of the slides"),
    "elsewhere": Text("Was andere Kommunen zuerst fragen", "What other municipalities ask first"),
    "evidence": Text("Belege", "Evidence"),
    "gaps": Text("Was wir nicht wissen", "What we do not know"),
    "validation": Text("Prüfung", "Data check"),
}
USERS: Final[dict[str, tuple[Text, frozenset[str]]]] = {
    "planner": (
        Text("Planung und Politik", "planning and politics"),
        frozenset({"tasks", "law", "cooperation", "contracts", "time", "incentives", "elsewhere"}),
    ),
    "citizen": (
        Text("Bürgerinnen und Bürger", "citizens"),
        frozenset({"places", "participation"}),
    ),
    "researcher": (
        Text("Forschung", "research"),
        frozenset({"structure", "perspectives", "incentives", "evidence", "cooperation"}),
    ),
    "maintainer": (
        Text("Datenpflege", "data maintenance"),
        frozenset({"evidence", "gaps", "validation", "time"}),
    ),
}
"""Who asks, and the themes of the questions that they ask first."""
STEMMERS = (snowballstemmer.stemmer("german"), snowballstemmer.stemmer("english"))
SHORT, LONG = 3, 6
TURN = threading.Lock()
"""A stemmer serves one thread at a time."""
TITLE, REST = 3, 1
SMALL_WORDS = """
    der die das den dem des ein eine einer einem einen und oder in im an am auf aus bei mit von vom
    zu zum zur für ist sind wird werden es er sie wer wie wo was wann welche welcher welches welchen
    gibt hat haben sich nicht auch the a an and or on at of for with by to from are be do does who
    how where what when which that has have there not also
"""
SMALL: Final = frozenset(SMALL_WORDS.split())


def for_user(user: str) -> list[Question]:
    """Return the questions that somebody asks first; all of them for whom we do not know."""
    if user not in USERS:
        return list(catalogue().values())
    themes = USERS[user][1]
    return [question for question in catalogue().values() if themes & set(question.tags)]


def fitting(wanted: str, questions: Iterable[Question]) -> tuple[list[Question], bool]:
    """Return the questions that fit words, best first, and whether each has all of the words.

    Where none has all, those that have the most of them are returned.
    """
    words = [word for word in words_of(wanted, "") if word not in SMALL] or words_of(wanted, "")
    scored = [(question, [score(question.id, word) for word in words]) for question in questions]
    most = max((sum(map(bool, scores)) for _, scores in scored), default=0)
    found = [each for each in scored if most and sum(map(bool, each[1])) == most]
    found.sort(key=lambda each: -sum(each[1]))
    return [question for question, _ in found], most == len(words)


def score(name: str, word: str) -> int:
    """Return how well a word fits a question: 0 where it does not."""
    forms = forms_of(word)
    return max((weight for known, weight in index()[name].items() if fits(known, forms)), default=0)


def fits(known: str, forms: frozenset[str]) -> bool:
    """Whether a word is any of some forms, or begins with a longer one, or has a long one in it."""
    return any(
        known == form
        or (len(form) > SHORT and known.startswith(form))
        or (len(form) > LONG and form in known)
        for form in forms
    )


@cache
def index() -> Mapping[str, Mapping[str, int]]:
    """Return the words of each question in all their forms, with their weight."""
    found: dict[str, dict[str, int]] = {}
    for question in catalogue().values():
        themes = [THEMES[tag] for tag in question.tags if tag in THEMES]
        heads = [*question.columns.values(), *(each.title for each in question.parameters)]
        titles = [question.id, question.title.de, question.title.en]
        rest = [text for each in (question.answer, *themes, *heads) for text in (each.de, each.en)]
        words = found[question.id] = {}
        for texts, weight in ((rest, REST), (titles, TITLE)):
            for word in words_of(" ".join(texts), ""):
                words |= dict.fromkeys(forms_of(word), weight)
    return found


@lru_cache(maxsize=2**14)
def forms_of(word: str) -> frozenset[str]:
    """Return the stems of a word in both languages, umlauts as written, spelled out and bare."""
    with TURN:
        stems = {word, *(stemmer.stemWord(word) for stemmer in STEMMERS)}
    return frozenset(form for stem in stems for form in (plain(stem), spelled(stem)))
