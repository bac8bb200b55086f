"""The whole service with a store folder, killed at once and started again."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.serving import address_of, drain, surroundings

TOKEN = "a-token-for-tests"


class Service(NamedTuple):
    """A running service, alone in its process group."""

    host: str
    process: subprocess.Popen[str]

    def send(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str]:
        headers.setdefault("Accept", "application/json")
        if body:
            headers.setdefault("Content-Type", "application/sparql-update")
        headers["Authorization"] = f"Bearer {TOKEN}"
        with closing(http.client.HTTPConnection(self.host, timeout=60)) as connection:
            connection.request(method, path, body.encode() or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def update(self, text: str, **given: str) -> tuple[int, str]:
        return self.send("POST", "/update?" + urllib.parse.urlencode(given), text)

    def ask(self, query: str, **given: str) -> tuple[int, str]:
        asked = urllib.parse.urlencode({"query": query, **given})
        return self.send("GET", f"/sparql?{asked}", Accept="text/csv")

    def kill(self) -> None:
        """End all its processes at one moment, without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)


@contextmanager
def started(folder: Path, *options: str, replica: str = "auto") -> Iterator[Service]:
    """Start the service on a store folder; what is not killed by then ends at the end."""
    command = (sys.executable, "-m", "akteursmodell", "serve", "--port", "0")
    process = subprocess.Popen(
        [*command, "--store", str(folder), *options],
        env={
            **surroundings(),
            "AKTEURSMODELL_LANG": "en",
            "AKTEURSMODELL_TOKEN": TOKEN,
            "AKTEURSMODELL_REPLICA": replica,
        },
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    reader = threading.Thread(target=drain, args=(process.stderr,), daemon=True)
    try:
        address = address_of(process.stderr)
        reader.start()
        yield Service(address.removeprefix("http://"), process)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(20)
        if reader.ident is not None:
            reader.join(20)
        process.stderr.close()
