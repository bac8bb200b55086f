"""Measure what the page of the matrix costs the server, with Viersen alone and with 100 towns.

`python -m bench.matrix` prints CPU time in milliseconds: of the first request of a data state, and
the 95th percentile of the requests after it, over several views in both languages.
"""

import sys
import time
from http import HTTPStatus
from itertools import cycle, islice
from statistics import median, quantiles

from flask.testing import FlaskClient
from rich.console import Console
from rich.table import Table
from tests.towns import add_towns

from akteursmodell.config import Settings
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.updates.inference import bring_up
from akteursmodell.web import create_app

VIEWS = (
    "/matrix",
    "/matrix?lang=en",
    "/matrix?kompakt=1",
    "/matrix?perspektive=administration",
    "/matrix?perspektive=operational-cooperation",
    "/matrix?ort=district-duelken&luecken=1",
)
TOWNS = 100
REQUESTS = 120


def cost(client: FlaskClient, path: str) -> float:
    """Return the CPU time of a request in milliseconds."""
    started = time.process_time()
    answer = client.get(path, headers={"Accept": "text/html"})
    used = time.process_time() - started
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(path)
    return used * 1000


def main() -> None:
    """Measure and print."""
    towns = int(sys.argv[1]) if len(sys.argv) > 1 else TOWNS
    store = EmbeddedStore.in_memory()
    bring_up(store)
    table = Table("data", "statements", "first request", "median", "p95")
    for count in (0, towns):
        if count:
            add_towns(store, count)
        client = create_app(store, Settings()).test_client()
        first = [cost(client, path) for path in VIEWS]
        rest = [cost(client, path) for path in islice(cycle(VIEWS), REQUESTS)]
        table.add_row(
            f"Viersen and {count} towns",
            f"{sum(1 for _ in store.quads()):,}",
            f"{max(first):.0f}",
            f"{median(rest):.0f}",
            f"{quantiles(rest, n=20)[-1]:.0f}",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
