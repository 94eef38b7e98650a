"""The workbook, XLSX and ODS: accessible, complete, the same bytes, and inert."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from functional.edition_samples import HOSTILE, book, without_rows
from skillmix.errors import OutputError
from skillmix.report.workbook import write_ods, write_workbook
from skillmix.report.workbook.check import check_workbook, faults
from skillmix.report.workbook.model import SheetColumn
from skillmix.report.workbook.ods import ods_bytes
from skillmix.report.workbook.plan import workbook_of
from skillmix.report.workbook.seen import SeenSheet, SeenWorkbook, see_ods, see_xlsx
from skillmix.report.workbook.xlsx import xlsx_bytes

FORMATS = {"xlsx": (xlsx_bytes, see_xlsx), "ods": (ods_bytes, see_ods)}


@pytest.fixture(scope="module", params=FORMATS)
def seen(request: pytest.FixtureRequest) -> SeenWorkbook:
    write, see = FORMATS[request.param]
    return see(write(workbook_of(book())))


def sheet(seen: SeenWorkbook, name: str) -> SeenSheet:
    return next(s for s in seen.sheets if s.name == name)


def test_it_keeps_every_rule_and_holds_every_table(seen: SeenWorkbook) -> None:
    assert faults(seen) == []
    names = [s.name for s in seen.sheets]
    assert names[:3] == ["Cover", "Contents", "Notes"]
    assert [n for n in names if n.startswith("Table_")] == [
        "Table_1",
        "Table_2",
        "Table_3",
    ]
    assert {"Measures", "Files", "Printed_numbers", "Not_answered"} <= set(names)
    assert seen.properties["language"] == "en-GB"


def test_cover_says_synthetic_and_explains_the_symbols_that_are_used(
    seen: SeenWorkbook,
) -> None:
    cover = " ".join(str(row[0]) for row in seen.sheets[0].rows)
    assert "every person in it is invented" in cover
    for symbol in ("[c] confidential", "[low] low", "[x] not available"):
        assert symbol in cover


def test_values_are_numbers_and_what_is_not_shown_has_a_symbol(
    seen: SeenWorkbook,
) -> None:
    rows = {row[0]: row for row in sheet(seen, "Table_2").rows}
    assert rows["Rare"][1] == "[low]"
    assert set(rows["Few"][1:]) == {"[c]"}
    assert rows["Unasked"][1] == "[x]"
    assert rows["+1+1"][1] == pytest.approx(100 * 61 / 200)
    assert rows["+1+1"][4:7] == (61.0, 200.0, 200.0)


def test_words_that_look_like_formulas_stay_words(seen: SeenWorkbook) -> None:
    words = [row[0] for row in sheet(seen, "Table_2").rows]
    assert set(HOSTILE) <= set(words)
    assert all(s.formulas == 0 for s in seen.sheets)


def test_both_formats_hold_the_same_cells() -> None:
    plan = workbook_of(book())
    one, two = see_xlsx(xlsx_bytes(plan)), see_ods(ods_bytes(plan))
    for first, second in zip(one.sheets, two.sheets, strict=True):
        assert first.name == second.name
        assert len(first.rows) == len(second.rows)
        for a, b in zip(first.rows, second.rows, strict=True):
            assert a == b


@pytest.mark.parametrize("write", [xlsx_bytes, ods_bytes])
def test_the_same_report_gives_the_same_bytes(write: Callable[..., bytes]) -> None:
    assert write(workbook_of(book())) == write(workbook_of(book()))


def test_notes_are_numbered_once_and_every_marker_leads_to_one(
    seen: SeenWorkbook,
) -> None:
    notes = sheet(seen, "Notes").rows[3:]
    assert [row[0] for row in notes] == ["[note 1]", "[note 2]"]
    told = " ".join(str(row[0]) for row in sheet(seen, "Table_1").rows[:9])
    assert "[note 1] [note 2]" in told


BROKEN: dict[str, Callable[[SeenWorkbook], SeenWorkbook]] = {
    "no cells are merged": lambda w: _with(w, 4, merged=1),
    "no panes are frozen": lambda w: _with(w, 4, frozen=True),
    "no rows or columns are hidden": lambda w: _with(w, 4, hidden=2),
    "there are no pictures or floating boxes": lambda w: _with(w, 4, drawings=1),
    "there are no formulas": lambda w: _with(w, 4, formulas=1),
    "the title is marked as a heading": lambda w: _with(w, 4, title_style=""),
    "there is one table, except on the cover": lambda w: _with(w, 4, tables=()),
    "sheets come in the order cover, contents, notes, then tables": lambda w: replace(
        w, sheets=(w.sheets[1], w.sheets[0], *w.sheets[2:])
    ),
    "title, author and language are filled in": lambda w: replace(w, properties={}),
    "it opens at its first sheet": lambda w: replace(w, opens_at=2),
    "it has no macros": lambda w: replace(w, macros=True),
    "letters are sans serif": lambda w: replace(w, fonts=frozenset({"Times"})),
    "no letters are smaller than 10 points": lambda w: replace(
        w, sizes=frozenset({8.0})
    ),
    "sheet names are unique, without spaces and at most 31 letters": lambda w: _with(
        w, 4, name="Table 1"
    ),
    "the table has no filter buttons": lambda w: _table(w, 4, filtered=True),
    "the table begins in column A": lambda w: _table(w, 4, first_column=1),
    "the table has a name": lambda w: _table(w, 4, name=""),
    "headings are words and unique": lambda w: _cell(w, 4, "head", "Age"),
    "no cell is empty, no row is short": lambda w: _cell(w, 4, "body", None),
    "missing values have symbols in square brackets": lambda w: _cell(
        w, 4, "body", "-"
    ),
    "note markers stand outside the data": lambda w: _cell(w, 4, "body", "12 [note 1]"),
    "every symbol used is explained on the cover": lambda w: _cell(
        w, 4, "body", "[zz]"
    ),
    "nothing stands below the table": lambda w: _with(
        w, 4, rows=(*w.sheets[4].rows, ("A remark",))
    ),
    "a link leads to no sheet (Nowhere)": lambda w: _with(
        w, 1, links=("'Nowhere'!A1",)
    ),
    "[note 99] is not explained": lambda w: _with(
        w, 4, rows=(("T [note 99]",), *w.sheets[4].rows[1:])
    ),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_the_check_finds_a_broken_rule(seen: SeenWorkbook, rule: str) -> None:
    broken = BROKEN[rule](seen)
    assert rule in {fault.rule for fault in faults(broken)}
    with pytest.raises(OutputError, match="breaks"):
        check_workbook(broken, "report.xlsx")


def test_a_workbook_that_breaks_a_rule_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = workbook_of(book())
    table = plan.sheets[1].table
    assert table is not None
    twice = replace(
        table,
        columns=(*table.columns[:-1], SheetColumn(heading="Table", width=9)),
    )
    sheets = (
        plan.sheets[0],
        replace(plan.sheets[1], table=twice),
        *plan.sheets[2:],
    )
    monkeypatch.setattr(
        "skillmix.report.workbook.workbook_of", lambda _: replace(plan, sheets=sheets)
    )
    with pytest.raises(OutputError, match="unique"):
        write_ods(book(), tmp_path / "report.ods")
    assert list(tmp_path.iterdir()) == []


def test_an_answer_without_rows_has_no_sheet_and_is_listed_as_unanswered(
    tmp_path: Path,
) -> None:
    given = book()
    first = replace(given.entries[0], published=without_rows())
    empty = replace(given, entries=(first, *given.entries[1:]))
    made = write_workbook(empty, tmp_path / "report.xlsx")
    seen = see_xlsx(made.read_bytes())
    assert "Table_1" not in [s.name for s in seen.sheets]
    lacking = [row[0] for row in sheet(seen, "Not_answered").rows]
    assert "workforce.sample" in lacking


@pytest.mark.parametrize("ending", FORMATS)
def test_libreoffice_opens_it_and_reads_the_same_numbers(
    tmp_path: Path, ending: str
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is absent: opening the workbook was not checked")
    path = tmp_path / f"report.{ending}"
    (write_workbook if ending == "xlsx" else write_ods)(book(), path)
    # Sheet 5 of the workbook as CSV: the second table.
    wanted = 'csv:"Text - txt - csv (StarCalc)":44,34,76,1,,0,false,false,false,,,5'
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            wanted.replace('"', ""),
            "--outdir",
            str(tmp_path),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    found = next(tmp_path.glob("*.csv")).read_text(encoding="utf-8")
    rows = {row[0]: row for row in csv.reader(io.StringIO(found)) if row}
    assert float(rows["+1+1"][1]) == pytest.approx(30.5)
    assert rows["Few"][1] == "[c]"


def _with(seen: SeenWorkbook, place: int, **changes: object) -> SeenWorkbook:
    sheets = list(seen.sheets)
    sheets[place] = replace(sheets[place], **changes)
    return replace(seen, sheets=tuple(sheets))


def _table(seen: SeenWorkbook, place: int, **changes: object) -> SeenWorkbook:
    table = replace(seen.sheets[place].tables[0], **changes)
    return _with(seen, place, tables=(table,))


def _cell(
    seen: SeenWorkbook, place: int, where: str, value: str | None
) -> SeenWorkbook:
    """Put a value in the last heading, or in the last cell of the table."""
    page = seen.sheets[place]
    top = page.tables[0].top
    at = top if where == "head" else len(page.rows) - 1
    rows = list(page.rows)
    value = rows[top][0] if where == "head" else value
    rows[at] = (*rows[at][:-1], value)
    return _with(seen, place, rows=tuple(rows))
