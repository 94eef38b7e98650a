"""Adverts driven as two coders and a third person drive them, keyboard and all."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from skillmix.synth.adverts import write_adverts

MOST = 6


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ZIP of invented adverts."""
    folder = tmp_path_factory.mktemp("adverts")
    write_adverts(folder, seed=5)
    made = folder / "adverts.zip"
    with zipfile.ZipFile(made, "w") as out:
        for path in sorted((folder / "adverts").iterdir())[: 4 * MOST]:
            out.write(path, path.name)
    return made


@pytest.fixture
def opened(visit, app, packed):
    """The page of adverts that were sent, and what it said on the way."""

    def start(**more: object):
        watched = visit(f"{app}/adverts", **more)
        page = watched.page
        page.locator("#files").set_input_files(packed)
        page.get_by_role("button", name="Read these adverts").click()
        heading = page.locator("h1").filter(has_text="Adverts read")
        heading.wait_for(timeout=120_000)
        return watched

    return start


def begin(page, coder: str, way: str = "open") -> None:
    page.locator("#coder").fill(coder)
    page.locator("#way").select_option(way)
    page.get_by_role("button", name="Code adverts").click()
    page.wait_for_load_state("load")


def test_every_page_is_silent_alone_and_accessible(opened, axe) -> None:
    watched = opened()
    page = watched.page
    base = page.url
    for coder in ("KM", "AB"):
        page.goto(base)
        begin(page, coder)
        if coder == "AB":
            page.locator("select[name='code.flexibility']").select_option("both")
        page.get_by_role("button", name="Confirm the rest").click()
    for place in (
        *("", "/advert/1", "/review?coder=KM", "/review?coder=CC&way=blind"),
        *("/agreement", "/settle?by=ZZ"),
    ):
        page.goto(base + place)
        assert axe(page) == [], place
    assert watched.said == []
    assert watched.elsewhere == []


def test_dark_pages_are_accessible_too(opened, axe) -> None:
    page = opened(scheme="dark").page
    assert axe(page) == []
    begin(page, "KM")
    assert axe(page) == []


def test_the_keyboard_is_enough_to_code_an_advert(opened) -> None:
    page = opened().page
    page.locator("#coder").focus()
    page.keyboard.type("KM")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    # The first field has the focus; a letter picks a code, Tab leads on.
    focused = "document.activeElement.name"
    assert page.evaluate(focused) == "code.excluded_role"
    page.keyboard.press("n")
    seen = [page.evaluate(focused)]
    for _ in range(120):
        page.keyboard.press("Tab")
        name = page.evaluate(f"{focused} || ''")
        if name.startswith("code.") and name not in seen:
            seen.append(name)
        if name == "act":
            break
    assert len(seen) == 17
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "KM" in page.locator(".about-scope").inner_text()
    before = page.url
    page.locator("select[name='code.excluded_role']").focus()
    with page.expect_navigation():
        page.get_by_role("button", name="Confirm the rest").press("Enter")
    assert page.url != before
    assert "1 of" in page.locator("main").inner_text()


def test_a_quotation_leads_to_its_place_in_the_text(opened) -> None:
    page = opened().page
    page.locator("a[href*='/advert/']").first.click()
    page.wait_for_load_state("load")
    link = page.locator("dl.coded q a").last
    link.click()
    assert "#w" in page.url
    assert page.locator("mark:target").is_visible()


def test_without_scripts_two_coders_agree_and_a_third_settles(opened) -> None:
    page = opened(java_script_enabled=False).page
    base = page.url
    begin(page, "KM", "blind")
    page.locator("select[name='code.flexibility']").select_option("none")
    page.get_by_role("button", name="Save and go on").click()
    page.goto(base)
    begin(page, "AB", "blind")
    page.locator("select[name='code.flexibility']").select_option("both")
    page.get_by_role("button", name="Save and go on").click()
    page.goto(base)
    page.get_by_role("link", name="How far coders agree").click()
    assert "both coded 1 field of adverts, 0 of them alike" in page.content()
    page.locator("#by").fill("ZZ")
    page.get_by_role("button", name="Settle 1 difference").click()
    page.get_by_role("button", name="AB: Demanded and offered").click()
    assert page.locator("h1").inner_text() == "All settled"
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Save the gold file").click()
    assert '"by": "ZZ"' in waiting.value.path().read_text(encoding="utf-8")


def test_narrow_screens_need_no_sideways_scrolling(opened) -> None:
    page = opened().page
    base = page.url
    page.set_viewport_size({"width": 360, "height": 740})
    for place in ("", "/advert/1", "/review?coder=KM"):
        page.goto(base + place)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, place
