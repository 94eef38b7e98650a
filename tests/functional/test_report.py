"""The report a user gets: whole, self-contained, honest about what it is."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

SHOWN = ("6.104%", "6.535%", "4.851%", "5.336%", "6.536%", "6.534%", "318,208")


class Page(HTMLParser):
    """The parts of a page that its readers and their software rely on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.addresses: list[str] = []
        self.headings: list[int] = []
        self.scopes: list[str | None] = []
        self.landmarks: list[str] = []
        self.text = text
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        for name in ("href", "src", "xlink:href", "action"):
            value = given.get(name) or ""
            if value.startswith("#"):
                self.targets.append(value[1:])
            elif value:
                self.addresses.append(value)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "th":
            self.scopes.append(given.get("scope"))
        if tag in ("main", "nav", "footer", "header"):
            self.landmarks.append(tag)


@pytest.fixture(scope="module")
def real(skillmix, published, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("real")
    ran = skillmix("report", published, "--out", out, "--page-only")
    assert ran.code == 0, ran.err
    assert ran.out.strip().endswith("index.html")
    return out


@pytest.fixture(scope="module")
def made_up(skillmix, tiny_nhs, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("made-up")
    ran = skillmix(
        *("report", tiny_nhs, "--out", out, "--month", "2020-06", "--page-only")
    )
    assert ran.code == 0, ran.err
    return out


def text_of(out: Path) -> str:
    return (out / "index.html").read_text(encoding="utf-8")


def manifest_of(out: Path) -> dict:
    return json.loads((out / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", SHOWN)
def test_the_published_figures_stand_in_the_report(real, number):
    assert number in text_of(real)


def test_bands_of_september_2020_stand_side_by_side(real):
    row = re.search(r">Sep 2020(.*?)<tr>", text_of(real), re.DOTALL)
    assert row is not None
    assert re.findall(r"<td>([\d.]+%)", row[1]) == ["42.4%", "36.6%", "21.0%"]


def test_only_the_page_and_its_manifest_are_left(real):
    assert sorted(p.name for p in real.iterdir()) == ["index.html", "manifest.json"]


@pytest.mark.parametrize("which", ["real", "made_up"])
def test_the_page_asks_nobody_for_anything(which, request):
    page = Page(text_of(request.getfixturevalue(which)))
    assert page.addresses == []
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page.text)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe-eval" not in policy[1]


@pytest.mark.parametrize("which", ["real", "made_up"])
def test_every_link_has_its_place_and_every_place_one_name(which, request):
    page = Page(text_of(request.getfixturevalue(which)))
    assert len(page.ids) == len(set(page.ids))
    assert set(page.targets) <= set(page.ids)


def test_headings_do_not_skip_a_level_and_tables_have_scopes(made_up):
    page = Page(text_of(made_up))
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps)
    assert set(page.scopes) == {"row", "col"}
    assert {"main", "nav", "footer"} <= set(page.landmarks)


def test_each_figure_has_its_parts(made_up):
    text = text_of(made_up)
    articles = re.findall(r'<article class="figure".*?</article>', text, re.DOTALL)
    assert len(articles) == len(manifest_of(made_up)["figures"]) > 20
    for article in articles:
        for part in (
            *(
                '<p class="answer">',
                "<svg",
                'role="img"',
                "aria-labelledby=",
                "<table>",
            ),
            *("Definition and where it comes from", 'class="csv"'),
            "skillmix.analyses.",
        ):
            assert part in article
        # Registers are quoted, not made up, whatever the other inputs are.
        assert "Synthetic data" in article or "shipped with skillmix" in article


def article_id(article: str) -> str:
    return article.split('id="', 1)[1].partition('"')[0]


def test_every_figure_is_drawn(made_up, real):
    for out in (made_up, real):
        assert 'class="undrawn"' not in text_of(out)


def test_what_is_synthetic_says_so_on_every_part(made_up, real):
    text = text_of(made_up)
    sections = re.findall(r"<section.*?>", text)
    assert sections
    assert text.count("Synthetic data") > len(manifest_of(made_up)["figures"])
    assert "is-synthetic" in text
    assert "Synthetic data" not in text_of(real)


def test_an_internal_report_says_so_and_a_protected_one_does_not(
    skillmix, tiny_nhs, made_up, tmp_path
):
    ran = skillmix(
        *("report", tiny_nhs, "--out", tmp_path, "--disclosure", "internal"),
        *("--employer", "RQY", "--page-only"),
    )
    assert ran.code == 0, ran.err
    text = text_of(tmp_path)
    assert text.count("Internal, not for publication") > len(
        manifest_of(tmp_path)["figures"]
    )
    assert manifest_of(tmp_path)["disclosure"] == "internal"
    assert "Internal, not for publication" not in text_of(made_up)


def test_what_could_not_be_answered_names_a_file_that_would_feed_it(real):
    text = text_of(real)
    assert "What these files cannot answer" in text
    assert "A staff record extract" in text
    unanswered = manifest_of(real)["unanswered"]
    assert {"analysis": "progression.by_band", "missing": ["staff_month"]} in unanswered


def test_the_manifest_names_the_page_it_stands_beside(made_up):
    manifest = manifest_of(made_up)
    page = (made_up / "index.html").read_bytes()
    assert manifest["page"]["sha256"] == sha256(page).hexdigest()
    assert manifest["synthetic"] is True
    assert manifest["scope"]["month"] == "2020-06-01"
    assert all(f["sources"] for f in manifest["figures"])


def test_printed_numbers_are_held_against_the_results(made_up):
    tests = manifest_of(made_up)["backtests"]
    assert len(tests) > 10
    for test in tests:
        assert test["finding_id"] in text_of(made_up)
    # One hundredth of an NHS is too few people for every rounding to agree.
    assert sum(test["agrees"] for test in tests) > len(tests) / 2


def test_a_report_with_editions_links_to_each(skillmix, published, tmp_path):
    ran = skillmix("report", published, "--out", tmp_path)
    assert ran.code == 0, ran.err
    files = Page(text_of(tmp_path)).addresses
    assert sorted(files) == ["report.ods", "report.pdf", "report.xlsx"]
    assert all((tmp_path / name).stat().st_size > 1000 for name in files)


def test_the_same_input_gives_the_same_bytes(
    skillmix_process, published, real, tmp_path
):
    ran = skillmix_process("report", published, "--out", tmp_path, "--page-only")
    assert ran.code == 0, ran.err
    assert text_of(tmp_path) == text_of(real)


def test_a_report_stays_small_enough_to_send(made_up):
    assert (made_up / "index.html").stat().st_size < 4_000_000
