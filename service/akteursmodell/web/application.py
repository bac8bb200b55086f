"""The application factory: language, security headers, errors, and the blueprints."""

from pathlib import Path

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from akteursmodell import __version__
from akteursmodell.config import Settings
from akteursmodell.errors import AkteursmodellError
from akteursmodell.graph.store import Store
from akteursmodell.validation.runs import Runs
from akteursmodell.web import (
    assets,
    changes,
    checks,
    datasets,
    deadlines,
    editor,
    emphasis,
    gaps,
    graph_store,
    graphs,
    help,
    history,
    kept,
    language,
    links,
    maps,
    network,
    ontology,
    pages,
    panels,
    participation,
    pictures,
    places,
    problems,
    questions,
    rehearsals,
    shapes,
    sparql,
    tasks,
    things,
    undoing,
    wellknown,
    why,
)

__all__ = ["create_app"]

MAX_BODY = 10 * 1024 * 1024
POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

OPEN = (
    "sparql", "changes", "graph_store", "things", "ontology", "graphs", "wellknown", "shapes",
    "history", "undoing",
)  # fmt: skip


def create_app(
    store: Store, settings: Settings, journal: Path | None = None, runs: Runs | None = None
) -> Flask:
    """Return the WSGI application over a store.

    `journal` is the file of its journal where it has one, `runs` is where validations are noted.
    """
    runs = runs or Runs()
    app = Flask("akteursmodell.web", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = max(MAX_BODY, settings.max_upload * 1024 * 1024)
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    app.extensions["akteursmodell"] = {
        "store": store,
        "settings": settings,
        "journal": journal,
        "reports": checks.Reports(runs),
        "runs": runs,
        "descriptions": wellknown.Descriptions(),
        "kept": kept.Kept(),
        "entries": editor.Index(),
    }
    app.url_map.strict_slashes = False
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    language.install(app, settings)
    links.install(app, settings)
    datasets.install(app)
    assets.install(app)
    for module in (
        *(sparql, changes, graph_store, things, ontology, graphs),
        *(questions, why, checks, rehearsals, shapes, pages, pictures, wellknown, history),
        *(undoing, deadlines, gaps, tasks, places, participation, help, network, maps),
        *(editor, panels, emphasis),
    ):
        app.register_blueprint(module.blueprint)
    app.register_error_handler(AkteursmodellError, problems.ours)
    app.register_error_handler(HTTPException, problems.http)
    app.register_error_handler(Exception, problems.unexpected)
    app.after_request(secure)
    return app


def secure(response: Response) -> Response:
    """Add what every answer carries: policy, no sniffing, no referrer, who answers."""
    headers = response.headers
    images = g.get("images_from", "")
    policy = POLICY.replace("img-src 'self'", f"img-src 'self' {images}") if images else POLICY
    headers.setdefault("Content-Security-Policy", policy)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Server"] = f"akteursmodell/{__version__}"
    if request.blueprint in OPEN:
        headers["Access-Control-Allow-Origin"] = "*"
    return response
