"""Tables of the review as workbooks or CSV, by the ending of the file's name.

Every cell of a workbook is written as text or as a number, so that no title that begins
with an equals sign is ever calculated; CSV has no such choice, see `tables.inert`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from skillmix.errors import UnreadableFileError
from skillmix.literature.reading.sheet import workbook_rows
from skillmix.literature.reading.text import decode
from skillmix.literature.record import Record, records_table
from skillmix.literature.tables import (
    live,
    write_bytes,
    write_csv,
    write_parquet,
)
from skillmix.words.unseen import seen

WORKBOOK = ".xlsx"
# What a cell of a workbook can hold.
LONGEST = 32_767
# The widths of columns that hold sentences and of those that do not, in letters.
WIDE, NARROW, SENTENCE = 48, 16, 30
# The same content gives the same bytes: a workbook says when it was made.
NO_DATE = dt.datetime(2020, 1, 1)
_TEXT_ONLY: Mapping[str, Any] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_table(
    path: Path,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    *,
    title: str,
) -> None:
    """Write rows as a workbook if the name ends in .xlsx, else as CSV.

    Raises:
        OutputError: If the file cannot be written.
    """
    if path.suffix.lower() == WORKBOOK:
        write_bytes(path, as_workbook(columns, rows, title=title))
    else:
        write_csv(path, columns, rows)


def write_records(path: Path, records: Sequence[Record]) -> None:
    """Write every record read, in the columns of the table `citation`.

    As a workbook, CSV or Parquet, by the ending of the name.

    Raises:
        OutputError: If the file cannot be written.
    """
    table = records_table(records)
    if path.suffix.lower() == ".parquet":
        write_parquet(path, table)
        return
    write_table(path, table.column_names, table.to_pylist(), title="Records")


def as_workbook(
    columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, title: str
) -> bytes:
    """Return rows as a workbook of one sheet, with a header that stays in sight."""
    import xlsxwriter

    out = io.BytesIO()
    cells = [[_cell(row.get(name)) for name in columns] for row in rows]
    with xlsxwriter.Workbook(out, dict(_TEXT_ONLY)) as book:
        book.set_properties({"title": title, "created": NO_DATE})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(title[:31])
        for place, name in enumerate(columns):
            longest = max((len(str(row[place])) for row in cells), default=0)
            width = WIDE if longest > SENTENCE else NARROW
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, name, head)
        for line, row in enumerate(cells, 1):
            for place, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(line, place, value, body)
                elif value:
                    sheet.write_string(line, place, value, body)
        sheet.freeze_panes(1, 1)
        if cells:
            sheet.autofilter(0, 0, len(cells), len(columns) - 1)
    return out.getvalue()


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a table back, from a workbook or CSV, as text by the names of its header.

    Raises:
        UnreadableFileError: If it cannot be opened, or holds no table.
    """
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise UnreadableFileError(
            f"The table cannot be opened: {fault.strerror}.", where=path.name
        ) from None
    if raw.startswith(b"PK"):
        rows = next((sheet for sheet in workbook_rows(raw) if sheet), [])
    else:
        rows = _lines(decode(raw).text, path.name)
    if not rows:
        raise UnreadableFileError("The table is empty.", where=path.name)
    header = [name.strip() for name in rows[0]]
    return [
        {name: cell for name, cell in zip(header, row, strict=False) if name}
        for row in rows[1:]
        if any(cell.strip() for cell in row)
    ]


def _lines(text: str, where: str) -> list[list[str]]:
    """Return the rows of a CSV, parted as its header is: by commas or semicolons."""
    header = text.partition("\n")[0]
    parting = max((",", ";", "\t"), key=header.count)
    try:
        found = list(csv.reader(io.StringIO(text), delimiter=parting))
    except csv.Error:
        raise UnreadableFileError("The table is no CSV.", where=where) from None
    return [[live(cell) for cell in row] for row in found if row]


def _cell(value: Any) -> str | int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = seen(str(value)) if value is not None else ""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
