"""From the findings of an engine to a report for people."""

from collections.abc import Iterable, Mapping

from akteursmodell.errors import Text
from akteursmodell.graph.terms import Literal, NamedNode, Term
from akteursmodell.validation.literals import text_of
from akteursmodell.validation.model import Finding
from akteursmodell.validation.paths import Path, Step, sparql
from akteursmodell.validation.report import Report, Result, Scope, Severity
from akteursmodell.validation.shapes import ShapeWords, shape_words
from akteursmodell.validation.views import View, rdfs, sh
from akteursmodell.vocabulary import PREFIXES, compact

__all__ = ["report_of"]

SEVERITIES: dict[Term, Severity] = {
    sh("Violation"): "violation",
    sh("Warning"): "warning",
    sh("Info"): "info",
}
ORDER: list[Severity] = ["violation", "warning", "info"]
LABELS = (rdfs("label"), NamedNode(PREFIXES["skos"] + "prefLabel"))
NO_PLACES: Mapping[str, str] = {}


def report_of(
    findings: Iterable[Finding],
    data: View,
    places: Mapping[str, str] = NO_PLACES,
    scope: Scope | None = None,
) -> Report:
    """Put findings in words; `places` tells where in a file an entry stands."""
    results = [result_of(finding, data, places) for finding in findings]
    results.sort(key=lambda r: (ORDER.index(r.severity), r.shape, r.focus_label.de, r.focus))
    return Report(tuple(results), scope or Scope())


def result_of(finding: Finding, data: View, places: Mapping[str, str]) -> Result:
    """Put one finding in words."""
    severity = SEVERITIES.get(finding.severity, "violation")
    words = shape_words(plain(finding.shape)).at_level(severity)
    names = {name: spoken(data, term) for name, term in finding.names}
    names |= {"this": spoken(data, finding.focus)}
    if finding.value is not None:
        names["value"] = spoken(data, finding.value)
    return Result(
        severity=severity,
        focus=plain(finding.focus),
        focus_label=names["this"],
        shape=plain(finding.shape),
        title=words.title,
        message=message_of(finding, words, names),
        fixes=words.fixes,
        basis=words.basis,
        path=shown(finding.path),
        value=None if finding.value is None else plain(finding.value),
        place=places.get(plain(finding.focus)),
        finding=finding,
    )


def message_of(finding: Finding, words: ShapeWords, names: Mapping[str, Text]) -> Text:
    """Return what a finding says; where its shape has no words, which rule is not met."""
    if words.templates.de:
        return words.message(finding.texts, names)
    rule = f"{compact(plain(finding.shape))} ({compact(finding.component.value)})"
    return Text(f"Die Regel {rule} ist nicht erfüllt.", f"The rule {rule} is not met.")


def plain(term: Term) -> str:
    """Return a term without its signs."""
    text = text_of(term)
    return str(term).removeprefix("_:") if text is None else text


def shown(path: Path | None) -> str | None:
    """Return a path as people write it."""
    if path is None:
        return None
    return compact(path.predicate.value) if isinstance(path, Step) else sparql(path)


def spoken(data: View, term: Term) -> Text:
    """Return the name of an entry, its short IRI, or what a literal says."""
    if isinstance(term, Literal):
        return Text(term.value, term.value)
    words = {
        label.language or "": label.value
        for predicate in LABELS
        for label in data.objects(term, predicate)
        if isinstance(label, Literal)
    }
    short = compact(plain(term))
    return Text(words.get("de", words.get("en", short)), words.get("en", words.get("de", short)))
