"""Which statements can move the answer to a query, told from its text alone.

A triple pattern is met by statements of its own predicate only; one that asks for the members of a
class, by those of that class. Where a text could look at anything else it counts as looking at
everything: a predicate that is a variable, a path that may be empty (`*`, `?`: it finds each node
of the data) or that excludes (`!`), a graph, a dataset.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.graph.tokens import Token, tokens
from akteursmodell.vocabulary import PREFIXES, RDF

__all__ = ["Reach", "reach_of"]

TYPE = RDF + "type"
TERMS = frozenset({"iri", "name", "variable", "blank", "string", "number"})
SILENT = frozenset({"space", "comment"})
JOINING = frozenset("/|*?+")
AROUND = frozenset({"GRAPH", "SERVICE", "FROM", "CONSTRUCT", "DESCRIBE", "LATERAL"})
NO_PATTERN = {
    **dict.fromkeys(("SELECT", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET"), "clause"),
    **dict.fromkeys(("FILTER", "BIND"), "constraint"),
}


@dataclass(frozen=True)
class Reach:
    """The predicates and the classes that a query looks at; `everything` where it cannot be told.

    A query with the predicate `rdf:type` looks at the members of whatever class.
    """

    predicates: frozenset[str]
    classes: frozenset[str]
    everything: bool

    def meets(self, quads: Iterable[Quad]) -> bool:
        """Whether any of some statements could have a part in an answer."""
        return self.everything or any(map(self._meets, quads))

    def _meets(self, quad: Quad) -> bool:
        if quad.predicate.value in self.predicates:
            return True
        return quad.predicate.value == TYPE and (
            isinstance(quad.object, NamedNode) and quad.object.value in self.classes
        )


@lru_cache(maxsize=1024)
def reach_of(query: str) -> Reach:
    """Return what a query looks at."""
    reader = Reader([token for token in tokens(query) if token.kind not in SILENT])
    reader.read()
    return Reach(frozenset(reader.predicates), frozenset(reader.classes), reader.everything)


@dataclass
class Reader:
    """Walks over a query, knowing at which place of a triple pattern it is.

    `places` has one entry for each open brace or bracket: `subject`, `predicate`, `object`, `done`;
    `clause` where no pattern stands (until the next brace) and `constraint` before an expression.
    `typed` tells whether the objects are classes.
    """

    rest: list[Token]
    predicates: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    everything: bool = False
    at: int = 0
    typed: bool = False
    places: list[str] = field(default_factory=lambda: ["clause"])
    prefixes: dict[str, str] = field(default_factory=lambda: dict(PREFIXES))

    def read(self) -> None:
        """Read to the end."""
        while self.at < len(self.rest) and self.places:
            token = self.rest[self.at]
            if token.kind == "word":
                self._word(token)
            elif token.text in ("{", "}", "[", "]", "(", ")", ";", ",", "."):
                self._punctuation(token.text)
            else:
                self._term(token)
            self.at += 1

    def _word(self, token: Token) -> None:
        word, place = token.text.upper(), self.places[-1]
        if place == "predicate":
            self._path()
        elif word == "PREFIX":
            self._declare()
        elif word in AROUND:
            self.everything = True
        elif word == "VALUES":
            self._skip_values()
        elif word in NO_PATTERN:
            self.places[-1] = NO_PATTERN[word]
        elif place == "object":
            self.places[-1] = "done"
        elif place == "done":
            self.places[-1] = "subject"

    def _declare(self) -> None:
        """Take note of a prefix."""
        name, iri = self.rest[self.at + 1 : self.at + 3]
        self.prefixes[name.text.rstrip(":")] = iri.text[1:-1]
        self.at += 2

    def _punctuation(self, sign: str) -> None:
        place = self.places[-1]
        if sign == "{":
            if place != "clause":
                self.places[-1] = "subject"
            self.places.append("subject")
        elif sign in "}])":
            self.places.pop()
        elif place == "predicate" and sign == "(":
            self._path()
        elif sign == "(":
            self._parenthesis(place)
        elif sign == "[":
            self._follow(place, None)
            self.places.append("predicate")
        elif place in ("subject", "predicate", "object", "done"):
            self.places[-1] = {";": "predicate", ",": "object", ".": "subject"}[sign]

    def _parenthesis(self, place: str) -> None:
        """Enter an expression; a collection of terms stands for predicates of its own."""
        if place in ("subject", "object"):
            self.everything = True
        if place in ("constraint", "done"):
            self.places[-1] = "subject"
        self.places.append("clause")

    def _term(self, token: Token) -> None:
        place = self.places[-1]
        if place == "predicate":
            self._path()
        elif token.kind in TERMS or place == "object":
            self._follow(place, self._iri(token))

    def _follow(self, place: str, iri: str | None) -> None:
        """Go on behind a subject or an object, which has this IRI or none that is known."""
        if place == "object" and self.typed:
            (self.classes if iri else self.predicates).add(iri or TYPE)
        self.places[-1] = {"subject": "predicate", "object": "done"}.get(place, place)

    def _path(self) -> None:
        """Read a predicate or a path, up to the object."""
        start, depth, whole = self.at, 0, False
        while self.at < len(self.rest):
            token = self.rest[self.at]
            text = token.text
            if whole and not (text in JOINING or (text == ")" and depth)):
                break
            depth += (text == "(") - (text == ")")
            whole = text not in "/|^(!"
            self._step(token)
            self.at += 1
        path = [self._iri(token) for token in self.rest[start : self.at]]
        self.typed = path == [TYPE]
        if TYPE in path and not self.typed:
            self.predicates.add(TYPE)
        self.at -= 1
        self.places[-1] = "object"

    def _step(self, token: Token) -> None:
        """Note one step of a path."""
        iri = self._iri(token)
        if iri is None:
            self.everything |= token.text not in ("/", "|", "^", "(", ")", "+")
        elif iri != TYPE:
            self.predicates.add(iri)

    def _iri(self, token: Token) -> str | None:
        """Return the IRI that a token stands for; relative ones and unknown prefixes are none."""
        if token.text == "a":
            return TYPE
        if token.kind == "iri":
            return token.text[1:-1] if ":" in token.text and "\\" not in token.text else None
        prefix, _, local = token.text.partition(":")
        if token.kind != "name" or prefix not in self.prefixes or "\\" in local or "%" in local:
            return None
        return self.prefixes[prefix] + local

    def _skip_values(self) -> None:
        """Pass over a block of values."""
        while self.at < len(self.rest) and self.rest[self.at].text != "}":
            self.at += 1
        if self.places[-1] != "clause":
            self.places[-1] = "subject"
