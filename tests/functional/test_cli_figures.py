"""The numbers a user must find in real published files, and the shapes they come in."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

ROW = {"measure", "numerator", "denominator", "estimate", "conf_low", "conf_high", "n"}
SUPPORT = "support_to_clinical_staff"


def pick(rows: list[dict[str, Any]], **keys: Any) -> dict[str, Any]:
    found = [r for r in rows if all(r[k] == v for k, v in keys.items())]
    assert len(found) == 1, f"{len(found)} rows with {keys}"
    return found[0]


@pytest.fixture(scope="module")
def shown(skillmix, published):
    """Ask for one analysis of the real files as JSON, once each."""
    kept: dict[str, Any] = {}

    def ask(name: str) -> Any:
        if name not in kept:
            ran = skillmix("show", name, published, "--format", "json")
            assert ran.code == 0, ran.err
            kept[name] = ran.json
        return kept[name]

    return ask


@pytest.mark.parametrize(
    ("month", "group", "rate"),
    [
        ("2023-06-01", SUPPORT, 6.104),
        ("2025-06-01", SUPPORT, 6.535),
        ("2023-06-01", "nurses", 4.851),
        ("2025-06-01", "nurses", 5.336),
    ],
)
def test_sickness_absence_is_that_of_the_published_files(shown, month, group, rate):
    answer = shown("participation.sickness_absence")
    row = pick(answer["rows"], month=month, staff_group=group)
    assert round(row["estimate"], 3) == rate
    assert row["unit"] == answer["unit"] == "percent"
    assert row["conf_low"] < row["estimate"] < row["conf_high"]
    assert row["numerator"] / row["denominator"] * 100 == pytest.approx(row["estimate"])


@pytest.mark.parametrize(("in_trusts", "rate"), [(True, 6.536), (False, 6.534)])
def test_support_staff_in_mental_health_trusts_are_told_from_others(
    shown, in_trusts, rate
):
    answer = shown("participation.sickness_by_trust_type")
    row = pick(answer["rows"], month="2025-06-01", in_mental_health_trusts=in_trusts)
    assert round(row["estimate"], 3) == rate


def test_support_to_clinical_staff_in_june_2018(shown):
    answer = shown("workforce.staff_in_post")
    row = pick(
        answer["rows"], month="2018-06-01", staff_group=SUPPORT, measure="fte_together"
    )
    assert round(row["estimate"]) == 318_208
    assert row["unit"] == "fte"


def test_black_staff_were_6_per_cent_of_those_of_known_ethnicity(shown):
    answer = shown("diversity.ethnicity_over_time")
    row = pick(
        answer["rows"], month="2018-09-01", ethnic_group="black", series="all_staff"
    )
    assert round(row["estimate"], 1) == 6.0


@pytest.mark.parametrize(("band", "share"), [("2", 42.4), ("3", 36.6), ("4", 21.0)])
def test_bands_of_support_staff_in_september_2020(shown, band, share):
    answer = shown("roles.band_mix_over_time")
    row = pick(answer["rows"], month="2020-09-01", band=band)
    assert round(row["estimate"], 1) == share


def test_an_answer_says_where_it_comes_from(shown):
    answer = shown("participation.sickness_absence")
    wanted = {"analysis", "question", "unit", "definition", "period", "disclosure"}
    assert wanted | {"caveats", "sources", "rows"} <= set(answer)
    assert answer["period"] == {"from": "2023-01-01", "to": "2025-06-01"}
    assert answer["disclosure"] == "already published"
    (source,) = answer["sources"]
    assert len(source["files"]) == 30
    assert source["publisher"] == "NHS England"
    assert answer["code"].endswith("sickness_absence:sickness_absence")
    assert all(set(row) >= ROW for row in answer["rows"])


def test_the_catalogue_as_json_has_its_documented_shape(skillmix):
    listed = skillmix("list", "--format", "json").json
    wanted = {"name", "question", "chapter", "figure", "inputs", "definition"}
    assert all(set(a) >= wanted | {"reproduces"} for a in listed)
    assert [a["name"] for a in listed] == sorted(a["name"] for a in listed)
    assert all(a["question"].endswith("?") for a in listed)


def test_each_file_is_told_as_json(skillmix, published):
    files = skillmix("check", published, "--format", "json").json
    wanted = {"file", "reader", "layout", "period", "rows", "refused", "faults"}
    assert all(set(f) >= wanted for f in files)
    unused = [f for f in files if not f["used"]]
    assert unused
    assert all(f["error"] or f["faults"] for f in unused), "an unused file says why"


def test_csv_and_json_give_the_same_rows(skillmix, published, shown):
    ran = skillmix("show", "roles.band_mix_over_time", published, "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(ran.out)))
    rows = shown("roles.band_mix_over_time")["rows"]
    assert [float(x["estimate"]) for x in lines] == [r["estimate"] for r in rows]
    assert [(x["month"], x["band"]) for x in lines] == [
        (r["month"], r["band"]) for r in rows
    ]


def test_a_figure_is_svg_with_its_words_as_text(skillmix, published):
    ran = skillmix(
        "show", "participation.sickness_absence", published, "--format", "svg"
    )
    assert ran.out.startswith("<svg")
    assert "6.5%" in ran.out


def test_two_runs_give_the_same_bytes(skillmix, skillmix_process, published):
    command = ("show", "roles.band_mix_over_time", published, "--format", "json")
    assert skillmix(*command).out == skillmix_process(*command).out
