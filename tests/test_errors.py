"""The tree drawn in the docstring is the tree there is, and nobody breaks out of it."""

import ast
from pathlib import Path
from typing import TypeAlias

import akteursmodell.serving
import akteursmodell.updates.gate
import akteursmodell.web.checks  # noqa: F401 -- these define errors of the tree
from akteursmodell import errors
from akteursmodell.errors import AkteursmodellError, SourceSyntaxError, Text

Error: TypeAlias = type[AkteursmodellError]


def descendants(cls: Error) -> set[Error]:
    found: set[Error] = set()
    for sub in cls.__subclasses__():
        found |= {sub, *descendants(sub)}
    return found


def test_every_error_stands_in_the_drawn_tree_with_its_status() -> None:
    drawn = (errors.__doc__ or "").splitlines()
    for error in descendants(AkteursmodellError):
        if not error.__module__.startswith("akteursmodell."):
            continue  # of a test or the benchmark
        line = next((text for text in drawn if f" {error.__name__} " in text), None)
        assert line is not None, error.__name__
        parent = error.__mro__[1]
        if parent is AkteursmodellError and isinstance(error.status, int):
            assert f"{error.status}, exit {error.exit_code}" in line, error.__name__


def test_no_error_class_stands_outside_the_tree(root: Path) -> None:
    names = {error.__name__ for error in descendants(AkteursmodellError)}
    for file in (root / "service").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name.endswith("Error"):
                assert node.name in names | {"AkteursmodellError"}, f"{file.name}: {node.name}"


def test_a_syntax_error_tells_place_and_text_in_both_languages() -> None:
    error = SourceSyntaxError(Text("Die Datei x", "The file x"), "unexpected", 3, 9, "  a b c")
    assert error.in_("de").startswith("Die Datei x lässt sich nicht lesen (Zeile 3, Spalte 9): a b")
    assert "line 3, column 9" in error.in_("en")
