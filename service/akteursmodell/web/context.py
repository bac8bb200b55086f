"""What a view needs of the application: the store and the settings."""

from flask import current_app

from akteursmodell.config import Settings
from akteursmodell.graph.store import Store

__all__ = ["settings", "store"]


def store() -> Store:
    """Return the store that this application serves."""
    found: Store = current_app.extensions["akteursmodell"]["store"]
    return found


def settings() -> Settings:
    """Return the operator's settings."""
    found: Settings = current_app.extensions["akteursmodell"]["settings"]
    return found
