"""Answers of questions from a running service: earlier data states, and the ready-made lines."""

import csv
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from tests.protocol.test_write_service import TOKEN, Client
from tests.serving import serving

ASK = "/questions/CQ16?lang=de&district=district-duelken"
NEW = "Neuer Name"
CHANGE = f"""
DELETE {{ GRAPH ?g {{ id:site-dueno skos:prefLabel ?old }} }}
INSERT {{ GRAPH ?g {{ id:site-dueno skos:prefLabel "{NEW}"@de }} }}
WHERE {{ GRAPH ?g {{ id:site-dueno skos:prefLabel ?old FILTER(lang(?old) = "de") }} }}
"""


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A service whose second data state has another name for a site."""
    with serving(AKTEURSMODELL_TOKEN=TOKEN) as base:
        client = Client(base.removeprefix("http://"))
        changed = client.update(CHANGE)
        assert changed.status == 200, changed.text
        yield client


def page(client: Client, path: str) -> str:
    answer = client.send("GET", path, accept="text/html")
    assert answer.status == 200, answer.text
    return answer.text


def lines(client: Client, path: str, name: str) -> str:
    """Return the ready-made lines of a page for a tool."""
    found = re.search(rf">{name}[^<]*</p>\s*<pre[^>]*><code>(.+?)</code>", page(client, path), re.S)
    assert found
    return unescape(found[1])


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_an_earlier_data_state_is_shown_and_named_as_such(client: Client) -> None:
    today, before = page(client, ASK), page(client, ASK + "&revision=1")
    assert NEW in today
    assert NEW not in before
    assert "DüNo" in before
    assert "Alter Stand:" in before
    assert 'href="/history/1"' in before
    assert "Alter Stand:" not in today
    assert 'class="why"' in today
    assert 'class="why"' not in before


def test_the_links_of_an_old_answer_stay_with_its_data_state(client: Client) -> None:
    before = page(client, ASK + "&revision=1")
    for link in re.findall(r'href="(/(?:questions/CQ16\.|sparql\?)[^"]*)"', before):
        assert "revision=1" in link
    assert '<input type="hidden" name="revision" value="1">' in before
    old = json.loads(client.send("GET", "/questions/CQ16.json?lang=de&revision=1").body)
    new = json.loads(client.send("GET", "/questions/CQ16.json?lang=de").body)
    assert (old["revision"], new["revision"]) == (1, 2)
    assert old["rows"] != new["rows"]


@pytest.mark.parametrize("number", [1, 2])
def test_a_permanent_link_shows_its_own_data_state(client: Client, number: int) -> None:
    shown = page(client, f"{ASK}&revision={number}")
    link = re.search(r'class="permanent" href="http://[^/]+([^"]+)"', shown)
    assert link
    path = unescape(link[1])
    assert f"revision={number}" in path
    assert (NEW in page(client, path + "&lang=de")) == (number == 2)


@pytest.mark.parametrize("state", ["", "&revision=1"])
def test_the_line_for_curl_fetches_the_answer(client: Client, state: str, tmp_path: Path) -> None:
    command = shlex.split(lines(client, ASK + state, "curl"))
    assert command[0] == "curl"
    program = shutil.which("curl")
    if program is None:
        pytest.skip("the line for curl is not run: there is no curl here")
    subprocess.run([program, "-sS", *command[1:]], cwd=tmp_path, check=True, timeout=60)
    fetched = table((tmp_path / "CQ16.csv").read_text(encoding="utf-8"))
    assert len(fetched) > 2
    assert any(row[0].startswith("DüNo") for row in fetched) == bool(state)


@pytest.mark.parametrize(
    ("state", "question"), [("", "CQ16"), ("&revision=1", "CQ16"), ("", "CQ22")]
)
def test_the_lines_for_python_fetch_the_rows(client: Client, state: str, question: str) -> None:
    source = lines(client, ASK.replace("CQ16", question).split("&")[0] + state, "Python")
    run = subprocess.run(
        [sys.executable, "-c", source + "\nprint(len(rows))"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    query = re.search(r'setQuery\(r"""(.+?)"""\)', source, re.DOTALL)
    assert query
    answer = client.send(
        "POST", "/sparql", query[1].encode(), "application/sparql-query", "text/csv"
    )
    assert int(run.stdout) == len(table(answer.text)) - 1 > 0
    assert ("revision" in source) == bool(state)


def test_the_line_for_r_reads_the_answer(client: Client) -> None:
    source = lines(client, ASK, "R")
    assert re.fullmatch(
        r'rows <- read\.csv\("[^"]+", fileEncoding = "UTF-8", check.names = FALSE\)', source
    )
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("the line for R is not run: there is no Rscript here")
    run = subprocess.run(
        [program, "-e", source + "; cat(nrow(rows))"],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert int(run.stdout) > 0
