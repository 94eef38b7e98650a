"""The real published files: every one recognised or told why not, totals right."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import duckdb
import pytest

from skillmix.schema.published import (
    EthnicityCount,
    MentalHealthFte,
    NationalityFte,
    NationalityHeadcount,
    Organisation,
    SicknessDays,
    TurnoverCount,
    WardHours,
)
from skillmix.schema.survey import SurveyAnswer
from skillmix.schema.table import Table
from skillmix.schema.values import SUPPORT_GROUPS
from skillmix.sources.inputs import Inputs, open_inputs


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data" / "published"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def inputs(folder: Path, store: Path) -> Inputs:
    return open_inputs([folder], store=store)


def ask(inputs: Inputs, table: type[Table], query: str) -> list[tuple[object, ...]]:
    paths = [str(path) for path in inputs.editions[table]]
    with duckdb.connect() as database:
        database.read_parquet(paths).create_view("t")
        return database.execute(query).fetchall()


def test_every_file_is_recognised_or_says_why_not(inputs: Inputs) -> None:
    assert len(inputs.readings) == 63
    for reading in inputs.readings:
        known = reading.error.startswith(("Not read: ", "superseded by '"))
        assert reading.used != known, reading.file
        assert reading.used == bool(reading.reader) or "superseded" in reading.error


def test_how_many_files_each_reader_takes(inputs: Inputs) -> None:
    count: dict[str, int] = {}
    for reading in inputs.readings:
        count[reading.reader] = count.get(reading.reader, 0) + 1
    del count[""]
    assert count == {
        "sickness_benchmarking": 30,
        "sickness_by_organisation": 6,
        "staff_survey_by_organisation": 1,
        "staff_survey_detailed": 3,
        "turnover_benchmarking": 1,
        "turnover_1": 1,
        "turnover_2": 1,
        "core_5": 1,
        "core_14": 1,
        "earnings_by_staff_group": 1,
        "earnings_by_band": 1,
        "ethnicity_by_grade": 1,
        "nationality": 1,
        "nationality_cross_tab": 2,
        "ods_trusts": 3,
        "ward_staffing": 1,
    }


def test_rows_read_and_refused(inputs: Inputs) -> None:
    by_reader: dict[str, list[int]] = {}
    for r in inputs.readings:
        total = by_reader.setdefault(r.reader, [0, 0])
        total[0] += r.rows
        total[1] += r.refused
    assert by_reader["sickness_benchmarking"] == [94_411, 0]
    assert by_reader["turnover_benchmarking"] == [9_450, 0]
    assert by_reader["ethnicity_by_grade"] == [24_204, 0]
    assert by_reader["nationality"] == [81_603, 0]
    # 7,100 rows are offices and clinics; three wards are printed twice.
    assert by_reader["ward_staffing"] == [8_266, 7_103]


def test_no_fault_but_the_known_ones(inputs: Inputs) -> None:
    faulty = {r.file for r in inputs.readings if r.faults}
    assert {f for f in faulty if not f.startswith("staff_survey/ST18")} == {
        "ward_staffing/Safe_Staffing_Data.csv"
    }


def test_staff_survey(inputs: Inputs) -> None:
    """The detailed spreadsheets of 2018, and all organisations of 2021 together."""
    found = ask(
        inputs,
        SurveyAnswer,
        "SELECT question, round(percent, 1)::DOUBLE FROM t "
        "WHERE survey = 'detailed' AND employer_type = 'all'",
    )
    told = dict(found)
    assert told["violence_public"] == 14.5
    assert told["bullying_public"] == 28.3
    assert told["discrimination"] == 6.7
    assert told["discrimination_colleagues"] == 7.8
    assert told["ground_ethnicity"] == 36.5
    means = ask(
        inputs,
        SurveyAnswer,
        "SELECT question, round(sum(base * percent) / sum(base), 1) "
        "FROM t WHERE year = 2021 "
        "AND employer_type = 'mental_health_learning_disability' GROUP BY 1",
    )
    assert dict(means)["discrimination"] == 7.6
    assert dict(means)["violence_public"] == 14.3
    assert dict(means)["bullying_public"] == 26.7


@pytest.mark.parametrize(
    ("month", "groups", "rate"),
    [
        ("2023-06-01", SUPPORT_GROUPS, 6.104),
        ("2025-06-01", SUPPORT_GROUPS, 6.535),
        ("2023-06-01", ("nurses",), 4.851),
        ("2025-06-01", ("nurses",), 5.336),
    ],
)
def test_sickness_absence(
    inputs: Inputs, month: str, groups: tuple[str, ...], rate: float
) -> None:
    listed = ", ".join(f"'{group}'" for group in groups)
    ((found,),) = ask(
        inputs,
        SicknessDays,
        "SELECT round(100 * sum(fte_days_lost) / sum(fte_days_available), 3) FROM t "
        f"WHERE month = DATE '{month}' AND staff_group IN ({listed})",
    )
    assert found == rate


def test_sickness_in_mental_health_trusts_and_elsewhere(inputs: Inputs) -> None:
    listed = ", ".join(f"'{group}'" for group in SUPPORT_GROUPS)
    found = ask(
        inputs,
        SicknessDays,
        "SELECT round(100 * sum(fte_days_lost) / sum(fte_days_available), 3) FROM t "
        f"WHERE month = DATE '2025-06-01' AND staff_group IN ({listed}) "
        "GROUP BY benchmark_group = 'Mental Health and Learning Disability' ORDER BY 1",
    )
    assert found == [(6.534,), (6.536,)]


def test_suppressed_cells_of_sickness(inputs: Inputs) -> None:
    found = ask(
        inputs,
        SicknessDays,
        "SELECT cell_status, count(*), count(fte_days_lost) FROM t GROUP BY ALL "
        "ORDER BY 1",
    )
    assert found == [("published", 80_701, 80_701), ("suppressed", 13_710, 0)]


def test_turnover_groups_add_up_to_the_total_exactly(inputs: Inputs) -> None:
    ((off, joiners),) = ask(
        inputs,
        TurnoverCount,
        "SELECT count(*) FILTER (total <> parts), count(*) FROM (SELECT employer, "
        "measure, sum(fte) FILTER (staff_group = 'all_staff') AS total, "
        "sum(fte) FILTER (staff_group <> 'all_staff') AS parts FROM t "
        "WHERE level = 'organisation' GROUP BY ALL)",
    )
    assert off == 0
    assert joiners > 900


def test_fte_of_support_staff_in_june_2018(inputs: Inputs) -> None:
    listed = ", ".join(f"'{group}'" for group in SUPPORT_GROUPS)
    ((support,),) = ask(
        inputs,
        NationalityFte,
        "SELECT round(sum(fte)) FROM t WHERE month = DATE '2018-06-01' "
        f"AND staff_group IN ({listed})",
    )
    ((nurses,),) = ask(
        inputs,
        NationalityFte,
        "SELECT round(sum(fte)) FROM t WHERE month = DATE '2018-06-01' "
        "AND staff_group IN ('nurses', 'midwives')",
    )
    assert (support, nurses) == (318_208, 304_844)


def test_black_share_of_all_staff_in_september_2018(inputs: Inputs) -> None:
    ((share,),) = ask(
        inputs,
        EthnicityCount,
        "SELECT round(100.0 * sum(headcount) FILTER (ethnicity = 'black') / "
        "sum(headcount) FILTER (ethnicity = 'all_known'), 1) FROM t "
        "WHERE month = DATE '2018-09-01' AND grade = 'All Grades'",
    )
    assert share == 6.0


def test_bands_of_support_staff_in_september_2020(inputs: Inputs) -> None:
    listed = ", ".join(f"'{group}'" for group in SUPPORT_GROUPS)
    found = ask(
        inputs,
        EthnicityCount,
        "SELECT band, round(100.0 * sum(headcount) / sum(sum(headcount)) OVER (), 1) "
        "FROM t WHERE month = DATE '2020-09-01' AND band IN ('2', '3', '4') "
        f"AND ethnicity = 'all_including_unknown' AND staff_group IN ({listed}) "
        "GROUP BY band ORDER BY band",
    )
    assert found == [("2", 42.4), ("3", 36.6), ("4", 21.0)]


def test_known_groups_add_up_to_all(inputs: Inputs) -> None:
    ((off,),) = ask(
        inputs,
        EthnicityCount,
        "SELECT count(*) FROM (SELECT sum(headcount) FILTER (ethnicity IN ('white', "
        "'black', 'asian', 'mixed', 'chinese', 'other')) AS parts, "
        "sum(headcount) FILTER (ethnicity = 'all_known') AS total FROM t "
        "GROUP BY month, staff_group, grade) WHERE coalesce(parts, 0) <> total",
    )
    assert off == 0


def test_the_cross_tabs(inputs: Inputs) -> None:
    found = ask(
        inputs,
        NationalityHeadcount,
        "SELECT month, nationality_group, headcount FROM t WHERE level = 'england' "
        "AND staff_group = 'All staff' ORDER BY ALL",
    )
    assert found == [
        (dt.date(2016, 9, 1), "EU", 59_796),
        (dt.date(2016, 9, 1), "UK", 955_090),
        (dt.date(2017, 4, 1), "EU", 62_005),
        (dt.date(2017, 4, 1), "UK", 968_704),
    ]
    levels = ask(
        inputs,
        NationalityHeadcount,
        "SELECT level, count(DISTINCT (region, employer)) FROM t "
        "WHERE month = DATE '2017-04-01' GROUP BY level ORDER BY level",
    )
    assert levels == [("england", 1), ("organisation", 429), ("region", 13)]


def test_wards(inputs: Inputs) -> None:
    ((ratio, first, last),) = ask(
        inputs,
        WardHours,
        "SELECT round(sum(unregistered_actual) / sum(registered_actual), 2), "
        "min(month), max(month) FROM t",
    )
    assert ratio == pytest.approx(0.64, abs=0.005)
    assert (first, last) == (dt.date(2020, 4, 1), dt.date(2023, 11, 1))


def test_trusts(inputs: Inputs) -> None:
    found = ask(
        inputs,
        Organisation,
        "SELECT vintage, count(*), count(closed), count(region) FROM t GROUP BY ALL "
        "ORDER BY 1",
    )
    assert found == [
        (dt.date(2021, 9, 1), 218, 6, 218),
        (dt.date(2024, 12, 1), 273, 68, 270),
    ]


def test_core_14(inputs: Inputs) -> None:
    found = ask(
        inputs,
        MentalHealthFte,
        "SELECT classification, count(*) FROM t GROUP BY 1 ORDER BY 1",
    )
    assert [row[0] for row in found] == ["area_of_work", "both", "occupation_code"]


def test_a_second_run_is_quick(folder: Path, store: Path, inputs: Inputs) -> None:
    begun = time.perf_counter()
    again = open_inputs([folder], store=store)
    assert time.perf_counter() - begun < 0.5
    assert again == inputs


def test_editions_are_the_same_digit_for_digit(
    folder: Path, inputs: Inputs, tmp_path: Path
) -> None:
    other = open_inputs([folder / "turnover"], store=tmp_path)
    (path,) = other.editions[TurnoverCount]
    (same,) = [r for r in inputs.readings if r.reader == "turnover_benchmarking"]
    assert same.edition is not None
    assert path.read_bytes() == same.edition.read_bytes()
