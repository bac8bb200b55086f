"""The command `serve`."""

import os
import sys

import click

from akteursmodell.config import Settings

__all__ = ["serve"]


@click.command()
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
