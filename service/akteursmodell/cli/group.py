"""The command `akteursmodell` itself: what its subcommands have in common."""

import os
import sys

import click

from akteursmodell import __version__
from akteursmodell.cli.output import announce
from akteursmodell.errors import AkteursmodellError, Lang

__all__ = ["interface_lang", "main"]


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
