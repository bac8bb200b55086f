"""Running the service: one process, some threads."""

import logging
import socket

import waitress

from akteursmodell.config import Settings
from akteursmodell.errors import PortTakenError, Text
from akteursmodell.graph.store import Store
from akteursmodell.web.application import create_app

__all__ = ["run"]

LOG = logging.getLogger("akteursmodell")


def run(store: Store, settings: Settings) -> None:
    """Serve until interrupted; raises PortTakenError where another program listens."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    listener = listen(settings)
    host, port = listener.getsockname()[:2]
    quads = sum(1 for _ in store.quads())
    shown = f"[{host}]" if ":" in host else host
    LOG.info("%d statements ready at http://%s:%d – stop with Ctrl-C", quads, shown, port)
    waitress.serve(
        create_app(store, settings),
        sockets=[listener],
        threads=settings.threads,
        ident=None,
        clear_untrusted_proxy_headers=True,
    )


def listen(settings: Settings) -> socket.socket:
    """Take the port, or say that it is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(128)
    except OSError as fault:
        listener.close()
        raise PortTakenError(
            Text(
                f"{settings.host}:{settings.port} lässt sich nicht öffnen ({fault.strerror}).",
                f"{settings.host}:{settings.port} cannot be opened ({fault.strerror}).",
            ),
            Text("Nehmen Sie einen anderen Port: --port 8001.", "Take another port: --port 8001."),
        ) from None
    return listener
