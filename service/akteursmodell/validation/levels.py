"""The operator's level of a shape: what the release notes as a remark may be made an error.

Lowering is not possible: what structure, evidence, persons and law ask for stays an error.
"""

from dataclasses import dataclass

from akteursmodell.errors import SettingError, Text
from akteursmodell.graph.terms import TYPE, NamedNode, Term
from akteursmodell.validation.views import View, sh
from akteursmodell.vocabulary import ASH

__all__ = ["NONE", "Levels", "read_levels"]

ORDER = ["info", "warning", "violation"]
TERMS: dict[str, NamedNode] = {name: sh(name.capitalize()) for name in ORDER}
SHAPES = (sh("NodeShape"), sh("PropertyShape"))


@dataclass(frozen=True)
class Levels:
    """Pairs of a shape's code and the level that the operator gives it."""

    chosen: tuple[tuple[str, str], ...] = ()

    def severities(self, shapes: View) -> dict[str, NamedNode]:
        """Return the severities by IRI of shape.

        Raises SettingError for an unknown shape, and for a level below that of the release.
        """
        return {ASH + code: raised(shapes, code, level) for code, level in self.chosen}


NONE = Levels()


def read_levels(text: str) -> Levels:
    """Read `Code=level,Code=level`; raises SettingError for what is no level."""
    chosen = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        code, equals, level = (piece.strip() for piece in part.partition("="))
        if not equals or level not in ORDER:
            raise refused(part, Text("Geschrieben wird es so", "It is written like this"))
        chosen.append((code, level))
    return Levels(tuple(sorted(chosen)))


def raised(shapes: View, code: str, level: str) -> NamedNode:
    """Return the severity that a level stands for, if it is not below that of the release."""
    node = NamedNode(ASH + code)
    if not set(SHAPES) & set(shapes.objects(node, TYPE)):
        raise refused(code, Text("Diese Regel gibt es nicht", "There is no such rule"))
    shipped = next(iter(shapes.objects(node, sh("severity"))), sh("Violation"))
    if ORDER.index(level) < ORDER.index(name_of(shipped)):
        raise refused(
            f"{code}={level}",
            Text("Eine Regel lässt sich nur verschärfen", "A rule can only be made stricter"),
        )
    return TERMS[level]


def name_of(severity: Term) -> str:
    """Return the name of a severity."""
    return next((name for name, term in TERMS.items() if term == severity), "violation")


def refused(what: str, why: Text) -> SettingError:
    """Say what is wrong with a level."""
    return SettingError(
        Text(
            f"Die Einstellung levels kann nicht „{what}“ enthalten. {why.de}.",
            f'The setting levels cannot have "{what}". {why.en}.',
        ),
        Text(
            "Beispiel: InterventionEffect=violation,CountyByLaw=violation",
            "Example: InterventionEffect=violation,CountyByLaw=violation",
        ),
    )
