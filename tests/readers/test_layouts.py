"""Every layout is known by its content, whatever the file is called."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from readers import reader_samples as samples
from skillmix.schema.published import (
    EthnicityCount,
    GradeCount,
    NationalityHeadcount,
    SicknessDays,
    TurnoverCount,
    WardHours,
)
from skillmix.schema.table import Table
from skillmix.sources.inputs import Inputs, layouts, open_inputs
from skillmix.sources.template import template_names


def read(folder: Path, store: Path) -> Inputs:
    return open_inputs([folder], store=store)


def rows(inputs: Inputs, table: type[Table]) -> list[dict[str, object]]:
    return [
        row
        for path in inputs.editions[table]
        for row in pq.read_table(path).to_pylist()
    ]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def test_every_text_layout_is_recognised(folder: Path, store: Path) -> None:
    for name, (text, _, _) in samples.TEXT_FILES.items():
        (folder / name).write_text(text)
    inputs = read(folder, store)
    found = {r.file: (r.reader, r.rows) for r in inputs.readings}
    assert found == {n: (r, c) for n, (_, r, c) in samples.TEXT_FILES.items()}
    assert [r.file for r in inputs.readings if not r.used] == []


def test_every_workbook_layout_is_recognised(folder: Path, store: Path) -> None:
    samples.write_workbook(folder / "1.xlsx", {"x": [["a"]], "y": samples.ETHNICITY})
    samples.write_workbook(folder / "2.xlsx", {"Data": samples.NATIONALITY})
    samples.write_workbook(folder / "3.xlsx", {"final": samples.CROSS_TAB})
    inputs = read(folder, store)
    assert [(r.reader, r.used) for r in inputs.readings] == [
        ("ethnicity_by_grade", True),
        ("nationality", True),
        ("nationality_cross_tab", True),
    ]


def test_every_layout_has_a_sample_or_a_reason() -> None:
    sampled = {reader for _, reader, _ in samples.TEXT_FILES.values()}
    sampled |= {"ethnicity_by_grade", "nationality", "nationality_cross_tab"}
    # See test_staff_survey.py.
    sampled |= {"staff_survey_detailed", "staff_survey_by_organisation"}
    # Each template carries a worked row of its own: see test_templates.py.
    sampled |= {f"template_{name}" for name in template_names()}
    assert {layout.reader for layout in layouts()} == sampled
    for layout in layouts():
        assert set(layout.fields) == set(layout.table.columns())
        assert layout.suppressed
        assert layout.zero
        assert layout.certainty in ("seen", "excerpt", "inferred")


def test_editions_have_the_types_of_their_table(folder: Path, store: Path) -> None:
    for name, (text, _, _) in samples.TEXT_FILES.items():
        (folder / name).write_text(text)
    for table, paths in read(folder, store).editions.items():
        for path in paths:
            assert pq.read_schema(path).equals(table.arrow_schema())


def test_decimals_stay_exact_and_suppressed_cells_are_marked(
    folder: Path, store: Path
) -> None:
    (folder / "s.csv").write_text(samples.sickness())
    found = {r["staff_group"]: r for r in rows(read(folder, store), SicknessDays)}
    assert found["all_staff"]["fte_days_lost"] == Decimal("10.00000")
    assert found["doctors"]["fte_days_lost"] is None
    assert found["doctors"]["cell_status"] == "suppressed"
    assert found["nurses"]["cell_status"] == "published"
    assert found["nurses"]["employer_type"] == "mental_health_learning_disability"
    assert found["nurses"]["month"] == dt.date(2023, 6, 1)


def test_totals_of_a_main_group_keep_their_name(folder: Path, store: Path) -> None:
    (folder / "t.csv").write_text(samples.TURNOVER_1)
    found = rows(read(folder, store), TurnoverCount)
    assert [(r["level"], r["region"], r["staff_group"]) for r in found] == [
        ("england", None, "all_staff"),
        ("region", "Y56", "support_to_clinical_staff"),
    ]


def test_totals_that_two_files_print_count_once(folder: Path, store: Path) -> None:
    (folder / "t1.csv").write_text(samples.TURNOVER_1)
    (folder / "t2.csv").write_text(samples.TURNOVER_2)
    inputs = read(folder, store)
    found = rows(inputs, TurnoverCount)
    totals = [r for r in found if r["staff_group"] == "all_staff"]
    assert len(totals) == 1
    assert len(found) == 3
    assert all(r.used for r in inputs.readings)


def test_one_month_one_edition(folder: Path, store: Path) -> None:
    (folder / "z.csv").write_text(samples.SICKNESS_BY_ORG)
    (folder / "a.csv").write_text(samples.sickness())
    inputs = read(folder, store)
    used = {r.file: r.used for r in inputs.readings}
    assert used == {"a.csv": True, "z.csv": False}
    loser = next(r for r in inputs.readings if r.file == "z.csv")
    assert "superseded by 'a.csv'" in loser.error
    assert len(rows(inputs, SicknessDays)) == 4


def test_the_same_content_twice_counts_once(folder: Path, store: Path) -> None:
    (folder / "a.csv").write_text(samples.TURNOVER)
    (folder / "b.csv").write_text(samples.TURNOVER)
    inputs = read(folder, store)
    assert len(rows(inputs, TurnoverCount)) == 2
    assert [r.used for r in inputs.readings] == [False, True]


def test_sort_prefixes_are_removed(folder: Path, store: Path) -> None:
    (folder / "c.csv").write_text(samples.CORE_5)
    (row,) = rows(read(folder, store), GradeCount)
    assert row["staff_group"] == "support_to_st_and_t"
    assert row["detailed_group"] == "Support to AHPs"
    assert row["care_setting"] == "Occupational Therapy"
    assert (row["band"], row["headcount"]) == ("3", 2)


def test_a_dash_is_zero_in_cross_tabs_and_missing_on_wards(
    folder: Path, store: Path
) -> None:
    samples.write_workbook(folder / "x.xlsx", {"final": samples.CROSS_TAB})
    (folder / "w.csv").write_text(samples.WARD)
    inputs = read(folder, store)
    cross = rows(inputs, NationalityHeadcount)
    trust = {
        (r["nationality_group"], r["staff_group"]): r["headcount"]
        for r in cross
        if r["level"] == "organisation"
    }
    assert trust == {
        ("EU", "All staff"): 9,
        ("EU", "Other staff"): 0,
        ("UK", "All staff"): 90,
        ("UK", "Other staff"): 40,
    }
    assert {r["level"] for r in cross} == {"england", "region", "organisation"}
    (ward,) = rows(inputs, WardHours)
    assert ward["registered_planned"] == Decimal("1260.00000")
    assert ward["registered_actual"] == Decimal("1000.00000")
    assert ward["unregistered_actual"] == Decimal("600.50000")
    assert ward["specialty"] is None


def test_left_out_by_definition_is_counted(folder: Path, store: Path) -> None:
    (folder / "w.csv").write_text(samples.WARD)
    (reading,) = read(folder, store).readings
    assert (reading.rows, reading.refused) == (2, 1)
    (fault,) = reading.faults
    assert "not a ward" in fault.rule
    assert fault.rows == 1


def test_spellings_of_case_do_not_matter(folder: Path, store: Path) -> None:
    samples.write_workbook(folder / "e.xlsx", {"any": samples.ETHNICITY})
    inputs = read(folder, store)
    (row,) = rows(inputs, EthnicityCount)
    assert row["staff_group"] == "support_to_st_and_t"
    assert row["ethnicity"] == "black"
    (reading,) = inputs.readings
    assert "worksheet is not named" in reading.faults[0].rule


def test_old_windows_encoding_is_read_and_told(folder: Path, store: Path) -> None:
    text = samples.sickness().replace("Invented Trust", "Trust of Zoë")
    (folder / "s.csv").write_bytes(text.encode("cp1252"))
    inputs = read(folder, store)
    assert rows(inputs, SicknessDays)[0]["employer_name"] == "Trust of Zoë"
    assert "Windows-1252" in inputs.readings[0].faults[0].rule


def test_a_byte_order_mark_and_windows_line_ends(folder: Path, store: Path) -> None:
    text = samples.sickness().replace("\n", "\r\n")
    (folder / "s.csv").write_bytes(text.encode("utf-8-sig"))
    inputs = read(folder, store)
    assert inputs.readings[0].faults == ()
    assert len(rows(inputs, SicknessDays)) == 4


def test_semicolons_part_cells_where_commas_are_decimal_marks(
    folder: Path, store: Path
) -> None:
    lines = samples.TURNOVER.splitlines()
    text = "\n".join(line.replace(",", ";") for line in lines) + "\n"
    (folder / "t.csv").write_text(text)
    assert read(folder, store).readings[0].used


def test_marked_folders_are_synthetic(folder: Path, store: Path) -> None:
    (folder / "SYNTHETIC.txt").write_text("invented")
    deeper = folder / "published"
    deeper.mkdir()
    (deeper / "t.csv").write_text(samples.TURNOVER)
    inputs = read(folder, store)
    found = {r.file: (r.synthetic, r.used) for r in inputs.readings}
    assert found["published/t.csv"] == (True, True)
    assert not found["SYNTHETIC.txt"][1]


def test_a_second_run_reads_nothing_again(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "t.csv").write_text(samples.TURNOVER)
    first = read(folder, store)

    def never(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("skillmix.sources.inputs.route", never)
    assert read(folder, store) == first


def test_a_changed_file_is_read_again(folder: Path, store: Path) -> None:
    path = folder / "s.csv"
    path.write_text(samples.sickness())
    before = read(folder, store).readings[0]
    path.write_text(samples.sickness(lost="10.00"))
    after = read(folder, store).readings[0]
    assert before.sha256 != after.sha256
    assert before.edition != after.edition
