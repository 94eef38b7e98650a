"""Coders' sheets: a row an advert and field, as CSV or XLSX, out and back in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skillmix.adverts.advert import Coded
from skillmix.adverts.normalise import without_contacts
from skillmix.adverts.review.codes import allowed, parsed, reviewed_fields, written
from skillmix.adverts.scheme import scheme
from skillmix.adverts.writing import as_csv, safe, write_bytes, write_text
from skillmix.errors import InvalidRowsError, LayoutError, UnreadableFileError

COLUMNS = (
    *("advert", "text_sha256", "file", "title", "employer", "field", "label"),
    *("codes", "suggested", "quote", "code", "note"),
)
WIDTHS = (14, 12, 22, 34, 30, 24, 26, 40, 22, 50, 22, 30)
LONGEST_LIST = 255
LARGEST_SHEET = 64 * 1024**2
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """The codes that one coder gave.

    Attributes:
        coder: The sheet's name, which stands for the coder.
        codes: Code by advert and field; cells left empty are not in it.
        digests: SHA-256 of each advert's text, so that codes never move to another.
        notes: What the coder noted, by advert and field.
    """

    coder: str
    codes: Mapping[Key, Any]
    digests: Mapping[str, str]
    notes: Mapping[Key, str] = field(default_factory=dict[Key, str])


def sheet_rows(
    coded: Sequence[Coded], *, blind: bool, coding: Coding | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a coder's sheet.

    Args:
        coded: Coded adverts; those the sample leaves out are left out.
        blind: Whether the machine's codes and quotations are kept from the coder.
        coding: What the coder has given so far, to go on from.
    """
    given = coding or Coding(coder="", codes={}, digests={})
    for one in coded:
        if one.exclusion:
            continue
        for asked in reviewed_fields():
            key = (one.advert.id, asked.name)
            value = one.values[asked.name]
            quote = value.evidence[0].quote if value.evidence else ""
            yield {
                "advert": one.advert.id,
                "text_sha256": one.advert.digest,
                "file": one.advert.file,
                "title": without_contacts(one.advert.head.title),
                "employer": one.advert.head.employer,
                "field": asked.name,
                "label": asked.label,
                "codes": "; ".join(allowed(asked)),
                "suggested": "" if blind else written(asked, value.value),
                "quote": "" if blind else quote,
                "code": written(asked, given.codes[key]) if key in given.codes else "",
                "note": given.notes.get(key, ""),
            }


def write_sheet(path: Path, coded: Sequence[Coded], *, blind: bool) -> None:
    """Write a coder's sheet, as XLSX with lists to choose from, or as CSV.

    Raises:
        OutputError: If it cannot be written.
    """
    rows = list(sheet_rows(coded, blind=blind))
    if path.suffix.lower() == ".xlsx":
        write_bytes(path, as_workbook(rows))
    else:
        write_text(path, as_csv(COLUMNS, rows))


def read_sheet(path: Path) -> Coding:
    """Read a sheet that a coder has filled in.

    Raises:
        LayoutError: If it lacks a column of the sheet.
        InvalidRowsError: If cells hold codes the scheme does not have, all counted.
        UnreadableFileError: If it is damaged or too large.
    """
    known = {f.name: f for f in reviewed_fields()}
    codes: dict[Key, Any] = {}
    notes: dict[Key, str] = {}
    digests: dict[str, str] = {}
    wrong: dict[str, tuple[int, str]] = {}
    for row in _read_rows(path):
        name, advert, cell, note, digest = (
            str(row.get(c) or "")
            for c in ("field", "advert", "code", "note", "text_sha256")
        )
        if name not in known:
            continue
        if note.strip():
            notes[advert, name] = note.strip()
        if not cell.strip():
            continue
        try:
            codes[advert, name] = parsed(known[name], cell)
        except InvalidRowsError as fault:
            wrong[name] = (wrong.get(name, (0, ""))[0] + 1, fault.remedy)
            continue
        digests[advert] = digest
    if wrong:
        raise _wrong_cells(path, wrong)
    return Coding(coder=path.stem, codes=codes, digests=digests, notes=notes)


def _wrong_cells(path: Path, wrong: Mapping[str, tuple[int, str]]) -> InvalidRowsError:
    told = "; ".join(f"{name} ({n} cells)" for name, (n, _) in wrong.items())
    return InvalidRowsError(
        f"Cells hold codes that the scheme does not have: {told}.",
        where=path.name,
        remedy=" ".join(dict.fromkeys(f"{n}: {r}" for n, (_, r) in wrong.items())),
    )


def _read_rows(path: Path) -> list[dict[str, Any]]:
    try:
        if path.stat().st_size > LARGEST_SHEET:
            raise UnreadableFileError("The sheet is too large.", where=path.name)
        data = path.read_bytes()
    except OSError as fault:
        raise UnreadableFileError(
            f"The sheet cannot be opened: {fault.strerror}.", where=path.name
        ) from None
    rows = _workbook_rows(data) if data.startswith(b"PK") else _text_rows(data)
    lacking = [c for c in ("advert", "field", "code") if rows and c not in rows[0]]
    if not rows or lacking:
        raise LayoutError(
            f"The sheet has no column {', '.join(lacking) or 'advert, field, code'}.",
            where=path.name,
            remedy="Fill in a sheet written by `skillmix adverts --sheet`.",
        )
    return rows


def _text_rows(data: bytes) -> list[dict[str, Any]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    delimiter = ";" if text.partition("\n")[0].count(";") > 2 else ","
    return [dict(row) for row in csv.DictReader(io.StringIO(text), delimiter=delimiter)]


def _workbook_rows(data: bytes) -> list[dict[str, Any]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        cells = book.get_sheet_by_index(0).to_python()
    except (CalamineError, OSError, ValueError):
        raise UnreadableFileError("The workbook is damaged.") from None
    if not cells:
        return []
    names = [str(c).strip() for c in cells[0]]
    return [dict(zip(names, map(str, row), strict=False)) for row in cells[1:]]


def as_workbook(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the rows of a sheet as XLSX, with lists to choose from and the guide."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        page = book.add_worksheet("Codes")
        page.freeze_panes(1, 0)
        page.write_row(0, 0, COLUMNS, bold)
        for place, width in enumerate(WIDTHS):
            page.set_column(place, place, width, wrap)
        for number, row in enumerate(rows, start=1):
            page.write_row(number, 0, [safe(row[c]) for c in COLUMNS])
            _choices(page, number, str(row["codes"]), str(row["field"]))
        guide = book.add_worksheet("Guide")
        guide.set_column(0, 0, 28, wrap)
        guide.set_column(1, 1, 110, wrap)
        guide.write_row(0, 0, ("Field", "How to code it"), bold)
        for number, asked in enumerate(reviewed_fields(), start=1):
            guide.write_row(number, 0, (asked.name, asked.guide))
        told = f"{scheme().name}, version {scheme().version}"
        book.set_properties({"title": told})
    return out.getvalue()


def _choices(page: Any, row: int, codes: str, field: str) -> None:
    """Let a cell be chosen from a list where the list fits and one code is wanted."""
    listed = codes.split("; ")
    kind = scheme().fields[field].kind
    if codes and kind in ("code", "yes_no") and len(",".join(listed)) <= LONGEST_LIST:
        place = COLUMNS.index("code")
        page.data_validation(
            row, place, row, place, {"validate": "list", "source": listed}
        )
