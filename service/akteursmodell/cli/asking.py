"""The commands `query` and `ask`."""

import click

from akteursmodell.cli.arguments import read_param, read_query
from akteursmodell.cli.group import interface_lang
from akteursmodell.cli.opening import asked
from akteursmodell.cli.output import print_answer, print_result
from akteursmodell.errors import InputError, Text
from akteursmodell.query.execution import answer as run_query
from akteursmodell.query.results import GRAPHS, ROWS

__all__ = ["FORMATS", "ask", "query"]

FORMATS = ["table", *dict.fromkeys(f.name for f in (*ROWS, *GRAPHS))]
STORE_HELP = "Folder of the store; without it the shipped data are read into memory."


@click.command()
@click.argument("text")
@click.option("--store", help=STORE_HELP)
@click.option("--endpoint", help="Ask the SPARQL service at this address instead.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table",
              show_default=True, help="How to write the answer.")  # fmt: skip
@click.option("--revision", type=int, help="Ask the data as they were at this data state.")
def query(
    text: str, store: str | None, endpoint: str | None, form: str, revision: int | None
) -> None:
    """Run a SPARQL query: TEXT is the query, @FILE reads a file, - reads standard input.

    The usual prefixes (akm:, id:, skos:, org: …) need no declaration.
    """
    check_revision(revision, endpoint)
    with asked(store, endpoint, revision) as source:
        print_result(run_query(source, read_query(text)), form)


@click.command()
@click.argument("question")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter.")
@click.option("--store", help=STORE_HELP)
@click.option("--endpoint", help="Ask the SPARQL service at this address instead.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table",
              show_default=True, help="How to write the answer.")  # fmt: skip
@click.option("--revision", type=int, help="Ask the data as they were at this data state.")
def ask(
    question: str,
    params: tuple[str, ...],
    store: str | None,
    endpoint: str | None,
    form: str,
    revision: int | None,
) -> None:
    """Answer a competency QUESTION such as CQ16, with the evidence of each row.

    `akteursmodell ask list` tells which there are and which parameters they take.
    """
    from akteursmodell.questions.answers import ask as ask_question  # noqa: PLC0415 -- slow
    from akteursmodell.questions.catalogue import catalogue, find  # noqa: PLC0415 -- slow
    from akteursmodell.questions.unknown import refuse_unknown  # noqa: PLC0415 -- slow

    lang = interface_lang()
    if question == "list":
        for each in catalogue().values():
            names = " ".join(f"--param {p.name}=…" for p in each.parameters)
            click.echo(f"{each.id}  {each.title.in_(lang)}  {names}".rstrip())
        return
    found = find(question)
    values = dict(read_param(param) for param in params)
    check_revision(revision, endpoint)
    with asked(store, endpoint, revision) as source:
        refuse_unknown(source, found, values, lang)
        print_answer(source, ask_question(source, found, values, lang), form, lang)


def check_revision(revision: int | None, endpoint: str | None) -> None:
    """Raise InputError where the data state of a service is asked, which has its own way for it."""
    if revision is not None and endpoint is not None:
        raise InputError(
            Text("--revision gilt nur für einen Datenordner.", "--revision needs a store folder."),
            Text("Beim Dienst: …/sparql?revision=N", "Of a service ask …/sparql?revision=N"),
        )
