"""The app driven as a reader drives it: choose, change, compare, download, check."""

from __future__ import annotations

import json
import urllib.request

import pytest

QUESTION = "/analyses/diversity.age"
PAGES = (
    *("/", "/analyses", QUESTION, f"{QUESTION}/compare?versus_region=Y56"),
    *("/trusts?words=mental", "/trusts/RQY", "/files", "/check", "/about"),
    *("/titles", "/titles/record", "/adverts", "/literature", "/enter"),
    *("/analyses?words=nobodyasks", "/trusts?words=nowhere"),
)
REFUSED = ("/nothing-here", f"{QUESTION}?region=Y99", "/titles/forgotten-ticket")


def ready(page) -> None:
    """Wait until the page that shows progress has given way to the answer."""
    # By its heading: the page's policy refuses a condition that is given as text.
    heading = page.locator("h1").filter(has_not_text="Working it out").first
    heading.wait_for(timeout=120_000)
    page.wait_for_load_state("load")


@pytest.fixture
def start(visit, app):
    def at(path: str, **more: object):
        watched = visit(f"{app}{path}", **more)
        ready(watched.page)
        return watched

    return at


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_silent_alone_and_accessible(start, axe, path):
    opened = start(path)
    opened.page.wait_for_timeout(300)
    assert axe(opened.page) == []
    assert opened.said == []
    assert opened.elsewhere == []


@pytest.mark.parametrize("path", [*PAGES, *REFUSED])
def test_dark_pages_are_accessible_too(start, axe, path):
    assert axe(start(path, scheme="dark").page) == []


def test_a_page_is_accessible_on_a_telephone_and_where_colours_are_forced(start, axe):
    opened = start(f"{QUESTION}?bands=2", forced_colors="active")
    current = opened.page.locator("nav a[aria-current]")
    line = current.evaluate("e => getComputedStyle(e).textDecorationLine")
    assert line == "underline", "where one is shows without any colour"
    assert axe(opened.page) == []
    opened.page.set_viewport_size({"width": 400, "height": 800})
    assert axe(opened.page) == []
    # Twice as large, or half as wide: all that is there can still be reached.
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 400


def test_bands_are_ticked_and_a_comparator_followed(start):
    page = start(QUESTION).page
    page.get_by_text("Bands", exact=False).first.click()
    page.get_by_label("Band 2").check()
    page.get_by_label("Band 3").check()
    page.get_by_role("button", name="Show").click()
    ready(page)
    assert page.url.endswith("month=2020-06&bands=2&bands=3"), page.url
    assert "bands 2, 3" in page.locator(".about-scope").inner_text()
    page.get_by_role("link", name="June 2019").click()
    ready(page)
    assert page.locator(".side h2").nth(1).inner_text().endswith("June 2019")
    assert "bands 2, 3" in page.locator(".side h2").nth(1).inner_text()


def test_a_trust_is_chosen_and_its_profile_read(start, axe):
    opened = start("/trusts")
    page = opened.page
    page.get_by_label("Look for a name, code, type or region").fill("mental london")
    page.get_by_role("button", name="Search").click()
    first = page.locator("table a").first
    name = first.inner_text()
    first.click()
    ready(page)
    assert page.locator("h1").inner_text() == name
    assert "England" in page.locator("thead").first.inner_text()
    assert axe(page) == []
    assert opened.said == []


def test_another_definition_changes_answer_and_address(start):
    page = start(QUESTION).page
    before = page.locator(".answer").inner_text()
    control = page.get_by_label("Definition of the service")
    control.select_option(value="in_mental_health_trusts")
    page.get_by_role("button", name="Show").click()
    ready(page)
    assert "service=in_mental_health_trusts" in page.url
    assert "mental health and learning disability trusts" in page.content()
    assert page.locator(".answer").inner_text() != before
    assert control.input_value() == "in_mental_health_trusts"


def test_two_scopes_are_compared(start):
    page = start(QUESTION).page
    page.get_by_role("link", name="Another scope").click()
    ready(page)
    page.locator("#versus_region").select_option(label="London")
    page.get_by_role("button", name="Compare").click()
    ready(page)
    assert page.locator(".side .chart").count() == 2
    assert "London" in page.locator(".side h2").nth(1).inner_text()
    assert page.get_by_role("heading", name="Side by side").is_visible()


def test_the_data_of_a_page_are_downloaded(start, app):
    page = start(f"{QUESTION}?region=Y60").page
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    text = waiting.value.path().read_text(encoding="utf-8")
    assert waiting.value.suggested_filename == "diversity.age.csv"
    with urllib.request.urlopen(f"{app}{QUESTION}.json?region=Y60") as answer:
        rows = json.load(answer)["rows"]
    assert text.count("\n") == len(rows) + 1


def test_a_bad_file_is_told_from_a_good_one(start, tmp_path, axe):
    bad = tmp_path / "holiday.csv"
    bad.write_text("colour,size\nblue,3\n")
    page = start("/check").page
    page.locator("#file").set_input_files(bad)
    page.get_by_role("button", name="Check it").click()
    ready(page)
    assert page.get_by_text("This file cannot be used.").is_visible()
    assert "holiday.csv" in page.content()
    assert "blue" not in page.content()
    assert axe(page) == []


def test_the_keyboard_is_enough(start):
    page = start("/").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    seen = []
    for _ in range(16):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.textContent.trim()"
            )
        )
    wanted = ["Overview", "Questions", "workforce", "service", "region", "icb"]
    assert [s for s in seen if s in wanted] == wanted
    page.locator("#region").focus()
    page.keyboard.type("London")
    page.get_by_role("button", name="Show").focus()
    page.keyboard.press("Enter")
    ready(page)
    assert "region=Y56" in page.url


def test_without_scripts_the_app_answers_too(start):
    page = start(f"{QUESTION}?region=Y56", java_script_enabled=False).page
    assert page.locator(".still svg").is_visible()
    assert page.locator(".answer").is_visible()
    page.get_by_role("button", name="Show").click()
    assert "region=Y56" in page.url


def test_a_narrow_screen_needs_no_sideways_scrolling(start):
    page = start(QUESTION).page
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
