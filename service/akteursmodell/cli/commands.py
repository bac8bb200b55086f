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
from akteursmodell.cli.arguments import read_iri, read_param, read_query
from akteursmodell.cli.output import announce, counting, print_answer, print_result, waiting
from akteursmodell.config import Settings
from akteursmodell.errors import AkteursmodellError, InputError, Lang, Text
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.remote import RemoteEndpoint
from akteursmodell.graph.store import Queryable
from akteursmodell.history.journal import Journal
from akteursmodell.history.ledger import Ledger
from akteursmodell.query.execution import answer as run_query
from akteursmodell.query.results import GRAPHS, ROWS
from akteursmodell.updates.starting import bring_to_release

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
    "--format", "form", type=click.Choice(["text", "turtle", "json"]), default="text",
    show_default=True, help="How to write the report.",
)  # fmt: skip
@click.option("--watch", is_flag=True, help="Stay, and tell what each change of a file changes.")
def validate(files: tuple[Path, ...], form: str, watch: bool) -> None:
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
        report = validate_files(files)
    if form == "turtle":
        click.echo(report.as_turtle())
    elif form == "json":
        click.echo(report.as_json())
    else:
        click.echo(report.as_text(interface_lang()))
    sys.exit(0 if report.conforms else 1)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--graph", required=True, help="IRI of the named graph that the data belong to.")
@click.option("-m", "--reason", default="", help="Why: one sentence for the history.")
@click.option("--store", help="Folder of the store.  [default: AKTEURSMODELL_STORE]")
@click.option("--author", default=getpass.getuser, help="Who says so.  [default: your login]")
@click.option("--replace", is_flag=True, help="Make the graph equal to FILE instead of adding.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and store nothing.")
def load(
    file: Path,
    graph: str,
    reason: str,
    store: str | None,
    author: str,
    replace: bool,
    dry_run: bool,
) -> None:
    """Bring FILE into a graph of the store, if nothing then breaks a rule.

    The whole store is validated as it would be afterwards. With a violation the report is printed,
    nothing is stored, and the exit code is 1.

    --dry-run tells what would follow from FILE, which rules it breaks, and which answers to the
    questions gain or lose which rows; without a store it asks the shipped data. The exit code is 1
    where the change would be refused. A reason (-m) is needed without it only.
    """  # fmt: skip
    from akteursmodell.cli.trying import tell_dry_run  # noqa: PLC0415
    from akteursmodell.updates.gate import (  # noqa: PLC0415 -- pySHACL imports slowly
        ChangeRejectedError,
        Gate,
        Signature,
    )  # fmt: skip

    lang = interface_lang()
    if dry_run:
        with opened(Settings.read(os.environ, store=store)) as engine, waiting("Validating"):
            stored = tell_dry_run(engine, file, read_iri(graph), replace_graph=replace, lang=lang)
        sys.exit(0 if stored else 1)
    settings = kept(store)
    with opened(settings) as engine, waiting("Validating"):
        try:
            outcome = Gate(engine).load_file(
                file, read_iri(graph), replace_graph=replace,
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
@click.argument("revision", type=int)
@click.option("-m", "--reason", required=True, help="Why: one sentence for the history.")
@click.option("--store", help="Folder of the store.  [default: AKTEURSMODELL_STORE]")
@click.option("--author", default=getpass.getuser, help="Who says so.  [default: your login]")
def undo(revision: int, reason: str, store: str | None, author: str) -> None:
    """Take the data state REVISION back, as a new one.

    What later data states changed stays. With a violation, or where later ones changed the same
    statements, nothing is stored and the exit code is 1.
    """
    from akteursmodell.updates.gate import Gate, Signature  # noqa: PLC0415 -- slow import

    with opened(kept(store)) as ledger, waiting("Validating"):
        outcome = Gate(ledger).undo(revision, Signature(author, reason))
    click.echo(
        Text(
            f"Datenstand {revision} ist zurückgenommen; das ist der Datenstand {outcome.revision}.",
            f"Data state {revision} is undone; that is data state {outcome.revision}.",
        ).in_(interface_lang())
    )


@main.command()
@click.option("--thing", help="IRI of the thing whose statements go.")
@click.option("--property", "predicate", help="IRI of the property, where not all of them go.")
@click.option("--text", default="", help="Text that is in a value, whosever it is.")
@click.option("-m", "--reason", required=True, help="Why: the legal ground, without the content.")
@click.option("--store", help="Folder of the store.  [default: AKTEURSMODELL_STORE]")
@click.option("--author", default=getpass.getuser, help="Who says so.  [default: your login]")
def redact(
    thing: str | None, predicate: str | None, text: str, reason: str, store: str | None, author: str
) -> None:
    """Erase statements on legal demand: from the data and from all of the history.

    What is left is a tombstone in each entry of the history: when, by whom and why. If the data
    would then break a rule, nothing happens: change what depends on the statements first. Backups
    of the store are yours to erase.
    """
    from akteursmodell.history.redaction import Target  # noqa: PLC0415 -- wanted only here
    from akteursmodell.updates.gate import Signature  # noqa: PLC0415 -- pySHACL imports slowly
    from akteursmodell.updates.redaction import erase  # noqa: PLC0415

    if not thing and not text:
        raise InputError(
            Text("Was soll entfernt werden?", "What shall be erased?"),
            Text("Nennen Sie --thing IRI oder --text TEXT.", "Name --thing IRI or --text TEXT."),
        )
    subject, named = (read_iri(given) if given else None for given in (thing, predicate))
    folder = Path(kept(store).store).resolve()
    with waiting("Erasing"):
        target, signature = Target(subject, named, text), Signature(author, reason)
        done = erase(folder, Ledger.open(folder), target, signature)
    click.echo(
        Text(
            f"{done.statements} Angaben sind aus {done.entries} Datenständen entfernt; "
            f"{done.remaining} bleiben, weil sie aus anderen folgen oder zur Software gehören.",
            f"{done.statements} statements are erased from {done.entries} data states; "
            f"{done.remaining} remain, since they follow from others or belong to the software.",
        ).in_(interface_lang())
    )


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


def kept(store: str | None) -> Settings:
    """Return the settings of a command that changes a store folder; raises InputError."""
    settings = Settings.read(os.environ, store=store)
    if settings.in_memory:
        raise InputError(
            Text("Es ist kein Datenordner genannt.", "No store folder is named."),
            Text(
                "Nennen Sie ihn mit --store ORDNER oder AKTEURSMODELL_STORE.",
                "Name it with --store DIR or AKTEURSMODELL_STORE.",
            ),
        )
    return settings


@contextmanager
def opened(settings: Settings, *, create: bool = False) -> Iterator[Ledger]:
    """Open the store of the settings, with the shipped ontology and data in it."""
    if settings.in_memory:
        ledger = Ledger(EmbeddedStore.in_memory(), Journal.in_memory())
    else:
        ledger = Ledger.open(Path(settings.store), create=create)
    try:
        with counting("Inferring") as watch:
            bring_to_release(ledger, data=not settings.empty, watch=watch)
        yield ledger
    finally:
        ledger.close()


@contextmanager
def asked(
    store: str | None, endpoint: str | None, revision: int | None = None
) -> Iterator[Queryable]:
    """Return what a query is asked of: an endpoint, a folder, or the shipped data.

    With `revision` it is the data as they were then.
    """
    if endpoint is not None:
        yield RemoteEndpoint(endpoint)
        return
    with opened(Settings.read(os.environ, store=store)) as ledger:
        yield ledger if revision is None else ledger.as_of(revision)
