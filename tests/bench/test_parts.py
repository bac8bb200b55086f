"""What the figures rest on: data, texts, comparison, load generator, clocks, page."""

import hashlib
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice, repeat
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from bench.answers import checksum, digest
from bench.data import Shape, write
from bench.load import BrokenAnswerError, drive
from bench.plot import plot
from bench.processes import cpu
from bench.report import page
from bench.run import wrong
from bench.workload import Query, queries

A, B = '{"x":{"type":"literal","value":"a"}}', '{"x":{"type":"literal","value":"b"}}'
GREETING = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


def test_the_data_are_always_the_same(tmp_path: Path) -> None:
    count = write(tmp_path / "data.nt", Shape(10_000))
    lines = (tmp_path / "data.nt").read_bytes().splitlines()
    assert count == len(lines) == len(set(lines)) == 10_356
    assert hashlib.sha256(b"\n".join(lines)).hexdigest()[:16] == "0542a772882b8cae"


@pytest.mark.parametrize("size", [10_000, 100_000])
def test_there_are_as_many_triples_as_promised(size: int, tmp_path: Path) -> None:
    assert size <= write(tmp_path / "data.nt", Shape(size)) <= 1.05 * size


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.id)
def test_no_text_is_sent_twice_and_requests_carry_the_texts(query: Query) -> None:
    shape = Shape(10_000)
    texts = list(islice(query.texts(shape, 7), 50))
    sent = [
        parse_qs(urlsplit(request.split()[1].decode()).query)["query"][0]
        for request in islice(query.requests(shape, 7, "/sparql"), 50)
    ]
    assert sent == texts
    assert len(set(texts)) == 50
    if "#+ vary:" in query.text:
        assert len({text.rpartition("\n")[0] for text in texts}) > 5


def rows(*bindings: str) -> bytes:
    return f'{{"head":{{}},"results":{{"bindings":[{",".join(bindings)}]}}}}'.encode()


def test_rows_are_compared_as_a_multiset_and_in_order_where_asked() -> None:
    assert digest(rows(A, B), ordered=False) == digest(rows(B, A), ordered=False)
    assert digest(rows(A, B), ordered=True) != digest(rows(B, A), ordered=True)
    assert digest(rows(A, A, B), ordered=False) != digest(rows(A, B, B), ordered=False)
    tagged = A.replace("}}", ',"xml:lang":"de"}}')
    assert digest(rows(A), ordered=False) != digest(rows(tagged), ordered=False)


def test_a_graph_is_the_same_in_either_syntax() -> None:
    triple = b'<http://a.example/s> <http://a.example/p> "x"@de .\n'
    rdf = b"""<?xml version="1.0"?><rdf:RDF xmlns:e="http://a.example/"
      xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
      rdf:about="http://a.example/s"><e:p xml:lang="de">x</e:p></rdf:Description></rdf:RDF>"""
    assert digest(triple, ordered=False) == digest(rdf, ordered=False)
    assert digest(triple.replace(b"de", b"en"), ordered=False) != digest(rdf, ordered=False)


def test_the_checksum_of_an_export_knows_no_order_but_every_value() -> None:
    assert checksum(["x,y", "1,2", '"3",4']) == checksum(["x,y", "3,4", "1,2"])
    assert checksum(["x,y", "1,2"]) != checksum(["x,y", "2,1"])


@contextmanager
def answering(*parts: bytes) -> Iterator[int]:
    """A server that answers each request with the parts, with pauses, on one connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection = listener.accept()[0]
            with connection:
                while connection.recv(10_000):
                    for part in parts:
                        connection.sendall(part)
                        time.sleep(0.02)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(timeout=5)


REQUESTS = repeat(b"GET / HTTP/1.1\r\n\r\n")


def test_requests_follow_each_other_on_one_connection() -> None:
    with answering(GREETING[:30], GREETING[30:]) as port:
        outcome = drive(port, REQUESTS, 1, 0.2, 5)
    assert outcome.first_body == b"hi"
    assert len(outcome.latencies) > 1
    assert not outcome.exceeded


def test_what_looks_like_the_end_of_a_chunked_answer_is_not_taken_for_it() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    with answering(head, b"6\r\nx\r\n0\r\n\r\n", b"3\r\n9\r\n\r\n0\r\n\r\n") as port:
        outcome = drive(port, REQUESTS, 1, 0, 5)
    assert outcome.first_body == b"x\r\n0\r\n9\r\n"


def test_an_answer_with_another_status_is_an_error() -> None:
    with (
        answering(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n") as port,
        pytest.raises(BrokenAnswerError, match="503"),
    ):
        drive(port, REQUESTS, 1, 0, 5)


def test_a_server_that_does_not_answer_exceeds_the_cap() -> None:
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n") as port:
        outcome = drive(port, REQUESTS, 1, 0, 0.05)
    assert outcome.exceeded
    assert outcome.latencies == []


def test_cpu_time_counts_processes_that_have_ended() -> None:
    burn = "import time\nwhile time.process_time() < .2: pass"
    code = f"""import subprocess, sys
subprocess.run([sys.executable, "-c", {burn!r}])
print(flush=True)
sys.stdin.read()"""
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        assert cpu(process.pid) >= 0.19
        process.kill()


@pytest.fixture(scope="module")
def newest(root: Path) -> Path:
    return max((root / "bench" / "results").glob("*.json"))


def test_page_and_plot_show_the_newest_results(newest: Path, root: Path) -> None:
    results = json.loads(newest.read_text(encoding="utf-8"))
    assert (root / "docs" / "benchmarks.md").read_text(encoding="utf-8") == page(results)
    assert (root / "docs" / "benchmarks.svg").read_text(encoding="utf-8") == plot(results)


def test_a_wrong_answer_makes_the_run_fail(newest: Path) -> None:
    results = json.loads(newest.read_text(encoding="utf-8"))
    assert wrong(results) == []
    results["cells"][3]["answer"] = "different"
    assert len(wrong(results)) == 1
    results["exports"][0]["answer"] = "different"
    assert len(wrong(results)) == 2
