"""A workbook before it is written: its sheets, the one table of each, its symbols.

XLSX and ODS are both written from this, so neither can hold a value, a note or a
warning the other lacks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CONFIDENTIAL, LOW, UNAVAILABLE, NOT_APPLICABLE = "[c]", "[low]", "[x]", "[z]"
SYMBOLS: Mapping[str, str] = {
    CONFIDENTIAL: "confidential: 1 to 4 people stand behind it, such a count could be "
    "worked out with it, or its publisher withheld it",
    LOW: "low: it would round to zero but is not zero",
    UNAVAILABLE: "not available: the source gives no value",
    NOT_APPLICABLE: "not applicable: this measure has no such part",
}
LANGUAGE = "en-GB"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCell:
    """One cell of a table.

    Attributes:
        value: A number, or words; a symbol where there is no number to show.
        decimals: Decimals a number is shown with; it is kept in full.
        link: Name of the sheet it leads to, if any.
    """

    value: float | str
    decimals: int = 0
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """One column: heading, width in letters, and whether it is of numbers."""

    heading: str
    width: int
    numeric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """The table of a sheet; its name is unique in the workbook."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[SheetCell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet.

    Attributes:
        name: Its tab.
        title: What stands in A1, marked as a heading.
        lines: What stands under it, a line a cell in column A.
        table: Its one table; the cover has none.
    """

    name: str
    title: str
    lines: tuple[str, ...]
    table: SheetTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A whole workbook, with the properties that name it."""

    title: str
    subject: str
    author: str
    created: dt.date
    sheets: tuple[Sheet, ...]


def symbols_in(sheets: Iterable[Sheet]) -> tuple[str, ...]:
    """Return the symbols that stand in the tables, in the order they are explained."""
    used = {s for sheet in sheets if sheet.table for s in symbols_in_table(sheet.table)}
    return tuple(symbol for symbol in SYMBOLS if symbol in used)


def symbols_in_table(table: SheetTable) -> tuple[str, ...]:
    """Return the symbols of one table."""
    used = {cell.value for row in table.rows for cell in row}
    return tuple(symbol for symbol in SYMBOLS if symbol in used)


def one_table(what: str) -> str:
    """Return the line that says how many tables a sheet has."""
    return f"This worksheet contains one table: {what[:1].lower()}{what[1:]}."
