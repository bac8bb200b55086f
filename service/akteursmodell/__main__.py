"""Lets `python -m akteursmodell` stand for the command."""

from akteursmodell.cli import main

main()
