"""Extracts of leavers and of sickness absence, beside a staff record."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from readers import reader_samples as samples
from skillmix.schema.staff import Absence, Bonus, Joiner, Leaver, StaffMonth
from skillmix.schema.table import Table
from skillmix.sources.inputs import Inputs, open_inputs
from skillmix.sources.mapping_draft import suggest_mapping

LEAVERS = (
    "Unique Nhs Identifier,Ocs Code,Occupation Code,Area Of Work,Grade,"
    "Termination Date,Reason For Leaving\n"
)
SPELLS = (
    "Assignment Number,Org Code,Absence Reason,Contracted WTE,"
    "Absence Start Date,Absence End Date\n"
)
DAYS = "Assignment Number,Org Code,Absence Reason,Tm Year Month,FTE Days Lost\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def rows(inputs: Inputs, table: type[Table]) -> list[dict[str, Any]]:
    return [r for p in inputs.editions[table] for r in pq.read_table(p).to_pylist()]


def leavers(folder: Path, store: Path, *lines: str) -> list[dict[str, Any]]:
    (folder / "left.csv").write_text(LEAVERS + "\n".join(lines) + "\n")
    return rows(open_inputs([folder], store=store), Leaver)


def test_a_joiner_is_first_there_in_the_month_of_the_first_day(
    folder: Path, store: Path
) -> None:
    (folder / "joined.csv").write_text(
        "Unique Nhs Identifier,Ocs Code,Org Start Date,Recruitment Source,Name\n"
        "1,RQY,30/06/2020,14,A Person\n"
        "2,RQY,01/07/2020,NQ - First Qualification,A Person\n"
        "3,rqy,2020-07-02,1 - NHS organisation,A Person\n"
        "4,RQY,02/07/2020,,A Person\n"
    )
    found = rows(open_inputs([folder], store=store), Joiner)
    assert sorted((r["month"], r["recruitment_source"]) for r in found) == [
        (dt.date(2020, 6, 1), "14"),
        (dt.date(2020, 7, 1), "01"),
        (dt.date(2020, 7, 1), "14"),
        (dt.date(2020, 7, 1), "99"),
    ]
    assert {r["employer"] for r in found} == {"RQY"}
    assert set(found[0]) == set(Joiner.columns())


def test_bonuses_of_a_month_are_one_row_in_pence(folder: Path, store: Path) -> None:
    (folder / "bonuses.csv").write_text(
        "Unique Nhs Identifier,Ocs Code,Payment Date,Bonus Pay\n"
        '1,RQY,15/03/2020,"£1,000.50"\n'
        "1,RQY,31/03/2020,99.50\n"
        "2,RQY,2020-03,250\n"
    )
    found = rows(open_inputs([folder], store=store), Bonus)
    assert sorted((r["month"], r["amount"]) for r in found) == [
        (dt.date(2020, 3, 1), 25_000),
        (dt.date(2020, 3, 1), 110_000),
    ]
    assert set(found[0]) == set(Bonus.columns())


def test_a_leaver_is_first_missing_in_the_month_after_the_last_day(
    folder: Path, store: Path
) -> None:
    found = leavers(
        folder,
        store,
        "1,RQY,N9E,Mental Health,Band 3,15/06/2020,Retirement - Age",
        "2,RQY,N9E,Mental Health,Band 3,30/06/2020,Retirement - Age",
    )
    assert sorted(r["month"] for r in found) == [
        dt.date(2020, 6, 1),
        dt.date(2020, 7, 1),
    ]


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Voluntary Resignation - Health", "21"),
        ("21", "21"),
        ("21 - Voluntary Resignation - Health", "21"),
        ("4", "04"),
        ("", "99"),
    ],
)
def test_a_reason_is_known_by_label_or_code(
    folder: Path, store: Path, printed: str, code: str
) -> None:
    (found,) = leavers(
        folder, store, f"1,RQY,N9E,Mental Health,Band 3,15/06/2020,{printed}"
    )
    assert found["reason"] == code


def test_an_unknown_reason_is_refused_and_not_shown(folder: Path, store: Path) -> None:
    row = "{0},RQY,N9E,Mental Health,Band 3,15/06/2020,{1}\n"
    told = [row.format(n, "21") for n in range(3)]
    told.append(row.format(9, "Ran off with Ann Other"))
    (folder / "left.csv").write_text(LEAVERS + "".join(told))
    (reading,) = open_inputs([folder], store=store).readings
    assert reading.refused == 1
    (fault,) = reading.faults
    assert fault.rule == "a label that is not in the code list"
    assert "Ann" not in str(reading)


def test_a_spell_is_spread_over_the_months_it_touches(
    folder: Path, store: Path
) -> None:
    (folder / "sick.csv").write_text(
        SPELLS + "10-1,RQY,S10 Anxiety,0.5,28/05/2020,03/06/2020\n"
    )
    found = rows(open_inputs([folder], store=store), Absence)
    assert [(r["month"].month, r["fte_days_lost"]) for r in found] == [
        (5, Decimal("2.00000")),
        (6, Decimal("1.50000")),
    ]
    assert {r["reason"] for r in found} == {"S10"}


def test_an_open_spell_lasts_to_the_end_of_the_files_last_month(
    folder: Path, store: Path
) -> None:
    (folder / "sick.csv").write_text(
        SPELLS
        + "10-1,RQY,S10,1,29/06/2020,\n"
        + "11-1,RQY,S10,1,01/07/2020,02/07/2020\n"
    )
    inputs = open_inputs([folder], store=store)
    found = rows(inputs, Absence)
    assert sorted(r["fte_days_lost"] for r in found) == [2, 2, 31]
    assert any("goes on" in f.rule for f in inputs.readings[0].faults)


def test_a_spell_that_ends_before_it_begins_is_refused(
    folder: Path, store: Path
) -> None:
    (folder / "sick.csv").write_text(
        SPELLS
        + "10-1,RQY,S10,1,29/06/2020,01/06/2020\n"
        + "11-1,RQY,S10,1,01/07/2020,02/07/2020\n" * 2
    )
    (reading,) = open_inputs([folder], store=store).readings
    assert reading.refused == 1


def test_two_spells_of_one_reason_in_one_month_are_added(
    folder: Path, store: Path
) -> None:
    (folder / "sick.csv").write_text(
        DAYS + "10-1,RQY,S13,2020-06,1.5\n" + "10-1,RQY,S13,2020-06,2\n"
    )
    (found,) = rows(open_inputs([folder], store=store), Absence)
    assert found["fte_days_lost"] == Decimal("3.50000")


def test_absences_meet_the_posts_of_the_staff_record(folder: Path, store: Path) -> None:
    row = samples.esr_row()
    cells = dict(zip(samples.ESR_HEADER, row, strict=True))
    (folder / "staff.csv").write_text(samples.csv_text(samples.ESR_HEADER, [row]))
    number = cells["Assignment_Number"]
    employer = cells["Ocs_Code"]
    (folder / "sick.csv").write_text(DAYS + f"{number},{employer},S13,2020-06,1\n")
    inputs = open_inputs([folder], store=store)
    (staff,), (absence,) = rows(inputs, StaffMonth), rows(inputs, Absence)
    assert staff["post_id"] == absence["post_id"]


def test_a_mapping_is_drafted_for_the_likeliest_kind(folder: Path) -> None:
    path = folder / "x.csv"
    path.write_text(
        "Person,Org Code,Occupation Code,Last Day,Leaving Reason\n1,R,N9E,x,y\n"
    )
    draft = suggest_mapping(path)
    assert 'leaving_reason = "Leaving Reason"' in draft
    assert "left_on" in draft
