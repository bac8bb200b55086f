"""A process that reads a file into rdflib once and then answers from forked copies of itself.

Loading a million triples takes rdflib longer than most measurements, and a query that has begun
cannot be stopped. So each measurement runs in a fork, which can be killed and made anew at once.

Commands are lines of JSON on standard input, answers lines of JSON on standard output:
`serve` forks a server of rdflib-endpoint, `become` makes this process itself that server,
`query` evaluates texts in a fork without HTTP, `stop` ends the forked server.
"""

import base64
import gc
import json
import os
import select
import signal
import sys
import time
from importlib.util import find_spec
from typing import Any

from rdflib import Dataset, Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

Command = dict[str, Any]


def endpoint(dataset: Dataset) -> Any:
    """Return the application of rdflib-endpoint, or None where it is not installed."""
    if not find_spec("rdflib_endpoint"):
        return None
    from rdflib_endpoint import SparqlEndpoint  # noqa: PLC0415 -- in the group `bench` only

    return SparqlEndpoint(graph=dataset)


def serve(application: Any, port: int) -> None:
    """Serve like the command line of rdflib-endpoint does, without its log of accesses."""
    import uvicorn  # noqa: PLC0415 -- in the group `bench` only

    uvicorn.run(application, host="127.0.0.1", port=port, log_level="error")


def evaluate(graph: Graph, command: Command) -> Command:
    """Evaluate one text after the other for some seconds; each result is serialised.

    The first one warms up and is not counted, unless it takes the whole time.
    """
    latencies: list[float] = []
    first = b""
    started, used = time.perf_counter(), time.process_time()
    for text in command["texts"]:
        begun = time.perf_counter()
        body = graph.query(text).serialize(format=command["format"]) or b""
        latencies.append(time.perf_counter() - begun)
        if time.perf_counter() - started >= command["seconds"]:
            first = first or body
            break
        if not first:
            first, latencies = body, []
            started, used = time.perf_counter(), time.process_time()
    wall, cpu = time.perf_counter() - started, time.process_time() - used
    encoded = base64.b64encode(first).decode()
    return {"latencies": latencies, "first": encoded, "cpu": cpu, "wall": wall}


def query(graph: Graph, command: Command) -> Command:
    """Evaluate in a fork; what takes longer than the cap is killed and answered by {}."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            json.dump(evaluate(graph, command), pipe)
            pipe.flush()
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        ready, _, _ = select.select([pipe], [], [], command["cap"])
        answer = pipe.read() if ready else ""
    end(pid)
    return json.loads(answer) if answer else {}


def end(pid: int) -> None:
    """Kill a fork of this process and wait until it is gone."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def answer(application: Any, graph: Graph, command: Command) -> Command:
    """Carry out one command."""
    match command["do"]:
        case "serve":
            pid = os.fork()
            if pid == 0:
                serve(application, command["port"])
                os._exit(0)
            return {"pid": pid}
        case "stop":
            end(command["pid"])
            return {}
        case "query":
            return query(graph, command)
    raise ValueError(command["do"])


def main() -> None:
    """Read the file, then carry out commands until the input ends."""
    started, used = time.perf_counter(), time.process_time()
    dataset = Dataset(default_union=True)
    dataset.parse(sys.argv[1], format="nt")
    loaded = {"wall": time.perf_counter() - started, "cpu": time.process_time() - used}
    graph = Graph(store=dataset.store, identifier=DATASET_DEFAULT_GRAPH_ID)
    application = endpoint(dataset)
    gc.collect()
    gc.freeze()
    print(json.dumps(loaded), flush=True)
    for line in sys.stdin:
        command = json.loads(line)
        if command["do"] == "become":
            serve(application, command["port"])
            return
        print(json.dumps(answer(application, graph, command)), flush=True)


if __name__ == "__main__":
    main()
