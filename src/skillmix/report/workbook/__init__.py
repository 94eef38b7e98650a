"""The report as a workbook, XLSX and ODS, made to be read by everybody."""

from __future__ import annotations

from pathlib import Path

from skillmix.report.book import Book
from skillmix.report.workbook.check import check_workbook
from skillmix.report.workbook.ods import ods_bytes
from skillmix.report.workbook.plan import workbook_of
from skillmix.report.workbook.seen import see_ods, see_xlsx
from skillmix.report.workbook.xlsx import xlsx_bytes
from skillmix.report.writing import write_whole

__all__ = ["write_ods", "write_workbook"]


def write_workbook(book: Book, path: Path) -> Path:
    """Write a report as an XLSX workbook, checked against the rules, and return it.

    Raises:
        OutputError: If it breaks a rule of accessible spreadsheets, or the folder
            cannot be written; nothing half-written is left behind.
    """
    data = xlsx_bytes(workbook_of(book))
    check_workbook(see_xlsx(data), path.name)
    write_whole({path: data})
    return path


def write_ods(book: Book, path: Path) -> Path:
    """Write a report as an OpenDocument spreadsheet, checked likewise.

    Raises:
        OutputError: As `write_workbook`.
    """
    data = ods_bytes(workbook_of(book))
    check_workbook(see_ods(data), path.name)
    write_whole({path: data})
    return path
