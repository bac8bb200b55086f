"""The commands `serve`, `validate`, `load`, `query`, `ask` and `check-ontology`."""

import getpass
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from akteursmodell import __version__
from akteursmodell.cli.output import announce, print_answer, print_result, waiting
from akteursmodell.config import Settings
from akteursmodell.errors import AkteursmodellError, InputError, Lang, Text
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.remote import RemoteEndpoint
from akteursmodell.graph.store import Queryable, Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.execution import answer as run_query
from akteursmodell.query.results import GRAPHS, ROWS
from akteursmodell.updates.inference import bring_up

__all__ = ["main"]

FORMATS = ["table", *dict.fromkeys(f.name for f in (*ROWS, *GRAPHS))]
STORE_HELP = "Folder of the store; without it the shipped data are read into memory."


def interface_lang() -> Lang:
    """Return the language of messages: AKTEURSMODELL_LANG, else the locale's."""
    chosen = os.environ.get("AKTEURSMODELL_LANG") or os.environ.get("LANG", "")
    return "de" if chosen.lower().startswith("de") else "en"


class Commands(click.Group):
    """A group that tells our errors in one sentence and ends with their exit code."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; an error of ours becomes its message on stderr."""
        try:
            return super().invoke(ctx)
        except AkteursmodellError as error:
            announce(error.in_(interface_lang()))
            sys.exit(error.exit_code)


@click.group(cls=Commands)
@click.version_option(__version__, prog_name="akteursmodell")
def main() -> None:
    r"""Who does what in Viersen: a governance knowledge graph and its query service.

    \b
    akteursmodell serve                       browse and query at http://127.0.0.1:8000
    akteursmodell ask CQ16                    answer a competency question
    akteursmodell query 'SELECT …'            run SPARQL
    akteursmodell validate my.ttl             check data before you share them
    akteursmodell load my.ttl --graph IRI …   bring data in, if they are right

    Messages are German where LANG or AKTEURSMODELL_LANG says so, else English.
    """


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
@click.option("--reference", is_flag=True, help="Let pySHACL check: slower, the same results.")
def validate(files: tuple[Path, ...], form: str, *, reference: bool) -> None:
    r"""Check FILES, or the shipped data, against the shapes.

    FILES are checked together with the ontology and the shipped data; a file that is one of the
    shipped ones takes its place. The report tells of the entries in FILES only.

    \b
    Exit code: 0 conforms (notes may remain), 1 violations, 2 a file cannot be used.
    """
    from akteursmodell.validation.inputs import validate_files  # noqa: PLC0415 -- slow import

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
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--graph", required=True, help="IRI of the named graph that the data belong to.")
@click.option("-m", "--reason", required=True, help="Why: one sentence for the history.")
@click.option("--store", help="Folder of the store.  [default: AKTEURSMODELL_STORE]")
@click.option("--author", default=getpass.getuser, help="Who says so.  [default: your login]")
@click.option("--replace", is_flag=True, help="Make the graph equal to FILE instead of adding.")
def load(
    file: Path, graph: str, reason: str, store: str | None, author: str, replace: bool
) -> None:
    """Bring FILE into a graph of the store, if nothing then breaks a rule.

    What the change concerns is validated as it would be afterwards. With a violation the report is
    printed, nothing is stored, and the exit code is 1.
    """
    from akteursmodell.updates.gate import (  # noqa: PLC0415 -- pySHACL imports slowly
        ChangeRejectedError,
        Gate,
        Signature,
    )  # fmt: skip
    from akteursmodell.validation.engine import Validator  # noqa: PLC0415 -- the same
    from akteursmodell.validation.levels import read_levels  # noqa: PLC0415 -- the same

    settings = Settings.read(os.environ, store=store)
    if settings.in_memory:
        raise InputError(
            Text("Wohin laden? Es ist kein Datenordner genannt.", "No store folder is named."),
            Text(
                "Nennen Sie ihn mit --store ORDNER oder AKTEURSMODELL_STORE.",
                "Name it with --store DIR or AKTEURSMODELL_STORE.",
            ),
        )
    lang = interface_lang()
    with opened(settings) as engine, waiting("Validating"):
        try:
            gate = Gate(engine, validator=Validator(read_levels(settings.levels)))
            outcome = gate.load_file(
                file, read_graph_iri(graph), replace_graph=replace,
                signature=Signature(author, reason),
            )  # fmt: skip
        except ChangeRejectedError as rejected:
            click.echo(rejected.report.without_notes().as_text(lang))
            raise
    added, removed = len(outcome.change.inserts), len(outcome.change.deletes)
    words = Text(
        f"Gespeichert als Datenstand {outcome.revision}: {added} neu, {removed} entfernt; "
        f"{outcome.report.counts('de')}.",
        f"Stored as revision {outcome.revision}: {added} added, {removed} removed; "
        f"{outcome.report.counts('en')}.",
    )
    click.echo(words.in_(lang))


@main.command()
@click.argument("text")
@click.option("--store", help=STORE_HELP)
@click.option("--endpoint", help="Ask the SPARQL service at this address instead.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table",
              show_default=True, help="How to write the answer.")  # fmt: skip
def query(text: str, store: str | None, endpoint: str | None, form: str) -> None:
    """Run a SPARQL query: TEXT is the query, @FILE reads a file, - reads standard input.

    The usual prefixes (akm:, id:, skos:, org: …) need no declaration.
    """
    with asked(store, endpoint) as source:
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


@contextmanager
def opened(settings: Settings, *, create: bool = False) -> Iterator[Store]:
    """Open the store of the settings, with the shipped ontology and data in it."""
    store: Store
    if settings.in_memory:
        store = EmbeddedStore.in_memory()
    else:
        store = EmbeddedStore.open(Path(settings.store), create=create)
    try:
        bring_up(store, data=not settings.empty)
        yield store
    finally:
        store.close()


@contextmanager
def asked(store: str | None, endpoint: str | None) -> Iterator[Queryable]:
    """Return what a query is asked of: an endpoint, a folder, or the shipped data."""
    if endpoint is not None:
        yield RemoteEndpoint(endpoint)
        return
    with opened(Settings.read(os.environ, store=store)) as engine:
        yield engine


def read_query(text: str) -> str:
    """Return the query itself, from the argument, a file or standard input."""
    if text == "-":
        return sys.stdin.read()
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(
            Text(
                f"{text[1:]} lässt sich nicht lesen: {fault}", f"{text[1:]} cannot be read: {fault}"
            )
        ) from None


def read_param(param: str) -> tuple[str, str]:
    """Read NAME=VALUE."""
    name, equals, value = param.partition("=")
    if not equals:
        raise InputError(
            Text(f"„{param}“ ist kein NAME=WERT.", f'"{param}" is not NAME=VALUE.'),
            Text("Beispiel: --param district=district-duelken",
                 "Example: --param district=district-duelken"),
        )  # fmt: skip
    return name, value


def read_graph_iri(text: str) -> NamedNode:
    """Read the IRI of a graph."""
    try:
        iri = NamedNode(text)
    except ValueError:
        iri = None
    if iri is None or ":" not in text:
        raise InputError(
            Text(f"„{text}“ ist keine ganze Adresse (IRI).", f'"{text}" is no absolute IRI.'),
            Text("Beispiel: https://w3id.org/akteursmodell/data/viersen/sites",
                 "Example: https://w3id.org/akteursmodell/data/viersen/sites"),
        )  # fmt: skip
    return iri
