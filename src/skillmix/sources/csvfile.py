"""CSV files, read as text: what is no row is judged, and never silently skipped."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa

from skillmix.errors import UnreadableFileError
from skillmix.sources.fields import literal
from skillmix.sources.reading import Fault
from skillmix.sources.refine import Refined
from skillmix.sources.sniff import LONGEST_LINE, Sniffed

Refine = Callable[[str], Refined]
# What is not in UTF-8 is decoded in memory.
DECODED_CAP = 512 * 1024**2
_OLD_ENCODING = Fault(
    rule="the file is not in UTF-8; it was read as Windows-1252",
    column="",
    rows=0,
    remedy="Check names with accents, or save the file as CSV UTF-8.",
)


def read_csv(
    database: duckdb.DuckDBPyConnection,
    path: Path,
    sniffed: Sniffed,
    header: Sequence[str],
    refine: Refine,
    *,
    has_header: bool = True,
) -> Refined:
    """Refine a CSV file's rows, and count the lines that are none.

    Args:
        database: Connection to work in.
        path: The file.
        sniffed: What the first look told.
        header: Names for all of its columns, in order.
        refine: Turns the SQL source of the text columns into rows.
        has_header: Whether the first line names the columns.

    Raises:
        UnreadableFileError: If it is cut short or a line is too long.
    """
    _check_lines(path, wide=sniffed.encoding == "utf-16")
    if sniffed.encoding != "utf-8":
        return _read_decoded(database, path, sniffed, header, refine, has_header)
    database.execute("DROP TABLE IF EXISTS rejected")
    database.execute("DROP TABLE IF EXISTS rejected_scans")
    try:
        refined = refine(_source(path, sniffed, header, has_header))
    except duckdb.InvalidInputException as fault:
        raise UnreadableFileError(
            f"The file cannot be read as CSV: {_harmless(fault)}.",
        ) from None
    rejected = database.execute(
        "SELECT error_type, max(line), count(DISTINCT line), max(line_byte_position) "
        "FROM rejected GROUP BY error_type ORDER BY error_type"
    ).fetchall()
    if any(kind == "INVALID ENCODING" for kind, *_ in rejected):
        old = replace(sniffed, encoding="cp1252")
        return _read_decoded(database, path, old, header, refine, has_header)
    return _judged(path, refined, rejected)


def hold(
    database: duckdb.DuckDBPyConnection,
    header: Iterable[str],
    rows: Iterable[list[str]],
) -> str:
    """Give rows that are in memory to DuckDB, and return how to select from them."""
    names = list(header)
    padded = [row + [""] * (len(names) - len(row)) for row in rows]
    columns = {
        name: pa.array([row[place] for row in padded], pa.string())
        for place, name in enumerate(names)
    }
    database.register("held", pa.table(columns))
    return "held"


def _check_lines(path: Path, *, wide: bool) -> None:
    """Refuse lines over 1 MB and binary content: the engine passes over some of them.

    It reads a window at a time from the last line end seen, and never more.

    Args:
        path: The file.
        wide: Whether its characters are of two bytes, of which one may be zero.
    """
    with path.open("rb") as file:
        start = 0
        while window := file.read(LONGEST_LINE + 1):
            if not wide and b"\0" in window:
                raise UnreadableFileError(
                    "It holds binary data among its rows.",
                    remedy="Download or export it again.",
                )
            if len(window) <= LONGEST_LINE:
                return
            end = max(window.rfind(b"\n"), window.rfind(b"\r"))
            if end < 0:
                raise _too_long("One of its lines")
            start += end + 1
            file.seek(start)


def _source(
    path: Path, sniffed: Sniffed, header: Sequence[str], has_header: bool
) -> str:
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in header)
    return (
        f"read_csv({literal(str(path))}, header={str(has_header).lower()}, "
        f"skip={sniffed.skip}, "
        f"auto_detect=false, delim={literal(sniffed.delimiter)}, "
        f"quote='\"', escape='\"', columns={{{columns}}}, "
        f"max_line_size={LONGEST_LINE}, ignore_errors=true, store_rejects=true, "
        "rejects_table='rejected', rejects_scan='rejected_scans', rejects_limit=0)"
    )


def _judged(
    path: Path, refined: Refined, rejected: Sequence[tuple[str, int, int, int]]
) -> Refined:
    """Judge the lines that are no rows: some make the whole file unusable."""
    ended, last_line = _ending(path)
    faults = list(refined.faults)
    lines = 0
    for kind, line, count, position in rejected:
        if kind == "LINE SIZE OVER MAXIMUM":
            raise _too_long(f"Line {line}")
        # A whole line of too few cells is a note below the table, not a cut.
        cut = kind == "UNQUOTED VALUE" or (kind == "MISSING COLUMNS" and not ended)
        if cut and (position or 0) >= last_line:
            raise _cut_short(line)
        lines += count
        faults.append(_odd_lines(count, line))
    if not ended and not rejected:
        faults.append(
            Fault(
                rule="the last line has no end: the file may be cut short",
                column="",
                rows=1,
                remedy="Compare its size with the publisher's, or download it again.",
            )
        )
    return _with(refined, lines, faults)


def _with(refined: Refined, lines: int, faults: Sequence[Fault]) -> Refined:
    return replace(
        refined,
        rows=refined.rows + lines,
        refused=refined.refused + lines,
        wrong=refined.wrong + lines,
        faults=tuple(faults),
    )


def _cut_short(line: int) -> UnreadableFileError:
    return UnreadableFileError(
        f"The file is cut short: its last row, line {line}, is not whole.",
        remedy="Download or export it again; rows after it are missing.",
    )


def _too_long(which: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"{which} is longer than 1 MB, which no row of this kind is.",
        remedy="Download the file again, or save it with one row a line.",
    )


def _odd_lines(count: int, last: int) -> Fault:
    return Fault(
        rule="a line without as many cells as the heading has",
        column="",
        rows=count,
        remedy=f"Correct the quotes and commas, for example on line {last}; "
        "a total or note below the table may stay.",
    )


def _ending(path: Path) -> tuple[bool, int]:
    """Tell whether the file ends with a line end, and where its last line starts."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        start = max(0, size - LONGEST_LINE)
        file.seek(start)
        tail = file.read()
    body = tail.rstrip(b"\r\n")
    return tail.rstrip(b"\0").endswith((b"\n", b"\r")), start + body.rfind(b"\n") + 1


