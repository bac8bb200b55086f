"""The picture of the network as a file that travels alone: with title, state and legend."""

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import Final

from flask import render_template

from akteursmodell.analysis.circle import draw
from akteursmodell.analysis.relations import KINDS
from akteursmodell.query.periods import STATES
from akteursmodell.web.netviews import Shown
from akteursmodell.web.papers import image

__all__ = ["png", "svg"]

STYLE: Final = Path(__file__).parent / "static" / "picture.css"
# Units that a letter of the lines below the title takes at most, on average.
LETTER: Final = 7.6
VALUE: Final = re.compile(r"(--[\w-]+):\s*([^;]+);")
USE: Final = re.compile(r"var\((--[\w-]+)\)")
FONT: Final = re.compile(r"font: 14px [^;]+;")


def svg(view: Shown, brokers: Collection[str], style: str = "") -> str:
    """Return the picture of a view as a document of its own; it follows light and dark."""
    picture = draw(view.found)
    return render_template(
        "network.svg",
        view=view,
        picture=picture,
        links=brokers if view.asked.colour == "bindeglied" else (),
        kinds=KINDS,
        states=STATES,
        alone=True,
        lines=wrap(view.told, max(40, int((picture.width - 48) / LETTER))),
        style=style or STYLE.read_text(encoding="utf-8"),
    )


def png(view: Shown, brokers: Collection[str]) -> bytes:
    """Return the same picture in light colours as PNG, at two dots a pixel."""
    return image(svg(view, brokers, light()), draw(view.found).width)


@cache
def light() -> str:
    """Return the style with the light colours written out, for a renderer without variables."""
    text, _, _ = STYLE.read_text(encoding="utf-8").partition("@media")
    values = dict(VALUE.findall(text))
    return FONT.sub("font-family: Roboto; font-size: 14px;", USE.sub(lambda m: values[m[1]], text))
