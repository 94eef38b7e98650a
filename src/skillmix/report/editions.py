"""The editions of a report beside its page: PDF, workbooks and CSV files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from skillmix.report.book import Book
from skillmix.report.csvs import write_tables
from skillmix.report.pdf import write_pdf
from skillmix.report.studio import Studio
from skillmix.report.workbook import begin_workbooks

Progress = Callable[[str, int, int], None]
PDF, XLSX, ODS, TABLES = "report.pdf", "report.xlsx", "report.ods", "tables"


def write_editions(
    book: Book, out: Path, *, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Write the report as PDF, XLSX, ODS and CSV into a folder.

    Args:
        book: What the report says.
        out: The folder.
        progress: Called with the edition's name, how many are done, and how many
            there are.

    Returns:
        The files, and the folder of CSV files.

    Raises:
        OutputError: If an edition breaks its own rules or cannot be written.
    """
    workbooks = begin_workbooks(book, book.studio or Studio(apart=False))
    tasks: tuple[tuple[str, Callable[[], object]], ...] = (
        (TABLES, lambda: write_tables(book, out / TABLES)),
        (PDF, lambda: write_pdf(book, out / PDF)),
        ("workbooks", lambda: workbooks(out / XLSX, out / ODS)),
    )
    for done, (name, write) in enumerate(tasks):
        if progress:
            progress(f"writing {name}", done, len(tasks))
        write()
    if progress:
        progress("done", len(tasks), len(tasks))
    return tuple(out / name for name in (TABLES, XLSX, ODS, PDF))
