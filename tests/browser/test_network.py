"""The network in a real browser: movable by script, whole without, always the same."""

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.test_pages import barriers, fit, go, visiting

SHOWN = """
() => {
  const network = document.getElementById("net-canvas").network;
  return {
    points: network.nodes().map(n => n.id()).sort(),
    lines: network.edges().map(e => [e.source().id(), e.target().id()].sort().join(" ")).sort(),
  };
}
"""
DRAWN = """
() => ({
  points: [...document.querySelectorAll("g[data-node]")].map(g => g.dataset.node).sort(),
  lines: [...document.querySelectorAll("line[data-relation]")]
    .map(l => [l.dataset.source, l.dataset.target].sort().join(" ")).sort(),
})
"""
PLACES = """
() => document.getElementById("net-canvas").network.nodes()
  .map(n => [n.id(), Math.round(n.position("x")), Math.round(n.position("y"))])
"""
FRESH = "() => !document.getElementById('net-canvas').hidden"


def move(page: Page, address: str, path: str = "/network") -> None:
    go(page, address + path)
    page.get_by_role("button", name="Beweglich zeigen").click()
    page.wait_for_function(FRESH)


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_movable_network_shows_what_is_drawn(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    with visiting(browser, address, color_scheme=scheme) as (page, faults):
        page.set_viewport_size({"width": width, "height": 900})
        move(page, address)
        assert page.evaluate(SHOWN) == page.evaluate(DRAWN)
        assert page.evaluate(SHOWN)["points"]
        fit(page, width)
        assert barriers(page) == ""
        assert faults == []


def test_the_movable_network_stands_as_it_stood_at_the_last_visit(
    browser: Browser, address: str
) -> None:
    seen = []
    for _ in range(2):
        with visiting(browser, address) as (page, _):
            page.set_viewport_size({"width": 1440, "height": 900})
            move(page, address)
            seen.append(page.evaluate(PLACES))
    assert seen[0] == seen[1]
    assert len({(x, y) for _, x, y in seen[0]}) == len(seen[0])


def test_the_keyboard_does_all_that_the_pointer_does(browser: Browser, address: str) -> None:
    with visiting(browser, address) as (page, faults):
        go(page, address + "/network")
        page.locator(".net-choice summary").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Rund um").focus()
        page.keyboard.type("VAB")
        page.get_by_role("button", name="Anzeigen").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**um=org-vab**")
        page.get_by_role("button", name="Beweglich zeigen").focus()
        page.keyboard.press("Space")
        page.wait_for_function(FRESH)
        page.get_by_role("button", name="Vergrößern").press("Enter")
        page.get_by_role("button", name="Ganz zeigen").press("Enter")
        page.get_by_role("button", name="Beweglich zeigen").press("Enter")
        assert page.locator("#net-frame").is_visible()
        page.locator("#net-frame").focus()
        assert page.locator("#net-frame").evaluate("e => e === document.activeElement")
        assert faults == []


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_opened_choice_has_no_barriers(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    with visiting(browser, address, color_scheme=scheme) as (page, _):
        page.set_viewport_size({"width": width, "height": 900})
        go(page, address + "/network")
        for summary in page.locator("main details > summary").all():
            summary.click()
        expect(page.get_by_label("Rund um")).to_be_visible()
        fit(page, width)
        assert barriers(page) == ""


def test_a_point_that_is_tapped_tells_its_neighbours_and_leads_to_its_surroundings(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as (page, faults):
        page.set_viewport_size({"width": 1440, "height": 900})
        move(page, address, "/network?art=contract&farbe=ebene")
        page.evaluate("document.getElementById('net-canvas').network.$id('org-gwg').emit('tap')")
        status = page.get_by_role("status")
        expect(status).to_contain_text("GWG: Caritas")
        status.get_by_role("link", name="nur rund um GWG zeigen").click()
        page.wait_for_url("**um=org-gwg**")
        assert "art=contract&farbe=ebene" in page.url
        assert page.locator("h1").inner_text() == "Zusammenarbeit rund um GWG"
        assert faults == []


@pytest.mark.parametrize("movable", [True, False])
def test_a_png_is_saved_as_shown(browser: Browser, address: str, movable: bool) -> None:
    with visiting(browser, address, accept_downloads=True) as (page, faults):
        go(page, address + "/network")
        if movable:
            move(page, address)
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Als PNG sichern").click()
        content = waiting.value.path().read_bytes()
        assert content.startswith(b"\x89PNG")
        assert int.from_bytes(content[16:20]) > 1000
        assert [fault for fault in faults if not fault.startswith("data:")] == []


def test_without_script_the_picture_and_the_tables_are_there(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, java_script_enabled=False) as (page, faults):
        page.set_viewport_size({"width": 360, "height": 800})
        go(page, address + "/network")
        expect(page.locator("#network-picture")).to_be_visible()
        expect(page.get_by_role("button", name="Beweglich zeigen")).to_be_hidden()
        page.get_by_text("ändern").click()
        page.get_by_label("Rund um").select_option(label="GWG")
        page.get_by_role("button", name="Anzeigen").click()
        assert "um=org-gwg" in page.url
        assert page.get_by_role("table", name="Beziehungen").get_by_role("row").count() > 1
        assert faults == []


def test_without_the_libraries_nothing_is_offered_that_does_not_work(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as (page, _):
        page.route("**/vendor/**", lambda route: route.fulfill(status=404, body=""))
        go(page, address + "/network")
        expect(page.locator("#network-picture")).to_be_visible()
        expect(page.get_by_role("button", name="Beweglich zeigen")).to_be_hidden()
