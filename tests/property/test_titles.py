"""What holds of the reading of job titles."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmix.schema.codelists import codelist
from skillmix.titles.document import document
from skillmix.titles.harmonise import harmonise, unmatched
from skillmix.titles.lexicon import Rule, roles, rules
from skillmix.titles.lexicon import rows as lexicon_rows
from skillmix.titles.proposal import propose
from skillmix.titles.protection import Protection
from skillmix.titles.reading import read_title
from skillmix.titles.tables import FILES, as_csv
from skillmix.titles.uses import Line, uses_of

_FILE = Path(__file__).parent / "title_samples.csv"
SAMPLES = list(csv.DictReader(StringIO(_FILE.read_text(encoding="utf-8"))))
QUICK = settings(deadline=None, max_examples=150)
_SAID = """
senior healthcare health care assistant support worker nurse ward band 3 2 - ( ) /
trainee apprentice psychologist OT STR peer bank nights £10 , and in of the Carlisle
wrkr asistant supportworker occupational therapy
"""
WORDS = st.sampled_from(_SAID.split())
TITLES = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=9).map(" ".join))
LINES = st.lists(
    st.builds(
        Line,
        title=TITLES,
        people=st.integers(0, 400),
        employer=st.sampled_from(["", "RJ1", "RRU"]),
        band=st.sampled_from(["", "2", "3", "8a"]),
        job_role=st.sampled_from(["", "Healthcare Assistant", "Assistant"]),
    ),
    max_size=12,
)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s["title"])
def test_titles_of_every_kind_are_read_as_people_would(sample: dict[str, str]) -> None:
    reading = read_title(sample["title"])
    role = reading.known_role
    assert reading.scope == sample["scope"]
    assert (role.label if role else "") == sample["role"]


@pytest.mark.parametrize("rule", rules(), ids=lambda r: r.name)
def test_every_rule_can_be_reached_and_reads_its_example(rule: Rule) -> None:
    reading = read_title(rule.example)
    assert reading.evidence.rule == rule.name
    assert reading.role == rule.role


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for rule in rules()]
    assert len(names) == len(set(names))


def test_every_code_is_a_job_role_of_the_national_list() -> None:
    known = {row["code"] for row in codelist("job_roles")}
    given_codes = {r.esr_code for r in roles().values() if r.in_scope}
    given_codes |= {r.esr_code for r in rules() if r.esr_code}
    assert given_codes <= known


def test_support_roles_have_a_category_and_a_description() -> None:
    for role in roles().values():
        assert (role.category != "unsure") == role.in_scope, role.slug
        assert bool(role.duties and role.supervision) == role.in_scope, role.slug


def test_the_reference_page_lists_every_support_role() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "titles-json.md"
    text = page.read_text(encoding="utf-8")
    for role in roles().values():
        if role.in_scope:
            row = (role.label, role.category, role.esr_code, role.standard_title)
            assert f"| {' | '.join(row)} |" in text


@given(TITLES)
@QUICK
def test_any_text_is_read_and_quoted_from_where_it_stands(text: str) -> None:
    reading = read_title(text)
    quote = reading.evidence
    assert reading.title[quote.start : quote.end] == quote.quote
    assert 0 <= quote.confidence <= 1
    assert (reading.role is None) <= (reading.scope == "unsure")
    if reading.bands_evidence:
        band = reading.bands_evidence
        assert reading.title[band.start : band.end] == band.quote
        assert reading.bands


@given(TITLES)
@QUICK
def test_what_was_read_from_a_cleaned_title_is_read_again(text: str) -> None:
    reading = read_title(text)
    assert read_title(reading.title) == reading


@pytest.mark.parametrize("sample", SAMPLES[::4], ids=lambda s: s["title"])
@pytest.mark.parametrize(
    "around",
    ["{} (Nights)", "{} - Larkspur Ward, Nether Wallop", "Bank {}", "{} +£500 bonus"],
)
def test_places_hours_and_pay_do_not_change_the_role(
    sample: dict[str, str], around: str
) -> None:
    reading = read_title(around.format(sample["title"]))
    assert reading.role == read_title(sample["title"]).role


@pytest.mark.parametrize("sample", SAMPLES[::3], ids=lambda s: s["title"])
def test_capitals_do_not_change_the_role(sample: dict[str, str]) -> None:
    # Lower case is left out: a few abbreviations hold in capitals only.
    assert read_title(sample["title"].upper()).role == read_title(sample["title"]).role


@pytest.mark.parametrize(
    ("title", "bands"),
    [
        ("HCA Band 2", ("2",)),
        ("B3 Support Worker", ("3",)),
        ("Bnd 2/3 HCSW", ("2", "3")),
        ("Health Care Assistant - Band 2 or 3", ("2", "3")),
        ("Support Worker (Band 2 to Band 3 progression)", ("2", "3")),
        ("Service Manager Band 8a", ("8a",)),
        ("Support Worker - Band 3, 4 posts", ("3",)),
        ("Support Worker x 2", ()),
        ("Ward 7 Healthcare Assistant", ()),
    ],
)
def test_bands_are_read_in_every_way_they_are_written(
    title: str, bands: tuple[str, ...]
) -> None:
    assert read_title(title).bands == bands


def test_a_band_above_support_makes_a_support_role_doubtful() -> None:
    assert read_title("Healthcare Assistant Band 2").scope == "in"
    doubtful = read_title("Support Worker Band 7").evidence.confidence
    assert doubtful < read_title("Support Worker Band 3").evidence.confidence


def test_a_post_open_to_a_registered_profession_is_left_to_a_person() -> None:
    reading = read_title("Recovery Coordinator / Registered Nurse")
    assert reading.scope == "unsure"
    assert reading.role == "recovery_worker"


def test_direction_marks_and_control_characters_are_dropped() -> None:
    reading = read_title("\u202eHealthcare\u200b \x07Assistant\u202c")
    assert reading.title == "Healthcare Assistant"
    assert reading.role == "healthcare_assistant"


def test_a_title_of_a_megabyte_is_cut_and_read() -> None:
    reading = read_title("Healthcare Assistant " + "x" * 1_000_000)
    assert len(reading.title) <= 300
    assert reading.role == "healthcare_assistant"


@given(LINES)
@QUICK
def test_people_are_neither_lost_nor_counted_twice(lines: list[Line]) -> None:
    uses = uses_of(lines)
    found = harmonise(uses)
    proposal = propose(found)
    counted = sum(line.people for line in lines if read_title(line.title).title)
    assert sum(use.people for use in uses) == counted
    assert proposal.people == sum(t.use.people for t in found if t.scope == "in")
    assert 0 <= proposal.people_affected <= proposal.people
    assert proposal.titles_after <= proposal.titles_before
    clusters = unmatched(found)
    members = [m.use.title for c in clusters for m in c.members]
    assert sorted(members) == sorted(t.use.title for t in found if t.scope == "unsure")


@given(LINES)
@QUICK
def test_no_count_of_one_to_four_people_is_told(lines: list[Line]) -> None:
    protection = Protection(unit="people")
    told = document(harmonise(uses_of(lines)), protection)
    counts = list(_people(told))
    assert all(n is None or n % 5 == 0 for n in counts)
    small = {u.title for u in uses_of(lines) if u.people < 5}
    named = {title for titles in _named(told) for title in titles}
    assert not small & named
    for name, (columns, rows) in FILES.items():
        assert as_csv(columns, rows(told)), name


def _named(told: dict[str, Any]) -> Iterator[set[str]]:
    """Yield the titles named anywhere in the document."""
    for part in ("titles", "bands", "shared"):
        yield {t["title"] for t in told[part]}
    for standard in told["proposal"]:
        yield {a["title"] for a in standard["aliases"]}
    for cluster in told["unmatched"]:
        yield set(cluster["titles"])


def _people(value: object) -> list[int | None]:
    """Return every count of people anywhere in the document."""
    if isinstance(value, dict):
        here = [n for k, n in value.items() if k in ("people", "people_affected")]
        return here + [n for v in value.values() for n in _people(v)]
    if isinstance(value, list):
        return [n for v in value for n in _people(v)]
    return []


def test_cells_cannot_start_a_formula() -> None:
    told = document(
        harmonise(
            uses_of([Line(title="=HYPERLINK(1)"), Line(title="+Support Worker")])
        ),
        Protection(unit="lines"),
    )
    columns, rows = FILES["titles.csv"]
    text = as_csv(columns, rows(told))
    assert "\n'=HYPERLINK" in text
    assert "\n'+Support" in text


def test_every_support_role_says_who_delegates_and_who_answers() -> None:
    known = {row["kind"]: row for row in lexicon_rows("accountability")}
    for role in roles().values():
        assert bool(role.delegation) is role.in_scope, role.slug
        assert bool(role.accountability) is role.in_scope, role.slug
    registered = roles()["nursing_associate"]
    assert registered.delegation == known["registered"]["delegation"]
    assert roles()["support_worker"].delegation == known["not_told"]["delegation"]
    used = {row["answers_as"] for row in lexicon_rows("roles")}
    assert used - {""} == set(known)
