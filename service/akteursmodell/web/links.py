"""Addresses of pages for the things of the graph."""

from urllib.parse import quote, urlsplit

from flask import Flask, g, url_for

from akteursmodell.config import Settings
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.periods import spoken
from akteursmodell.query.rows import is_entered
from akteursmodell.vocabulary import AKM, BASE, ID
from akteursmodell.web import context
from akteursmodell.web.hyphens import soften
from akteursmodell.web.language import lang

__all__ = ["address", "correction", "exists", "host", "install", "letter"]

SCHEMES = ("http", "https")


def address(iri: str) -> str:
    """Return where a thing can be read: its page here, or its own address elsewhere.

    Empty where nothing is said about it here, or where its address is none for a browser.
    """
    for base, endpoint in ((ID, "things.doc"), (AKM, "ontology.term")):
        if iri.startswith(base):
            known: dict[str, str] = g.setdefault("addresses", {})
            if iri not in known:
                name = iri.removeprefix(base)
                known[iri] = url_for(endpoint, name=name) if exists(iri) else ""
            return known[iri]
    return iri if urlsplit(iri).scheme in SCHEMES and not iri.startswith(BASE) else ""


def exists(iri: str) -> bool:
    """Whether anything is said here about a thing."""
    try:
        thing = NamedNode(iri)
    except ValueError:
        return False
    return any(is_entered(quad) for quad in context.store().quads(subject=thing))


def host(iri: str) -> str:
    """Return the host of a thing on another server, empty for our own."""
    return "" if iri.startswith((ID, AKM)) else urlsplit(iri).netloc


def correction(contact: str, subject: str, iri: str) -> str:
    """Return the address that a correction goes to, with the thing named, or nothing."""
    return letter(contact, subject, f"{iri}\n\n")


def letter(contact: str, subject: str, body: str) -> str:
    """Return the address that a prepared message goes to, or nothing where there is none."""
    if urlsplit(contact).scheme in SCHEMES:
        return contact
    if "@" not in contact:
        return ""
    recipient = quote(contact.removeprefix("mailto:"), safe="@+")
    return f"mailto:{recipient}?subject={quote(subject)}&body={quote(body)}"


def install(app: Flask, settings: Settings) -> None:
    """Let templates speak of addresses and days, and of who runs the service."""
    app.jinja_env.globals.update(address=address, host=host, operator=settings.operator)
    app.jinja_env.filters.update(day=day, soften=soften)


def day(iso: str) -> str:
    """Return a day as people write it in the language of this request."""
    return spoken(iso, lang())
