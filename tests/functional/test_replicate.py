"""`skillmix replicate` sets every printed number beside what the inputs give."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from functional.conftest import Skillmix
from skillmix.report.replication.findings import claimed, stated
from skillmix.synth.wider import write_wider

STATUSES = {"reproduced", "differs", "not-computable", "contradictory"}
UNEXPLAINED = "no reason is known"


@pytest.fixture(scope="module")
def wider(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wider")
    write_wider(folder, scale=1.0, seed=2020)
    (folder / "SYNTHETIC.txt").write_text("Synthetic.")
    return folder


@pytest.fixture(scope="module")
def found(skillmix: Skillmix, wider: Path) -> dict[str, dict[str, Any]]:
    ran = skillmix("replicate", wider, "--format", "json")
    assert ran.code == 0, ran.err
    return {replica["id"]: replica for replica in ran.json}


def test_every_number_and_every_claim_has_its_line(
    found: dict[str, dict[str, Any]],
) -> None:
    assert set(found) == {*stated(), *claimed()}
    assert len(stated()) == 265
    assert len(claimed()) == 70
    for replica in found.values():
        assert set(replica) >= {
            *("id", "printed", "computed", "status", "reason", "source"),
        }
        assert replica["status"] in STATUSES
        assert replica["status"] == "reproduced" or replica["reason"], replica["id"]
        assert (replica["computed"] is None) == (
            replica["status"] == "not-computable"
        ), replica["id"]


def test_the_invented_files_give_their_numbers_again(
    found: dict[str, dict[str, Any]],
) -> None:
    for name in (
        *("support-temp-unfilled-2y", "nursing-temp-unfilled-2y"),
        *("support-temp-bank-filled-2020-08", "fig12-trusts-covered"),
        *("applications-per-appointment-acs-2017", "mhss-discrimination-2019"),
        *("all-nhs-advertised-vacancies-2020-09", "mhip-support-staff-6090"),
        *("mhip-growth-window-years", "hcsw-starts-bame-2018-19"),
        *("dir-violence-bullying-highest", "dir-vacancies-drop-spring-2020"),
    ):
        assert found[name]["status"] == "reproduced", found[name]
        assert found[name]["source"].startswith("synthetic "), found[name]


def test_nothing_computed_is_off_without_a_reason(
    found: dict[str, dict[str, Any]],
) -> None:
    assert [r["id"] for r in found.values() if UNEXPLAINED in r["reason"]] == []


def test_what_lacks_its_inputs_names_them(found: dict[str, dict[str, Any]]) -> None:
    lacking = found["mh-support-male"]
    assert lacking["status"] == "not-computable"
    assert "staff_month" in lacking["reason"]


def test_quoted_figures_are_told_from_computed_ones(
    found: dict[str, dict[str, Any]],
) -> None:
    assert found["public-sector-sickness-2016"]["basis"] == "quoted"
    assert found["support-temp-unfilled-2y"]["basis"] == "recomputed"
    assert not found["public-sector-sickness-2016"]["source"].startswith("synthetic")


def test_a_contradiction_shows_both_readings(found: dict[str, dict[str, Any]]) -> None:
    replica = found["support-definition-band-low-fn6"]
    assert replica["status"] == "contradictory"
    assert [(r["id"], r["computed"], r["inside"]) for r in replica["readings"]] == [
        ("support-definition-band-low-fn6", 2.0, True),
        ("support-definition-band-low-appendix", 1.0, True),
    ]


def test_a_small_nhs_says_that_its_counts_are_small(
    skillmix: Skillmix, tiny_nhs: Path
) -> None:
    ran = skillmix("replicate", "--demo", "--inputs", tiny_nhs, "--format", "json")
    assert ran.code == 0, ran.err
    told = {replica["id"]: replica for replica in ran.json}
    size = told["all-support-fte-hchs"]
    assert size["status"] == "differs"
    assert "times the size of the real one" in size["reason"]
    computed = Counter(r["kind"] for r in ran.json if r["computed"] is not None)
    # Cells of a tiny NHS are suppressed; a whole one gives over 220 of the numbers.
    assert computed["number"] > 150


def test_real_files_say_of_which_month_their_figures_are(
    skillmix: Skillmix, published: Path
) -> None:
    ran = skillmix("replicate", published, "--format", "json")
    assert ran.code == 0, ran.err
    told = {replica["id"]: replica for replica in ran.json}
    sickness = told["support-sickness-2020-06"]
    assert sickness["status"] == "differs"
    assert (
        "Of June 2023, not of 2020-06; inside the printed rounding"
        in (sickness["reason"])
    )
    assert round(sickness["computed"], 1) == 6.1


def test_the_table_counts_before_it_lists(skillmix: Skillmix, wider: Path) -> None:
    ran = skillmix("replicate", wider)
    assert ran.code == 0
    assert ran.out.startswith("Printed numbers: 265;")
    assert "Claims: 70;" in ran.out


def test_without_inputs_the_way_out_is_named(skillmix: Skillmix) -> None:
    ran = skillmix("replicate")
    assert ran.code != 0
    assert "--demo" in ran.err
    assert "Traceback" not in ran.err


def test_json_is_plain_json(skillmix: Skillmix, wider: Path) -> None:
    ran = skillmix("replicate", wider, "--format", "json")
    assert json.loads(ran.out) == ran.json
