"""Our service is given the data as its Graph Store takes them."""

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from bench.servers import Akteursmodell, ServerFailedError

DATA = b"<http://a.example/s> <http://a.example/p> <http://a.example/o> .\n"


class Stub(Akteursmodell):
    """Notes how it would be started; the port is that of a server in this process."""

    command: tuple[str, ...]
    environ: dict[str, str]

    def run(self, *command: str, **environ: str) -> None:
        self.command, self.environ, self.pid = command, environ, os.getpid()


class Service(HTTPServer):
    """Answers like the service, and keeps what it was sent."""

    status = 204
    sent: tuple[str, str | None, str | None, bytes]


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/health" else 500)
        self.end_headers()

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind, token = self.headers["Content-Type"], self.headers["Authorization"]
        self.server.sent = (self.path, kind, token, body)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with Service(("127.0.0.1", 0), Handler) as service:
        monkeypatch.setattr("bench.servers.free_port", lambda: service.server_port)
        thread = threading.Thread(target=service.serve_forever, daemon=True)
        thread.start()
        yield service
        service.shutdown()
        thread.join()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "data.nt"
    file.write_bytes(DATA)
    return file


def test_our_service_starts_empty_and_gets_the_data_as_its_default_graph(
    service: Service, data: Path
) -> None:
    ours = Stub(data)
    assert ours.start().wall > 0
    options = " ".join(ours.command)
    assert "serve --empty --workers 1 --default-graph strict" in options
    assert options.endswith(f"--port {service.server_port}")
    bearer = f"Bearer {ours.environ['AKTEURSMODELL_TOKEN']}"
    assert service.sent == ("/data?default", "application/n-triples", bearer, DATA)


def test_data_that_are_refused_end_the_run(service: Service, data: Path) -> None:
    service.status = 422
    with pytest.raises(ServerFailedError, match="422"):
        Stub(data).start()
