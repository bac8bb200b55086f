"""`validate --watch`: validate again whenever a file changes, and tell what that changed."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import click

from akteursmodell.cli.group import announce
from akteursmodell.errors import AkteursmodellError, Lang, Text
from akteursmodell.resources import data_files, ontology_files, shape_files
from akteursmodell.validation.inputs import validate_files
from akteursmodell.validation.report import LEVELS, Report, Result
from akteursmodell.validation.shapes import shape_words, shapes_graph

__all__ = ["watch"]

PAUSE = 1.0
"""Seconds between two looks at the files; a look reads names and times only."""
Stamp: TypeAlias = dict[Path, tuple[int, int]]
Key: TypeAlias = tuple[str, str, str | None, str | None]


def watch(
    files: Sequence[Path],
    lang: Lang,
    *,
    validator: Callable[[Sequence[Path]], Report] = validate_files,
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Validate, and again after each change of the files, until Ctrl-C; return the exit code.

    The first report is printed whole, of each later one only what is new and what is gone.
    """
    before: Report | None = None
    seen: Stamp | None = None
    try:
        while True:
            now = stamps(files)
            if now != seen:
                seen = now
                before = told(files, lang, before, validator)
            sleep(PAUSE)
    except KeyboardInterrupt:
        return 0 if before is not None and before.conforms else 1


def told(
    files: Sequence[Path],
    lang: Lang,
    before: Report | None,
    validator: Callable[[Sequence[Path]], Report],
) -> Report | None:
    """Validate and print; return the report, the one before where a file cannot be used."""
    shapes_graph.cache_clear()
    shape_words.cache_clear()
    started = time.perf_counter()
    try:
        report = validator(files)
    except AkteursmodellError as error:
        announce(error.in_(lang))
        return before
    seconds = time.perf_counter() - started
    click.echo(report.as_text(lang) if before is None else changes(before, report, lang))
    announce(
        Text(
            f"{time.strftime('%H:%M:%S')} · {seconds:.1f} s · wartet auf Änderungen (Strg-C endet)",
            f"{time.strftime('%H:%M:%S')} · {seconds:.1f} s · waiting for changes (Ctrl-C ends)",
        ).in_(lang)
    )
    return report


def changes(before: Report, now: Report, lang: Lang) -> str:
    """Return which findings are new and which are gone, and how many there are."""
    old, new = (Counter(map(key, report.results)) for report in (before, now))
    lines = [
        *(line("+", each, lang) for each in only(now.results, new - old)),
        *(line("−", each, lang) for each in only(before.results, old - new)),
    ]
    same = Text("Die Funde sind dieselben.", "The findings are the same.").in_(lang)
    return "\n".join([*(lines or [same]), now.counts(lang)])


def only(results: Sequence[Result], wanted: Counter[Key]) -> list[Result]:
    """Return results with these keys, each as often as it is wanted."""
    left = Counter(wanted)
    kept = []
    for result in results:
        if left[key(result)] > 0:
            left[key(result)] -= 1
            kept.append(result)
    return kept


def key(result: Result) -> Key:
    """Return what makes a finding the same one: not the line on which it stands."""
    return (result.shape, result.focus, result.path, result.value)


def line(sign: str, result: Result, lang: Lang) -> str:
    """Return a finding with its sign, its place and what it says."""
    parts = [LEVELS[result.severity].in_(lang), result.focus_label.in_(lang)]
    parts += [result.place] if result.place else []
    return f"{sign} {' · '.join(parts)}\n    {result.message.in_(lang)}"


def stamps(files: Sequence[Path]) -> Stamp:
    """Return when each file was changed and how large it is, without those that are gone.

    Ontology, shapes and shipped data count too, since each of them decides what is found.
    """
    found: Stamp = {}
    for file in (*files, *data_files(), *ontology_files(), *shape_files()):
        try:
            status = file.stat()
        except OSError:
            continue
        found[file] = (status.st_mtime_ns, status.st_size)
    return found
