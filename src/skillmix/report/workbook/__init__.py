"""The report as a workbook, XLSX and ODS, made to be read by everybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from skillmix.report.book import Book
from skillmix.report.studio import Studio
from skillmix.report.workbook.check import SheetFault, faults, refuse
from skillmix.report.workbook.model import Workbook
from skillmix.report.workbook.ods import ods_bytes
from skillmix.report.workbook.plan import workbook_of
from skillmix.report.workbook.seen import see_ods, see_xlsx
from skillmix.report.workbook.xlsx import xlsx_bytes
from skillmix.report.writing import write_whole

__all__ = ["begin_workbooks", "write_ods", "write_workbook"]

Checked = tuple[bytes, Sequence[SheetFault]]


def write_workbook(book: Book, path: Path) -> Path:
    """Write a report as an XLSX workbook, checked against the rules, and return it.

    Raises:
        OutputError: If it breaks a rule of accessible spreadsheets, or the folder
            cannot be written; nothing half-written is left behind.
    """
    return _write(checked_xlsx(workbook_of(book)), path)


def write_ods(book: Book, path: Path) -> Path:
    """Write a report as an OpenDocument spreadsheet, checked likewise.

    Raises:
        OutputError: As `write_workbook`.
    """
    return _write(checked_ods(workbook_of(book)), path)


def begin_workbooks(book: Book, studio: Studio) -> Callable[[Path, Path], None]:
    """Lay a report out once, and have the XLSX made beside other work.

    Returns:
        What writes both, to the paths of the XLSX and the ODS file; it raises as
        `write_workbook` does.
    """
    plan = workbook_of(book)
    made = studio.apart(checked_xlsx, plan)

    def write(xlsx: Path, ods: Path) -> None:
        # Made here: the other process, which draws the charts, has more to do.
        _write(checked_ods(plan), ods)
        _write(made(), xlsx)

    return write


def checked_xlsx(plan: Workbook) -> Checked:
    """Return a plan as XLSX, and the rules that the file breaks."""
    data = xlsx_bytes(plan)
    return data, faults(see_xlsx(data))


def checked_ods(plan: Workbook) -> Checked:
    """Return a plan as ODS, and the rules that the file breaks."""
    data = ods_bytes(plan)
    return data, faults(see_ods(data))


def _write(checked: Checked, path: Path) -> Path:
    data, broken = checked
    refuse(broken, path.name)
    write_whole({path: data})
    return path
