"""What spreadsheets and reporting tools do to an extract changes nothing that is read.

Every file here holds the same two people; each is compared with the plain one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from readers import reader_samples as samples
from skillmix.errors import DefinitionError, LayoutError, UnreadableFileError
from skillmix.schema.staff import Absence, Leaver, StaffMonth
from skillmix.sources.inputs import Reading, open_inputs
from skillmix.sources.mapping_draft import month_in, suggest_mapping

HEADER = list(samples.ESR_HEADER)
ROWS = [
    samples.esr_row(),
    samples.esr_row(
        Unique_Nhs_Identifier="00001234",
        Assignment_Number="00005678",
        Full_Name="Sørensen Secret",
        Contracted_Wte="0.5",
    ),
]
TITLES = "Staff in Post\r\nRun on 01/07/2020\r\n\r\n"


@pytest.fixture(autouse=True)
def _one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLMIX_KEY", "a key for tests, long enough")


def with_cells(**cells: str) -> list[list[str]]:
    """The rows, with cells in every one that say the same in another way."""
    changed = {HEADER.index(name): told for name, told in cells.items()}
    return [[changed.get(n, cell) for n, cell in enumerate(r)] for r in ROWS]


def read_one(tmp_path: Path, make: Callable[[Path], None], name: str) -> Reading:
    folder = tmp_path / name.replace(".", "-")
    folder.mkdir()
    make(folder / name)
    (reading,) = open_inputs([folder], store=tmp_path / "store").readings
    return reading


def rows_of(reading: Reading) -> list[dict[str, Any]]:
    assert reading.edition is not None, reading.error
    return sorted(pq.read_table(reading.edition).to_pylist(), key=lambda r: r["fte"])


def as_text(
    rows: list[list[str]] = ROWS,
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    before: str = "",
    after: str = "",
    end: str = "\r\n",
) -> Callable[[Path], None]:
    lines = [delimiter.join(f'"{c}"' for c in row) for row in [HEADER, *rows]]
    text = before + end.join(lines) + end + after
    return lambda path: path.write_bytes(text.encode(encoding)) and None


def as_workbook(*sheets: list[list[str]]) -> Callable[[Path], None]:
    named = {f"Sheet {n}": sheet for n, sheet in enumerate(sheets)}
    return lambda path: samples.write_workbook(path, named)


def total(said: str, place: int = 0) -> list[str]:
    row = [""] * len(HEADER)
    row[place], row[HEADER.index("Contracted_Wte")] = said, "1.30"
    return row


NUMBERS = {"Unique_Nhs_Identifier": 2, "Assignment_Number": 5}
SPREADSHEET = [
    [c.lstrip("0") if n in NUMBERS.values() else c for n, c in enumerate(row)]
    for row in ROWS
]
QUIRKS: dict[str, Callable[[Path], None]] = {
    "byte order mark.csv": as_text(encoding="utf-8-sig"),
    "unix line ends.csv": as_text(end="\n"),
    "semicolons.csv": as_text(delimiter=";"),
    "tabs in UTF-16.txt": as_text(encoding="utf-16", delimiter="\t"),
    "Windows-1252.csv": as_text(encoding="cp1252"),
    "titles above.csv": as_text(before=TITLES),
    "titles above in Windows-1252.csv": as_text(before=TITLES, encoding="cp1252"),
    "titles above, semicolons.csv": as_text(before=TITLES, delimiter=";"),
    "total below.csv": as_text([*ROWS, total("Total")]),
    "grand total below.csv": as_text([*ROWS, total("Grand Total:", 7)]),
    "short total below.csv": as_text(after="Total,2\r\n"),
    "short total in Windows-1252.csv": as_text(after="Total,2\r\n", encoding="cp1252"),
    "note below.csv": as_text([*ROWS, ["Confidential", *[""] * (len(HEADER) - 1)]]),
    "heading again.csv": as_text([ROWS[0], HEADER, ROWS[1]]),
    "leading zeros lost.csv": as_text(SPREADSHEET),
    "day of the month.csv": as_text(with_cells(Tm_Year_Month="30/06/2020")),
    "short year.csv": as_text(with_cells(Tm_Year_Month="30/06/20")),
    "named month.csv": as_text(with_cells(Tm_Year_Month="30-JUN-20")),
    "month as Excel writes it.csv": as_text(with_cells(Tm_Year_Month="Jun-20")),
    "serial day.csv": as_text(with_cells(Tm_Year_Month="44012")),
    "time of day.csv": as_text(with_cells(Tm_Year_Month="2020-06-30 09:15:00")),
    "birth in short years.csv": as_text(with_cells(Date_Of_Birth="30/06/90")),
    "spaces in codes.csv": as_text(with_cells(Occupation_Code="H1 A", Ocs_Code="RX9 ")),
    "hard spaces.csv": as_text(with_cells(Occupation_Code="\u00a0H1A\u00a0")),
    "pay on the Continent.csv": as_text(
        with_cells(Basic_Pay="1.500,25", Earnings="1700,00")
    ),
    "workbook.xlsx": as_workbook([HEADER, *ROWS]),
    "workbook with titles.xlsx": as_workbook(
        [["Staff in Post"], ["Run on 01/07/2020"], [], HEADER, *ROWS, total("Total")]
    ),
    "second sheet.xlsx": as_workbook([["Prompts"], ["Trust", "RX9"]], [HEADER, *ROWS]),
}


@pytest.mark.parametrize("name", QUIRKS)
def test_a_quirk_changes_nothing_that_is_read(tmp_path: Path, name: str) -> None:
    plain = read_one(tmp_path, as_text(), "plain.csv")
    reading = read_one(tmp_path, QUIRKS[name], name)
    assert reading.used, reading.error
    assert rows_of(reading) == rows_of(plain)


def test_a_comma_for_the_decimal_point(tmp_path: Path) -> None:
    rows = with_cells(Contracted_Wte="0,75")
    reading = read_one(tmp_path, as_text(rows, delimiter=";"), "commas.csv")
    assert {str(row["fte"]) for row in rows_of(reading)} == {"0.75000"}


@pytest.mark.parametrize("printed", ["06/30/2020", "43982000", "1/1/0001", "soon"])
def test_a_month_that_cannot_be_meant_stays_unread(
    tmp_path: Path, printed: str
) -> None:
    rows = with_cells(Tm_Year_Month=printed)
    reading = read_one(tmp_path, as_text(rows), "month.csv")
    assert not reading.used
    fault = reading.faults[0]
    assert fault.column == "Tm_Year_Month"
    assert "cannot be read" in fault.rule
    assert "Jul 2020" in fault.remedy


@pytest.mark.parametrize(
    "printed",
    [
        *("2020-06", "202006", "06/2020", "6/2020", "2020-JUN", "2020-JUNE"),
        *("Jun-20", "June-20", "Jun 20", "June 20", "Jun-2020", "June-2020"),
        *("Jun 2020", "June 2020", "1/6/20", "30.06.2020", "30-06-20", "20200630"),
        *("1 Jun 2020", "30 June 20", "30-June-2020", "30-JUN-2020 00:00:00"),
    ],
)
def test_ways_to_write_one_month(tmp_path: Path, printed: str) -> None:
    rows = with_cells(Tm_Year_Month=printed)
    reading = read_one(tmp_path, as_text(rows), "month.csv")
    assert f"{reading.period_start:%Y-%m}" == "2020-06"
    assert reading.refused == 0


def test_a_fault_shows_the_look_of_a_cell_and_no_value(tmp_path: Path) -> None:
    rows = with_cells(Tm_Year_Month="Mrs Ängström 1987")
    reading = read_one(tmp_path, as_text(rows), "look.csv")
    told = str(reading)
    assert "'AAA AAAAAAAA 9999'" in told
    assert "ngstr" not in told
    assert "1987" not in told


def test_labels_are_counted_and_not_shown(tmp_path: Path) -> None:
    rows = [[*ROWS[0]], [*ROWS[1]]]
    place = HEADER.index("Status")
    rows[0][place], rows[1][place] = "Gone Fishing", "Gone Sailing"
    reading = read_one(tmp_path, as_text(rows), "labels.csv")
    (fault,) = reading.faults
    assert "2 different labels" in fault.rule
    assert "[values.status]" in fault.remedy
    assert "Gone" not in str(reading)


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    header, rows = [*HEADER, "status", ""], [[*row, "x", ""] for row in ROWS]
    text = samples.csv_text(header, rows)
    reading = read_one(tmp_path, lambda p: p.write_text(text) and None, "twice.csv")
    assert reading.used
    assert {row["status"] for row in rows_of(reading)} == {"active"}


LEAVER = (
    "Employee Number,Organisation,Occupation Code,Termination Date,Reason\n"
    "70000001,RX9,H1A,31/12/2019,Went to sea\n"
    "70000002,RX9,H1A,31/12/2019,Death in Service\n"
)
ABSENCE = (
    "Assignment Number,Month,Absence Reason,FTE Days Lost\n"
    "80000001,Jun 2020,S10 Anxiety,3.5\n"
)
MAPPING = """
[columns]
month = ["Snapshot Day", "Month"]
leaving_reason = "Reason"

