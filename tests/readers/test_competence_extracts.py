"""Competence and compliance reports: the Care Certificate is told from all else."""

from __future__ import annotations

import csv
import datetime as dt
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from skillmix.schema.staff import Competence
from skillmix.schema.values import CARE_STANDARDS
from skillmix.sources.esr_competences import bare
from skillmix.sources.inputs import open_inputs
from skillmix.sources.mapping_draft import suggest_mapping
from skillmix.sources.reading import Reading

HEADING = "Employee Number,Org Code,Competence Name,Date Achieved,Latest Start Date\n"
WHOLE = "Care Certificate"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def read(
    folder: Path, *lines: str, mapping: Path | None = None
) -> tuple[Reading, list[dict[str, Any]]]:
    (folder / "learning.csv").write_text(HEADING + "\n".join(lines) + "\n")
    inputs = open_inputs([folder], store=folder.parent / "store", mapping=mapping)
    (reading,) = (r for r in inputs.readings if r.file == "learning.csv")
    editions = inputs.editions.get(Competence, ())
    return reading, [r for p in editions for r in pq.read_table(p).to_pylist()]


@pytest.mark.parametrize(
    ("printed", "slug"),
    [
        ("Care Certificate", "care_certificate"),
        ("123|LOCAL|Care Certificate (Completed)|", "care_certificate"),
        ("NHS|CC|CARE CERTIFICATE - Overall - No Renewal|", "care_certificate"),
        ("Care Certificate: Standards 1-15", "care_certificate"),
        ("Care Certificate Standard 3", "care_standard_03"),
        ("123|LOCAL|Care Certificate - Standard 03: of care|", "care_standard_03"),
        ("Care Certificate - Standard 12 - Resuscitation - 1 Year", "care_standard_12"),
        ("Care Certificate - Safeguarding Children", "care_standard_11"),
        ("care_standard_15", "care_standard_15"),
    ],
)  # fmt: skip
def test_a_certificate_and_its_standards_are_known_by_their_names(
    folder: Path, printed: str, slug: str
) -> None:
    _, (row,) = read(folder, f'1,RQY,"{printed}",01/07/2020,')
    assert row["competence"] == slug


@pytest.mark.parametrize(
    "printed",
    [
        "NHS|CSTF|Safeguarding Adults Level 2 - 3 Years|",
        "Basic Life Support",
        "Standard 3",
        "Care Certificate Standard 16",
    ],
)
def test_what_is_no_part_of_the_fifteen_standards_is_left_out_by_definition(
    folder: Path, printed: str
) -> None:
    reading, rows = read(
        folder, f"1,RQY,{printed},01/07/2020,", f"1,RQY,{WHOLE},01/07/2020,"
    )
    assert [row["competence"] for row in rows] == ["care_certificate"]
    (fault,) = reading.faults
    assert fault.remedy == "Nothing to do."


@pytest.mark.parametrize(
    "printed",
    [
        "Care Certificate Assessor",
        "Care Certificate Workbook",
        "Care Certificate Standard 1 to 5",
    ],
)
def test_a_name_that_may_mean_it_is_not_guessed_at_and_can_be_mapped(
    folder: Path, tmp_path: Path, printed: str
) -> None:
    lines = (f"1,RQY,{printed},01/07/2020,", f"2,RQY,{WHOLE},01/07/2020,")
    reading, rows = read(folder, *lines)
    assert len(rows) == 1
    (fault,) = reading.faults
    assert "[values.competence]" in fault.remedy
    path = tmp_path / "names.toml"
    path.write_text(f'[values.competence]\n"{printed}" = "care_certificate"\n')
    _, rows = read(folder, *lines, mapping=path)
    assert [row["competence"] for row in rows] == ["care_certificate"] * 2


