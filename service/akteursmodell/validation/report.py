"""The result of a validation as plain objects, text, JSON and RDF."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from akteursmodell.errors import Lang, Text
from akteursmodell.validation.model import Finding

if TYPE_CHECKING:
    import rdflib

__all__ = ["LEVELS", "Report", "Result", "Scope", "Severity", "nothing_to_check"]

Severity = Literal["violation", "warning", "info"]
LEVELS: dict[Severity, Text] = {
    "violation": Text("Fehler", "Error"),
    "warning": Text("Hinweis", "Note"),
    "info": Text("Beobachtung", "Observation"),
}


@dataclass(frozen=True)
class Result:
    """One finding: which entry, which rule, what it says, and the ways on.

    `basis` is law, thesis, persons or model; `place` is file and line where they are known.
    """

    severity: Severity
    focus: str
    focus_label: Text
    shape: str
    title: Text
    message: Text
    fixes: tuple[Text, ...]
    basis: str
    path: str | None = None
    value: str | None = None
    place: str | None = None
    finding: Finding | None = field(default=None, compare=False, repr=False)

    def as_json(self) -> dict[str, Any]:
        """Return the finding with its parts standing apart, so that nobody has to parse text."""
        return {
            "severity": self.severity,
            "code": self.shape,
            "basis": self.basis,
            "focus": self.focus,
            "label": {"de": self.focus_label.de, "en": self.focus_label.en},
            "path": self.path,
            "value": self.value,
            "place": self.place,
            "message": {"de": self.message.de, "en": self.message.en},
            "fix": [{"de": fix.de, "en": fix.en} for fix in self.fixes],
        }


@dataclass(frozen=True)
class Scope:
    """What was checked: everything, or the pairs of rule and entry that a change concerns.

    `in_full` names rules that were checked for all entries although only a change was asked about,
    with the reason.
    """

    everything: bool = True
    pairs: int | None = None
    in_full: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "everything": self.everything,
            "pairs": self.pairs,
            "inFull": [{"code": code, "reason": reason} for code, reason in self.in_full],
        }


@dataclass(frozen=True)
class Report:
    """All findings of one run, violations first."""

    results: tuple[Result, ...]
    scope: Scope = Scope()

    @property
    def graph(self) -> "rdflib.Graph":
        """The W3C report (https://www.w3.org/TR/shacl/#validation-report)."""
        from akteursmodell.validation.report_graph import report_graph  # noqa: PLC0415 -- rdflib

        return report_graph(
            (result.finding, result.message, result.severity)
            for result in self.results
            if result.finding is not None
        )

    @property
    def conforms(self) -> bool:
        """Whether nothing stands against storing the data; notes do not."""
        return not self.of("violation")

    def of(self, severity: Severity) -> tuple[Result, ...]:
        """Return the findings of one severity."""
        return tuple(r for r in self.results if r.severity == severity)

    def counts(self, lang: Lang) -> str:
        """Return the one-line summary."""
        errors, notes = len(self.of("violation")), len(self.of("warning"))
        if lang == "de":
            return f"{errors} Fehler, {notes} Hinweis{'' if notes == 1 else 'e'}"
        return (
            f"{errors} error{'' if errors == 1 else 's'}, {notes} note{'' if notes == 1 else 's'}"
        )

    def only(self, focus_nodes: Iterable[str]) -> "Report":
        """Keep the findings about some entries only."""
        wanted = set(focus_nodes)
        return replace(self, results=tuple(r for r in self.results if r.focus in wanted))

    def without_notes(self) -> "Report":
        """Keep the findings that stand against storing the data."""
        return replace(self, results=self.of("violation"))

    def as_text(self, lang: Lang) -> str:
        """Return the report for a terminal."""
        blocks = []
        for result in self.results:
            head = [LEVELS[result.severity].in_(lang), result.focus_label.in_(lang)]
            lines = [" · ".join([*head, result.title.in_(lang)])]
            lines += [f"  {result.place}"] if result.place else []
            lines += ["  " + result.message.in_(lang)]
            blocks.append("\n".join(lines))
        return "\n\n".join([*blocks, self.counts(lang)])

    def as_json(self) -> str:
        """Return the report as JSON."""
        body = {
            "conforms": self.conforms,
            "violations": len(self.of("violation")),
            "warnings": len(self.of("warning")),
            "checked": self.scope.as_json(),
            "results": [result.as_json() for result in self.results],
        }
        return json.dumps(body, ensure_ascii=False, indent=2)

    def as_turtle(self) -> str:
        """Return the W3C validation report (https://www.w3.org/TR/shacl/#validation-report)."""
        return self.graph.serialize(format="turtle")

    def as_jsonld(self) -> str:
        """Return the W3C validation report as JSON-LD."""
        return self.graph.serialize(format="json-ld")


def nothing_to_check() -> Report:
    """Return the report about data in which no shape has a target node."""
    return Report(())
