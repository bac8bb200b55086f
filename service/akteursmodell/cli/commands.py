"""The commands that read: `serve`, `validate`, `query`, `ask` and `check-ontology`."""

import json
import os
import sys
from pathlib import Path

import click

from akteursmodell.cli.arguments import read_param, read_query
from akteursmodell.cli.group import interface_lang, main
from akteursmodell.cli.opening import asked
from akteursmodell.cli.output import print_answer, print_result, waiting
from akteursmodell.config import Settings
from akteursmodell.errors import InputError, Text
from akteursmodell.query.execution import answer as run_query
from akteursmodell.query.results import GRAPHS, ROWS

__all__ = ["ask", "check_ontology", "query", "serve", "validate"]

FORMATS = ["table", *dict.fromkeys(f.name for f in (*ROWS, *GRAPHS))]
STORE_HELP = "Folder of the store; without it the shipped data are read into memory."


@main.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=int, help="Port to listen on; 0 takes a free one.  [default: 8000]")
@click.option("--store", help="'memory', or a folder that keeps the data; made if it is new.")
@click.option("--workers", type=int, help="Processes that answer HTTP.  [default: 2]")
@click.option("--default-graph", type=click.Choice(["union", "strict"]),
              help="What a query without FROM asks: all graphs, or the unnamed one.")  # fmt: skip
@click.option("--empty", is_flag=True, default=None, help="Load nothing at all (for tests).")
def serve(**options: str | int | bool | None) -> None:
    """Start the service with its web pages and its SPARQL endpoint.

    Each option is also a variable, such as AKTEURSMODELL_PORT; docs/operating.md lists the others,
    among them AKTEURSMODELL_TOKEN, which allows changes to who shows it.
    """
    from akteursmodell.serving import serve as run  # noqa: PLC0415 -- the web is wanted only here

    sys.exit(run(Settings.read(os.environ, **options)))


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "turtle", "json", "jsonld"]),
    default="text", show_default=True, help="How to write the report.",
)  # fmt: skip
@click.option("--watch", is_flag=True, help="Stay, and tell what each change of a file changes.")
@click.option("--reference", is_flag=True, help="Let pySHACL check: slower, the same results.")
def validate(files: tuple[Path, ...], form: str, *, watch: bool, reference: bool) -> None:
    r"""Check FILES, or the shipped data, against the shapes.

    FILES are checked together with the ontology and the shipped data; a file that is one of the
    shipped ones takes its place. The report tells of the entries in FILES only.

    \b
    Exit code: 0 conforms (notes may remain), 1 violations, 2 a file cannot be used.
    """
    from akteursmodell.validation.inputs import validate_files  # noqa: PLC0415 -- slow import

    if watch:
        from akteursmodell.cli.watching import watch as stay  # noqa: PLC0415

        sys.exit(stay(files, interface_lang()))
    with waiting("Validating"):
        report = validate_files(files, reference=reference)
    if form == "turtle":
        click.echo(report.as_turtle())
    elif form == "json":
        click.echo(report.as_json())
    elif form == "jsonld":
        click.echo(report.as_jsonld())
    else:
        click.echo(report.as_text(interface_lang()))
    sys.exit(0 if report.conforms else 1)


@main.command()
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
    if revision is not None and endpoint is not None:
        raise InputError(
            Text("--revision gilt nur für einen Datenordner.", "--revision needs a store folder."),
            Text("Beim Dienst: …/sparql?revision=N", "Of a service ask …/sparql?revision=N"),
        )
    with asked(store, endpoint, revision) as source:
        print_result(run_query(source, read_query(text)), form)


@main.command()
@click.argument("question")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter.")
@click.option("--store", help=STORE_HELP)
@click.option("--endpoint", help="Ask the SPARQL service at this address instead.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table",
              show_default=True, help="How to write the answer.")  # fmt: skip
def ask(
    question: str, params: tuple[str, ...], store: str | None, endpoint: str | None, form: str
) -> None:
    """Answer a competency QUESTION such as CQ16, with the evidence of each row.

    `akteursmodell ask list` tells which there are and which parameters they take.
    """
    from akteursmodell.questions.answers import ask as ask_question  # noqa: PLC0415
    from akteursmodell.questions.catalogue import catalogue, find  # noqa: PLC0415

    lang = interface_lang()
    if question == "list":
        for each in catalogue().values():
            names = " ".join(f"--param {p.name}=…" for p in each.parameters)
            click.echo(f"{each.id}  {each.title.in_(lang)}  {names}".rstrip())
        return
    found = find(question)
    values = dict(read_param(param) for param in params)
    with asked(store, endpoint) as source:
        print_answer(source, ask_question(source, found, values, lang), form, lang)


@main.command("check-ontology")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How to write the verdict.")  # fmt: skip
def check_ontology(files: tuple[Path, ...], form: str) -> None:
    r"""Let HermiT check the ontology, together with FILES if there are any.

    \b
    Exit code: 0 consistent and every class can have members, 1 not so, 2 no Java or bad file.
    """
    from akteursmodell.reasoning.consistency import check  # noqa: PLC0415 -- slow import

    with waiting("HermiT"):
        verdict = check(files)
    if form == "json":
        click.echo(json.dumps(vars(verdict), ensure_ascii=False, indent=2))
    else:
        click.echo(verdict.as_text())
    sys.exit(0 if verdict.sound else 1)
