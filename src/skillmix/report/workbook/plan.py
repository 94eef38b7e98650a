"""A report laid out as a workbook, in the order the guidance asks for.

Cover, contents, notes, then a sheet a table, after the Analysis Function's guidance
on accessible spreadsheets; what else a reader may ask stands at the back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from skillmix.report.book import Book
from skillmix.report.workbook.back import back_sheets
from skillmix.report.workbook.front import (
    contents_sheet,
    cover_sheet,
    notes_sheet,
    numbered_notes,
    with_rows,
)
from skillmix.report.workbook.model import UNAVAILABLE, Sheet, SheetCell, Workbook
from skillmix.report.workbook.results import result_sheet
from skillmix.words.unseen import seen


def workbook_of(book: Book) -> Workbook:
    """Lay a report out as sheets."""
    notes = numbered_notes(book)
    figures = with_rows(book)
    tables = [result_sheet(book, figure, notes) for figure in figures]
    front = (
        cover_sheet(book, tables),
        contents_sheet(book, figures, tables),
        notes_sheet(book, notes),
    )
    sheets = (*front, *tables, *back_sheets(book))
    return Workbook(
        title=book.title,
        subject=f"{book.scope.service_label}; {book.scope.place_label}",
        author=f"skillmix {book.version}",
        created=_created(book),
        sheets=tuple(map(_clean, sheets)),
    )


def _clean(sheet: Sheet) -> Sheet:
    """Return a sheet whose words hold nothing unseen, and whose cells all hold words.

    Control characters are not allowed in the files, and right-to-left marks could
    make a name read as another one.
    """
    table = sheet.table
    if table is not None:
        rows = tuple(tuple(map(_seen_cell, row)) for row in table.rows)
        table = replace(table, rows=rows)
    lines = tuple(map(_line, sheet.lines))
    return replace(sheet, title=_line(sheet.title), lines=lines, table=table)


def _seen_cell(cell: SheetCell) -> SheetCell:
    if not isinstance(cell.value, str):
        return cell
    return replace(cell, value=_line(cell.value).strip() or UNAVAILABLE)


def _line(words: str) -> str:
    return seen(words).replace("\n", " ")


def _created(book: Book) -> dt.date:
    """Return the last month the report speaks of: a clock would change the bytes."""
    ends = [f.published.period[1] for f in book.figures if f.published.period]
    return max(ends, default=book.scope.month or dt.date(2000, 1, 1))
