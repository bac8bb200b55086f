"""Values as people read them: dates, numbers, yes and no, in either language."""

from decimal import Decimal, InvalidOperation

from akteursmodell.errors import Lang, Text
from akteursmodell.graph.terms import Literal
from akteursmodell.query.periods import spoken
from akteursmodell.vocabulary import PREFIXES

__all__ = ["count", "word"]

XSD = PREFIXES["xsd"]
DATES = {XSD + name for name in ("date", "gYear", "gYearMonth")}
NUMBERS = {XSD + name for name in ("decimal", "integer", "int", "double", "nonNegativeInteger")}
GROUPED = 10_000


def word(literal: Literal, lang: Lang) -> str:
    """Return the text of a literal for people."""
    kind = literal.datatype.value
    if kind in DATES:
        return spoken(literal.value, lang)
    if kind == XSD + "dateTime":
        return spoken(literal.value[:10], lang)
    if kind == XSD + "boolean":
        yes = literal.value in ("true", "1")
        return (Text("ja", "yes") if yes else Text("nein", "no")).in_(lang)
    if kind in NUMBERS:
        return number(literal.value, lang)
    return literal.value


def number(digits: str, lang: Lang) -> str:
    """Return a number with the language's signs; thousands are grouped from 10 000 on."""
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return digits
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    if abs(value) >= GROUPED:
        whole, point, rest = plain.partition(".")
        plain = f"{int(whole):,}{point}{rest}"
    return plain.translate(str.maketrans(",.", ".,")) if lang == "de" else plain


def count(amount: int, one: Text, many: Text) -> Text:
    """Return a number with its noun in singular or plural."""
    noun = one if amount == 1 else many
    return Text(f"{number(str(amount), 'de')} {noun.de}", f"{number(str(amount), 'en')} {noun.en}")
