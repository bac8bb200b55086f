"""The result of a validation as plain objects, text, JSON and RDF."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

import rdflib
from rdflib.namespace import RDF, SH

from akteursmodell.errors import Lang, Text

__all__ = ["LEVELS", "Report", "Result", "Severity", "nothing_to_check"]

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
class Report:
    """All findings of one run, violations first, and the W3C report they come from."""

    results: tuple[Result, ...]
    graph: rdflib.Graph

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
            "results": [result.as_json() for result in self.results],
        }
        return json.dumps(body, ensure_ascii=False, indent=2)

    def as_turtle(self) -> str:
        """Return the W3C validation report (https://www.w3.org/TR/shacl/#validation-report)."""
        return self.graph.serialize(format="turtle")


def nothing_to_check() -> Report:
    """Return the report about data in which no shape has a target node."""
    graph = rdflib.Graph(bind_namespaces="none")
    graph.bind("sh", SH)
    node = rdflib.BNode()
    graph.add((node, RDF.type, SH.ValidationReport))
    graph.add((node, SH.conforms, rdflib.Literal(True)))
    return Report((), graph)
