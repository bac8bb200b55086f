"""The command line: thin commands over the library."""

from akteursmodell.cli.group import main

__all__ = ["main"]
