"""`/map`: what lies where, drawn by the server; tiles of others only where the operator wants."""

from urllib.parse import urlsplit

from flask import Blueprint, g, render_template

from akteursmodell.analysis.atlas import NARROW, WIDE, atlas, sheet
from akteursmodell.web import context
from akteursmodell.web.datasets import data_set
from akteursmodell.web.language import lang

__all__ = ["blueprint"]

blueprint = Blueprint("map", __name__)


@blueprint.get("/map")
def page() -> str:
    """Show the places that have a point, as a picture and as a table, and list all others."""
    settings = context.settings()
    data = data_set()
    found = data.kept(atlas, lang())
    tiles = urlsplit(settings.map_tiles)
    if tiles.netloc:
        g.images_from = f"{tiles.scheme}://{tiles.netloc}"
    return render_template(
        "map.html",
        data=data,
        atlas=found,
        sheet=sheet(found.shown, WIDE),
        narrow=sheet(found.shown, NARROW),
        tiles=settings.map_tiles,
        credit=settings.map_credit,
        tile_host=tiles.netloc,
    )
