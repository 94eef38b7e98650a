"""Tables written for spreadsheets: no cell of them is ever taken for a formula."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from skillmix.errors import OutputError

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def inert(value: Any) -> str:
    """Return a cell that a spreadsheet shows and never runs.

    Text that a spreadsheet would calculate gets an apostrophe before it, which the
    spreadsheet does not show. Numbers stay numbers.
    """
    if value is None:
        return ""
    text = str(value)
    if text.startswith(_FORMULA) and not _is_number(text):
        return "'" + text
    return text


def live(text: str) -> str:
    """Return a cell as it was before `inert`, for reading back what we wrote."""
    if text.startswith("'") and text[1:].startswith(_FORMULA):
        return text[1:]
    return text


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV with a header, every cell inert."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([inert(row.get(name)) for name in columns])
    return out.getvalue()


def write_csv(
    path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]
) -> None:
    """Write rows as CSV in UTF-8 with a mark, which spreadsheets need for accents.

    Raises:
        OutputError: If the file cannot be written.
    """
    write_text(path, "\ufeff" + as_csv(columns, rows))


def write_parquet(path: Path, table: pa.Table) -> None:
    """Write a table as Parquet whole or not at all.

    Raises:
        OutputError: If it cannot be written.
    """
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    write_bytes(path, out.getvalue())


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all.

    Raises:
        OutputError: If it cannot be written.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        OutputError: If it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        os.replace(part, path)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise OutputError(
            f"The file could not be written: {fault.strerror}.", where=path.name
        ) from None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
