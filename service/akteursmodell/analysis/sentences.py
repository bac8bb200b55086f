"""What is stated about a thing, as sentences; the patterns stand in sentences.toml."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from akteursmodell.analysis.patterns import Forms, Part, Pattern, Slot, Step, Steps, Token, patterns
from akteursmodell.analysis.pieces import Piece
from akteursmodell.analysis.wording import word
from akteursmodell.errors import Lang, Text
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import TYPE, Literal, NamedNode, Term, local_name
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import is_entered
from akteursmodell.vocabulary import AKM, GENID, akm

__all__ = ["Sentence", "sentences_of"]

MOST = 6
"""Names in one enumeration; the rest is counted."""
GROUP = NamedNode(akm("ActorGroup"))
PAST = 2
NAMED = (NamedNode, Literal)
AND, APART = Text(" und ", " and "), Text(" sowie ", ", and ")
MORE = Text("%d weitere", "%d more")
OPENING: Mapping[Lang, str] = {"de": "„", "en": "“"}
INNER = {"de": str.maketrans("„“", "‚‘"), "en": str.maketrans("“”", "‘’")}
"""Quotation marks of a name that stands between quotation marks itself."""
STOP = re.compile(r"^(?P<quote>[“”]?)\.")


@dataclass(frozen=True)
class Sentence:
    """A sentence with links.

    `direct` are the things that it names by one step, `uses` are its properties, and `is_own` says
    that it speaks of the thing by its own name, not only of those that the thing links.
    """

    pieces: tuple[Piece, ...]
    direct: tuple[NamedNode, ...] = ()
    uses: frozenset[str] = frozenset()
    is_own: bool = False


@dataclass
class Draft:
    """A sentence whose things have no names yet."""

    tokens: list[str | list[Term]] = field(default_factory=list)
    direct: list[NamedNode] = field(default_factory=list)
    uses: set[str] = field(default_factory=set)
    is_own: bool = False


def sentences_of(
    store: Store,
    things: Iterable[NamedNode],
    lang: Lang,
    *,
    ended: Collection[NamedNode] = (),
    page: NamedNode | None = None,
) -> dict[NamedNode, tuple[Sentence, ...]]:
    """Return what is told of each thing; of each one at least which kind it is of.

    What things tell only by way of the thing on whose `page` they stand is left to that one.
    """
    drafts = {
        thing: list(Teller(store, thing, lang, has_ended=thing in ended, page=page).drafts())
        for thing in dict.fromkeys(things)
    }
    terms = {
        term
        for group in drafts.values()
        for draft in group
        for token in draft.tokens
        if not isinstance(token, str)
        for term in token[:MOST]
    }
    words = labels(store, terms, lang)
    return {
        thing: tuple(finished(draft, words, lang) for draft in group)
        for thing, group in drafts.items()
    }


class Teller:
    """Tells one thing: follows the paths of its patterns, each path once."""

    def __init__(
        self,
        store: Store,
        thing: NamedNode,
        lang: Lang,
        *,
        has_ended: bool,
        page: NamedNode | None,
    ) -> None:
        """Take a thing, whether what it says has ended, and on whose page it is told."""
        self.store = store
        self.thing = thing
        self.lang = lang
        self.has_ended = has_ended
        self.page = page
        self.known: dict[Steps, list[Term]] = {}

    def drafts(self) -> Iterator[Draft]:
        """Yield the sentences that fit, else the one that tells the kind alone."""
        types = list(self.store.quads(subject=self.thing, predicate=TYPE))
        entered = {quad.object for quad in types if is_entered(quad)}
        every = {quad.object for quad in types}
        told = 0
        for each in patterns():
            if each.cls in (every if each.inherit else entered) and self.fits(each):
                draft = Draft()
                if self.fill(each.tokens[self.lang], draft, self.number(each.tokens[self.lang])):
                    told += 1
                    yield draft
        if not told:
            yield self.fallback(entered or every)

    def fits(self, each: Pattern) -> bool:
        """Whether the conditions of a pattern hold."""
        return all(
            any(local_name(v.value) in names for v in self.values(p) if isinstance(v, NAMED))
            for p, names in each.only
        ) and not any(self.values(p) for p in each.without)

    def fallback(self, types: Collection[Term]) -> Draft:
        """Tell the kind of a thing that no pattern fits."""
        ours = sorted(t for t in types if isinstance(t, NamedNode) and t.value.startswith(AKM))
        start = Text("Hier eingetragen als: ", "Recorded here as: ").in_(self.lang)
        shown: list[Term] = list(ours) or sorted(types, key=str)
        return Draft([start, shown, "."])

    def fill(self, parts: Iterable[Token], draft: Draft, form: int) -> bool:
        """Write tokens into a draft; False where a value is missing."""
        for token in parts:
            if isinstance(token, str):
                draft.tokens.append(token)
            elif isinstance(token, Forms):
                draft.tokens.append(token.words[form % len(token.words)])
            elif isinstance(token, Part):
                if self.is_round(token):
                    continue
                inner = Draft()
                inner.direct = list(draft.direct)
                if self.fill(token.tokens, inner, form):
                    draft.tokens += inner.tokens
                    draft.direct = inner.direct
                    draft.uses |= inner.uses
                    draft.is_own |= inner.is_own
            elif not self.put(token, draft):
                return False
        return True

    def is_round(self, part: Part) -> bool:
        """Whether a part tells what the page tells itself: a path leads by way of its thing."""
        return any(
            len(p) > 1 and self.page in self.values(p[:1])
            for token in part.tokens
            if isinstance(token, Slot)
            for p in token.paths
        )

    def put(self, slot: Slot, draft: Draft) -> bool:
        """Write the values of a slot into a draft; False where there are none."""
        if not slot.paths:
            draft.tokens.append([self.thing])
            draft.is_own = True
            return True
        # "Further partners" are those that the sentence has not named yet.
        found = [v for p in slot.paths for v in self.values(p) if v not in draft.direct]
        if not found:
            return False
        draft.tokens.append(list(dict.fromkeys(found)))
        for p in slot.paths:
            draft.uses.add(p[0][0].value)
            if len(p) == 1:
                draft.direct += [v for v in self.values(p) if isinstance(v, NamedNode)]
        return True

    def number(self, parts: Iterable[Token]) -> int:
        """Return which of the four forms fits: one or several, and whether it has ended."""
        first = next((t for t in parts if isinstance(t, Slot)), Slot(()))
        found = [v for p in first.paths for v in self.values(p)]
        several = len(found) > 1 or (
            len(found) == 1
            and isinstance(found[0], NamedNode)
            and any(self.store.quads(subject=found[0], predicate=TYPE, object=GROUP))
        )
        return several + PAST * self.has_ended

    def values(self, steps: Steps) -> list[Term]:
        """Return where a path leads, each once, in a fixed order."""
        if steps not in self.known:
            here: list[Term] = [self.thing]
            for step in steps:
                here = list(dict.fromkeys(t for each in here for t in self.follow(each, step)))
            self.known[steps] = sorted(in_language(here, self.lang), key=str)
        return self.known[steps]

    def follow(self, start: Term, step: Step) -> list[Term]:
        """Return where one step leads: what was entered, else what follows."""
        predicate, backwards = step
        if backwards:
            found = list(self.store.quads(predicate=predicate, object=start))
        elif isinstance(start, NamedNode):
            found = list(self.store.quads(subject=start, predicate=predicate))
        else:
            return []
        kept = [quad for quad in found if is_entered(quad)] or found
        ends: list[Term] = [quad.subject if backwards else quad.object for quad in kept]
        return [t for t in ends if not (isinstance(t, NamedNode) and t.value.startswith(GENID))]


def in_language(found: list[Term], lang: Lang) -> list[Term]:
    """Keep of texts in several languages those in the reader's, where there are any."""
    spoken = {term.language for term in found if isinstance(term, Literal) and term.language}
    wanted = lang if lang in spoken else next(iter(sorted(spoken)), None)
    return [t for t in found if not isinstance(t, Literal) or t.language in (None, wanted)]


