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


def require_token() -> None:
    """Refuse a write without the token, and every write where there is none."""
    settings = context.settings()
    if not settings.token:
        raise ForbiddenError(
            Text("Dieser Dienst wird nur gelesen.", "This service is read-only."),
            Text(
                "Wer ihn betreibt, erlaubt Änderungen mit AKTEURSMODELL_TOKEN.",
                "Its operator allows changes by AKTEURSMODELL_TOKEN.",
            ),
        )
    if not may_write(request.headers.get("Authorization", ""), settings):
        raise UnauthorizedError(
            Text("Zum Schreiben fehlt das Kennwort.", "Writing needs the token."),
            Text(
                "Senden Sie es als `Authorization: Bearer …`.",
                "Send it as `Authorization: Bearer …`.",
            ),
        )
