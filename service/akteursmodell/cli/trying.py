"""`load --dry-run`: what would become of a file, told on the terminal."""

from pathlib import Path

import click

from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.updates.gate import Gate
from akteursmodell.updates.telling import as_data, as_text

__all__ = ["tell_dry_run"]


def tell_dry_run(
    store: Store, file: Path, graph: NamedNode, *, replace_graph: bool, lang: Lang
) -> bool:
    """Print what loading a file would change; return whether it would be stored."""
    rehearsal = Gate(store).rehearse_file(file, graph, replace_graph=replace_graph, lang=lang)
    click.echo(as_text(as_data(rehearsal), lang))
    return rehearsal.report.conforms
