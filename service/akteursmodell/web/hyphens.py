"""Soft hyphens in long German compounds, for narrow cells in browsers that know no hyphenation."""

import re

__all__ = ["soften"]

LONG = re.compile(r"[^\W\d_]{13,}")
# Ends of the first part of a compound: linking sounds, and first words that are common here.
JOINT = re.compile(
    r"(ungs|schafts|heits|keits|tions|täts|arbeits|arbeiter|arbeitslosen|bericht|bürger|freizeit"
    r"|gemein|gemeinde|generationen|gesamt|geschäfts|gesundheits|hilfe|inklusions|jugend|kinder"
    r"|kirchen|kreis|mehr|pflege|quartiers|rechts|schul|sozial|stadt|stadtteil|träger|wesen|wohl)"
    r"(?=[^\W\d_]{4})",
    re.IGNORECASE,
)
SOFT_HYPHEN = "\N{SOFT HYPHEN}"


def soften(text: str) -> str:
    """Return a text whose long words may break at the joints of their parts."""
    return LONG.sub(lambda word: JOINT.sub(rf"\1{SOFT_HYPHEN}", word.group()), text)
