"""Scripts and styles: kept by browsers while they are the same, packed, accounted for."""

import gzip
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from akteursmodell.web import assets

HASHED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
GZIP = {"Accept-Encoding": "gzip"}
LARGEST = 1_500_000


def test_addresses_on_pages_carry_the_hash_of_the_content_and_are_kept_for_a_year(
    client: FlaskClient,
) -> None:
    found = HASHED.findall(client.get("/about").text)
    assert found
    for address in found:
        assert re.search(r"\?v=[0-9a-f]{16}$", address)
        answer = client.get(address)
        assert answer.cache_control.immutable
        assert answer.cache_control.max_age == 365 * 24 * 3600


@pytest.mark.parametrize("query", ["", "?v=0000000000000000"])
def test_without_the_right_hash_a_file_is_asked_for_again(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/static/site.css{query}")
    assert answer.status_code == 200
    assert not answer.cache_control.immutable
    assert answer.cache_control.no_cache


@pytest.mark.parametrize("name", ["site.css", "vendor/yasgui.min.js"])
def test_a_text_is_sent_packed_to_those_who_can_unpack_it(client: FlaskClient, name: str) -> None:
    plain = client.get(f"/static/{name}")
    packed = client.get(f"/static/{name}", headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.mimetype == plain.mimetype
    assert "Accept-Encoding" in plain.vary
    assert "Accept-Encoding" in packed.vary
    assert packed.get_etag() != plain.get_etag()
    assert (
        client.get(
            f"/static/{name}", headers=GZIP | {"If-None-Match": packed.headers["ETag"]}
        ).status_code
        == 304
    )


@pytest.mark.parametrize("name", ["nope.js", "../assets.py", "vendor/../../assets.py"])
def test_only_files_of_the_folder_are_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_each_library_is_listed_with_its_licence(client: FlaskClient) -> None:
    listed = {library.name: library for library in assets.libraries()}
    for name in ("@zazuko/yasgui", "cytoscape", "cytoscape-fcose", "leaflet"):
        assert listed[name].licence in ("MIT", "BSD-2-Clause")
        assert f"<strong>{name}</strong> {listed[name].version}" in client.get("/libraries").text
    assert all(library.text or library.licence != "?" for library in listed.values())


def test_the_libraries_are_no_larger_than_we_said() -> None:
    sizes = [file.stat().st_size for file in assets.LISTING.parent.glob("*.gz")]
    assert sizes
    assert sum(sizes) < LARGEST


def test_pages_work_and_say_so_where_the_libraries_are_not_built(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(assets, "LISTING", tmp_path / "libraries.json")
    assert "make assets" in client.get("/libraries").text
    page = client.get("/about").text
    assert "/static/site.css" in page