def _read_decoded(
    database: duckdb.DuckDBPyConnection,
    path: Path,
    sniffed: Sniffed,
    header: Sequence[str],
    refine: Refine,
    has_header: bool,
) -> Refined:
    """Read a file in an encoding of Windows programs; say so of one that is guessed."""
    if path.stat().st_size > DECODED_CAP:
        raise UnreadableFileError(
            f"The file is larger than {DECODED_CAP // 1024**2} MB and not in UTF-8.",
            remedy="Save it as CSV UTF-8.",
        )
    with path.open(encoding=sniffed.encoding, errors="replace", newline="") as file:
        rows = csv.reader(file, delimiter=sniffed.delimiter)
        body = itertools.islice(rows, sniffed.skip + int(has_header), None)
        cells = [row for row in body if row]
    whole = [row for row in cells if len(row) == len(header)]
    if cells and len(cells[-1]) != len(header) and not _ending(path)[0]:
        raise _cut_short(len(cells) + 1)
    refined = refine(hold(database, header, whole))
    faults = [*refined.faults]
    if sniffed.encoding == "cp1252":
        faults.append(_OLD_ENCODING)
    odd = len(cells) - len(whole)
    if odd:
        faults.append(_odd_lines(odd, len(cells)))
    return _with(refined, odd, faults)


def _harmless(fault: Exception) -> str:
    """Return the part of an engine's message that quotes nothing of the file."""
    first = str(fault).splitlines()[0]
    return first.removeprefix("Invalid Input Error: ").rstrip(".")
