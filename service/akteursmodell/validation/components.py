"""The constraint components of SHACL Core (https://www.w3.org/TR/shacl/#core-components)."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product

from akteursmodell.graph.terms import BlankNode, Literal, NamedNode, Term
from akteursmodell.validation.literals import below, has_datatype, lang_matches, text_of
from akteursmodell.validation.model import (
    Constraint,
    EachValue,
    Evaluation,
    Finding,
    Shape,
    Together,
    Tracer,
    Values,
)
from akteursmodell.validation.paths import Step
from akteursmodell.validation.views import sh

__all__ = [
    "SIMPLE",
    "Closed",
    "HasValue",
    "OfClass",
    "Pair",
    "UniqueLang",
    "languages",
    "matching",
    "one_of",
]

KINDS: dict[str, tuple[type, ...]] = {
    "IRI": (NamedNode,),
    "BlankNode": (BlankNode,),
    "Literal": (Literal,),
    "BlankNodeOrIRI": (BlankNode, NamedNode),
    "BlankNodeOrLiteral": (BlankNode, Literal),
    "IRIOrLiteral": (NamedNode, Literal),
}
Test = Callable[[Evaluation, Term], bool]


def of_datatype(wanted: Term) -> Constraint:
    """Return sh:datatype."""
    assert isinstance(wanted, NamedNode)  # noqa: S101 -- checked where shapes are compiled
    return EachValue("Datatype", lambda _, value: has_datatype(value, wanted))


def of_kind(wanted: Term) -> Constraint:
    """Return sh:nodeKind."""
    kinds = KINDS[(text_of(wanted) or "").rpartition("#")[2]]
    return EachValue("NodeKind", lambda _, value: isinstance(value, kinds))


def least(wanted: Term) -> Constraint:
    """Return sh:minCount."""
    number = whole(wanted)
    return Together("MinCount", lambda values: len(values) >= number)


def most(wanted: Term) -> Constraint:
    """Return sh:maxCount."""
    number = whole(wanted)
    return Together("MaxCount", lambda values: len(values) <= number)


def within(name: str, *, lower: bool, or_equal: bool) -> Callable[[Term], Constraint]:
    """Return the maker of sh:minExclusive and its like; `lower` is for the lower bounds."""

    def make(bound: Term) -> Constraint:
        def met(_: Evaluation, value: Term) -> bool:
            pair = (bound, value) if lower else (value, bound)
            return below(*pair, or_equal=or_equal) is True

        return EachValue(name, met)

    return make


def shortest(wanted: Term) -> Constraint:
    """Return sh:minLength."""
    number = whole(wanted)
    return EachValue("MinLength", lambda _, value: number <= length(value, -1))


def longest(wanted: Term) -> Constraint:
    """Return sh:maxLength."""
    number = whole(wanted)
    return EachValue("MaxLength", lambda _, value: length(value, number + 1) <= number)


def length(value: Term, otherwise: int) -> int:
    """Return the length of a text, or something else for what has none."""
    text = text_of(value)
    return otherwise if text is None else len(text)


def whole(term: Term) -> int:
    """Return the number that a literal stands for."""
    return int(text_of(term) or "")


def matching(pattern: str, flags: str) -> Constraint:
    """Return sh:pattern; flags are those of SPARQL's REGEX."""
    bits = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}
    found = 0
    for flag in flags:
        found |= bits.get(flag, 0)
    compiled = re.compile(re.escape(pattern) if "q" in flags else pattern, found)

    def met(_: Evaluation, value: Term) -> bool:
        text = text_of(value)
        return text is not None and compiled.search(text) is not None

    return EachValue("Pattern", met)


def languages(ranges: Iterable[Term]) -> Constraint:
    """Return sh:languageIn."""
    wanted = [text_of(each) or "" for each in ranges]
    return EachValue(
        "LanguageIn", lambda _, value: any(lang_matches(value, each) for each in wanted)
    )


