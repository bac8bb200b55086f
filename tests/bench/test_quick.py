"""The benchmark runs, with right answers; how fast is not tested here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bench.measure import IN_PROCESS
from bench.servers import Oxigraph
from bench.workload import FOLDER, queries


@pytest.mark.skipif(bool(Oxigraph.missing()), reason=Oxigraph.missing() or "oxigraph is there")
def test_a_quick_run_measures_each_query_on_each_server_with_equal_answers(
    root: Path, tmp_path: Path
) -> None:
    output = tmp_path / "results.json"
    command = [sys.executable, "-m", "bench.run", "--quick", "--output", str(output)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    results = json.loads(output.read_text(encoding="utf-8"))
    assert {Oxigraph.name, IN_PROCESS} <= set(results["servers"])
    for server in results["servers"]:
        cells = [c for c in results["cells"] if c["server"] == server and not c["repeated"]]
        assert {c["query"] for c in cells} == {query.id for query in queries()}
        assert {c["answer"] for c in cells if not c["exceeded"]} == {"equal"}
        assert all(c["cpu"] > 0 for c in cells if c["requests"] > 100)
    exports = results["exports"]
    assert [e["rows"] for e in exports] == [results["loads"][0]["triples"]] * len(exports)


def test_there_are_twelve_queries_and_each_file_is_one() -> None:
    assert len(queries()) == len(list(FOLDER.iterdir())) == 12
