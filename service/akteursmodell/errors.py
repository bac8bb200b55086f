"""Every error this service can tell a person, in German and English.

```
AkteursmodellError
├── InputError                  400, exit 2   what was given cannot be used
│   ├── SourceSyntaxError       query or file, with line, column and text
│   ├── NotRdfError             a file that is no RDF
│   ├── UnknownParameterError   a question has no such parameter
│   ├── ParameterError          a parameter is missing or of the wrong type
│   ├── ShapesError             shapes that cannot be used (in validation.faults)
│   └── SettingError            a setting that does not exist or cannot be read
├── UnauthorizedError           401, exit 2   a write without the token
├── ForbiddenError              403, exit 2   SERVICE, LOAD, read-only graphs
├── NotFoundError               404, exit 2   page, thing, question
├── NotAcceptableError          406, exit 2   no such format
├── ConflictError               409, exit 1   others changed the same (in updates.conflicts)
├── ChangeRejectedError         422, exit 1   the report tells why (in updates.gate)
├── StoreError                  503, exit 2   no store there, or in use
├── EndpointError               502, exit 2   a remote SPARQL service failed
├── EvaluationError             422, exit 2   a query that the engine cannot work out
├── LimitError                  503, exit 2   a query met a limit: time, memory, waiting
├── TooLargeError               413, exit 2   the request is larger than the service takes
├── UnsupportedTypeError        415, exit 2   a body of a type that is not taken there
├── ToldError                   as told       an error of another process of the service
├── ReasonerError               500, exit 2   no Java, or HermiT failed
├── BusyError                   503, exit 2   the check runs already (in web.checks)
├── CutError                    500, exit 2   an answer broke off (in query.runs)
├── BrokenLedgerError           500, exit 2   journal and store differ (in history.ledger)
├── ClosedError                 500, exit 2   a process of the service ended (in serving.channel)
├── HttpError                   as HTTP has   a status of HTTP with our words (in web.problems)
└── PortTakenError              500, exit 2
```
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

__all__ = [
    "AkteursmodellError",
    "EndpointError",
    "EvaluationError",
    "ForbiddenError",
    "InputError",
    "Lang",
    "LimitError",
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
    "ToldError",
    "TooLargeError",
    "UnauthorizedError",
    "UnknownParameterError",
    "UnsupportedTypeError",
    "tell",
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

    def __init__(self, what: Text, detail: str | Text, line: int, column: int, text: str) -> None:
        """Take what was read, the parser's words or ours, and the place."""
        told = detail if isinstance(detail, Text) else Text(detail, detail)
        self.line = line
        self.column = column
        self.text = text
        place = Text(f"Zeile {line}, Spalte {column}", f"line {line}, column {column}")
        shown = f": {text.strip()[:200]}" if text.strip() else ""
        super().__init__(
            Text(
                f"{what.de} lässt sich nicht lesen ({place.de}){shown} – {told.de}",
                f"{what.en} cannot be read ({place.en}){shown} – {told.en}",
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


class UnauthorizedError(AkteursmodellError):
    """A write came without the token that it needs."""

    status = 401


class EvaluationError(AkteursmodellError):
    """A query is well-formed, but the engine cannot work out its answer."""

    status = 422


class LimitError(AkteursmodellError):
    """A limit of the service ended the work.

    `retry_after` is in seconds, 0 where waiting is vain.
    """

    status = 503

    def __init__(self, message: Text, hint: Text | None = None, retry_after: int = 0) -> None:
        """Take which limit it was, what to do, and when to come back."""
        super().__init__(message, hint)
        self.retry_after = retry_after


class TooLargeError(AkteursmodellError):
    """The request is larger than the service takes."""

    status = 413


class UnsupportedTypeError(AkteursmodellError):
    """The body of a request is of a type that is not taken there."""

    status = 415


class ToldError(AkteursmodellError):
    """An error of another process of the service, as it told it: status, texts and place."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        """Take what `tell` made."""
        hint = Text(*told["hint"]) if told["hint"] else None
        super().__init__(Text(*told["message"]), hint)
        self.told = told

    @property
    def status(self) -> int:  # type: ignore[override]  # elsewhere a matter of the class
        """The status that the error has where it arose."""
        return int(self.told["status"])

    @property
    def place(self) -> dict[str, int | str]:
        """Where in a query or file the fault lies, empty where that means nothing."""
        return dict(self.told["place"])

    @property
    def report(self) -> dict[str, str]:
        """What a validation found: de, en, json, turtle; empty where there was none."""
        return dict(self.told.get("report", {}))

    @property
    def changes(self) -> list[dict[str, Any]]:
        """What others changed meanwhile, one item a data state; empty but for a conflict."""
        return list(self.told.get("changes", []))

    @property
    def retry_after(self) -> int:
        """Return after how many seconds it is worth to try again; 0 where it is not."""
        return int(self.told["retry_after"])


def tell(error: AkteursmodellError) -> dict[str, Any]:
    """Return an error as plain data, for another process or a machine to read."""
    place: dict[str, int | str] = {}
    if isinstance(error, SourceSyntaxError):
        place = {"line": error.line, "column": error.column, "text": error.text[:200]}
    if isinstance(error, ToldError):
        place = error.place
    return {
        "status": error.status,
        "message": [error.message.de, error.message.en],
        "hint": [error.hint.de, error.hint.en] if error.hint else None,
        "place": place,
        "retry_after": getattr(error, "retry_after", 0),
        "changes": getattr(error, "changes", []),
    }


class ReasonerError(AkteursmodellError):
    """HermiT cannot run, most often for want of Java."""


class PortTakenError(AkteursmodellError):
    """Another program listens where the service should."""
