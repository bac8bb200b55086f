"""The catalogue: each `.rq` file is a query that runs anywhere, under a header of decorators.

The decorators are grlc's (https://grlc.io: `#+ summary:`, `#+ tags:`, `?_name_type` variables for
parameters), with a few of our own, which grlc passes over.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from akteursmodell.errors import InputError, NotFoundError, Text
from akteursmodell.graph.tokens import tokens
from akteursmodell.resources import question_files

__all__ = ["TYPES", "Parameter", "Question", "catalogue", "find", "read_question"]

TYPES = ("iri", "xsd_date", "literal", "integer")
KEYS = {"summary", "question", "answer", "note", "tags", "columns", "collect", "parameters"}
DECORATOR = re.compile(r"^#\+ ?(.*)$", re.MULTILINE)
PARAMETER = re.compile(rf"^\?_(?P<name>[a-z]+)_(?P<type>{'|'.join(TYPES)})$")
FILE_NAME = re.compile(r"cq-(?P<number>\d\d)-[a-z0-9-]+\.rq")


@dataclass(frozen=True)
class Parameter:
    """A value that a question may be asked with; without it the question is asked for all."""

    name: str
    type: str
    title: Text
    choices: str | None

    @property
    def variable(self) -> str:
        """The variable of the query that the value replaces."""
        return f"?_{self.name}_{self.type}"


@dataclass(frozen=True)
class Question:
    """A competency question: number, wording, meaning of its answer, parameters, and query.

    `note` says how complete the data behind the answer are; rows that differ only in columns to
    `collect` are shown as one.
    """

    id: str
    slug: str
    title: Text
    answer: Text
    note: Text
    tags: tuple[str, ...]
    columns: Mapping[str, Text]
    collect: frozenset[str]
    parameters: tuple[Parameter, ...]
    query: str

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter of a name."""
        return next((p for p in self.parameters if p.name == name), None)


@cache
def catalogue() -> Mapping[str, Question]:
    """Return all questions by their id, in the order of their numbers."""
    return {question.id: question for question in map(read_question, question_files())}


def find(question_id: str) -> Question:
    """Return a question; raises NotFoundError with those that exist."""
    known = catalogue()
    question = known.get(question_id.upper())
    if question is None:
        ids = ", ".join(known)
        raise NotFoundError(
            Text(f"Die Frage {question_id} gibt es nicht.", f"There is no question {question_id}."),
            Text(f"Vorhanden: {ids}", f"Available: {ids}"),
        )
    return question


def read_question(file: Path) -> Question:
    """Read one question file; raises InputError where its header does not fit."""
    match = FILE_NAME.fullmatch(file.name)
    text = file.read_text(encoding="utf-8")
    header = read_header(text, file.name)
    if match is None:
        raise fault(file.name, "cq-NN-slug.rq")
    unknown = set(header) - KEYS
    missing = {"summary", "question", "answer", "note", "columns"} - set(header)
    if unknown or missing:
        raise fault(file.name, f"unknown keys {sorted(unknown)}, missing keys {sorted(missing)}")
    return Question(
        id=f"CQ{match['number']}",
        slug=file.stem,
        title=both(header["question"]),
        answer=both(header["answer"]),
        note=both(header["note"]),
        tags=tuple(header.get("tags", ())),
        columns={name: both(words) for name, words in header["columns"].items()},
        collect=frozenset(header.get("collect", ())),
        parameters=read_parameters(text, header.get("parameters", {}), file.name),
        query=text,
    )


def read_header(text: str, name: str) -> dict[str, Any]:
    """Return the decorators of a question file as one mapping."""
    try:
        header = yaml.safe_load("\n".join(DECORATOR.findall(text)))
    except yaml.YAMLError as problem:
        raise fault(name, str(problem)) from None
    if not isinstance(header, dict):
        raise fault(name, "no header of #+ lines")
    return header


def read_parameters(text: str, described: dict[str, Any], name: str) -> tuple[Parameter, ...]:
    """Return the parameters that the query has, with the words and choices of the header."""
    found = {}
    for token in tokens(text):
        if token.kind == "variable" and token.text.startswith("?_"):
            match = PARAMETER.match(token.text)
            if match is None:
                raise fault(name, f"{token.text} is not ?_name_type, with a type of {TYPES}")
            found[match["name"]] = match["type"]
    if set(found) != set(described):
        raise fault(name, f"parameters of query {sorted(found)} and header {sorted(described)}")
    return tuple(
        Parameter(key, found[key], both(words), words.get("choices"))
        for key, words in described.items()
    )


def both(words: Mapping[str, str]) -> Text:
    """Read a text given in German and English."""
    return Text(words["de"], words["en"])


def fault(name: str, problem: str) -> InputError:
    """Say what is wrong with a question file."""
    return InputError(
        Text(f"Die Frage in {name}: {problem}", f"The question in {name}: {problem}"),
        Text("Siehe ontology/questions/README.md.", "See ontology/questions/README.md."),
    )
