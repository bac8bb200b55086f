"""Settings of the service; each can be given as an AKTEURSMODELL_… variable."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from akteursmodell.errors import Lang, SettingError, Text

__all__ = ["PREFIX", "Settings"]

PREFIX = "AKTEURSMODELL_"
TILES = re.compile(r"https?://[\w.-]+(:\d+)?/(?=\S*\{z\})(?=\S*\{x\})(?=\S*\{y\})[^\s;,'\"]+")
MEMORY = "memory"
CHOICES = {
    "lang": ("de", "en"),
    "replica": ("auto", "memory", "disk"),
    "log": ("debug", "info", "warning"),
    "default_graph": ("union", "strict"),
}
LEAST = {
    **dict.fromkeys(("port", "max_rows", "max_answer", "cache"), 0),
    **dict.fromkeys(("workers", "threads", "queries", "timeout", "query_memory"), 1),
    **dict.fromkeys(("write_timeout", "write_memory", "max_upload"), 1),
}


def setting(default: str | int | bool, meaning: str) -> Any:
    """Declare a setting with its default and its meaning."""
    return field(default=default, metadata={"help": meaning})


@dataclass(frozen=True)
class Settings:
    """What the operator can choose."""

    host: str = setting("127.0.0.1", "Address to listen on.")
    port: int = setting(8000, "Port to listen on.")
    store: str = setting(MEMORY, "'memory', or the folder that keeps the data.")
    log: str = setting("info", "What is logged: debug, info or warning, and what is worse.")
    replica: str = setting(
        "auto", "Where readers of a store folder find its data: memory, disk, or auto, by size."
    )
    empty: bool = setting(
        False, "Start with nothing at all: no data, no ontology, no shapes (for tests)."
    )
    public_url: str = setting("", "Address at which others find the service, for descriptions.")
    contact: str = setting("", "Address for corrections: an e-mail address or a web page.")
    operator: str = setting("", "Who runs this service, as named in the page foot.")
    lang: str = setting("de", "Language of a first visit: de or en.")
    workers: int = setting(2, "Processes that answer HTTP.")
    threads: int = setting(4, "Pages that one of them makes at the same time.")
    queries: int = setting(
        8, "SPARQL queries that run at the same time, in processes of their own."
    )
    timeout: int = setting(30, "Seconds that a query may take; `timeout=` can ask for less.")
    query_memory: int = setting(1024, "Megabytes that a query may take.")
    write_timeout: int = setting(300, "Seconds that working out a change may take.")
    write_memory: int = setting(8192, "Megabytes that working out a change may take.")
    max_rows: int = setting(0, "Rows that a SELECT may give; 0 means all.")
    max_answer: int = setting(1024, "Megabytes that an answer may have; 0 means any number.")
    cache: int = setting(64, "Megabytes of answers that each process of `workers` keeps.")
    max_upload: int = setting(64, "Megabytes that a write may send; without the token it is 10.")
    default_graph: str = setting(
        "union", "What a query without FROM asks: union of all graphs, or strict: the unnamed one."
    )
    token: str = setting("", "Bearer token that writes need; without one the service only reads.")
    levels: str = setting(
        "", "Levels of rules that are made stricter, as Code=violation, with commas between."
    )
    allow_hosts: str = setting("", "Hosts that SERVICE and LOAD may call, with commas between.")
    imprint: str = setting("", "Imprint: a web page, or a text file that /imprint shows.")
    privacy: str = setting("", "Privacy notice: a web page, or a text file that /privacy shows.")
    easy_language: str = setting("", "Text in easy language: a web page or a text file.")
    sign_language: str = setting("", "Page with a video in sign language, or a text file.")

    map_tiles: str = setting(
        "",
        "Address of map tiles with {z}, {x} and {y}; who serves them sees each visitor's address.",
    )
    map_credit: str = setting("", "Whom the map names as the source of its tiles.")

    def __post_init__(self) -> None:
        """Refuse values outside their range."""
        for name, allowed in CHOICES.items():
            if getattr(self, name) not in allowed:
                raise bad_value(name, str(getattr(self, name)), " | ".join(allowed))
        for name, least in LEAST.items():
            if getattr(self, name) < least:
                raise bad_value(name, str(getattr(self, name)), f"{least} …")
        if self.map_tiles and not TILES.fullmatch(self.map_tiles):
            raise bad_value("map_tiles", self.map_tiles, "https://…/{z}/{x}/{y}.png")
        if self.port >= 2**16:
            raise bad_value("port", str(self.port), "0 … 65535")

    @property
    def in_memory(self) -> bool:
        """Whether nothing is kept on disk."""
        return self.store == MEMORY

    @property
    def strict(self) -> bool:
        """Whether the default graph is the unnamed one, as the standard has it."""
        return self.default_graph == "strict"

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that SERVICE and LOAD may call."""
        return frozenset(
            host.strip().lower() for host in self.allow_hosts.split(",") if host.strip()
        )

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
