import re

import pytest

from akteursmodell.config import PREFIX, Settings
from akteursmodell.errors import SettingError


def test_a_variable_and_an_option_set_the_same_thing_and_the_option_wins() -> None:
    environ = {"AKTEURSMODELL_PORT": "9001", "AKTEURSMODELL_HOST": "0.0.0.0", "PATH": "/bin"}
    settings = Settings.read(environ, port=9002, host=None)
    assert (settings.host, settings.port) == ("0.0.0.0", 9002)


def test_defaults_are_the_documented_ones() -> None:
    settings = Settings.read({})
    assert settings == Settings(
        "127.0.0.1", 8000, "memory", "info", "auto", False, "", "", "", "de", 2, 4, 8, 30
    )
    assert (settings.token, settings.hosts, settings.strict) == ("", frozenset(), False)


@pytest.mark.parametrize(("text", "value"), [("1", True), ("ja", True), ("false", False)])
def test_switches_are_read(text: str, value: bool) -> None:
    assert Settings.read({"AKTEURSMODELL_EMPTY": text}).empty is value


@pytest.mark.parametrize(
    "environ",
    [
        {"AKTEURSMODELL_PROT": "1"},
        {"AKTEURSMODELL_PORT": "http"},
        {"AKTEURSMODELL_PORT": "70000"},
        {"AKTEURSMODELL_LANG": "fr"},
        {"AKTEURSMODELL_EMPTY": "perhaps"},
        {"AKTEURSMODELL_THREADS": "0"},
        {"AKTEURSMODELL_WORKERS": "0"},
        {"AKTEURSMODELL_QUERY_MEMORY": "0"},
        {"AKTEURSMODELL_MAX_ROWS": "-1"},
        {"AKTEURSMODELL_DEFAULT_GRAPH": "all"},
        {"AKTEURSMODELL_REPLICA": "tape"},
        {"AKTEURSMODELL_LOG": "loud"},
    ],
)
def test_what_cannot_be_meant_is_refused_and_says_what_can(environ: dict[str, str]) -> None:
    with pytest.raises(SettingError) as caught:
        Settings.read(environ)
    assert caught.value.hint is not None
    assert re.search(PREFIX + r"|\||…", caught.value.hint.en)
