"""A written workbook as it would be met: read back from the bytes of its file.

The checks judge what is in the file, not what was meant to be, so a fault of the
writers is found too. Only what the checks ask about is read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTable:
    """A marked table: its name and the rows and columns it spans, from 0."""

    name: str
    top: int
    foot: int
    columns: int
    first_column: int
    filtered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSheet:
    """A sheet: its rows of words and numbers (None for an empty cell) and its marks."""

    name: str
    rows: tuple[tuple[str | float | None, ...], ...]
    tables: tuple[SeenTable, ...]
    title_style: str
    merged: int = 0
    hidden: int = 0
    frozen: bool = False
    drawings: int = 0
    links: tuple[str, ...] = ()
    formulas: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenWorkbook:
    """A workbook: its properties, sheets and what the whole file holds."""

    properties: Mapping[str, str]
    sheets: tuple[SeenSheet, ...]
    macros: bool
    fonts: frozenset[str] = frozenset()
    sizes: frozenset[float] = frozenset()
    opens_at: int = 0
    extras: tuple[str, ...] = field(default=())


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT = (_ODF % n for n in ("table", "office", "text"))
_RANGE = re.compile(r"\$?([A-Z]+)\$?(\d+):(?:[^:]*?\.)?\$?([A-Z]+)\$?(\d+)$")


def see_xlsx(data: bytes) -> SeenWorkbook:
    """Read an XLSX file back."""
    parts = _Parts(data)
    styles = parts.xml("xl/styles.xml")
    strings = [
        "".join(t.text or "" for t in one.iter(f"{_MAIN}t"))
        for one in parts.xml("xl/sharedStrings.xml").iter(f"{_MAIN}si")
    ]
    book = parts.xml("xl/workbook.xml")
    rels = parts.relations("xl/_rels/workbook.xml.rels")
    view = book.find(f".//{_MAIN}workbookView")
    named = _style_names(styles)
    sheets = tuple(
        _xlsx_sheet(parts, one.get("name", ""), rels[one.get(_REL, "")], strings, named)
        for one in book.iter(f"{_MAIN}sheet")
    )
    core = {
        re.sub(r"^\{.*\}", "", e.tag): e.text or ""
        for e in parts.xml("docProps/core.xml")
    }
    custom = parts.text("docProps/custom.xml")
    if match := re.search(r'name="Language"><vt:lpwstr>([^<]+)', custom):
        core["language"] = match[1]
    return SeenWorkbook(
        properties=core,
        sheets=sheets,
        macros=any("vba" in name for name in parts.names),
        fonts=frozenset(e.get("val", "") for e in styles.iter(f"{_MAIN}name")),
        sizes=frozenset(float(e.get("val", "0")) for e in styles.iter(f"{_MAIN}sz")),
        opens_at=int(view.get("activeTab", "0")) if view is not None else 0,
    )


def see_ods(data: bytes) -> SeenWorkbook:
    """Read an ODS file back."""
    parts = _Parts(data)
    content, styles = parts.xml("content.xml"), parts.xml("styles.xml")
    ranges: dict[str, list[SeenTable]] = {}
    for one in content.iter(f"{_TABLE}database-range"):
        where = one.get(f"{_TABLE}target-range-address", "")
        sheet = where.partition(".")[0].strip("'")
        shown = one.get(f"{_TABLE}display-filter-buttons") != "false"
        name = one.get(f"{_TABLE}name", "")
        ranges.setdefault(sheet, []).append(_table(name, where, filtered=shown))
    sheets = tuple(_ods_sheet(one, ranges) for one in content.iter(f"{_TABLE}table"))
    meta = parts.xml("meta.xml")
    told = {re.sub(r"^\{.*\}", "", e.tag): e.text or "" for e in meta.iter() if e.text}
    fo = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
    sizes = [e.get(f"{fo}font-size") for e in styles.iter() if e.get(f"{fo}font-size")]
    fonts = [e.get(f"{fo}font-family") for e in styles.iter()]
    return SeenWorkbook(
        properties=told,
        sheets=sheets,
        macros=any(name.startswith("Basic/") for name in parts.names),
        fonts=frozenset(f for f in fonts if f),
        sizes=frozenset(float((size or "0").removesuffix("pt")) for size in sizes),
    )


class _Parts:
    """The parts of a zipped document, parsed safely."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = self._archive.namelist()

    def text(self, name: str) -> str:
        """Return a part as text; empty if there is none."""
        return self._archive.read(name).decode() if name in self.names else ""

    def xml(self, name: str) -> Any:
        """Return a part as an element."""
        from defusedxml.ElementTree import fromstring

        return fromstring(self._archive.read(name))

    def relations(self, name: str) -> dict[str, str]:
        """Return what the relations of a part point to."""
        if name not in self.names:
            return {}
        return {e.get("Id", ""): e.get("Target", "") for e in self.xml(name)}


