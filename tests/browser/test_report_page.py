"""The report in a real browser: silent, alone, reachable by keyboard, and readable."""

from __future__ import annotations

import pytest

# Every figure is made by the same template: one in eight, with all that folds open,
# is enough for axe-core, which takes minutes over the whole page.
FEWER_FIGURES = """
document.querySelectorAll('article.figure').forEach((article, n) => {
    if (n % 8) article.remove();
});
document.querySelectorAll('details').forEach(d => { d.open = true; });
"""


@pytest.fixture
def opened(visit, report):
    return visit(report)


def settle(page) -> None:
    """Scroll through the page, so that every chart comes alive."""
    top = 0
    # The page is laid out as it is read, so its height is known at the end only.
    while top < page.evaluate("document.documentElement.scrollHeight"):
        page.evaluate(f"scrollTo(0, {top})")
        page.wait_for_timeout(40)
        top += 500
    page.wait_for_timeout(800)
    page.evaluate("scrollTo(0, 0)")


def test_the_report_opens_alone_and_in_silence(opened):
    settle(opened.page)
    assert opened.said == []
    assert all(u.startswith(("file:", "data:", "blob:")) for u in opened.asked)
    live = opened.page.locator("article.figure .live:not([hidden]) svg")
    assert live.count() == opened.page.locator("article.figure .chart").count() > 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_the_way_of_assistive_technology(
    visit, report, axe, scheme
):
    opened = visit(report, scheme=scheme)
    opened.page.evaluate(FEWER_FIGURES)
    assert axe(opened.page) == []


def test_the_keyboard_leads_past_the_cover_and_through_the_contents(opened):
    page = opened.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    link = page.locator(".contents a", has_text="Equality and diversity")
    link.focus()
    outline = link.evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid", "the place of the keyboard is visible"
    page.keyboard.press("Enter")
    assert page.url.endswith("#chapter-diversity")


def test_a_table_opens_and_scrolls_by_keyboard(opened):
    page = opened.page
    summary = page.locator("#participation-sickness-absence details.data summary")
    summary.focus()
    page.keyboard.press("Enter")
    table = page.locator("#participation-sickness-absence table").first
    assert table.is_visible()
    region = page.locator("#participation-sickness-absence .scroll").first
    assert region.get_attribute("tabindex") == "0"
    assert table.locator("caption").inner_text()


def test_a_dark_page_has_light_words_and_charts_on_dark(visit, report):
    opened = visit(report, scheme="dark")
    settle(opened.page)
    chart = opened.page.locator("#diversity-age .live svg")
    colours = chart.evaluate(
        """svg => ({
            page: getComputedStyle(document.body).backgroundColor,
            behind: getComputedStyle(svg).backgroundColor,
            words: getComputedStyle(svg.querySelector('text')).fill,
        })"""
    )
    assert brightness(colours["page"]) < 60
    assert brightness(colours["words"]) > 140
    assert colours["behind"] == "rgba(0, 0, 0, 0)"


def brightness(colour: str) -> float:
    numbers = colour[colour.index("(") + 1 : -1].split(",")
    return sum(float(n) for n in numbers[:3]) / 3


def test_the_switch_to_dark_holds_and_is_told(opened):
    page = opened.page
    button = page.get_by_role("button", name="Dark page")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert brightness(paper) < 60


def test_on_paper_the_still_charts_stand_and_the_tables_a_reader_opened(opened):
    page = opened.page
    settle(page)
    long, short = page.locator("#workforce-trend"), page.locator("#diversity-gender")
    page.emulate_media(media="print")
    still = page.locator("article.figure .still svg")
    assert all(still.nth(n).is_visible() for n in range(0, still.count(), 5))
    assert not page.locator("article.figure .live svg").first.is_visible()
    assert not page.locator(".actions").first.is_visible()
    assert not short.locator("details.data table").first.is_visible()
    assert not long.locator("details.data summary").is_visible()
    assert page.get_by_text("Printed without the tables").is_visible()
    # A reader who wants a table on paper opens it.
    page.emulate_media(media="screen")
    long.locator("details.data summary").click()
    page.emulate_media(media="print")
    assert long.locator("details.data table").first.is_visible()
    # A browser shrinks every page to fit the widest thing on any: none may stick out.
    page.set_viewport_size({"width": 665, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 665
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")


def test_a_link_to_a_figure_leads_to_it_far_down_the_page(visit, report):
    """Figures far away are not laid out yet: a link must find its place anyway."""
    page = visit(f"{report}#diversity-age").page
    page.wait_for_timeout(500)
    assert 0 <= page.locator("#diversity-age").bounding_box()["y"] < 120
    for anchor in ("pay-earnings", "workforce-staff-in-post", "chapter-diversity"):
        page.locator(f".contents a[href='#{anchor}']").click()
        page.wait_for_timeout(700)
        assert 0 <= page.locator(f"#{anchor}").bounding_box()["y"] < 120


def test_without_scripts_everything_but_downloads_is_there(visit, report):
    opened = visit(report, java_script_enabled=False)
    page = opened.page
    article = page.locator("#diversity-age")
    assert article.locator(".still svg").is_visible()
    assert article.locator(".answer").is_visible()
    assert not article.locator(".actions").is_visible()


@pytest.mark.parametrize(
    ("button", "ending", "start"),
    [
        ("SVG", ".svg", b"<svg"),
        ("PNG", ".png", b"\x89PNG"),
        ("CSV", ".csv", b"\xef\xbb"),
    ],
)
def test_a_figure_is_downloaded(opened, button, ending, start):
    page = opened.page
    article = page.locator("#diversity-age")
    with page.expect_download() as waiting:
        article.get_by_role("button", name=f"Download {button}").click()
    saved = waiting.value
    assert saved.suggested_filename == f"diversity.age{ending}"
    data = saved.path().read_bytes()
    assert data.startswith(start)
    assert len(data) > 300
    assert "Saved" in article.locator(".said").inner_text()


def test_a_narrow_screen_needs_no_sideways_scrolling(visit, report):
    opened = visit(report)
    page = opened.page
    page.set_viewport_size({"width": 360, "height": 740})
    settle(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360


def test_a_pointer_is_told_the_values(opened):
    page = opened.page
    article = page.locator("#workforce-staff-in-post")
    article.scroll_into_view_if_needed()
    bar = article.locator(".live .mark-rect path").first
    bar.wait_for()
    # While figures nearby are laid out the page moves, and what is told goes.
    for _ in range(20):
        bar.hover()
        if page.locator(".tip").is_visible():
            break
        page.mouse.move(2, 2)
        page.wait_for_timeout(300)
    assert page.locator(".tip").is_visible()
    assert page.locator(".tip dt").count() > 1
    page.mouse.move(2, 2)
    assert not page.locator(".tip").is_visible()
