"""Writing to the terminal: tables, formats, and signs of life."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from akteursmodell.errors import Lang
from akteursmodell.graph.store import Answer, Queryable
from akteursmodell.graph.terms import Literal, NamedNode, QueryBoolean, QuerySolutions, Term
from akteursmodell.query.evidence import Evidence, evidence_of
from akteursmodell.query.results import by_name, formats_for, write
from akteursmodell.questions.answers import Answer as QuestionAnswer
from akteursmodell.vocabulary import compact

__all__ = ["announce", "print_answer", "print_result", "waiting"]


def announce(message: str) -> None:
    """Tell something beside the output."""
    click.echo(message, err=True)


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show that something takes a while, where somebody watches; Ctrl-C stops it."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(f"{what} …"):
        yield


def print_result(answer: Answer, form: str) -> None:
    """Print the answer of a query in a format, or as a table."""
    formats = formats_for(answer)
    if form == "table" and isinstance(answer, QuerySolutions):
        names = [variable.value for variable in answer.variables]
        print_table(names, [[show(row[name]) for name in names] for row in answer])
    elif form == "table" and isinstance(answer, QueryBoolean):
        click.echo("true" if answer else "false")
    else:
        chosen = formats[0] if form == "table" else by_name(formats, form)
        click.echo(write(answer, chosen), nl=False)


def print_answer(source: Queryable, answer: QuestionAnswer, form: str, lang: Lang) -> None:
    """Print the answer of a question: labels for people, and the evidence of each row."""
    table = answer.table(source, lang)
    evidence = evidence_of(source, [row.fact for row in table if row.fact], lang)
    question = answer.question
    heads = [question.columns[name].in_(lang) for name in answer.columns]
    heads.append("Beleg" if lang == "de" else "Evidence")
    if form == "table":
        notes: dict[str, int] = {}
        rows = [[*row.texts, footnotes(row.fact, evidence, notes)] for row in table]
        click.echo(f"{question.id}  {question.title.in_(lang)}")
        print_table(heads, rows)
        for text in [*(f"[{number}] {note}" for note, number in notes.items()), ""]:
            click.echo(text)
        for words in (question.answer, question.note):
            click.echo(words.in_(lang) if words else "", nl=words is not None)
        return
    rows = [[*row.texts, in_words(row.fact, evidence)] for row in table]
    if form == "json":
        names = [*answer.columns, "evidence"]
        found = [dict(zip(names, row, strict=True)) for row in rows]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo(to_csv(heads, rows), nl=False)


def footnotes(
    fact: NamedNode | None, evidence: dict[NamedNode, list[Evidence]], notes: dict[str, int]
) -> str:
    """Return the numbers of a row's evidence, and enter what is new into the notes."""
    items = evidence.get(fact, []) if fact else []
    return " ".join(f"[{notes.setdefault(item.in_words, len(notes) + 1)}]" for item in items)


def in_words(fact: NamedNode | None, evidence: dict[NamedNode, list[Evidence]]) -> str:
    """Return the evidence of a row as text."""
    return "; ".join(item.in_words for item in evidence.get(fact, [])) if fact else ""


def to_csv(heads: list[str], rows: list[list[str]]) -> str:
    """Write rows as CSV (RFC 4180)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(heads)
    writer.writerows(rows)
    return buffer.getvalue()


def print_table(heads: list[str], rows: list[list[str]]) -> None:
    """Print a table as wide as the terminal, or as it needs where nobody watches."""
    console = Console()
    table = Table(*heads, show_lines=False)
    for row in rows:
        table.add_row(*map(escape, row))
    if not sys.stdout.isatty():
        console = Console(width=max(120, console.measure(table).maximum))
    console.print(table)


def show(term: Term | None) -> str:
    """Return a term as a person types it."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return compact(term.value)
    return term.value if isinstance(term, Literal) else str(term)