def _style_names(styles: Any) -> list[str]:
    """Return the named style behind each cell format."""
    by_id = {e.get("xfId"): e.get("name", "") for e in styles.iter(f"{_MAIN}cellStyle")}
    cells = styles.find(f"{_MAIN}cellXfs")
    return [by_id.get(e.get("xfId"), "") for e in cells]


def _xlsx_sheet(
    parts: _Parts, name: str, path: str, strings: list[str], styles: list[str]
) -> SeenSheet:
    page = parts.xml(f"xl/{path}")
    file = path.rpartition("/")[2]
    rels = parts.relations(f"xl/worksheets/_rels/{file}.rels")
    rows: list[tuple[str | float | None, ...]] = []
    title_style = ""
    for row in page.iter(f"{_MAIN}row"):
        while len(rows) < int(row.get("r", "1")) - 1:
            rows.append(())
        cells: list[str | float | None] = []
        for cell in row:
            place = _column(re.sub(r"\d", "", cell.get("r", "A")))
            cells += [None] * (place - len(cells))
            value = cell.findtext(f"{_MAIN}v")
            shown = strings[int(value)] if cell.get("t") == "s" and value else value
            number = cell.get("t") != "s" and shown is not None
            cells.append(float(shown or 0) if number else shown)
            if cell.get("r") == "A1":
                title_style = styles[int(cell.get("s", "0"))]
        rows.append(tuple(cells))
    tables: list[SeenTable] = []
    for target in rels.values():
        if "tables/" in target:
            one = parts.xml(f"xl/{target.removeprefix('../')}")
            filtered = one.find(f"{_MAIN}autoFilter") is not None
            tables.append(
                _table(one.get("name", ""), one.get("ref", ""), filtered=filtered)
            )
    pane = page.find(f".//{_MAIN}pane")
    return SeenSheet(
        name=name,
        rows=tuple(rows),
        tables=tuple(tables),
        title_style=title_style,
        merged=len(list(page.iter(f"{_MAIN}mergeCell"))),
        hidden=sum(e.get("hidden") in ("1", "true") for e in page.iter()),
        frozen=pane is not None,
        drawings=sum("drawing" in target for target in rels.values()),
        links=tuple(e.get("location", "") for e in page.iter(f"{_MAIN}hyperlink")),
        formulas=len(list(page.iter(f"{_MAIN}f"))),
    )


def _ods_sheet(page: Any, ranges: Mapping[str, list[SeenTable]]) -> SeenSheet:
    rows: list[tuple[str | float | None, ...]] = []
    styles: list[str] = []
    for row in page.iter(f"{_TABLE}table-row"):
        cells: list[str | float | None] = []
        for cell in row:
            styles.append(cell.get(f"{_TABLE}style-name", ""))
            if cell.get(f"{_OFFICE}value-type") == "float":
                cells.append(float(cell.get(f"{_OFFICE}value", "0")))
            else:
                cells.append("".join(cell.itertext()) or None)
        rows.append(tuple(cells))
    name = page.get(f"{_TABLE}name", "")
    every = list(page.iter())
    xlink = "{http://www.w3.org/1999/xlink}href"
    return SeenSheet(
        name=name,
        rows=tuple(rows),
        tables=tuple(ranges.get(name, ())),
        title_style=styles[0].replace("_20_", " ") if styles else "",
        merged=sum(bool(e.get(f"{_TABLE}number-columns-spanned")) for e in every),
        hidden=sum(bool(e.get(f"{_TABLE}visibility")) for e in every),
        drawings=sum("drawing" in str(e.tag) for e in every),
        links=tuple(e.get(xlink, "") for e in page.iter(f"{_TEXT}a")),
        formulas=sum(bool(e.get(f"{_TABLE}formula")) for e in every),
    )


def _table(name: str, where: str, *, filtered: bool) -> SeenTable:
    found = _RANGE.search(where)
    if found is None:
        return SeenTable(
            name=name, top=0, foot=0, columns=0, first_column=0, filtered=filtered
        )
    first, top, last, foot = found.groups()
    return SeenTable(
        name=name,
        top=int(top) - 1,
        foot=int(foot) - 1,
        columns=_column(last) - _column(first) + 1,
        first_column=_column(first),
        filtered=filtered,
    )


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
