"""Why a row stands in an answer, in words: statements by thing, proofs, and what is absent."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import rdflib
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

from akteursmodell.analysis.pieces import Piece, pieces
from akteursmodell.errors import Lang, Text
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import Literal, NamedNode, Quad, Term, Triple
from akteursmodell.history.blame import origins_of
from akteursmodell.history.journal import Journal
from akteursmodell.history.revisions import Revision
from akteursmodell.query.evidence import Evidence, evidence_of
from akteursmodell.query.labels import labels
from akteursmodell.questions.absences import Absence, End
from akteursmodell.questions.why import Ground
from akteursmodell.reasoning.program import Fact
from akteursmodell.reasoning.proofs import Step
from akteursmodell.reasoning.rules import Atom, Rule, Variable

__all__ = ["About", "Missing", "Words", "about", "missing", "terms_of"]

LETTERS = "XYZUVWABCDEFGHIJKLMNOPQRST"
RULES: dict[str, Text] = {
    "cax-sco": Text("{sub} ist ein Unterbegriff von {sup}", "{sub} is a kind of {sup}"),
    "cax-eqc": Text("{sub} und {sup} sagen dasselbe", "{sub} and {sup} say the same"),
    "cls-int1": Text("so ist {sup} bestimmt", "this is how {sup} is defined"),
    "cls-int2": Text("so ist {sub} bestimmt", "this is how {sub} is defined"),
    "prp-spo1": Text("{sub} ist eine Art von {sup}", "{sub} is a kind of {sup}"),
    "prp-eqp": Text("{sub} und {sup} sagen dasselbe", "{sub} and {sup} say the same"),
    "prp-dom": Text("was {sub} hat, ist {sup}", "what has {sub} is {sup}"),
    "prp-rng": Text("worauf {sub} zeigt, ist {sup}", "what {sub} points to is {sup}"),
    "prp-symp": Text("{sub} gilt in beide Richtungen", "{sub} holds both ways"),
    "prp-trp": Text("{sub} gilt über Zwischenstufen hinweg", "{sub} holds across steps between"),
    "prp-inv": Text("{sup} ist die Umkehrung von {sub}", "{sup} is the inverse of {sub}"),
    "prp-spo2": Text("{sup} folgt aus dieser Kette", "{sup} follows from this chain"),
}
SEVERAL = {
    "*": Text("{0} (über beliebig viele Stufen)", "{0} (over any number of steps)"),
    "+": Text("{0} (über eine oder mehr Stufen)", "{0} (over one or more steps)"),
    "?": Text("{0} (oder es selbst)", "{0} (or itself)"),
}


@dataclass(frozen=True)
class Sentence:
    """A statement in words."""

    subject: Piece
    property: Piece
    value: tuple[Piece, ...]


@dataclass(frozen=True)
class Derived:
    """A statement that follows: by which rule, said in words, and from which others."""

    it: Sentence
    rule: str
    name: str
    premises: tuple[Sentence, ...]


@dataclass(frozen=True)
class Told:
    """A statement with where it stands and since when, or the steps that lead to it."""

    it: Sentence
    graphs: tuple[str, ...]
    since: Revision | None
    steps: tuple[Derived, ...]


@dataclass(frozen=True)
class About:
    """The statements about one thing, and the evidence that it names."""

    thing: Piece
    statements: tuple[Told, ...]
    evidence: tuple[Evidence, ...]

    @property
    def place(self) -> Told | None:
        """A statement that stands where all of them stand, since when all of them do, or None."""
        places = {(each.graphs, each.since and each.since.number) for each in self.statements}
        return self.statements[0] if len(places) == 1 and self.statements[0].graphs else None


@dataclass(frozen=True)
class Missing:
    """Something that is not documented: lines that would have to hold together.

    Letters stand for anything; `among` tells which things a letter may stand for, `conditions` that
    the query asks more of it.
    """

    lines: tuple[str, ...]
    among: tuple[str, ...]
    conditions: bool


class Words:
    """Says statements in one language."""

    def __init__(self, store: Store, terms: Iterable[Term], lang: Lang) -> None:
        """Look up all words at once."""
        self.lang = lang
        self._store = store
        self._words = labels(store, terms, lang)

    def sentence(self, it: Triple) -> Sentence:
        """Return a statement in words."""
        ends = [it.subject, it.predicate, it.object]
        subject, verb, value = pieces(self._store, ends, self.lang, self._words)
        return Sentence(subject[0], verb[0], value)

    def term(self, term: Term) -> str:
        """Return a term in words."""
        return self._words.get(term, str(term))

    def derived(self, step: Step) -> Derived:
        """Return an application of a rule in words."""
        quoted = Text("„{}“", "“{}”").in_(self.lang)
        sub, sup = (quoted.format(self.term(each)) for each in ends_of(step.rule))
        said = RULES[step.rule.name].in_(self.lang).format(sub=sub, sup=sup)
        return Derived(
            self.sentence(statement(step.fact)),
            said,
            step.rule.name,
            tuple(self.sentence(statement(fact)) for fact in step.premises),
        )

    def path(self, path: object) -> str:
        """Return a property, or a path of several, in words."""
        if isinstance(path, rdflib.URIRef):
            return self.term(NamedNode(str(path)))
        if isinstance(path, InvPath):
            return Text("umgekehrt: ", "inverse: ").in_(self.lang) + self.path(path.arg)
        if isinstance(path, MulPath):
            return SEVERAL[path.mod].in_(self.lang).format(self.path(path.path))
        if isinstance(path, SequencePath):
            return " → ".join(map(self.path, path.args))
        if isinstance(path, AlternativePath):
            return Text(" oder ", " or ").in_(self.lang).join(map(self.path, path.args))
        return "…"


def statement(fact: Fact) -> Triple:
    """Return a fact as a statement."""
    subject, predicate, object_ = fact
    if isinstance(subject, Literal):
        raise TypeError(subject)
    return Triple(subject, predicate, object_)


def ends_of(rule: Rule) -> tuple[Term, Term]:
    """Return what a rule leads from and to: classes where it is about classes, else properties."""
    return named(rule.body[0]), named(rule.head)


def named(atom: Atom) -> Term:
    """Return the class of an atom about membership, else its property."""
    node = atom[2] if atom[1] == rdflib.RDF.type and not isinstance(atom[2], Variable) else atom[1]
    return NamedNode(str(node))


def terms_of(grounds: Iterable[Ground], absences: Iterable[Absence]) -> Iterator[Term]:
    """Iterate over all terms that are said of grounds and absences."""
    for ground in grounds:
        yield from triple_of(ground.statement)
        for step in ground.steps:
            yield from ends_of(step.rule)
            for fact in (step.fact, *step.premises):
                yield from fact
    for absence in absences:
        for subject, path, value in absence.patterns:
            yield from (end for end in (subject, value) if not isinstance(end, str))
            yield from map(NamedNode, properties_of(path))
        for _, values in absence.among:
            yield from values


def triple_of(it: Triple) -> tuple[Term, Term, Term]:
    """Return the parts of a statement."""
    return it.subject, it.predicate, it.object


def properties_of(path: object) -> Iterator[str]:
    """Iterate over the properties of a path."""
    if isinstance(path, rdflib.URIRef):
        yield str(path)
    elif isinstance(path, InvPath):
        yield from properties_of(path.arg)
    elif isinstance(path, MulPath):
        yield from properties_of(path.path)
    elif isinstance(path, SequencePath | AlternativePath):
        for each in path.args:
            yield from properties_of(each)


def about(
    store: Store, journal: Journal, words: Words, grounds: Iterable[Ground]
) -> tuple[About, ...]:
    """Return statements by the thing that they are about, in words, with their evidence."""
    by_thing: dict[Term, list[Ground]] = defaultdict(list)
    for ground in grounds:
        by_thing[ground.statement.subject].append(ground)
    quads = [quad for each in by_thing.values() for g in each if g.graphs for quad in g.quads]
    since = origins_of(journal, quads, store.revision)
    things = [thing for thing in by_thing if isinstance(thing, NamedNode)]
    evidence = evidence_of(store, things, words.lang)
    return tuple(
        About(
            words.sentence(found[0].statement).subject,
            tuple(told(words, ground, since) for ground in found),
            tuple(evidence.get(thing, ())) if isinstance(thing, NamedNode) else (),
        )
        for thing, found in by_thing.items()
    )


def told(words: Words, ground: Ground, since: Mapping[Quad, Revision | None]) -> Told:
    """Return one statement in words."""
    revisions = [found for quad in ground.quads if (found := since.get(quad))]
    return Told(
        words.sentence(ground.statement),
        tuple(graph.value for graph in ground.graphs),
        min(revisions, key=lambda each: each.number, default=None),
        tuple(map(words.derived, ground.steps)),
    )


def missing(words: Words, absence: Absence) -> Missing:
    """Return in words what is not documented."""
    letters: dict[str, str] = {}

    def end(each: End) -> str:
        if isinstance(each, str):
            return letters.setdefault(each, LETTERS[len(letters) % len(LETTERS)])
        return words.term(each)

    lines = [f"{end(s)} – {words.path(path)} – {end(o)}" for s, path, o in absence.patterns]
    oder = Text(" oder ", " or ").in_(words.lang)
    among = [
        f"{letters[name]}: {oder.join(map(words.term, values))}"
        for name, values in absence.among
        if name in letters
    ]
    return Missing(tuple(lines), tuple(among), absence.conditions)
