"""The sheets at the back: measures, files, checks, and what has no answer."""

from __future__ import annotations

from skillmix.report.book import Book
from skillmix.report.workbook.front import with_rows
from skillmix.report.workbook.model import (
    Sheet,
    SheetCell,
    SheetColumn,
    SheetTable,
    one_table,
)
from skillmix.words.numbers import unit_of


def back_sheets(book: Book) -> tuple[Sheet, ...]:
    """Return the sheets at the back; one that would be empty is left out."""
    found = (_measures(book), _files(book), _printed(book), _unanswered(book))
    return tuple(sheet for sheet in found if sheet is not None)


def _measures(book: Book) -> Sheet | None:
    rows = tuple(
        (
            SheetCell(value=f"Table {figure.number}", link=f"Table_{figure.number}"),
            SheetCell(value=measure.label),
            SheetCell(value=unit_of(measure.unit).title),
            SheetCell(value=measure.denominator or "none: a total"),
            SheetCell(value=measure.interval.replace("_", " ")),
        )
        for figure in with_rows(book)
        for measure in figure.analysis.measures.values()
    )
    columns = (
        SheetColumn(heading="Table", width=14),
        SheetColumn(heading="Measure", width=56),
        SheetColumn(heading="Unit", width=24),
        SheetColumn(heading="Out of", width=70),
        SheetColumn(heading="How its interval is made", width=34),
    )
    return _appendix("Measures", "What each measure is out of", columns, rows)


def _files(book: Book) -> Sheet | None:
    rows = tuple(
        (
            SheetCell(value=str(f["file"])),
            SheetCell(value=str(f["publisher"] or "not stated")),
            SheetCell(value=str(f["layout"] or "not recognised")),
            SheetCell(value=str(f["period"] or "none")),
            SheetCell(value=float(f["rows"])),
            SheetCell(value=float(f["refused"])),
            SheetCell(value="yes" if f["used"] else "no"),
            SheetCell(value=str(f["sha256"] or "not read")[:12]),
        )
        for f in book.files
    )
    columns = (
        SheetColumn(heading="File", width=60),
        SheetColumn(heading="Publisher", width=30),
        SheetColumn(heading="Read as", width=44),
        SheetColumn(heading="Period", width=24),
        SheetColumn(heading="Rows read", width=14, numeric=True),
        SheetColumn(heading="Rows refused", width=16, numeric=True),
        SheetColumn(heading="Used", width=10),
        SheetColumn(heading="Start of SHA-256", width=20),
    )
    return _appendix("Files", "The files these results were made from", columns, rows)


def _printed(book: Book) -> Sheet | None:
    rows = tuple(
        (
            SheetCell(value=test.finding_id),
            SheetCell(value=test.analysis),
            SheetCell(value=test.printed),
            SheetCell(value=test.value),
            SheetCell(value="yes" if test.agrees else "no"),
            SheetCell(value=test.note),
        )
        for test in book.backtests
    )
    columns = (
        SheetColumn(heading="Printed number", width=52),
        SheetColumn(heading="Analysis", width=36),
        SheetColumn(heading="As printed", width=20),
        SheetColumn(heading="From these files", width=20),
        SheetColumn(heading="Agrees", width=10),
        SheetColumn(heading="How near it had to be", width=26),
    )
    title = "Numbers the report of 2021 printed, beside these"
    return _appendix("Printed_numbers", title, columns, rows)


def _unanswered(book: Book) -> Sheet | None:
    rows = tuple(
        (
            SheetCell(value=entry.analysis.name),
            SheetCell(value=entry.analysis.question),
            SheetCell(value=", or ".join(entry.missing) or "no rows for this place"),
        )
        for entry in book.entries
        if entry.published is None or not entry.published.rows
    )
    columns = (
        SheetColumn(heading="Analysis", width=40),
        SheetColumn(heading="Question", width=70),
        SheetColumn(heading="What it lacks", width=60),
    )
    title = "Questions these files cannot answer"
    return _appendix("Not_answered", title, columns, rows)


def _appendix(
    name: str,
    title: str,
    columns: tuple[SheetColumn, ...],
    rows: tuple[tuple[SheetCell, ...], ...],
) -> Sheet | None:
    """Return a sheet at the back, or none where it would be empty."""
    if not rows:
        return None
    table = SheetTable(name=name.lower(), columns=columns, rows=rows)
    return Sheet(name=name, title=title, lines=(one_table(title),), table=table)
