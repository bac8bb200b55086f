"""Every error this service can tell a person, in German and English.

```
AkteursmodellError
├── InputError                  400, exit 2   what was given cannot be used
│   ├── SourceSyntaxError       query or file, with line, column and text
│   ├── NotRdfError             a file that is no RDF
│   ├── UnknownParameterError   a question has no such parameter
│   ├── ParameterError          a parameter is missing or of the wrong type
│   └── SettingError            a setting that does not exist or cannot be read
├── ForbiddenError              403, exit 2   SERVICE, LOAD, updates
├── NotFoundError               404, exit 2   page, thing, question
├── NotAcceptableError          406, exit 2   no such format
├── ChangeRejectedError         422, exit 1   the report tells why (in updates.gate)
├── StoreError                  503, exit 2   no store there, or in use
├── EndpointError               502, exit 2   a remote SPARQL service failed
├── ReasonerError               500, exit 2   no Java, or HermiT failed
├── BusyError                   503, exit 2   the check runs already (in web.checks)
└── PortTakenError              500, exit 2
```
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

__all__ = [
    "AkteursmodellError",
    "EndpointError",
    "ForbiddenError",
    "InputError",
    "Lang",
    "NotAcceptableError",
    "NotFoundError",
    "NotRdfError",
    "ParameterError",
    "PortTakenError",
    "ReasonerError",
    "SettingError",
    "SourceSyntaxError",
    "StoreError",
    "Text",
    "UnknownParameterError",
]

Lang = Literal["de", "en"]


@dataclass(frozen=True)
class Text:
    """One statement in both languages of the service."""

    de: str
    en: str

    def in_(self, lang: Lang) -> str:
        """Return the wording in the language asked for."""
        return self.de if lang == "de" else self.en


class AkteursmodellError(Exception):
    """Something went wrong that a person can be told: what, where, and what to do."""

    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 2

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        """Take what is wrong and, where there is a way on, what to do."""
        super().__init__(message.en)
        self.message = message
        self.hint = hint

    def in_(self, lang: Lang) -> str:
        """Return message and hint as one text."""
        parts = [self.message.in_(lang)]
        if self.hint is not None:
            parts.append(self.hint.in_(lang))
        return " ".join(parts)


class InputError(AkteursmodellError):
    """What was given cannot be used."""

    status = 400


class SourceSyntaxError(InputError):
    """A query or a file does not follow its grammar at a known place.

    `line` and `column` count from 1 and are 0 where the parser names no place; `text` is the
    offending line.
    """

    def __init__(self, what: Text, detail: str, line: int, column: int, text: str) -> None:
        """Take what was read, the parser's words and the place."""
        self.line = line
        self.column = column
        self.text = text
        place = Text(f"Zeile {line}, Spalte {column}", f"line {line}, column {column}")
        shown = f": {text.strip()[:200]}" if text.strip() else ""
        super().__init__(
            Text(
                f"{what.de} lässt sich nicht lesen ({place.de}){shown} – {detail}",
                f"{what.en} cannot be read ({place.en}){shown} – {detail}",
            )
        )


class NotRdfError(InputError):
    """A file whose format is no RDF that is known here."""


class UnknownParameterError(InputError):
    """A question was given a parameter that it does not have."""


class ParameterError(InputError):
    """A parameter is missing, or its value does not fit."""


class SettingError(InputError):
    """A setting does not exist or its value cannot be read."""


class ForbiddenError(AkteursmodellError):
    """The request asks for something that this service never does."""

    status = 403


class NotFoundError(AkteursmodellError):
    """There is nothing under this name; the hint tells what exists."""

    status = 404


class NotAcceptableError(AkteursmodellError):
    """None of the formats asked for exists; the hint lists those that do."""

    status = 406


class StoreError(AkteursmodellError):
    """The store folder is missing, broken, or held by another process."""

    status = 503


class EndpointError(AkteursmodellError):
    """A remote SPARQL service could not be asked."""

    status = 502


class ReasonerError(AkteursmodellError):
    """HermiT cannot run, most often for want of Java."""


class PortTakenError(AkteursmodellError):
    """Another program listens where the service should."""