def test_a_local_name_that_does_not_say_so_is_mapped(
    folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "names.toml"
    path.write_text(
        '[values.competence]\n"9|LOCAL|CC: signed off|" = "care_certificate"\n'
    )
    _, rows = read(folder, "1,RQY,9|LOCAL|CC: signed off|,01/07/2020,", mapping=path)
    assert [row["competence"] for row in rows] == ["care_certificate"]


def test_days_are_read_as_spreadsheets_leave_them_and_an_empty_one_is_not_achieved(
    folder: Path,
) -> None:
    _, rows = read(
        folder,
        f"1,RQY,{WHOLE},01/07/2020,04/05/2020",
        f"2,RQY,{WHOLE},01-Jul-20,44012",
        f"3,RQY,{WHOLE},44013,2020-06-30 00:00",
        f"4,RQY,{WHOLE},,",
    )
    told = sorted((str(r["achieved_on"]), str(r["started_on"])) for r in rows)
    assert told == [
        ("2020-07-01", "2020-05-04"),
        ("2020-07-01", "2020-06-30"),
        ("2020-07-01", "2020-06-30"),
        ("None", "None"),
    ]
    assert set(rows[0]) == set(Competence.columns())


def test_a_renewal_and_a_repeated_row_leave_the_first_day(folder: Path) -> None:
    _, rows = read(
        folder,
        f"1,RQY,{WHOLE},01/07/2020,",
        f"1,RQY,{WHOLE},01/07/2018,",
        f"1,RQY,{WHOLE},,",
        f"1,RQY,{WHOLE},01/07/2020,",
    )
    assert [row["achieved_on"] for row in rows] == [dt.date(2018, 7, 1)]


def test_a_day_of_birth_for_the_day_of_achieving_is_refused_and_not_shown(
    folder: Path,
) -> None:
    reading, rows = read(
        folder,
        f"1,RQY,{WHOLE},11/02/1988,",
        f"2,RQY,{WHOLE},31/31/2020,",
        f"3,RQY,{WHOLE},01/07/2020,",
        f"4,RQY,{WHOLE},01/07/2020,",
    )
    assert len(rows) == 2
    assert {fault.column for fault in reading.faults} == {"Date Achieved"}
    assert any("before 2014" in fault.rule for fault in reading.faults)
    assert "1988" not in str(reading)


def test_a_report_without_the_certificate_is_not_used_and_says_so(folder: Path) -> None:
    reading, rows = read(folder, "1,RQY,Fire Safety,01/07/2020,")
    assert rows == []
    assert not reading.used
    assert reading.error


def test_the_draft_of_a_mapping_knows_such_a_report(folder: Path) -> None:
    (folder / "learning.csv").write_text(
        "Staff No,Org Code,Competency Title,Date Competence Achieved,Hire Date\n"
    )
    draft = suggest_mapping(folder / "learning.csv")
    assert 'competence = "Competency Title"' in draft
    assert 'achieved_on = "Date Competence Achieved"' in draft


def test_names_are_listed_as_they_are_compared_and_every_standard_has_one() -> None:
    path = files("skillmix.sources").joinpath("labels", "esr_care_certificate.csv")
    listed = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert [r["label"] for r in listed] == [bare(r["label"]) for r in listed]
    assert {r["slug"] for r in listed} >= set(CARE_STANDARDS)


def test_of_two_reports_of_the_same_people_the_one_that_goes_further_counts(
    folder: Path,
) -> None:
    """Reports are made every month, and each holds what the earlier ones hold."""
    earlier = f"{HEADING}1,RQY,{WHOLE},05/03/2020,\n2,RQY,{WHOLE},,\n"
    (folder / "Training to March.csv").write_text(earlier)
    reading, rows = read(
        folder, f"1,RQY,{WHOLE},05/03/2020,", f"2,RQY,{WHOLE},09/04/2020,"
    )
    assert reading.used
    assert reading.period_end == dt.date(2020, 4, 9)
    assert sorted(str(row["achieved_on"]) for row in rows) == [
        "2020-03-05",
        "2020-04-09",
    ]
