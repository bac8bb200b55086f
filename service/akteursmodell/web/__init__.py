"""The web: SPARQL endpoint and pages; nothing else knows HTTP."""

from akteursmodell.web.application import create_app

__all__ = ["create_app"]