def finished(draft: Draft, words: Mapping[Term, str], lang: Lang) -> Sentence:
    """Give the things of a draft their names."""
    found: list[Piece] = []
    for token in draft.tokens:
        if isinstance(token, str):
            ends = found and found[-1].text.endswith((".", ".“", ".”"))
            found.append(Piece(STOP.sub(r"\g<quote>", token, count=1) if ends else token))
            continue
        shown = [shown_as(term, words, lang) for term in token[:MOST]]
        if found and found[-1].text.endswith(OPENING[lang]):
            shown = [replace(each, text=each.text.translate(INNER[lang])) for each in shown]
        more = len(token) - len(shown)
        if more:
            shown.append(Piece(MORE.in_(lang) % more))
        joint = APART if any(AND.in_(lang) in piece.text for piece in shown) else AND
        for number, piece in enumerate(shown):
            if number:
                found.append(Piece(joint.in_(lang) if number == len(shown) - 1 else ", "))
            found.append(piece)
    direct = tuple(dict.fromkeys(draft.direct))
    return Sentence(tuple(found), direct, frozenset(draft.uses), draft.is_own)


def shown_as(term: Term, words: Mapping[Term, str], lang: Lang) -> Piece:
    """Return how a value stands in a sentence."""
    if isinstance(term, Literal):
        spoken = (term.language or "")[:2]
        return Piece(word(term, lang), lang=spoken if spoken != lang else "")
    return Piece(words[term], term.value if isinstance(term, NamedNode) else "")
