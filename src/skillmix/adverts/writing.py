"""Files of adverts: each written to a temporary name, then given its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from skillmix.errors import OutputError
from skillmix.writing import write_whole

# A cell that begins so would be run as a formula when the file is opened.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_text(path: Path, text: str) -> None:
    """Write a text file whole, or not at all.

    Raises:
        OutputError: If the folder cannot be written to.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole, or not at all.

    Raises:
        OutputError: If the folder cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except OSError as fault:
        raise OutputError(
            f"The file cannot be written: {fault.strerror}.", where=path.name
        ) from None


def write_parquet(path: Path, table: pa.Table) -> None:
    """Write a table as Parquet whole, or not at all.

    Raises:
        OutputError: If the folder cannot be written to.
    """
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    write_bytes(path, buffer.getvalue())


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV, with words that a spreadsheet would run made harmless."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: safe(row.get(name)) for name in columns})
    return out.getvalue()


def safe(value: Any) -> Any:
    """Return a value for a cell; text that looks like a formula gets a quote mark."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        listed: Sequence[Any] = value
        value = "; ".join(str(v) for v in listed)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
