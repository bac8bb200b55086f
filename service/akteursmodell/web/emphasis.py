"""`/matrix/lines-….css`: what the matrix emphasises, for as many lines as a view has.

A style sheet and not a script, so that it works without one.
"""

from typing import Final

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

__all__ = ["blueprint", "rules"]

blueprint = Blueprint("emphasis", __name__)

MOST: Final = 1000
DAY: Final = 24 * 3600
WHEN: Final = ".matrix:has(.row-{n}:is(:hover, :focus-within, :target))"
RULES: Final = (
    WHEN + " .strokes g:not(.nth-{n}) {{ opacity: 0.13; }}",
    WHEN + " .nth-{n} line:not(.casing) {{ stroke-width: 4px; }}",
    WHEN + " .chip.on-{n} {{ outline: 3px solid var(--strong); outline-offset: 1px; }}",
)


@blueprint.get("/matrix/lines-<int:count>.css")
def sheet(count: int) -> Response:
    """Give the rules for a number of lines; 404 where that is none or too many."""
    if not 0 < count <= MOST:
        raise NotFound
    lines = "\n".join(rule for n in range(1, count + 1) for rule in rules(n))
    answer = Response(
        f"@media screen and (min-width: 80rem) {{\n{lines}\n}}\n", mimetype="text/css"
    )
    answer.cache_control.max_age = DAY
    return answer


def rules(number: int) -> tuple[str, ...]:
    """Return what is emphasised while the row of a line is pointed at, focused or linked to."""
    return tuple(rule.format(n=number) for rule in RULES)
