"""Lists of titles opened safely, whatever kind of file; staff records told apart."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from skillmix.errors import InputNotFoundError, LayoutError, UnreadableFileError
from skillmix.long_cells import cells_up_to
from skillmix.sources.extracts import recognise, refuse_nearly
from skillmix.sources.mapping import StaffMapping
from skillmix.sources.sniff import Sniffed, sniff
from skillmix.sources.workbook import Workbook
from skillmix.titles.listing import Listing, listing_of

LARGEST = 64 * 1024**2
# Longer, and a quote was never closed.
LONGEST_CELL = 128 * 1024
# A table has the same number of cells in nearly every line; a list of titles with
# commas in them has not.
_EVEN = 0.9
_ARTICLES = {"empty": "an"}


def is_staff_record(path: Path) -> bool:
    """Tell whether an input is a staff record, or a folder that may hold one.

    Raises:
        InputNotFoundError: If there is no such file.
    """
    if not path.exists():
        raise InputNotFoundError(
            f"There is no file or folder '{path.name or path}'.",
            where=path.name,
            remedy="Check the spelling of the path.",
        )
    if path.is_dir():
        return True
    sniffed = sniff(path)
    if sniffed.kind == "parquet":
        return True
    header = _header(path, sniffed)
    try:
        refuse_nearly(header, StaffMapping())
    except LayoutError:
        return True
    return recognise(header, StaffMapping()) is not None


def read_list(path: Path) -> Listing:
    """Read a list of titles from text or a workbook, its first fitting sheet.

    Raises:
        LayoutError: If nothing in it reads as job titles.
        UnreadableFileError: If it is too large, damaged or of another kind.
    """
    sniffed = sniff(path)
    if sniffed.kind == "workbook":
        return _from_workbook(path)
    return listing_of(text_cells(path, sniffed), where=path.name)


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV with headings, such as a mapping file, as one mapping a row.

    Raises:
        InputNotFoundError: If there is no such file.
        UnreadableFileError: If it is no text, or too large.
    """
    if not path.is_file():
        raise InputNotFoundError(
            f"There is no file '{path.name}'.",
            where=path.name,
            remedy="Check the path; `--out` writes a mapping file to start from.",
        )
    sniffed = sniff(path)
    cells = _parsed(_text(path, sniffed), sniffed.delimiter, path)
    if not cells:
        return []
    width = len(cells[0])
    return [
        dict(zip(cells[0], [*row, *[""] * (width - len(row))], strict=False))
        for row in cells[1:]
        if any(row)
    ]


def pasted_list(text: str) -> Listing:
    """Read titles that were pasted: one a line, or a table from a spreadsheet.

    Raises:
        LayoutError: If nothing in it reads as job titles.
    """
    rows = [line.split("\t") for line in text.splitlines()]
    return listing_of(rows, where="the pasted text")


def text_cells(path: Path, sniffed: Sniffed) -> list[list[str]]:
    """Return the cells of a text file, or its lines where it is no table."""
    text = _text(path, sniffed)
    if path.suffix.casefold() == ".txt" and "\t" not in sniffed.start:
        return [[line] for line in text.splitlines()]
    cells = [row for row in _parsed(text, sniffed.delimiter, path) if any(row)]
    widths = [len(row) for row in cells]
    if widths and widths.count(widths[0]) < _EVEN * len(widths):
        return [[line] for line in text.splitlines()]
    return cells


def _from_workbook(path: Path) -> Listing:
    fault: LayoutError | None = None
    with Workbook(path) as book:
        for name, sheet in book.sheets():
            try:
                return listing_of(sheet, where=f"{path.name}, {name}")
            except LayoutError as found:
                fault = fault or found
    raise fault or LayoutError("The workbook is empty.", where=path.name)


def _header(path: Path, sniffed: Sniffed) -> tuple[str, ...]:
    if sniffed.kind != "workbook":
        return sniffed.first
    with Workbook(path) as book:
        sheet = book.sheet(book.names[0]) if book.names else []
    return tuple(sheet[0]) if sheet else ()


def _text(path: Path, sniffed: Sniffed) -> str:
    if sniffed.kind != "text":
        what = sniffed.what or f"{_ARTICLES.get(sniffed.kind, 'a')} {sniffed.kind} file"
        raise UnreadableFileError(
            f"It cannot be read as text: it is {what}.",
            where=path.name,
            remedy="Give titles as CSV, XLSX, ODS or TXT; a mapping file as CSV.",
        )
    if path.stat().st_size > LARGEST:
        raise UnreadableFileError(
            f"The list is larger than {LARGEST // 1024**2} MB.",
            where=path.name,
            remedy="Count the people of each title first, one row a title.",
        )
    raw = path.read_bytes()
    if sniffed.encoding == "utf-16":
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _parsed(text: str, delimiter: str, path: Path) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        with cells_up_to(LONGEST_CELL):
            rows.extend(
                [cell.strip() for cell in row]
                for row in csv.reader(io.StringIO(text), delimiter=delimiter)
            )
    except csv.Error as fault:
        raise UnreadableFileError(
            f"Line {len(rows) + 1} cannot be read as CSV: {fault}.",
            where=path.name,
            remedy="Open it in a spreadsheet and save it as CSV again.",
        ) from None
    return rows


def together(listings: Sequence[Listing]) -> Listing:
    """Return several lists as one, which counts people if one of them does."""
    return Listing(
        lines=tuple(line for one in listings for line in one.lines),
        heading=listings[0].heading if listings else "",
        counted=any(one.of_people for one in listings),
        passed_over=sum(one.passed_over for one in listings),
    )
