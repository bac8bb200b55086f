"""Writing to the terminal: tables, formats, and signs of life."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from akteursmodell.errors import Lang
from akteursmodell.graph.store import Answer, Queryable
from akteursmodell.graph.terms import Literal, NamedNode, QueryBoolean, QuerySolutions, Term
from akteursmodell.query.results import by_name, formats_for, write
from akteursmodell.questions.answers import Answer as QuestionAnswer
from akteursmodell.questions.tables import Row, headings, tabulate, to_csv
from akteursmodell.vocabulary import compact

__all__ = ["print_answer", "print_result", "waiting"]


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show that something takes a while, where somebody watches; Ctrl-C stops it."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(f"{what} …"):
        yield


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None]]:
    """Show how much is done, where somebody watches; yield what is told of each further piece."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    done = 0
    with console.status(f"{what} …") as status:

        def count(more: int) -> None:
            nonlocal done
            done += more
            status.update(f"{what} … {done:,}")

        yield count


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
    if form == "csv":
        click.echo(to_csv(source, answer, lang), nl=False)
        return
    table = tabulate(source, answer, lang)
    question = answer.question
    if form == "json":
        names = [*answer.columns, "state"]
        found = [
            {
                **dict(zip(names, row.texts, strict=True)),
                "evidence": "; ".join(item.in_words for item in row.evidence),
            }
            for row in table
        ]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    notes: dict[str, int] = {}
    rows = [[*row.texts, footnotes(row, notes)] for row in table]
    click.echo(f"{question.id}  {question.title.in_(lang)}")
    print_table([*headings(answer, lang), "Beleg" if lang == "de" else "Evidence"], rows)
    for note, number in notes.items():
        click.echo(f"[{number}] {note}")
    click.echo()
    click.echo(question.answer.in_(lang))
    click.echo(question.note.in_(lang))


def footnotes(row: Row, notes: dict[str, int]) -> str:
    """Return the numbers of a row's evidence, and enter what is new into the notes."""
    return " ".join(f"[{notes.setdefault(item.in_words, len(notes) + 1)}]" for item in row.evidence)


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
