"""Exports that are tables: CSV of any delimiter, and workbooks."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from skillmix.errors import UnreadableFileError
from skillmix.literature.reading.assemble import assemble
from skillmix.literature.reading.maps import (
    Place,
    SheetKind,
    header_map,
    plain,
    sheet_kinds,
    tag_map,
)
from skillmix.literature.reading.text import LONGEST_FIELD
from skillmix.literature.record import Note, Record
from skillmix.long_cells import cells_up_to

Row = Sequence[str]

UNZIPPED_CAP = 512 * 1024**2
HEADER_WITHIN = 20
GENERIC = SheetKind(
    dialect="table", database="", headers=frozenset(), source_means="", names="guess"
)
_FORMULA_CELL = re.compile(r'="(.*)"$', re.DOTALL)
_LISTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_SHORT_NAME = re.compile(r"(?<=\.), ?(?=[^\W\d_])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Records of a table, how many rows hold any, and what is odd about it."""

    dialect: str
    markers: int
    records: tuple[Record, ...]
    notes: tuple[Note, ...] = ()


def find_header(rows: Sequence[Row]) -> int | None:
    """Return which row names the columns: a title, and something else known."""
    known = header_map()
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        fields = [known[plain(c)].field for c in row if plain(c) in known]
        if "title" in fields and len(set(fields)) > 1:
            return place
        if {"PT", "TI", "AU"} <= {c.strip() for c in row}:
            return place
    return None


def csv_rows(text: str) -> tuple[list[list[str]], bool]:
    """Return the rows of delimited text, and whether its last quote is closed."""
    head = text[: 64 * 1024].split("\n")[:HEADER_WITHIN]
    line = max(head, key=lambda row: sum(row.count(d) for d in ",;\t|"), default="")
    for delimiter in sorted(",;\t|", key=line.count, reverse=True):
        with cells_up_to(2**31 - 1):
            rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
        if find_header(rows) is not None:
            return rows, text.count('"') % 2 == 0
    return [], True


def count_rows(text: str) -> int:
    """Count the lines of delimited text that hold anything, outside quotes.

    Written apart from the CSV reader, to check it.
    """
    parts = text.split('"')
    outside = "".join(
        part if place % 2 == 0 else "x" for place, part in enumerate(parts)
    )
    return sum(1 for line in outside.split("\n") if line.strip(" ,;\t|"))


def read_table(rows: Sequence[Row], *, file: str, markers: int) -> Sheet | None:
    """Read the records of a table; None if no row names a title.

    Args:
        rows: Cells as text.
        file: Name of the file.
        markers: Rows that hold anything, counted apart from reading.
    """
    at = find_header(rows)
    if at is None:
        return None
    header = [c.strip() for c in rows[at]]
    kind = _kind(header)
    tagged = kind.dialect == "Web of Science table" and "TI" in header
    places = tag_map("wos") if tagged else _places(header, kind)
    split = SPLITS[kind.names]
    records: list[Record] = []
    longer = shorter = cut = 0
    above = sum(1 for row in rows[: at + 1] if _holds(row))
    for row in rows[at + 1 :]:
        if not _holds(row):
            continue
        longer += len(row) > len(header)
        shorter += len(row) < len(header)
        cut += any(len(c) > LONGEST_FIELD for c in row)
        names = _widened(header, len(row) - len(header), kind.may_repeat)
        records.append(
            assemble(
                [
                    (n if tagged else plain(n) or n, _cell(c)[:LONGEST_FIELD])
                    for n, c in zip(names, row, strict=False)
                ],
                places,
                file=file,
                position=len(records) + 1,
                dialect=kind.dialect,
                split=split,
                database=kind.database,
            )
        )
    return Sheet(
        dialect=kind.dialect,
        markers=markers - above,
        records=tuple(records),
        notes=tuple(_odd(longer, shorter, cut)),
    )


def workbook_rows(raw: bytes) -> Iterator[list[list[str]]]:
    """Give the rows of each sheet of a workbook, as text.

    Raises:
        UnreadableFileError: If it is damaged, or would unpack to far too much.
    """
    import python_calamine

    _guard(raw)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield [[_text(c) for c in row] for row in cells]
    except (python_calamine.CalamineError, OSError) as fault:
        raise _damaged() from fault


