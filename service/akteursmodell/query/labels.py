"""Words for IRIs: asked language, German, English, any, then the local name."""

from collections import defaultdict
from collections.abc import Iterable

from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import Literal, NamedNode, QuerySolutions, Term, local_name
from akteursmodell.vocabulary import DCTERMS, RDFS, SKOS

__all__ = ["LABELS", "best", "labels", "texts"]

LABELS = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title")


def labels(source: Queryable, terms: Iterable[Term], lang: Lang) -> dict[Term, str]:
    """Return what a person should read for each term; a literal is its own text."""
    wanted = set(terms)
    words: dict[Term, str] = {
        term: term.value if isinstance(term, Literal) else str(term) for term in wanted
    }
    things = [term for term in wanted if isinstance(term, NamedNode)]
    words.update((thing, local_name(thing.value)) for thing in things)
    for predicate in reversed(LABELS):
        words.update(texts(source, things, predicate, lang))
    return words


def texts(
    source: Queryable, things: Iterable[NamedNode], predicate: str, lang: Lang
) -> dict[Term, str]:
    """Return the text of one property for each thing that has it, in the best language."""
    values = " ".join(str(thing) for thing in things)
    if not values:
        return {}
    answer = source.query(
        f"SELECT ?thing ?text {{ VALUES ?thing {{ {values} }} ?thing <{predicate}> ?text }}"
    )
    if not isinstance(answer, QuerySolutions):
        raise TypeError(predicate)
    found: dict[Term, list[Literal]] = defaultdict(list)
    for row in answer:
        thing, text = row["thing"], row["text"]
        if thing is not None and isinstance(text, Literal):
            found[thing].append(text)
    return {thing: best(candidates, lang) for thing, candidates in found.items()}


def best(candidates: Iterable[Literal], lang: Lang) -> str:
    """Choose among texts: asked language, German, English, any; raises ValueError on none."""
    order: dict[str, int] = {"de": 1, "en": 2, lang: 0}
    return min(
        candidates, key=lambda text: (order.get((text.language or "")[:2], 3), text.value)
    ).value
