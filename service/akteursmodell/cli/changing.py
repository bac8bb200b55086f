"""The commands `load`, `undo` and `redact`, which change a store folder."""

import getpass
import os
import sys
from pathlib import Path

import click

from akteursmodell.cli.arguments import read_iri
from akteursmodell.cli.group import interface_lang
from akteursmodell.cli.opening import kept, opened
from akteursmodell.cli.output import waiting
from akteursmodell.config import Settings
from akteursmodell.errors import InputError, Text
from akteursmodell.history.ledger import Ledger

__all__ = ["load", "redact", "undo"]


@click.command()
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

    What the change concerns is validated as it would be afterwards. With a violation the report is
    printed, nothing is stored, and the exit code is 1.

    --dry-run tells what would follow from FILE, which rules it breaks, and which answers to the
    questions gain or lose which rows; without a store it asks the shipped data. The exit code is 1
    where the change would be refused. A reason (-m) is needed without it only.
    """  # fmt: skip
    from akteursmodell.cli.trying import gate_over, tell_dry_run  # noqa: PLC0415
    from akteursmodell.updates.gate import ChangeRejectedError, Signature  # noqa: PLC0415 -- slow

    lang = interface_lang()
    if dry_run:
        settings = Settings.read(os.environ, store=store)
        with opened(settings) as ledger, waiting("Validating"):
            gate = gate_over(ledger, settings)
            stored = tell_dry_run(gate, file, read_iri(graph), replace_graph=replace, lang=lang)
        sys.exit(0 if stored else 1)
    settings = kept(store)
    with opened(settings) as ledger, waiting("Validating"):
        try:
            outcome = gate_over(ledger, settings).load_file(
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


@click.command()
@click.argument("revision", type=int)
@click.option("-m", "--reason", required=True, help="Why: one sentence for the history.")
@click.option("--store", help="Folder of the store.  [default: AKTEURSMODELL_STORE]")
@click.option("--author", default=getpass.getuser, help="Who says so.  [default: your login]")
def undo(revision: int, reason: str, store: str | None, author: str) -> None:
    """Take the data state REVISION back, as a new one.

    What later data states changed stays. With a violation, or where later ones changed the same
    statements, nothing is stored and the exit code is 1.
    """
    from akteursmodell.cli.trying import gate_over  # noqa: PLC0415 -- slow import
    from akteursmodell.updates.gate import Signature  # noqa: PLC0415

    settings = kept(store)
    with opened(settings) as ledger, waiting("Validating"):
        outcome = gate_over(ledger, settings).undo(revision, Signature(author, reason))
    click.echo(
        Text(
            f"Datenstand {revision} ist zurückgenommen; das ist der Datenstand {outcome.revision}.",
            f"Data state {revision} is undone; that is data state {outcome.revision}.",
        ).in_(interface_lang())
    )


@click.command()
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
