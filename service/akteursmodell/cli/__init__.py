"""The command line: thin commands over the library."""

from akteursmodell.cli import changing, commands
from akteursmodell.cli.group import main

__all__ = ["changing", "commands", "main"]
