"""`skillmix synth` makes inputs that every reader takes whole."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from functional.conftest import Skillmix

READERS = {
    *("staff_record", "core_1", "core_5", "core_14", "sickness_benchmarking"),
    *("turnover_benchmarking", "turnover_1", "turnover_2", "ethnicity_by_grade"),
    *("earnings_by_staff_group", "earnings_by_band", "ods_trusts"),
}


@pytest.fixture(scope="module")
def files(skillmix: Skillmix, tiny_nhs: Path) -> list[dict[str, object]]:
    ran = skillmix("check", tiny_nhs, "--format", "json")
    assert ran.code == 0, ran.err
    return ran.json


def test_every_file_is_read_whole_by_its_reader(files: list[dict[str, object]]) -> None:
    told = {str(f["file"]): f for f in files}
    read = [f for f in files if f["reader"]]
    assert {f["reader"] for f in read} >= READERS
    assert all(f["refused"] == 0 for f in read), [
        (f["file"], f["faults"]) for f in read if f["refused"]
    ]
    unread = {name for name, f in told.items() if not f["reader"]}
    assert unread == {"SYNTHETIC.txt", "truth.json"}


def test_every_file_says_that_it_is_synthetic(tiny_nhs: Path) -> None:
    made = [p for p in tiny_nhs.rglob("*") if p.is_file()]
    assert (tiny_nhs / "SYNTHETIC.txt") in made
    own = [p for p in made if p.parent.name in ("published", "staff-record")]
    assert len(own) > 25
    assert all("synthetic" in p.name.lower() for p in own)


def test_figures_from_a_synthetic_nhs_say_so(
    skillmix: Skillmix, tiny_nhs: Path
) -> None:
    ran = skillmix(
        "show", "participation.sickness_absence", tiny_nhs, "--format", "json"
    )
    assert ran.code == 0, ran.err
    assert all(source["synthetic"] for source in ran.json["sources"])


def test_the_history_falls_by_the_printed_eighth_part(tiny_nhs: Path) -> None:
    [core] = (tiny_nhs / "published").glob("*Core 14*England*")
    fte = {"2010-01-31": 0.0, "2020-01-31": 0.0}
    with core.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if (
                row["DATA_MONTH"] in fte
                and row["MAIN_STAFF_GROUP"] == "Support to clinical staff"
            ):
                fte[row["DATA_MONTH"]] += float(row["FTE"])
    change = fte["2020-01-31"] / fte["2010-01-31"] - 1
    assert change == pytest.approx(-0.08, abs=0.02)


def test_the_truth_lists_the_files_and_the_parameters(tiny_nhs: Path) -> None:
    told = json.loads((tiny_nhs / "truth.json").read_text("utf-8"))
    assert all((tiny_nhs / name).is_file() for name in told["files"])
    moves = {
        (m["family"], m["band"], m["to_family"], m["to_band"]): m["percent_within_year"]
        for m in told["parameters"]["moves"]
    }
    assert moves["trainee_na_mh", 3, "nursing_associate_mh", 4] > 10
    assert told["chances"]["age_steps_from"][0] == 16
    assert told["seed"] == 2020


def test_an_impossible_scale_is_refused_with_a_remedy(
    skillmix: Skillmix, tmp_path: Path
) -> None:
    ran = skillmix("synth", tmp_path / "nhs", "--scale", "9")
    assert ran.code != 0
    assert "Choose a scale" in ran.err
    assert not (tmp_path / "nhs").exists()
