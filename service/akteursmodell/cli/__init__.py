"""The command line: thin commands over the library."""

from akteursmodell.cli.commands import main

__all__ = ["main"]
