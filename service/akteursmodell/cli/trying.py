"""The gate as commands use it, and `load --dry-run`: what would become of a file."""

from pathlib import Path

import click

from akteursmodell.config import Settings
from akteursmodell.errors import Lang
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import NamedNode
from akteursmodell.updates.dry_run_data import as_data
from akteursmodell.updates.dry_run_text import as_text
from akteursmodell.updates.gate import Gate
from akteursmodell.validation.engine import Validator
from akteursmodell.validation.levels import read_levels

__all__ = ["gate_over", "tell_dry_run"]


def gate_over(store: Store, settings: Settings) -> Gate:
    """Return the gate to a store, with the levels that the operator has set."""
    return Gate(store, validator=Validator(read_levels(settings.levels)))


def tell_dry_run(
    gate: Gate, file: Path, graph: NamedNode, *, replace_graph: bool, lang: Lang
) -> bool:
    """Print what loading a file would change; return whether it would be stored."""
    rehearsal = gate.rehearse_file(file, graph, replace_graph=replace_graph, lang=lang)
    click.echo(as_text(as_data(rehearsal), lang))
    return rehearsal.report.conforms
