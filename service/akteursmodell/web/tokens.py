"""Who may write: whoever shows the operator's token (RFC 6750, section 2.1)."""

import hmac

from flask import request

from akteursmodell.config import Settings
from akteursmodell.errors import ForbiddenError, Text, UnauthorizedError
from akteursmodell.web import context

__all__ = ["may_write", "require_token"]

SCHEME = "Bearer "


def may_write(header: str, settings: Settings) -> bool:
    """Whether an Authorization header carries the token; never where the operator set none."""
    shown = header.removeprefix(SCHEME) if header.startswith(SCHEME) else ""
    return bool(settings.token) and hmac.compare_digest(shown.encode(), settings.token.encode())


def require_token(typed: str | None = None) -> None:
    """Refuse a write without the token, and every write where there is none.

    `typed` is what somebody put into a form instead of the header.
    """
    settings = context.settings()
    if not settings.token:
        raise ForbiddenError(
            Text("Dieser Dienst wird nur gelesen.", "This service is read-only."),
            Text(
                "Wer ihn betreibt, erlaubt Änderungen mit AKTEURSMODELL_TOKEN.",
                "Its operator allows changes by AKTEURSMODELL_TOKEN.",
            ),
        )
    header = request.headers.get("Authorization", "") if typed is None else SCHEME + typed
    if not may_write(header, settings):
        raise UnauthorizedError(
            Text("Zum Schreiben fehlt das Kennwort.", "Writing needs the token."),
            Text(
                "Senden Sie es als `Authorization: Bearer …`.",
                "Send it as `Authorization: Bearer …`.",
            ),
        )
