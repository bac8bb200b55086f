"""Choosing a format by Accept, `format=` or `output=`."""

from collections.abc import Sequence

from flask import request

from akteursmodell.query.results import Format, by_name, no_such_format

__all__ = ["choose", "wants_page"]


def choose(formats: Sequence[Format]) -> Format:
    """Return the format to answer in; raises NotAcceptableError with the list of formats."""
    named = request.values.get("format") or request.values.get("output")
    if named:
        return by_name(formats, named)
    if not request.headers.get("Accept"):
        return formats[0]
    offered = [media for form in formats for media in form.media_types]
    best = request.accept_mimetypes.best_match(offered)
    if best is None:
        raise no_such_format(formats)
    return next(form for form in formats if best in form.media_types)


def wants_page() -> bool:
    """Whether a person's browser asks: HTML before every machine format."""
    if request.values.get("format") or request.values.get("output"):
        return False
    accept = request.accept_mimetypes
    return accept.quality("text/html") > 0 and "text/html" in request.headers.get("Accept", "")
