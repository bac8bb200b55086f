"""A dry run, as `dry_run_data` has it, in words: one sentence, and text for a terminal."""

from collections.abc import Mapping
from typing import Any

from akteursmodell.errors import Lang, Text
from akteursmodell.validation.report import LEVELS, Severity

__all__ = ["as_text", "headline"]


def headline(told: Mapping[str, Any]) -> Text:
    """Return what would become of the change, in one sentence."""
    counts, nothing = told["counts"], not any(told["change"].values())
    if not told["conforms"]:
        return Text(
            f"Die Änderung würde nicht gespeichert: {counts['de']}.",
            f"The change would not be stored: {counts['en']}.",
        )
    if nothing:
        return Text(
            "Die Änderung würde nichts ändern: Alles steht schon so da.",
            "The change would change nothing: all of it is there already.",
        )
    return Text(
        f"Die Änderung würde gespeichert: {counts['de']}.",
        f"The change would be stored: {counts['en']}.",
    )


def as_text(told: Mapping[str, Any], lang: Lang) -> str:
    """Return a dry run, as `as_data` tells it, for a terminal."""
    change, entailed, asked = told["change"], told["entailed"], told["questions"]
    entered = Text(
        f"Eingetragen: {change['inserted']} neu, {change['deleted']} entfernt. "
        f"Abgeleitet: {entailed['inserted']} neu, {entailed['deleted']} fallen weg.",
        f"Entered: {change['inserted']} new, {change['deleted']} removed. "
        f"Derived: {entailed['inserted']} new, {entailed['deleted']} no longer.",
    )
    answers = Text(
        f"Geänderte Antworten: {len(told['answers'])} von {asked['all']}",
        f"Changed answers: {len(told['answers'])} of {asked['all']}",
    )
    title = Text(
        "Probelauf: Was würde sich ändern? Es ist nichts gespeichert.",
        "Preview: what would change? Nothing is stored.",
    )
    derived = [
        f"  {sign} {' · '.join(each[part]['text'] for part in ('subject', 'predicate', 'object'))}"
        for sign, name in (("+", "inserts"), ("−", "deletes"))
        for each in entailed[name]
    ]
    blocks = [
        title.in_(lang),
        headline(told).in_(lang),
        "\n".join([entered.in_(lang), *derived]),
        *(finding_text(each, lang) for each in told["findings"]),
        answers.in_(lang),
        *map(answer_text, told["answers"]),
    ]
    return "\n\n".join(blocks)


def finding_text(found: Mapping[str, Any], lang: Lang) -> str:
    """Return one finding as a report writes it."""
    severity: Severity = found["severity"]
    return f"{LEVELS[severity].in_(lang)} · {found['label'][lang]}\n  {found['message'][lang]}"


def answer_text(answer: Mapping[str, Any]) -> str:
    """Return a changed answer: what comes with a plus, what goes with a minus."""
    lines = [f"{answer['id']} · {answer['title']}", "    " + " · ".join(answer["headings"])]
    for sign, name in (("+", "gained"), ("−", "lost")):
        part = answer[name]
        for row in part["rows"]:
            cells = [", ".join(word["text"] for word in cell) or "–" for cell in row["cells"]]
            lines.append(f"  {sign} {' · '.join([*cells, row['state'] or '–'])}")
    return "\n".join(lines)
