"""Lists of titles as people keep them, and the mapping file they edit."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from skillmix.errors import (
    InputNotFoundError,
    InvalidRowsError,
    LayoutError,
    UnreadableFileError,
)
from skillmix.title_lists import is_staff_record, read_list, read_rows, together
from skillmix.titles.harmonise import harmonise
from skillmix.titles.listing import listing_of
from skillmix.titles.mapping import COLUMNS, draft, read_mapping
from skillmix.titles.tables import mapping_csv
from skillmix.titles.uses import Line, key_of, uses_of

TITLES = ("HCA Band 2", "Ward Clerk", "Support Worker, Dune Ward", "Staff Nurse")


def test_the_column_of_titles_is_found_by_what_it_holds() -> None:
    cells = [
        ["Ref", "Where", "What"],
        ["12", "Leeds", "Healthcare Assistant"],
        ["13", "Hull", "Peer Support Worker"],
    ]
    assert [line.title for line in listing_of(cells).lines] == [
        "Healthcare Assistant",
        "Peer Support Worker",
    ]


def test_counts_employers_bands_and_job_roles_are_found_by_heading() -> None:
    cells = [
        ["Trust", "Job Title", "AfC band", "Headcount", "Job role"],
        ["RJ1", "HCA", "Band 2", "1,204", "Healthcare Assistant"],
    ]
    (line,) = listing_of(cells).lines
    assert line == Line(
        title="HCA",
        people=1204,
        employer="RJ1",
        band="2",
        job_role="Healthcare Assistant",
    )


def test_lines_above_the_headings_are_passed_over() -> None:
    cells = [["Staff by title, March"], [""], ["Job title", "Count"], ["HCA", "5"]]
    listing = listing_of(cells)
    assert listing.counted
    assert listing.lines == (Line(title="HCA", people=5),)


def test_a_job_title_column_goes_before_a_job_role_column() -> None:
    cells = [
        ["Job Role", "Position Title"],
        ["Healthcare Assistant", "Bank HCA"],
        ["Assistant", "OT Assistant"],
    ]
    listing = listing_of(cells)
    assert listing.heading == "Position Title"
    assert listing.lines[0].job_role == "Healthcare Assistant"


def test_counts_that_are_no_numbers_are_all_told_at_once() -> None:
    cells = [["title", "count"], ["HCA", "many"], ["STR Worker", "-3"], ["MSW", "4"]]
    with pytest.raises(InvalidRowsError, match="2 counts"):
        listing_of(cells)


def test_a_decimal_comma_is_no_comma_of_thousands() -> None:
    with pytest.raises(InvalidRowsError, match="1 counts that are no whole number"):
        listing_of([["Job title", "Count"], ["HCA", "12,5"], ["Physio aide", "1,250"]])


def test_lists_of_which_one_counts_people_count_people_together() -> None:
    """Or its counts of one to four would be told as lines."""
    counted = listing_of([["Job title", "Count"], ["HCA", "3"]])
    plain = listing_of([["Job title"], ["Peer Worker"], ["OT Helper"], ["Auxiliary"]])
    assert not plain.of_people
    assert together([counted, plain]).of_people
    assert together([plain, counted]).of_people


def test_suppressed_counts_are_read_as_nobody_told() -> None:
    cells = [["title", "count"], ["HCA", "*"], ["STR Worker", "40"]]
    assert [line.people for line in listing_of(cells).lines] == [0, 40]


def test_a_table_without_titles_is_refused() -> None:
    with pytest.raises(LayoutError, match="No column"):
        listing_of([["colour", "size"], ["blue", "3"], ["red", "4"]])


@pytest.mark.parametrize("name", ["titles.txt", "titles.csv"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_title_a_line_may_hold_commas(
    tmp_path: Path, name: str, encoding: str
) -> None:
    path = tmp_path / name
    path.write_text("\n".join([*TITLES, "Café Assistant"]), encoding=encoding)
    listing = read_list(path)
    assert [key_of(line.title) for line in listing.lines] == [
        *map(key_of, TITLES),
        "café assistant",
    ]
    assert not listing.counted


def test_other_delimiters_are_read(tmp_path: Path) -> None:
    for mark in (";", "\t", "|"):
        path = tmp_path / "list.csv"
        path.write_text(f"Job title{mark}Staff\nHCA{mark}7\n", encoding="utf-8")
        assert read_list(path).lines == (Line(title="HCA", people=7),)


def test_a_workbook_is_searched_sheet_by_sheet(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "titles.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Notes").write_row(0, 0, ["Written in March"])
        sheet = book.add_worksheet("Titles")
        sheet.write_row(0, 0, ["Job title", "Count"])
        sheet.write_row(1, 0, ["Healthcare Assistant", 12])
    assert read_list(path).lines == (Line(title="Healthcare Assistant", people=12),)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 nothing", b"\x89PNG", b"PK\x03\x04 cut", b"a\0b\0c" * 99]
)
def test_what_is_no_list_is_refused_with_a_reason(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError):
        read_list(path)


def test_a_cell_of_a_megabyte_is_refused_or_read_but_never_a_crash(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.csv"
    path.write_text('title\nHCA\n"' + "x" * 900_000 + '"\n', encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="Line 3"):
        read_list(path)


def test_a_staff_record_is_told_from_a_list(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Job title,Count\nHCA,4\n", encoding="utf-8")
    assert not is_staff_record(path)
    assert is_staff_record(tmp_path)
    with pytest.raises(InputNotFoundError):
        is_staff_record(tmp_path / "absent.csv")


def _mapping(*rows: dict[str, str]) -> list[dict[str, str]]:
    return [{c: row.get(c, "") for c in COLUMNS} for row in rows]


def test_a_decision_goes_before_the_rules() -> None:
    decisions = read_mapping(
        [
            {
                "title": "bay watch  WORKER",
                "role": "healthcare assistant",
                "note": "asked",
            }
        ],
        where="m.csv",
    )
    (title,) = harmonise(uses_of([Line(title="Bay Watch Worker")]), decisions)
    assert title.role is not None
    assert title.role.slug == "healthcare_assistant"
    assert (title.decided_by, title.confidence, title.note) == ("mapping", 1.0, "asked")


def test_a_title_can_be_put_out_of_scope_and_a_new_role_be_named() -> None:
    decisions = read_mapping(
        [
            {"title": "Support Worker", "role": "out of scope", "category": ""},
            {"title": "Bay Lead", "role": "Ward buddy", "category": "professional"},
        ],
        where="m.csv",
    )
    lines = [Line(title="Support Worker"), Line(title="Bay Lead")]
    found = {t.use.title: t for t in harmonise(uses_of(lines), decisions)}
    assert found["Support Worker"].scope == "out"
    assert found["Bay Lead"].standard_title == "Ward buddy"
    assert found["Bay Lead"].category == "professional"


def test_every_wrong_line_is_told_at_once_with_the_nearest_role() -> None:
    with pytest.raises(InvalidRowsError) as fault:
        read_mapping(
            [
                {"title": "A", "role": "healthcare asistant", "category": ""},
                {"title": "B", "role": "peer support worker", "category": "odd"},
                {"title": "C", "role": "recovery worker", "category": ""},
                {"title": "c", "role": "nursing associate", "category": ""},
            ],
            where="m.csv",
        )
    told = str(fault.value)
    assert "3 wrong lines" in told
    assert "did you mean healthcare assistant" in told
    assert "line 3: 'odd' is not a category" in told
    assert "line 5: the title was decided differently above" in told


def test_a_mapping_file_without_its_columns_is_refused() -> None:
    with pytest.raises(LayoutError, match="no column role"):
        read_mapping([{"title": "A", "job": "x"}], where="m.csv")


def test_a_draft_decides_nothing_until_somebody_edits_it() -> None:
    rows = draft(
        [("HCA", "healthcare assistant", "", "in"), ("=odd", "", "", "unsure")]
    )
    written = list(csv.DictReader(io.StringIO(mapping_csv(rows))))
    assert read_mapping(written, where="m.csv") == {}
    written[0]["role"] = "clinical support worker"
    written[1]["confirmed"] = "yes"
    written[1]["role"] = "out of scope"
    decided = read_mapping(written, where="m.csv")
    assert set(decided) == {"hca", "=odd"}


def test_rows_of_a_mapping_file_that_is_there_are_never_changed() -> None:
    edited = _mapping({"title": "HCA", "role": "my role", "note": "mine"})
    rows = draft(
        [("hca", "healthcare assistant", "", "in"), ("MSW", "maternity", "", "in")],
        edited,
    )
    assert rows[0] == edited[0]
    assert [row["title"] for row in rows] == ["HCA", "MSW"]


def test_a_mapping_file_is_read_whatever_the_spreadsheet_made_of_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "mapping.csv"
    path.write_text("title;role\nHCA;nursing associate\n;\n", encoding="utf-8-sig")
    decisions = read_mapping(read_rows(path), where=path.name)
    assert decisions["hca"].role is not None
