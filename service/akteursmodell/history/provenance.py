"""A data state in the words of PROV-O (https://www.w3.org/TR/prov-o/)."""

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from akteursmodell.graph.terms import TYPE, Literal, NamedNode, Term, Triple
from akteursmodell.history.revisions import Revision
from akteursmodell.vocabulary import DCTERMS, PREFIXES, RDFS

__all__ = ["described"]

PROV = PREFIXES["prov"]
DATE_TIME = NamedNode(PREFIXES["xsd"] + "dateTime")
LABEL, COMMENT = NamedNode(RDFS + "label"), NamedNode(RDFS + "comment")


def prov(name: str) -> NamedNode:
    """Return a term of PROV-O."""
    return NamedNode(PROV + name)


def described(revision: Revision, address: str, begins: int) -> list[Triple]:
    """Return who made a data state, when, why and from what.

    `address` is that of the history, data states are `address/number`; `begins` is the oldest that
    can be told.
    """
    return list(statements(revision, address, begins))


def statements(revision: Revision, address: str, begins: int) -> Iterator[Triple]:
    """Iterate over the statements, the data state first."""
    number = revision.number
    state, work = NamedNode(f"{address}/{number}"), NamedNode(f"{address}/{number}#change")
    agent = NamedNode(f"{address}#author-{quote(revision.author, safe='')}")
    at = Literal(revision.time, datatype=DATE_TIME)
    yield Triple(state, TYPE, prov("Entity"))
    yield Triple(state, LABEL, Literal(f"Datenstand {number}", language="de"))
    yield Triple(state, LABEL, Literal(f"data state {number}", language="en"))
    yield Triple(state, prov("generatedAtTime"), at)
    yield Triple(state, prov("wasGeneratedBy"), work)
    yield Triple(state, prov("wasAttributedTo"), agent)
    if number > begins:
        yield Triple(state, prov("wasRevisionOf"), NamedNode(f"{address}/{number - 1}"))
    if revision.source:
        yield from sourced(state, revision.source)
    yield Triple(work, TYPE, prov("Activity"))
    yield Triple(work, COMMENT, Literal(revision.reason))
    yield Triple(work, prov("endedAtTime"), at)
    yield Triple(work, prov("wasAssociatedWith"), agent)
    for used in sorted({revision.base, revision.undoes} - {None}, key=str):
        yield Triple(work, prov("used"), NamedNode(f"{address}/{used}"))
    yield Triple(agent, TYPE, prov("SoftwareAgent" if revision.is_release else "Agent"))
    yield Triple(agent, LABEL, Literal(revision.author))
    yield from redacted(revision, state, address)


def sourced(state: NamedNode, source: str) -> Iterator[Triple]:
    """Tell what a change rests on: an address, or a text."""
    term: Term = Literal(source)
    if urlsplit(source).scheme:
        try:
            yield Triple(state, prov("hadPrimarySource"), NamedNode(source))
        except ValueError:
            yield Triple(state, NamedNode(DCTERMS + "source"), term)
    else:
        yield Triple(state, NamedNode(DCTERMS + "source"), term)


def redacted(revision: Revision, state: NamedNode, address: str) -> Iterator[Triple]:
    """Tell what was taken out on legal demand: when and why, not what."""
    for count, each in enumerate(revision.redactions, 1):
        work = NamedNode(f"{address}/{revision.number}#redaction-{count}")
        yield Triple(state, prov("wasInfluencedBy"), work)
        yield Triple(work, TYPE, prov("Activity"))
        yield Triple(work, COMMENT, Literal(each.reason))
        yield Triple(work, prov("endedAtTime"), Literal(each.time, datatype=DATE_TIME))
