"""What the query service promises beyond the protocol: limits, caching, coding, comfort."""

import gzip
import http.client
import json
import socket
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import brotli
import pytest
import zstandard
from tests.serving import serving

DEADLINE = 3
OTHER = "127.0.0.2"  # another client than those that ask from 127.0.0.1
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
MILLION = f"SELECT ?s ?p ?o ?n {{ ?s ?p ?o VALUES ?n {{ {' '.join(map(str, range(60)))} }} }}"
Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Host and port of a service with a short deadline and few workers."""
    with serving(AKTEURSMODELL_TIMEOUT=str(DEADLINE), AKTEURSMODELL_QUERIES="4") as base:
        yield base.removeprefix("http://")


def ask(
    server: str, query: str, method: str = "GET", source: str = "127.0.0.1", **given: str
) -> Answer:
    """Ask by GET; `_` in names of parameters and headers stands for `-`."""
    headers = {n.replace("_", "-"): v for n, v in given.items() if n[0].isupper()}
    params = {n.replace("_", "-"): v for n, v in given.items() if n[0].islower()}
    text = urllib.parse.urlencode({"query": query, **params})
    made = http.client.HTTPConnection(server, timeout=60, source_address=(source, 0))
    with closing(made) as connection:
        connection.request(method, f"/sparql?{text}", headers=headers)
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, named, answer.read()


def problem(answer: Answer) -> Any:
    return json.loads(answer[2])


def many(part: str, times: int, between: str = " ") -> str:
    """Repeat a part, each time with another number for `#`."""
    return between.join(part.replace("#", str(number)) for number in range(times))


# What hangs or kills the bare engine, and how it may end here.
SLOW, SHORT_OF_MEMORY = "longer than 3 seconds", "more memory"
DEEP, ANSWERED = "500 brackets", ""
HEAVY = {
    "product": (ENDLESS, {SLOW}),
    "sorted product": (
        "SELECT * { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f } ORDER BY ?o ?c ?f",
        {SHORT_OF_MEMORY, SLOW},
    ),
    "parentheses": (f"SELECT ({'(' * 10_000}1{')' * 10_000} AS ?x) {{}}", {DEEP}),
    "groups": (f"SELECT * {{ {'{' * 5_000} ?s ?p ?o {'}' * 5_000} }}", {DEEP}),
    "unions": (f"SELECT * {{ {many('{ ?s ?p # }', 5_000, ' UNION ')} }}", {SLOW}),
    "alternatives": (f"SELECT * {{ ?s ?p ?o FILTER({many('?o = #', 20_000, ' || ')}) }}", {SLOW}),
    "assignments": (f"SELECT * {{ {many('BIND(# AS ?x#)', 3_000)} }}", {ANSWERED, SLOW}),
    "negations": (f"ASK {{ FILTER({'!' * 10_000}true) }}", {ANSWERED, SLOW}),
    "optionals": (f"SELECT * {{ {'OPTIONAL { ?s ?p ?o ' * 400} {'}' * 400} }}", {SLOW}),
    "patterns": (f"SELECT * {{ {many('?s# ?p# ?o# .', 20_000)} }}", {SLOW}),
    "paths": (f"SELECT * {{ ?s {'(' * 490}rdf:type{')*' * 490} ?o }}", {SLOW, ANSWERED}),
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_query_that_the_engine_does_not_bear_ends_while_others_are_answered(
    server: str, name: str
) -> None:
    query, endings = HEAVY[name]
    waits: list[float] = []
    done = threading.Event()

    def others() -> None:
        while not done.is_set():
            began = time.monotonic()
            assert ask(server, "ASK {}", source=OTHER)[0] == 200
            waits.append(time.monotonic() - began)
            time.sleep(0.05)

    thread = threading.Thread(target=others)
    thread.start()
    began = time.monotonic()
    try:
        answer = post(server, query)
    finally:
        took = time.monotonic() - began
        done.set()
        thread.join()
    told = "" if answer[0] == 200 else problem(answer)["message"]
    assert answer[0] == (200 if not told else 400 if DEEP in told else 503)
    assert any(ending in told if ending else not told for ending in endings), told[:200]
    if SLOW in told:
        assert int(answer[1]["retry-after"]) > 0
    assert took < DEADLINE + 2
    assert max(waits) < 1


def post(server: str, query: str) -> Answer:
    with closing(http.client.HTTPConnection(server, timeout=60)) as connection:
        connection.request(
            "POST",
            "/sparql",
            query.encode(),
            {
                "Content-Type": "application/sparql-query",
                "Accept": "application/json",
                "Accept-Language": "en",
            },
        )
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, headers, answer.read()


def test_a_client_may_ask_for_less_time_never_for_more(server: str) -> None:
    began = time.monotonic()
    assert ask(server, ENDLESS, timeout="0.5")[0] == 503
    assert time.monotonic() - began < 1.5
    assert ask(server, "ASK {}", timeout="1000")[0] == 200
    for wrong in ("0", "-1", "soon", "nan"):
        assert ask(server, "ASK {}", timeout=wrong)[0] == 400


def test_a_client_that_leaves_takes_its_query_along(server: str) -> None:
    path = "/sparql?query=" + urllib.parse.quote(ENDLESS)
    host, _, port = server.partition(":")
    leaving = [socket.create_connection((host, int(port))) for _ in range(8)]
    for each in leaving:
        each.sendall(f"GET {path} HTTP/1.1\r\nHost: {server}\r\n\r\n".encode())
    time.sleep(0.5)
    for each in leaving:
        each.close()
    time.sleep(0.3)
    began = time.monotonic()
    assert [ask(server, "ASK {}")[0] for _ in range(4)] == [200] * 4
    assert time.monotonic() - began < 1


def test_a_large_answer_begins_before_it_is_complete(server: str) -> None:
    with closing(http.client.HTTPConnection(server, timeout=60)) as connection:
        began = time.monotonic()
        connection.request(
            "GET", "/sparql?query=" + urllib.parse.quote(MILLION), headers={"Accept": "text/csv"}
        )
        answer = connection.getresponse()
        first = answer.read(100)
        assert first.startswith(b"s,p,o,n\r\n")
        assert answer.getheader("transfer-encoding") == "chunked"
        assert time.monotonic() - began < DEADLINE
        rest = answer.read()
    assert (first + rest).count(b"\r\n") > 1_000_000


def test_an_answer_that_breaks_off_fails_loudly(server: str) -> None:
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(http.client.IncompleteRead):
        ask(server, endless, Accept="text/csv")


@pytest.mark.parametrize("inference", ["on", "off"])
def test_what_only_follows_can_be_left_out(server: str, inference: str) -> None:
    query = "ASK { GRAPH <https://w3id.org/akteursmodell/inferred> { ?s ?p ?o } }"
    assert json.loads(ask(server, query, inference=inference)[2])["boolean"] is (inference == "on")
    everything = f"SELECT (COUNT(*) AS ?n) {{ ?s a akm:Actor }} # {inference}"
    found = ask(server, everything, inference=inference, format="csv")[2]
    assert (int(found.split()[1]) > 0) is (inference == "on")
    assert ask(server, query, inference="perhaps")[0] == 400


def test_the_systems_own_graph_is_not_seen(server: str) -> None:
    query = "ASK { GRAPH ?g { <https://w3id.org/akteursmodell/system> ?p ?o } }"
    assert json.loads(ask(server, query)[2])["boolean"] is False


def test_an_answer_is_validated_by_its_tag(server: str) -> None:
    query = "SELECT * { ?s a akm:Sector }"
    tag = ask(server, query)[1]["etag"]
    assert ask(server, query)[1]["etag"] == tag
    kept = ask(server, query, If_None_Match=tag)
    assert (kept[0], kept[1]["etag"], kept[2]) == (304, tag, b"")
    assert ask(server, query, If_None_Match='"other"')[0] == 200
    assert ask(server, query, If_None_Match=tag, format="csv")[0] == 200
    assert ask(server, query + " ", If_None_Match=tag)[0] == 200


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_an_answer_that_differs_each_time_is_not_kept(server: str, call: str) -> None:
    first, second = (ask(server, f"SELECT ({call} AS ?x) {{}}") for _ in range(2))
    assert first[2] != second[2]
    assert "etag" not in first[1]
    assert first[1]["cache-control"] == "no-store"


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_an_answer_travels_in_the_coding_accepted(server: str, coding: str) -> None:
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 100"
    plain = ask(server, query, Accept="text/csv")[2]
    status, headers, body = ask(server, query, Accept="text/csv", Accept_Encoding=coding)
    assert (status, headers["content-encoding"]) == (200, coding)
    assert len(body) < len(plain) / 2
    unpack = {
        "gzip": gzip.decompress,
        "br": brotli.decompress,
        "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
    }
    assert unpack[coding](body) == plain
    small = ask(server, "ASK {}", Accept_Encoding=coding)
    assert "content-encoding" not in small[1]
    assert "Accept-Encoding" in headers["vary"]


def test_a_coding_weighted_zero_is_not_used(server: str) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 100"
    assert "content-encoding" not in ask(server, query, Accept_Encoding="gzip;q=0")[1]
    assert ask(server, query, Accept_Encoding="gzip;q=0.5")[1]["content-encoding"] == "gzip"


def test_head_says_what_get_would(server: str) -> None:
    got = ask(server, "SELECT * { ?s a akm:Level }")
    head = ask(server, "SELECT * { ?s a akm:Level }", "HEAD")
    named = ("content-type", "content-length", "etag")
    assert (head[0], [head[1][n] for n in named], head[2]) == (
        200,
        [got[1][n] for n in named],
        b"",
    )


def test_pages_of_other_hosts_may_ask_and_read_errors(server: str) -> None:
    before = ask(server, "", "OPTIONS", Origin="https://x.example")
    assert before[0] == 204
    assert "POST" in before[1]["access-control-allow-methods"]
    for query in ("ASK {}", "no query"):
        assert ask(server, query)[1]["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in before[1]


def test_prefixes_that_were_added_and_terms_that_nobody_knows_are_told(server: str) -> None:
    _, headers, _ = ask(server, "SELECT * { ?s a akm:Sectr ; skos:prefLabel ?l }")
    assert headers["akteursmodell-added-prefixes"] == "akm skos"
    assert headers["akteursmodell-unknown-terms"] == "akm:Sectr=akm:Sector"
    plain = ask(server, "SELECT * { ?s ?p ?o } LIMIT 1")[1]
    assert not {"akteursmodell-added-prefixes", "akteursmodell-unknown-terms"} & plain.keys()


def test_a_query_is_explained(server: str) -> None:
    status, headers, body = ask(server, "SELECT ?s { ?s a akm:Sector }", explain="true")
    told = json.loads(body)
    assert (status, headers["content-type"]) == (200, "application/json")
    assert (told["kind"], told["count"], told["added_prefixes"]) == ("solutions", 6, ["akm"])
    assert any("BGP" in line for line in told["algebra"])
    assert set(told["seconds"]) == {"parse", "evaluate"}


def test_rows_beyond_the_operators_limit_are_cut_and_said_to_be(server: str) -> None:
    del server
    with serving(AKTEURSMODELL_MAX_ROWS="3") as base:
        host = base.removeprefix("http://")
        status, headers, body = ask(host, "SELECT * { ?s a akm:Sector }", format="json")
        told = json.loads(body)
        assert (status, headers["akteursmodell-rows-cut-at"]) == (200, "3")
        assert len(told["results"]["bindings"]) == 3
        assert told["head"]["link"] == [f"{base}/sparql#rows-cut-at-3"]
        xml = ask(host, "SELECT * { ?s a akm:Sector }", format="xml")[2]
        assert b'<link href="%s/sparql#rows-cut-at-3"/></head>' % base.encode() in xml
        whole = ask(host, "SELECT * { ?s a akm:Sector } LIMIT 3", format="json")
        assert "akteursmodell-rows-cut-at" not in whole[1]
        assert "link" not in json.loads(whole[2])["head"]


def test_a_body_beyond_the_limit_is_413(server: str) -> None:
    answer = post(server, "ASK {} #" + "x" * (11 * 1024 * 1024))
    assert answer[0] == 413


def test_the_endpoint_is_described_inside_itself(server: str) -> None:
    query = f"ASK {{ ?dataset a void:Dataset ; void:sparqlEndpoint <http://{server}/sparql> }}"
    assert json.loads(ask(server, query)[2])["boolean"] is True


def test_an_allowed_host_is_asked_and_no_other(server: str) -> None:
    with serving(AKTEURSMODELL_ALLOW_HOSTS=server) as base:
        host = base.removeprefix("http://")
        inside = "SELECT (COUNT(*) AS ?n) { SERVICE <http://%s/sparql> { ?s a akm:Sector } }"
        query = inside.replace("akm:Sector", "<https://w3id.org/akteursmodell/ontology/Sector>")
        assert ask(host, query % server, format="csv")[2] == b"n\r\n6\r\n"
        refused = ask(host, query % host, Accept_Language="en")
        assert refused[0] == 403
        assert b"SERVICE is refused" in refused[2]
