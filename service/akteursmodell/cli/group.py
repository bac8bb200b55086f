"""The command `akteursmodell` itself: what its subcommands have in common."""

import os
import sys
from importlib import import_module

import click

from akteursmodell import __version__
from akteursmodell.errors import AkteursmodellError, Lang

__all__ = ["announce", "interface_lang", "main"]

MODULES = {
    **dict.fromkeys(("ask", "query"), "asking"),
    **dict.fromkeys(("load", "redact", "undo"), "changing"),
    **dict.fromkeys(("check-ontology", "validate"), "checking"),
    "serve": "service",
}


def interface_lang() -> Lang:
    """Return the language of messages: AKTEURSMODELL_LANG, else the locale's."""
    chosen = os.environ.get("AKTEURSMODELL_LANG") or os.environ.get("LANG", "")
    return "de" if chosen.lower().startswith("de") else "en"


def announce(message: str) -> None:
    """Tell something beside the output."""
    click.echo(message, err=True)


class Commands(click.Group):
    """A group that imports a command when it is called, since some of them import much.

    It tells our errors in one sentence and ends with their exit code.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- as its parent
        """Return the names of the commands."""
        return sorted(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, or None for another name."""
        if cmd_name not in MODULES:
            return None
        module = import_module(f"akteursmodell.cli.{MODULES[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

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
