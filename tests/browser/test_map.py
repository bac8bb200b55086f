"""The map in a real browser: movable by script, whole without, and asking no other host."""

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.test_pages import barriers, fit, go, visiting
from tests.serving import serving

TILES = "http://127.0.0.1:9/{z}/{x}/{y}.png"
MARKS = """
() => {
  const found = [];
  document.getElementById("map-canvas").map.eachLayer(layer => {
    if (layer.getRadius) found.push([layer.getLatLng().lat, layer.getLatLng().lng].join(" "));
  });
  return found.sort();
}
"""
DRAWN = """
() => [...document.querySelectorAll("#map-frame [data-point]")]
  .map(e => [Number(e.dataset.latitude), Number(e.dataset.longitude)].join(" ")).sort()
"""


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_movable_map_shows_the_points_that_are_drawn_and_asks_no_other_host(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    with visiting(browser, address, color_scheme=scheme) as (page, faults):
        page.set_viewport_size({"width": width, "height": 900})
        go(page, address + "/map")
        swap = page.get_by_role("button", name="Beweglich zeigen")
        swap.focus()
        page.keyboard.press("Enter")
        page.wait_for_function("() => Boolean(document.getElementById('map-canvas').map)")
        assert page.evaluate(MARKS) == page.evaluate(DRAWN)
        assert page.evaluate(DRAWN)
        page.get_by_role("button", name="Vergrößern").press("Enter")
        fit(page, width)
        assert barriers(page) == ""
        swap.press("Enter")
        expect(page.locator("#map-frame svg:visible")).to_have_count(1)
        assert faults == []


def test_without_script_the_map_and_its_tables_are_there(browser: Browser, address: str) -> None:
    with visiting(browser, address, java_script_enabled=False) as (page, faults):
        page.set_viewport_size({"width": 360, "height": 800})
        go(page, address + "/map")
        expect(page.locator("#map-frame svg:visible")).to_have_count(1)
        expect(page.get_by_role("button", name="Beweglich zeigen")).to_be_hidden()
        assert page.get_by_role("table", name="Orte auf der Karte").get_by_role("row").count() > 10
        assert faults == []


def test_only_the_host_that_the_operator_names_is_asked_for_tiles(browser: Browser) -> None:
    with (
        serving(AKTEURSMODELL_MAP_TILES=TILES, AKTEURSMODELL_MAP_CREDIT="Land <b>NRW</b>") as base,
        visiting(browser, base) as (page, faults),
    ):
        go(page, base + "/map")
        expect(page.get_by_text("kommt von 127.0.0.1:9")).to_be_visible()
        assert faults == []
        page.get_by_role("button", name="Beweglich zeigen").click()
        expect(page.locator(".leaflet-control-attribution")).to_have_text("Land <b>NRW</b>")
        page.wait_for_timeout(300)
        asked = [fault for fault in faults if fault.startswith("http")]
        assert asked
        assert all(fault.startswith("http://127.0.0.1:9/") for fault in asked)
        assert not any("Content Security Policy" in fault for fault in faults)