def _guard(raw: bytes) -> None:
    """Unpack every part without keeping it: sizes in the list can lie."""
    if not raw.startswith(b"PK"):
        return
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for part in archive.infolist():
                # Without this, reading stops at the size that the list claims.
                part.file_size = UNZIPPED_CAP + 1
                with archive.open(part) as stream:
                    while chunk := stream.read(1024**2):
                        total += len(chunk)
                        if total > UNZIPPED_CAP:
                            raise UnreadableFileError(
                                "The workbook would unpack to more than 512 MB.",
                                remedy="Export the records as RIS or CSV.",
                            )
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError):
        raise _damaged() from None


def _damaged() -> UnreadableFileError:
    return UnreadableFileError(
        "The workbook is damaged or cut short.",
        remedy="Open it and save it anew, or export the records as CSV.",
    )


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _holds(row: Row) -> bool:
    return any(c.strip() for c in row)


def _kind(header: Sequence[str]) -> SheetKind:
    names = {plain(h) for h in header}
    for kind in sheet_kinds():
        if kind.headers <= names:
            return kind
    if {"PT", "TI", "AU"} <= set(header):
        return next(k for k in sheet_kinds() if k.dialect == "Web of Science table")
    return GENERIC


def _places(header: Sequence[str], kind: SheetKind) -> Mapping[str, Place]:
    known = dict(header_map())
    if kind.source_means:
        known["source"] = Place(field=kind.source_means, rank=1)
    return {plain(h): known[plain(h)] for h in header if plain(h) in known}


def _widened(header: list[str], extra: int, may_repeat: str) -> list[str]:
    """Name the cells of a row that has more of them than the header."""
    if extra <= 0:
        return header
    if may_repeat in header:
        at = header.index(may_repeat)
        return [*header[:at], *[may_repeat] * extra, *header[at:]]
    return [*header, *(f"column {len(header) + n + 1}" for n in range(extra))]


def _cell(text: str) -> str:
    """Take a cell out of the formula some databases wrap it in."""
    match = _FORMULA_CELL.match(text.strip())
    return match[1].replace('""', '"') if match else text


def _odd(longer: int, shorter: int, cut: int) -> Iterator[Note]:
    if longer:
        yield Note(
            rule="rows with more cells than the header, all kept",
            count=longer,
            remedy="Check those rows for commas outside quotes.",
        )
    if shorter:
        yield Note(
            rule="rows with fewer cells than the header",
            count=shorter,
            remedy="Check the last row: the file may be cut short.",
        )
    if cut:
        yield Note(
            rule=f"rows with a cell over {LONGEST_FIELD:,} characters, cut there",
            count=cut,
            remedy="A quote is probably never closed; export the records again.",
        )


def _listed(value: str) -> list[str] | None:
    """Parts of a printed Python list, as some tools write them."""
    if not (value.startswith("[") and value.endswith("]")):
        return None
    return [one or two for one, two in _LISTED.findall(value)]


def _guess(field: str, value: str) -> list[str]:
    value = value.strip()
    if (parts := _listed(value)) is not None:
        return parts
    for mark in (";", "|", " and "):
        if mark in value and (mark != " and " or field == "authors"):
            return value.split(mark)
    if field == "keywords":
        return value.split(",")
    return _SHORT_NAME.split(value)


def _commas(field: str, value: str) -> list[str]:
    if ";" in value:
        return value.split(";")
    return value.split(",") if field == "keywords" else _SHORT_NAME.split(value)


def _pubmed(field: str, value: str) -> list[str]:
    return value.rstrip(".").split(",") if field == "authors" else value.split(";")


def _scopus(field: str, value: str) -> list[str]:
    return value.split(";") if ";" in value else _SHORT_NAME.split(value)


SPLITS: Mapping[str, Callable[[str, str], list[str]]] = {
    "comma": _commas,
    "comma or semicolon": _scopus,
    "pubmed": _pubmed,
    "semicolon": lambda _, value: value.split(";"),
    "bar": lambda _, value: value.split("|"),
    "and": lambda f, v: re.split(r" and |;" if f == "authors" else r"[;,]", v),
    "whole": lambda _, value: [value],
    "guess": _guess,
}
