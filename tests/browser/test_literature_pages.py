"""A review in a real browser: exports in, records screened, and its chapter read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.conftest import served
from skillmix.cli.literature.chapter import invented_chapter

CHAPTER = (
    *("flow", "included_works", "known_works", "known_works_listed", "register"),
    *("search_lines", "search_report", "suggested_terms", "traced_claims"),
)


@pytest.fixture(scope="session")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented bibliography with its review, and the tables of its chapter."""
    made = tmp_path_factory.mktemp("review")
    invented_chapter(made / "bibliography", made / "tables", seed=2020)
    return made


@pytest.fixture(scope="session")
def app(review: Path) -> Iterator[str]:
    with served(review / "tables") as address:
        yield address


@pytest.fixture
def searched(visit, app, review):
    """The page that tells what the exports hold."""

    def open_page(*, log: bool = False, **more: object):
        opened = visit(f"{app}/literature", **more)
        page = opened.page
        exports = sorted((review / "bibliography" / "exports").iterdir())
        page.get_by_label("Exports (RIS").set_input_files(exports)
        if log:
            saved = review / "bibliography" / "screening.csv"
            page.get_by_label("A screening log").set_input_files(saved)
        page.get_by_role("button", name="Search these exports").click()
        page.get_by_role("heading", name="Literature searched").wait_for(timeout=60_000)
        return opened

    return open_page


def screening(page, initials: str = "AB") -> None:
    page.get_by_label("Your initials").fill(initials)
    page.get_by_role("button", name="Screen", exact=True).click()
    page.get_by_role("button", name="Include (I)").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_a_review_are_silent_and_accessible(searched, axe, scheme):
    opened = searched(scheme=scheme)
    page = opened.page
    assert axe(page) == []
    screening(page)
    assert axe(page) == []
    page.get_by_role("link", name="The likeliest first").click()
    page.get_by_text("learnt anew after every ten decisions").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Draw a sample").click()
    page.get_by_text("You read a random sample of 100").wait_for()
    assert axe(page) == []
    assert opened.said == []
    assert opened.elsewhere == []


def test_two_screeners_agreement_is_told_and_accessible(searched, axe):
    opened = searched(log=True)
    page = opened.page
    table = page.get_by_role("table", name="How well each two screeners agree").first
    assert "AB and CD" in table.inner_text()
    assert page.get_by_text("Nothing is left to settle").count() == 2
    assert axe(page) == []
    assert opened.said == []


def test_a_record_is_screened_by_keyboard_alone(searched):
    page = searched().page
    screening(page)
    first = page.locator("h1").inner_text()
    # The button that includes has the focus.
    page.keyboard.press("Enter")
    page.get_by_text("1 done").first.wait_for()
    second = page.locator("h1").inner_text()
    assert second != first
    page.get_by_label("Reason for exclusion").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("2 done").first.wait_for()
    assert page.locator("h1").inner_text() not in (first, second)


def test_an_exclusion_without_a_reason_says_what_is_wanted(searched, axe):
    page = searched().page
    screening(page)
    page.get_by_role("button", name="Exclude (E)").click()
    page.get_by_text("needs a reason").first.wait_for()
    assert axe(page) == []


def test_screening_fits_a_narrow_screen(searched):
    page = searched().page
    screening(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("name", CHAPTER)
def test_each_question_on_the_evidence_has_an_accessible_page(visit, app, axe, name):
    opened = visit(f"{app}/analyses/evidence.{name}")
    page = opened.page
    page.locator(".answer").first.wait_for(timeout=30_000)
    assert axe(page) == []
    assert opened.elsewhere == []
    # The first word of a question, in the heading.
    assert re.search(r"\?$", page.locator("h1").inner_text())