def one_of(members: Iterable[Term]) -> Constraint:
    """Return sh:in."""
    allowed = frozenset(members)
    return EachValue("In", lambda _, value: value in allowed)


SIMPLE: dict[str, Callable[[Term], Constraint]] = {
    "datatype": of_datatype,
    "nodeKind": of_kind,
    "minCount": least,
    "maxCount": most,
    "minExclusive": within("MinExclusive", lower=True, or_equal=False),
    "minInclusive": within("MinInclusive", lower=True, or_equal=True),
    "maxExclusive": within("MaxExclusive", lower=False, or_equal=False),
    "maxInclusive": within("MaxInclusive", lower=False, or_equal=True),
    "minLength": shortest,
    "maxLength": longest,
}
"""Constraints that one value of their parameter makes."""


class OfClass(EachValue):
    """sh:class."""

    def __init__(self, cls: Term) -> None:
        """Take the class."""
        super().__init__("Class", lambda run, value: run.data.is_instance(value, cls))

    def trace(self, tracer: Tracer, focus: int, values: int) -> None:
        """Read the classes of the values."""
        del focus
        tracer.classes(values)


class HasValue(Together):
    """sh:hasValue."""

    def __init__(self, wanted: Term) -> None:
        """Take the value that must be there."""
        super().__init__("HasValue", lambda values: wanted in values)


class UniqueLang(Constraint):
    """sh:uniqueLang: one result for each language that comes twice."""

    component = sh("UniqueLangConstraintComponent")

    def check(
        self, run: Evaluation, shape: Shape, focus: Term, values: Values
    ) -> Iterator[Finding]:
        """Yield a result for each language of several values."""
        del run
        tags = [v.language.lower() for v in values if isinstance(v, Literal) and v.language]
        for tag in dict.fromkeys(tags):
            if tags.count(tag) > 1:
                yield shape.finding(self, focus)


class Pair(Constraint):
    """sh:equals, sh:disjoint, sh:lessThan, sh:lessThanOrEquals."""

    def __init__(self, name: str, predicate: NamedNode) -> None:
        """Take the name of the component and the other property."""
        self.name = name
        self.component = sh(name + "ConstraintComponent")
        self.predicate = predicate

    def check(
        self, run: Evaluation, shape: Shape, focus: Term, values: Values
    ) -> Iterator[Finding]:
        """Yield a result for each value that does not go with the other property."""
        others = run.data.objects(focus, self.predicate)
        for value in self.wrong(values, others):
            yield shape.finding(self, focus, value)

    def wrong(self, values: Values, others: Values) -> Iterator[Term]:
        """Yield the values in question, once for each result."""
        if self.name == "Equals":
            yield from (value for value in values if value not in others)
            yield from (other for other in others if other not in values)
        elif self.name == "Disjoint":
            yield from (value for value in values if value in others)
        else:
            or_equal = self.name == "LessThanOrEquals"
            for value, other in product(values, others):
                if below(value, other, or_equal=or_equal) is not True:
                    yield value

    def trace(self, tracer: Tracer, focus: int, values: int) -> None:
        """Read the other property."""
        del values
        tracer.step(focus, self.predicate)


class Closed(Constraint):
    """sh:closed with sh:ignoredProperties."""

    component = sh("ClosedConstraintComponent")

    def __init__(self, allowed: Iterable[Term]) -> None:
        """Take the properties that a value node may have."""
        self.allowed = frozenset(allowed)

    def check(
        self, run: Evaluation, shape: Shape, focus: Term, values: Values
    ) -> Iterator[Finding]:
        """Yield a result for each statement with another property."""
        for value in values:
            for predicate, found in run.data.leaving(value):
                if predicate not in self.allowed:
                    yield replace(shape.finding(self, focus, found), path=Step(predicate))

    def trace(self, tracer: Tracer, focus: int, values: int) -> None:
        """Read all that is said of the values."""
        del focus
        tracer.step(values, None)
