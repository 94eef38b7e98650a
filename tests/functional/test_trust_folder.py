"""A trust analyst's afternoon: a folder of extracts, checked, mapped and asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from readers import reader_samples as samples
from skillmix.errors import OutputError
from skillmix.report.writing import write_whole

MONTHS = ("2019-06", "2019-07", "2019-09", "2020-06")
HEADER = [
    {"Tm_Year_Month": "Effective Date", "Ocs_Code": "Organisation"}.get(name, name)
    for name in samples.ESR_HEADER
]


def extract(month: str) -> str:
    rows = [
        samples.esr_row(
            Ocs_Code="RDY",
            Tm_Year_Month=month,
            Full_Name=f"Secret Person {n}",
            Unique_Nhs_Identifier=f"{n:08}",
            Assignment_Number=f"{n:08}",
        )
        for n in range(1, 61)
    ]
    return samples.csv_text(HEADER, rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Monthly extracts with other column names, in a folder with a space."""
    made = tmp_path_factory.mktemp("trust") / "ESR extracts"
    made.mkdir()
    for month in MONTHS:
        (made / f"Staff in Post {month}.csv").write_text(extract(month))
    return made


@pytest.fixture(scope="module")
def mapped(skillmix, folder: Path) -> Path:
    """The same, with the mapping file that skillmix drafted, as drafted."""
    made = folder.with_name("mapped")
    made.mkdir()
    for path in folder.glob("*.csv"):
        (made / path.name).write_bytes(path.read_bytes())
    ran = skillmix("check", "--suggest-mapping", folder)
    assert ran.code == 0, ran.err
    (made / "mapping.toml").write_text(ran.out, encoding="utf-8")
    return made


def test_one_fault_of_many_files_is_told_once(skillmix, folder):
    ran = skillmix("check", folder)
    assert ran.code == 5
    assert ran.out.count("It looks like a staff-record extract") == 1
    assert "employer (perhaps 'Organisation')" in ran.out
    assert "4 files, 0 used." in ran.out
    assert "Secret" not in ran.out


def test_the_drafted_mapping_is_found_and_the_months_are_summed_up(skillmix, mapped):
    ran = skillmix("check", mapped)
    assert ran.code == 0
    assert "5 files, 4 used." in ran.out
    assert "holds 4 months, 2019-06 to 2020-06, without 2019-08, 2019-10" in ran.out
    assert "staff record extract" in ran.out


def test_a_fault_names_its_column_and_rows(skillmix, mapped, tmp_path):
    text = extract("2020-06").replace("Active Assignment", "Gone Fishing", 7)
    (tmp_path / "staff.csv").write_text(text)
    mapping = mapped / "mapping.toml"
    ran = skillmix("check", tmp_path, "--mapping", mapping)
    assert "Status: a label that is not in the code list (7 rows)." in ran.out
    assert "Fishing" not in ran.out
    (told,) = skillmix("check", tmp_path, "--mapping", mapping, "--format", "json").json
    (fault,) = told["faults"]
    assert (fault["column"], fault["rows"]) == ("Status", 7)


@pytest.mark.parametrize("given", ["RDY", "rdy", "Dorset Healthcare", "DORSET HEALTH"])
def test_an_employer_by_code_or_by_name(skillmix, mapped, given):
    ran = skillmix(
        *("show", "workforce.staff_in_post", mapped, "--employer", given),
        *("--format", "json"),
    )
    assert ran.code == 0, ran.err
    assert "Dorset Healthcare" in ran.json["place"]
    assert ran.json["rows"]


@pytest.mark.parametrize(
    ("option", "given", "told"),
    [
        ("--employer", "Dorset", "RDY Dorset Healthcare"),
        ("--employer", "Dorzet Healthcare", "RDY Dorset Healthcare"),
        ("--employer", "RQY", "They hold RDY Dorset Healthcare"),
        ("--region", "London", "They hold RDY Dorset Healthcare"),
        ("--icb", "QWE", "They hold RDY Dorset Healthcare"),
    ],
)
def test_a_place_that_is_not_held_is_refused(skillmix, mapped, option, given, told):
    ran = skillmix("show", "workforce.staff_in_post", mapped, option, given)
    assert ran.code == 3
    assert told in ran.err


def test_unrelated_files_stand_under_their_reasons(skillmix, tmp_path):
    for n in range(30):
        (tmp_path / f"letter {n}.txt").write_text("Dear all\n\nThank you.\n")
        (tmp_path / f"picture {n}.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "good.csv").write_text(samples.sickness())
    text = samples.sickness("31/07/2023").replace("ORG_CODE", "TRUST", 1)
    (tmp_path / "renamed.csv").write_text(text)
    ran = skillmix("check", tmp_path)
    assert ran.code == 0
    assert "62 files, 1 used." in ran.out
    assert ran.out.count("Not read: prose, no table.") == 1
    assert "and 24 more" in ran.out
    assert "lacks the column ORG_CODE; it has TRUST instead." in " ".join(
        ran.out.split()
    )


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_windows_console_prints_everything(mapped, tmp_path, form):
    """Nothing dies in code page 1252, and files get UTF-8 unless told otherwise."""
    words = ("show", "workforce.staff_in_post", str(mapped), "--format", form)
    command = [sys.executable, "-m", "skillmix", *words, "--store", str(tmp_path)]
    narrow = {**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C", "NO_COLOR": "1"}
    narrow.pop("PYTHONIOENCODING", None)
    plain = subprocess.run(command, capture_output=True, check=True, env=narrow)
    assert plain.stdout.decode("utf-8")
    if form == "json":
        assert json.loads(plain.stdout)["rows"]
    old = {**narrow, "PYTHONIOENCODING": "cp1252"}
    printed = subprocess.run(command, capture_output=True, check=True, env=old)
    assert printed.stdout.decode("cp1252")


def test_a_report_held_open_is_named_and_nothing_is_replaced(tmp_path, monkeypatch):
    held, free = tmp_path / "report.xlsx", tmp_path / "a.csv"
    for path in (held, free):
        path.write_text("old")
    opened = Path.open

    def refuse(path: Path, mode: str = "r", *more: object):
        if path == held and "+" in mode:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, mode, *more)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(OutputError, match="Permission denied") as caught:
        write_whole({free: b"new", held: b"new"})
    assert "report.xlsx" in caught.value.where
    assert "Excel" in caught.value.remedy
    monkeypatch.undo()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv", "report.xlsx"]
    assert {p.read_text() for p in tmp_path.iterdir()} == {"old"}
