"""Pages that help: words explained, accessibility, imprint and privacy.

What only the operator knows stands in settings: an address of a page elsewhere, or a text file that
is shown here. While a setting is empty the page says so.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, render_template

from akteursmodell.analysis.glossary import glossary
from akteursmodell.errors import SettingError, Text
from akteursmodell.web import context
from akteursmodell.web.kept import kept
from akteursmodell.web.language import lang

__all__ = ["Given", "blueprint", "given"]

blueprint = Blueprint("help", __name__)

SCHEMES = ("http", "https")


@dataclass(frozen=True)
class Given:
    """What an operator gave: an address elsewhere, or the paragraphs of a text; or neither."""

    address: str = ""
    paragraphs: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything was given."""
        return bool(self.address or self.paragraphs)


def given(name: str, value: str) -> Given:
    """Read a setting that is an address or the path of a text file (UTF-8, blank lines between).

    Raises SettingError where it is neither.
    """
    if not value:
        return Given()
    if urlsplit(value).scheme in SCHEMES:
        return Given(address=value)
    try:
        text = Path(value).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingError(
            Text(
                f"Die Einstellung {name} nennt keinen lesbaren Text und keine Adresse.",
                f"The setting {name} names neither a readable text nor an address.",
            ),
            Text("Siehe docs/operating.md.", "See docs/operating.md."),
        ) from problem
    return Given(paragraphs=tuple(part.strip() for part in text.split("\n\n") if part.strip()))


@blueprint.get("/glossary", endpoint="glossary")
def words() -> str:
    """Explain the words of these pages by the definitions of the ontology."""
    return render_template("glossary.html", groups=kept(glossary, lang()))


@blueprint.get("/accessibility")
def accessibility() -> str:
    """State how accessible these pages are, and where easy language and sign language are."""
    settings = context.settings()
    return render_template(
        "accessibility.html",
        easy=given("easy_language", settings.easy_language),
        sign=given("sign_language", settings.sign_language),
        contact=settings.contact,
    )


@blueprint.get("/imprint")
def imprint() -> str:
    """Show who answers for these pages, as the operator says."""
    return render_template("imprint.html", given=given("imprint", context.settings().imprint))


@blueprint.get("/privacy")
def privacy() -> str:
    """Tell which data of visitors are handled: by the program, and by the operator."""
    return render_template(
        "privacy.html",
        given=given("privacy", context.settings().privacy),
        tile_host=urlsplit(context.settings().map_tiles).netloc,
    )
