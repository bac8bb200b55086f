"""The socket that the service answers on."""

import socket

from akteursmodell.config import Settings
from akteursmodell.errors import PortTakenError, Text

__all__ = ["listen", "shown_address"]

BACKLOG = 2048


def listen(settings: Settings) -> socket.socket:
    """Take the port; raises PortTakenError where another program has it."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(BACKLOG)
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


def shown_address(listener: socket.socket) -> str:
    """Return the address that a browser takes."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
