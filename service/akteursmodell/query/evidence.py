"""What a fact rests on: kind of evidence, source, place, and dates."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from akteursmodell.errors import Lang
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import Literal, NamedNode, Term
from akteursmodell.query.labels import labels
from akteursmodell.query.rows import rows
from akteursmodell.vocabulary import AKM

__all__ = ["Evidence", "evidence_of"]

QUERY = """
SELECT DISTINCT ?fact ?item ?status ?source ?address ?issued ?place ?first ?last ?checked ?reading
  ?reason WHERE {{
  VALUES ?fact {{ {facts} }}
  ?fact akm:evidence ?item .
  ?item akm:evidenceStatus ?status .
  OPTIONAL {{ ?item akm:source ?source
    OPTIONAL {{ ?source akm:address ?address }} OPTIONAL {{ ?source akm:issuedOn ?issued }} }}
  OPTIONAL {{ ?item akm:sourcePlace ?place }}
  OPTIONAL {{ ?item akm:firstLine ?first }}
  OPTIONAL {{ ?item akm:lastLine ?last }}
  OPTIONAL {{ ?item akm:checkedOn ?checked }}
  OPTIONAL {{ ?item akm:readingState ?reading }}
  OPTIONAL {{ ?item akm:reason ?reason FILTER(lang(?reason) = "{lang}") }}
}} ORDER BY ?fact ?status ?source ?item
"""


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence in words; empty where nothing is recorded."""

    item: str
    status: str
    status_label: str
    source: str
    source_label: str
    address: str
    issued: str
    place: str
    checked: str
    reading: str
    reason: str

    @property
    def in_words(self) -> str:
        """The evidence on one line."""
        parts = [self.source_label, self.place, self.reason, self.checked]
        return f"{self.status_label}: " + ", ".join(part for part in parts if part)


def evidence_of(
    source: Queryable, facts: Iterable[NamedNode], lang: Lang
) -> dict[NamedNode, list[Evidence]]:
    """Return the evidence of each fact, in a fixed order."""
    wanted = " ".join(str(fact) for fact in dict.fromkeys(facts))
    found: dict[NamedNode, list[Evidence]] = defaultdict(list)
    if not wanted:
        return found
    answer = rows(source, QUERY.format(facts=wanted, lang=lang))
    named = [row[key] for row in answer for key in ("status", "source", "reading")]
    words = labels(source, [term for term in named if term is not None], lang)
    for row in answer:
        fact = row["fact"]
        if isinstance(fact, NamedNode):
            found[fact].append(read_evidence(row, words, lang))
    return found


def read_evidence(row: dict[str, Term | None], words: dict[Term, str], lang: Lang) -> Evidence:
    """Put one row of the query into words."""

    def text(key: str) -> str:
        term = row[key]
        return term.value if isinstance(term, Literal | NamedNode) else ""

    def word(key: str) -> str:
        term = row[key]
        return words[term] if term is not None else ""

    place = text("place")
    if text("first"):
        line = {"de": "Zeile", "en": "line"}[lang]
        last = text("last")
        span = text("first") if last in ("", text("first")) else f"{text('first')}–{last}"
        place = ", ".join(part for part in (f"{line} {span}", place) if part)
    return Evidence(
        item=text("item"),
        status=text("status").removeprefix(AKM + "evidence-"),
        status_label=word("status"),
        source=text("source"),
        source_label=word("source"),
        address=text("address"),
        issued=text("issued"),
        place=place,
        checked=text("checked"),
        reading=word("reading"),
        reason=text("reason"),
    )
