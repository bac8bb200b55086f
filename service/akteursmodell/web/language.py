"""German first, English beside it: which language a visitor reads, and both texts in one place."""

from urllib.parse import quote, urlencode

from flask import Flask, Response, g, request

from akteursmodell.config import Settings
from akteursmodell.errors import Lang, Text

__all__ = ["COOKIE", "install", "lang", "say", "t"]

COOKIE = "lang"
YEAR = 365 * 24 * 3600


def lang() -> Lang:
    """Return the language of this request."""
    found: Lang = g.get("lang", "de")
    return found


def t(de: str, en: str) -> str:
    """Return one of two wordings."""
    return de if lang() == "de" else en


def install(app: Flask, settings: Settings) -> None:
    """Choose the language by `?lang=`, else the remembered one, else the operator's first.

    A program that names a language in Accept-Language is answered in it; pages are German first.
    """

    @app.before_request
    def choose() -> None:
        page = "text/html" in request.headers.get("Accept", "")
        preferred = "" if page else request.headers.get("Accept-Language", "")[:2].lower()
        wanted = (request.args.get("lang"), request.cookies.get(COOKIE), preferred)
        g.lang = next((code for code in wanted if code in ("de", "en")), settings.first_lang)

    @app.after_request
    def remember(response: Response) -> Response:
        if request.args.get("lang") in ("de", "en"):
            response.set_cookie(COOKIE, lang(), max_age=YEAR, samesite="Lax", httponly=True)
        response.headers.setdefault("Content-Language", lang())
        if response.mimetype == "text/html":
            response.vary.add("Cookie")
        return response

    @app.context_processor
    def words() -> dict[str, object]:
        return {"t": t, "lang": lang(), "say": say, "switch": switch}


def say(text: Text) -> str:
    """Return the wording of a text in the language of this request."""
    return text.in_(lang())


def switch(to: Lang) -> str:
    """Return the address of this page in the other language."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    path = quote(request.path.lstrip("/"))
    return f"{request.script_root}/{path}?{urlencode([*kept, ('lang', to)])}"
