"""Every template can be written, filled in and read, as CSV and as a workbook."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from readers import reader_samples as samples
from skillmix.errors import OutputError, UnknownNameError
from skillmix.schema.supplied import SUPPLIED_TABLES
from skillmix.schema.table import Table
from skillmix.sources.inputs import open_inputs
from skillmix.sources.template import template_table, worked_row, write_template

TABLES = pytest.mark.parametrize("table", SUPPLIED_TABLES, ids=lambda t: t.name)


@TABLES
def test_a_filled_in_template_is_read_whole(table: type[Table], tmp_path: Path) -> None:
    data, _, _ = write_template(table.name, tmp_path / "in")
    with data.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(worked_row(table).values())
    inputs = open_inputs([data], store=tmp_path / "store")
    (reading,) = inputs.readings
    assert (reading.reader, reading.rows, reading.refused, reading.faults) == (
        f"template_{table.name}",
        1,
        0,
        (),
    )
    (row,) = pq.read_table(inputs.editions[table][0]).to_pylist()
    needed = [n for n, c in table.columns().items() if not c.nullable]
    assert all(row[name] is not None for name in needed)


@TABLES
def test_a_filled_in_workbook_gives_the_same(
    table: type[Table], tmp_path: Path
) -> None:
    row = worked_row(table)
    samples.write_workbook(
        tmp_path / "filled.xlsx", {"Data": [list(row), list(row.values())]}
    )
    inputs = open_inputs([tmp_path / "filled.xlsx"], store=tmp_path / "store")
    assert [(r.reader, r.rows, r.used) for r in inputs.readings] == [
        (f"template_{table.name}", 1, True)
    ]


@TABLES
def test_the_dictionary_explains_every_column(
    table: type[Table], tmp_path: Path
) -> None:
    _, told, book = write_template(table.name, tmp_path)
    with told.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["column"] for row in rows] == list(table.columns())
    assert all(row["meaning"] and row["type"] for row in rows)
    assert all(row["example"] for row in rows if row["needed"] == "yes")
    sheets = CalamineWorkbook.from_path(str(book)).sheet_names
    assert sheets == ["Data", "Data dictionary", "Example"]


def test_an_empty_template_says_that_it_has_no_rows(tmp_path: Path) -> None:
    write_template("care_hours", tmp_path / "in")
    inputs = open_inputs([tmp_path / "in"], store=tmp_path / "store")
    assert not inputs.editions
    assert all(r.error for r in inputs.readings)


def test_two_trusts_files_of_a_month_both_count(tmp_path: Path) -> None:
    table = template_table("care_hours")
    row = worked_row(table)
    for code in ("RNK", "RV3"):
        (tmp_path / f"{code}.csv").write_text(
            samples.csv_text(list(row), [list({**row, "employer": code}.values())])
        )
    inputs = open_inputs([tmp_path], store=tmp_path / "store")
    assert [r.used for r in inputs.readings] == [True, True]


def test_the_same_trusts_second_file_of_a_month_is_set_aside(tmp_path: Path) -> None:
    row = worked_row(template_table("care_hours"))
    for name, days in (("a", "3010"), ("b", "3011")):
        cells = {**row, "patient_days": days}
        (tmp_path / f"{name}.csv").write_text(
            samples.csv_text(list(cells), [list(cells.values())])
        )
    inputs = open_inputs([tmp_path], store=tmp_path / "store")
    assert sorted(r.used for r in inputs.readings) == [False, True]


def test_a_template_never_overwrites_a_filled_in_one(tmp_path: Path) -> None:
    write_template("care_hours", tmp_path)
    with pytest.raises(OutputError, match="is there already"):
        write_template("care_hours", tmp_path)


def test_an_unknown_template_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="no template"):
        template_table("care_hour")
