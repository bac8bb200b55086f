"""What a client is told when a limit ended its request."""

from akteursmodell.errors import LimitError, Text

__all__ = ["busy", "died", "timed_out", "too_large"]

RETRY_AFTER = 5


def timed_out(seconds: float) -> LimitError:
    """Say that a query ran into the deadline."""
    return LimitError(
        Text(
            f"Die Abfrage dauerte länger als {seconds:g} Sekunden und wurde abgebrochen.",
            f"The query took longer than {seconds:g} seconds and was stopped.",
        ),
        Text(
            "Schränken Sie sie ein (LIMIT, weniger Muster ohne gemeinsame Variable).",
            "Narrow it (LIMIT, fewer patterns without a shared variable).",
        ),
        RETRY_AFTER,
    )


def busy() -> LimitError:
    """Say that all workers are taken."""
    return LimitError(
        Text("Der Dienst ist gerade ausgelastet.", "The service is busy."),
        Text("Versuchen Sie es gleich noch einmal.", "Try again in a moment."),
        RETRY_AFTER,
    )


def died() -> LimitError:
    """Say that the worker ended by itself."""
    return LimitError(
        Text(
            "Die Anfrage brauchte mehr Speicher, als der Dienst dafür gibt.",
            "The request needed more memory than the service gives to it.",
        ),
        Text(
            "Schränken Sie sie ein, etwa mit LIMIT oder ohne ORDER BY, oder teilen Sie sie auf.",
            "Narrow it, for instance with LIMIT or without ORDER BY, or split it.",
        ),
    )


def too_large(most: int) -> LimitError:
    """Say that an answer has more bytes than allowed."""
    size = f"{most // 1_000_000} MB"
    return LimitError(
        Text(f"Die Antwort ist größer als {size}.", f"The answer is larger than {size}."),
        Text("Holen Sie sie in Teilen (LIMIT, OFFSET).", "Fetch it in parts (LIMIT, OFFSET)."),
    )
