"""Look figures up in results, and write them as people read them."""

from dataclasses import dataclass, field
from typing import Any

__all__ = ["CONNECTIONS", "IN_PROCESS", "YARDSTICK", "Book", "Grid", "figure"]

YARDSTICK = "oxigraph serve"
IN_PROCESS = "rdflib in process"
CONNECTIONS = 8
"""At so many connections CPU time is shown."""

Row = dict[str, Any]


@dataclass
class Grid:
    """A table, for the terminal and for a page."""

    head: list[str]
    rows: list[list[str]] = field(default_factory=list)

    def markdown(self) -> str:
        """Return it in Markdown, figures to the right."""
        rule = ["---", *["---:"] * (len(self.head) - 1)]
        return "\n".join(f"| {' | '.join(row)} |" for row in [self.head, rule, *self.rows])


def figure(value: float | None) -> str:
    """Return a figure with three significant digits, or a dash for none."""
    if value is None:
        return "–"
    if value >= 100:  # noqa: PLR2004 -- no digits behind the point are significant
        return f"{value:,.0f}"
    return f"{value:#.3g}".rstrip(".")


class Book:
    """The results of one run, by what they belong to."""

    def __init__(self, results: Row) -> None:
        """Take results as run.py writes them."""
        self.results = results
        self.cap: float = results["settings"]["cap"]
        self.cells: dict[tuple[Any, ...], Row] = {
            (c["size"], c["query"], c["server"], c["connections"], c["repeated"]): c
            for c in results["cells"]
        }
        self.sizes = list(dict.fromkeys(c["size"] for c in results["cells"]))
        self.queries = list(dict.fromkeys(c["query"] for c in results["cells"]))
        self.servers: list[str] = results["servers"]

    def cell(
        self, size: int, query: str, server: str, connections: int, *, repeated: bool = False
    ) -> Row | None:
        """Return a cell; what runs in process knows no connections."""
        at = 0 if server == IN_PROCESS else connections
        return self.cells.get((size, query, server, at, repeated))

    def shown(self, cell: Row | None, *keys: str) -> str:
        """Return figures of a cell, or why it has none."""
        if cell is None:
            return "–"
        if cell["exceeded"]:
            return f"> {self.cap:g} s"
        if cell["failure"]:
            return "failed"
        return " / ".join(figure(cell[key]) for key in keys)

    def ratio(self, cell: Row | None, yardstick: Row | None) -> str:
        """Return how many times the yardstick's CPU time a cell has."""
        if not (cell and yardstick and cell["cpu"] and yardstick["cpu"]):
            return "–"
        return figure(cell["cpu"] / yardstick["cpu"])

    def cpu(self, size: int, *, repeated: bool = False) -> Grid:
        """Return CPU time of each query and server, and its ratio to the yardstick."""
        servers = [s for s in self.servers if not repeated or s != IN_PROCESS]
        others = [server for server in servers if server != YARDSTICK]
        compared = others if YARDSTICK in servers else []
        grid = Grid(["query", *servers, *(f"{server} ÷" for server in compared)])
        for query in self.queries:
            found = {
                server: self.cell(size, query, server, CONNECTIONS, repeated=repeated)
                for server in servers
            }
            if any(found.values()):
                grid.rows.append(
                    [
                        query,
                        *(self.shown(found[server], "cpu") for server in servers),
                        *(self.ratio(found[server], found[YARDSTICK]) for server in compared),
                    ]
                )
        return grid

    def wall(self, size: int) -> Grid:
        """Return p50 and p99 of each query, server and number of connections."""
        servers = [server for server in self.servers if server != IN_PROCESS]
        grid = Grid(["query", "connections", *servers])
        for query in self.queries:
            for connections in self.results["settings"]["connections"]:
                found = [self.cell(size, query, server, connections) for server in servers]
                figures = [self.shown(cell, "p50", "p99") for cell in found]
                grid.rows.append([query, str(connections), *figures])
        return grid

    def exports(self) -> Grid:
        """Return what fetching all triples as CSV took."""
        grid = Grid(["server", "rows", "first byte s", "total s", "CPU s", "memory growth MB"])
        cap = f"> {self.results['settings']['export_cap']:g} s"
        for row in self.results["exports"]:
            told = [figure(row[key]) for key in ("first_byte", "total", "cpu", "growth")]
            rows = f"{row['rows']:,}" if row["rows"] else "–"
            if row["exceeded"]:
                told[1] = cap
            grid.rows.append([row["server"], rows, *told])
        return grid

    def loads(self) -> Grid:
        """Return what loading took and the memory after it."""
        grid = Grid(["triples", "server", "wall s", "CPU s", "memory MB"])
        for row in self.results["loads"]:
            told = [figure(row[key]) for key in ("wall", "cpu", "memory")]
            grid.rows.append([f"{row['triples']:,}", row["server"], *told])
        return grid
