"""Settings of the service; each can be given as an AKTEURSMODELL_… variable."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from akteursmodell.errors import Lang, SettingError, Text

__all__ = ["PREFIX", "Settings"]

PREFIX = "AKTEURSMODELL_"
MEMORY = "memory"


def setting(default: str | int | bool, meaning: str) -> Any:
    """Declare a setting with its default and its meaning."""
    return field(default=default, metadata={"help": meaning})


@dataclass(frozen=True)
class Settings:
    """What the operator can choose."""

    host: str = setting("127.0.0.1", "Address to listen on.")
    port: int = setting(8000, "Port to listen on.")
    store: str = setting(MEMORY, "'memory', or the folder that keeps the data.")
    empty: bool = setting(False, "Start without the shipped data (for tests).")
    contact: str = setting("", "Address for corrections: an e-mail address or a web page.")
    operator: str = setting("", "Who runs this service, as named in the page foot.")
    lang: str = setting("de", "Language of a first visit: de or en.")
    threads: int = setting(4, "How many requests are answered at the same time.")

    def __post_init__(self) -> None:
        """Refuse values outside their range."""
        if self.lang not in ("de", "en"):
            raise bad_value("lang", self.lang, "de | en")
        if not 0 <= self.port < 2**16:
            raise bad_value("port", str(self.port), "0 … 65535")
        if self.threads < 1:
            raise bad_value("threads", str(self.threads), "1 …")

    @property
    def in_memory(self) -> bool:
        """Whether nothing is kept on disk."""
        return self.store == MEMORY

    @property
    def first_lang(self) -> Lang:
        """Return the language of a first visit."""
        return "en" if self.lang == "en" else "de"

    @classmethod
    def read(cls, environ: Mapping[str, str], **given: str | int | bool | None) -> "Settings":
        """Read AKTEURSMODELL_… variables; what is `given` and not None comes first."""
        known = {f.name: f for f in fields(cls)}
        values: dict[str, Any] = {}
        for key, text in environ.items():
            if not key.startswith(PREFIX):
                continue
            name = key.removeprefix(PREFIX).lower()
            if name not in known:
                raise SettingError(
                    Text(f"Die Einstellung {key} gibt es nicht.", f"There is no setting {key}."),
                    Text(
                        "Bekannt: " + ", ".join(PREFIX + n.upper() for n in known),
                        "Known: " + ", ".join(PREFIX + n.upper() for n in known),
                    ),
                )
            values[name] = convert(name, text, known[name].default)
        values.update({name: value for name, value in given.items() if value is not None})
        return cls(**values)


def convert(name: str, text: str, default: object) -> str | int | bool:
    """Turn the text of a variable into the type of the setting's default."""
    if isinstance(default, bool):
        if text.lower() in ("1", "true", "yes", "ja"):
            return True
        if text.lower() in ("0", "false", "no", "nein", ""):
            return False
        raise bad_value(name, text, "true | false")
    if isinstance(default, int):
        try:
            return int(text)
        except ValueError:
            raise bad_value(name, text, "1, 2, 3 …") from None
    return text


def bad_value(name: str, value: str, allowed: str) -> SettingError:
    """Say which values a setting takes."""
    return SettingError(
        Text(
            f"Die Einstellung {name} kann nicht „{value}“ sein.",
            f'The setting {name} cannot be "{value}".',
        ),
        Text(f"Erlaubt: {allowed}", f"Allowed: {allowed}"),
    )