[always]
employer = "rx9"
status = "Active Assignment"

[values.leaving_reason]
"Went to sea" = "22"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three kinds of extract, with one mapping file among them."""
    made = tmp_path / "extracts"
    made.mkdir()
    header = [n.replace("Tm_Year_Month", "Snapshot Day") for n in HEADER]
    text = samples.csv_text(header, ROWS).replace("Ocs_Code", "Trust Name")
    (made / "staff.csv").write_text(text.replace("Status", "Ward"))
    (made / "leavers.csv").write_text(LEAVER)
    (made / "absence.csv").write_text(ABSENCE)
    (made / "mapping.toml").write_text(MAPPING)
    return made


def test_a_mapping_file_among_the_extracts_maps_them_all(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "scope.toml").write_text('employer = "RX9"\n')
    inputs = open_inputs([folder], store=tmp_path / "store")
    told = {r.file: r for r in inputs.readings}
    assert "what to ask about" in told["scope.toml"].error
    assert told["staff.csv"].used, told["staff.csv"].error
    assert {row["employer"] for row in rows_of(told["staff.csv"])} == {"RX9"}
    assert "holds no figures" in told["mapping.toml"].error
    (leavers,) = inputs.editions[Leaver]
    reasons = pq.read_table(leavers)["reason"].to_pylist()
    assert sorted(reasons) == ["01", "22"]
    (absence,) = inputs.editions[Absence]
    posts = pq.read_table(absence)["post_id"].to_pylist()
    (staff,) = inputs.editions[StaffMonth]
    assert posts[0] in pq.read_table(staff)["post_id"].to_pylist()


def test_two_mapping_files_are_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mapping.toml").write_text(MAPPING)
    with pytest.raises(DefinitionError, match="2 of the folders"):
        open_inputs([folder, tmp_path / "other"], store=tmp_path / "store")


def test_a_mapping_file_as_powershell_writes_it(folder: Path, tmp_path: Path) -> None:
    (folder / "mapping.toml").write_text(MAPPING, encoding="utf-16")
    inputs = open_inputs([folder], store=tmp_path / "store")
    assert StaffMonth in inputs.editions


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("columns = 3", "'columns' is no section"),
        ("[columns]\nmonht = 'Day'", "perhaps month"),
        ("[columns]\nmonth = 3", "month is not a column's name"),
        ("[values]\nstatus = 'active'", r"\[values.status\] is to be a section"),
        ("[always]\nfte = 1", "fte under .always. is to stand in quotation marks"),
        ("[always]\nperson = '1'", "'person' is no item that can stand there"),
        ("[months]\n'a.csv' = 'June'", "'a.csv' under .months. is to be a month"),
        ("month = 'Day'", "'month' stands outside a section"),
    ],
)
def test_what_is_wrong_in_a_mapping_file(
    text: str, words: str, folder: Path, tmp_path: Path
) -> None:
    (folder / "mapping.toml").write_text(text)
    with pytest.raises(LayoutError, match=words):
        open_inputs([folder], store=tmp_path / "store")


def test_what_nearly_is_an_extract_names_the_column_that_may_be_meant(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "mapping.toml").unlink()
    readings = open_inputs([folder], store=tmp_path / "store").readings
    told = {r.file: r.error for r in readings}
    assert "looks like a staff-record extract" in told["staff.csv"]
    assert "month, employer, status" in told["staff.csv"]
    assert "leaver extract" in told["leavers.csv"]
    assert "employer (perhaps 'Organisation')" in told["leavers.csv"]
    assert "sickness absence extract" in told["absence.csv"]


def test_a_draft_for_a_folder_reads_it(folder: Path, tmp_path: Path) -> None:
    (folder / "mapping.toml").unlink()
    draft = suggest_mapping(folder)
    assert '"Secret"' not in draft
    assert 'month = "Month"' in draft
    (folder / "mapping.toml").write_text(
        draft.replace('# leaving_reason = ""', 'leaving_reason = "Reason"')
        + '\n[values.leaving_reason]\n"Went to sea" = "22"\n'
    )
    readings = open_inputs([folder], store=tmp_path / "store").readings
    assert {r.file for r in readings if r.used} == {"leavers.csv"}


def test_no_draft_from_rows_without_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "headless.csv"
    path.write_text(samples.csv_text(ROWS[0], ROWS[1:]))
    with pytest.raises(UnreadableFileError, match="No heading"):
        suggest_mapping(path)


def test_a_draft_from_names_of_which_few_are_known(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("When,Who,Trust,Code,Grade,Hours\n2020-06,1,RX9,H1A,Band 2,1\n")
    draft = suggest_mapping(path)
    assert 'band = "Grade"' in draft
    assert '"Who"' in draft


def test_an_absence_that_ends_with_the_end_of_time_goes_on(tmp_path: Path) -> None:
    text = (
        "Assignment_Number,Org_Code,Absence_Reason,FTE,Absence_Start_Date,"
        "Absence_End_Date\n"
        "80000001,RX9,S10,1,25/06/2020,31/12/4712\n"
        "80000002,RX9,S10,1,01/06/2020,05/07/2020\n"
    )
    reading = read_one(tmp_path, lambda p: p.write_text(text) and None, "spells.csv")
    assert reading.used, reading.error
    assert (str(reading.period_start), str(reading.period_end)) == (
        "2020-06-01",
        "2020-07-01",
    )
    (fault,) = reading.faults
    assert "goes on" in fault.rule


def test_the_month_of_a_file_by_its_name(tmp_path: Path) -> None:
    """Exports of a reporting tool name the month in the file's name alone."""
    folder = tmp_path / "monthly"
    folder.mkdir()
    header = [n if n != "Tm_Year_Month" else "Notes" for n in HEADER]
    names = {"SIP Jun 2020.csv": "2020-06", "SIP_201911.csv": "2019-11"}
    for name in names:
        # One content in both: the months must not be mixed up when it is kept.
        (folder / name).write_text(samples.csv_text(header, ROWS))
    draft = suggest_mapping(folder)
    assert '"SIP Jun 2020.csv" = "2020-06"' in draft
    (folder / "mapping.toml").write_text(draft)
    for _ in range(2):
        readings = open_inputs([folder], store=tmp_path / "store").readings
        used = {r.file: f"{r.period_start:%Y-%m}" for r in readings if r.period_start}
        assert used == names


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("SIP Jun 2020.csv", "2020-06"),
        ("staff-september-20.csv", "2020-09"),
        ("2020-06 SIP.xlsx", "2020-06"),
        ("SIP 30-06-2020.csv", ""),
        ("Summary 12.csv", ""),
        ("current.csv", ""),
    ],
)
def test_the_month_that_a_name_tells(name: str, month: str) -> None:
    assert month_in(name) == month
