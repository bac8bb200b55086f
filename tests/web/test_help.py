"""Words explained, accessibility, imprint and privacy, with what the operator gave or did not."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from tests.web.conftest import application

from akteursmodell.analysis.glossary import glossary
from akteursmodell.config import Settings
from akteursmodell.errors import SettingError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.web.help import given

HTML = {"Accept": "text/html"}
SLOTS = {
    "imprint": ("/imprint", "noch kein Impressum angegeben"),
    "privacy": ("/privacy", "noch keine Datenschutzerklärung angegeben"),
    "easy_language": ("/accessibility", "Leichter Sprache liegt noch nicht vor"),
    "sign_language": ("/accessibility", "Gebärdensprache liegt noch nicht vor"),
}


def visit(store: EmbeddedStore, path: str, **settings: str) -> str:
    return application(store, Settings(**settings)).test_client().get(path, headers=HTML).text  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SLOTS)
def test_what_the_operator_has_not_filled_is_said(store: EmbeddedStore, name: str) -> None:
    path, missing = SLOTS[name]
    assert missing in visit(store, path)


@pytest.mark.parametrize("name", SLOTS)
def test_an_address_is_linked_and_a_text_is_shown(
    store: EmbeddedStore, name: str, tmp_path: Path
) -> None:
    path, missing = SLOTS[name]
    elsewhere = visit(store, path, **{name: "https://example.org/x?a=1&b=2"})
    assert 'href="https://example.org/x?a=1&amp;b=2"' in elsewhere
    assert missing not in elsewhere
    file = tmp_path / "text.txt"
    file.write_text("Stadt <b>Viersen</b>\n\nZweiter Absatz", encoding="utf-8")
    shown = visit(store, path, **{name: str(file)})
    assert "Stadt &lt;b&gt;Viersen&lt;/b&gt;</p>" in shown
    assert "Zweiter Absatz</p>" in shown
    assert missing not in shown


def test_a_setting_that_names_nothing_readable_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError):
        given("imprint", str(tmp_path / "missing.txt"))
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(SettingError):
        given("imprint", str(tmp_path / "bad.txt"))
    assert not given("imprint", "")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_glossary_explains_in_the_reader_s_language(client: FlaskClient, lang: str) -> None:
    html = client.get("/glossary", query_string={"lang": lang}).text
    words = {
        "de": ("Von einer Stelle festgelegter kleiner Raum", "trägt die Gesamtverantwortung"),
        "en": ("A small space set by a body", "has overall responsibility"),
    }
    for expected in words[lang]:
        assert expected in html
    assert 'id="PlanningArea"' in html


def test_every_word_has_an_explanation(shipped: EmbeddedStore) -> None:
    groups = glossary(shipped, "de")
    assert len(groups) > 5
    for group in groups:
        assert group.words
        assert all(each.text and each.term.text for each in group.words)
