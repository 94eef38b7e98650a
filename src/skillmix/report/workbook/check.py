"""Whether a written workbook keeps the rules of accessible spreadsheets.

Each rule is one of the Analysis Function's checklist for making spreadsheets
accessible; a workbook that breaks one is not written. What cannot be judged by a
program (whether the words are plain, spelling, colour seen on a real screen) is
left to the reader before publishing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from skillmix.errors import OutputError
from skillmix.report.workbook.model import SYMBOLS
from skillmix.report.workbook.seen import SeenSheet, SeenTable, SeenWorkbook

FRONT = ("Cover", "Contents", "Notes")
SANS_SERIF = frozenset({"Arial"})
SMALLEST = 10.0
LONGEST_TAB = 31
_NOTE = re.compile(r"\[note \d+\]")
_BRACKETS = re.compile(r"^\[[a-z]+\]$")
_BANNED = frozenset({"*", "-", "..", "~", ":", "–", "n/a", "N/A", ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFault:
    """One rule broken, and where."""

    rule: str
    where: str


def check_workbook(seen: SeenWorkbook, file: str) -> None:
    """Raise an error that names every rule a written workbook breaks.

    Raises:
        OutputError: If it breaks any.
    """
    refuse(faults(seen), file)


def refuse(found: Sequence[SheetFault], file: str) -> None:
    """Raise an error that names the rules that were found broken.

    Raises:
        OutputError: If any was.
    """
    if found:
        listed = "; ".join(f"{f.where}: {f.rule}" for f in found[:12])
        raise OutputError(
            f"The workbook breaks {len(found)} rules of accessible spreadsheets: "
            f"{listed}.",
            where=file,
            remedy="Nothing was written; this is a fault of skillmix, please report.",
        )


def faults(seen: SeenWorkbook) -> list[SheetFault]:
    """Return every rule a written workbook breaks."""
    found = [
        SheetFault(rule=rule, where="workbook")
        for rule, holds in _WORKBOOK.items()
        if not holds(seen)
    ]
    for sheet in seen.sheets:
        found += [
            SheetFault(rule=rule, where=sheet.name)
            for rule, holds in _SHEET.items()
            if not holds(sheet)
        ]
        for table in sheet.tables:
            found += [
                SheetFault(rule=rule, where=sheet.name)
                for rule, holds in _TABLE.items()
                if not holds(sheet, table)
            ]
    return found + list(_dangling(seen))


def _words(sheet: SeenSheet) -> list[str]:
    return [cell for row in sheet.rows for cell in row if isinstance(cell, str)]


def _body(sheet: SeenSheet, table: SeenTable) -> list[tuple[str | float | None, ...]]:
    return list(sheet.rows[table.top + 1 : table.foot + 1])


def _heads(sheet: SeenSheet, table: SeenTable) -> tuple[str | float | None, ...]:
    return sheet.rows[table.top] if table.top < len(sheet.rows) else ()


def _unique(names: list[str]) -> bool:
    folded = [name.casefold() for name in names]
    return len(set(folded)) == len(folded)


def _explained(seen: SeenWorkbook) -> bool:
    used = {
        word
        for sheet in seen.sheets
        if sheet.name not in FRONT
        for word in _words(sheet)
        if _BRACKETS.match(word)
    }
    cover = " ".join(_words(seen.sheets[0])) if seen.sheets else ""
    return used <= set(SYMBOLS) and all(symbol in cover for symbol in used)


_WORKBOOK: dict[str, Callable[[SeenWorkbook], bool]] = {
    "sheets come in the order cover, contents, notes, then tables": lambda w: (
        tuple(s.name for s in w.sheets[:3]) == FRONT
    ),
    "sheet names are unique, without spaces and at most 31 letters": lambda w: (
        _unique([s.name for s in w.sheets])
        and all(0 < len(s.name) <= LONGEST_TAB and " " not in s.name for s in w.sheets)
    ),
    "table names are unique": lambda w: _unique(
        [t.name for s in w.sheets for t in s.tables]
    ),
    "it opens at its first sheet": lambda w: w.opens_at == 0,
    "title, author and language are filled in": lambda w: all(
        w.properties.get(name) for name in ("title", "creator", "language")
    ),
    "it has no macros": lambda w: not w.macros,
    "letters are sans serif": lambda w: w.fonts <= SANS_SERIF,
    "no letters are smaller than 10 points": lambda w: all(
        size >= SMALLEST for size in w.sizes
    ),
    "every symbol used is explained on the cover": _explained,
}
_SHEET: dict[str, Callable[[SeenSheet], bool]] = {
    "no sheet is blank": lambda s: bool(s.rows),
    "A1 holds a title": lambda s: (
        bool(s.rows) and bool(s.rows[0]) and isinstance(s.rows[0][0], str)
    ),
    "the title is marked as a heading": lambda s: s.title_style == "Heading 1",
    "there is one table, except on the cover": lambda s: (
        len(s.tables) == (0 if s.name == "Cover" else 1)
    ),
    "the number of tables is said under the title": lambda s: (
        s.name == "Cover" or "contains one table" in str(s.rows[1][0])
    ),
    "no cells are merged": lambda s: not s.merged,
    "no rows or columns are hidden": lambda s: not s.hidden,
    "no panes are frozen": lambda s: not s.frozen,
    "there are no pictures or floating boxes": lambda s: not s.drawings,
    "there are no formulas": lambda s: not s.formulas,
    "nothing but the table stands right of column A": lambda s: all(
        len(row) == 1
        for n, row in enumerate(s.rows)
        if not any(t.top <= n <= t.foot for t in s.tables)
    ),
    "nothing stands below the table": lambda s: all(
        t.foot == len(s.rows) - 1 for t in s.tables
    ),
}
_TABLE: dict[str, Callable[[SeenSheet, SeenTable], bool]] = {
    "the table begins in column A": lambda _, t: t.first_column == 0,
    "the table has no filter buttons": lambda _, t: not t.filtered,
    "the table has a name": lambda _, t: bool(t.name),
    "headings are words and unique": lambda s, t: (
        all(isinstance(h, str) and h.strip() for h in _heads(s, t))
        and len(_heads(s, t)) == t.columns
        and _unique([str(h) for h in _heads(s, t)])
    ),
    "no cell is empty, no row is short": lambda s, t: all(
        len(row) == t.columns and all(cell not in (None, "") for cell in row)
        for row in _body(s, t)
    ),
    "missing values have symbols in square brackets": lambda s, t: (
        not any(
            cell in _BANNED
            for row in _body(s, t)
            for cell in row
            if isinstance(cell, str)
        )
    ),
    "note markers stand outside the data": lambda s, t: (
        s.name == "Notes"
        or not any(
            _NOTE.search(cell)
            for row in _body(s, t)
            for cell in row
            if isinstance(cell, str)
        )
    ),
}


def _dangling(seen: SeenWorkbook) -> Iterator[SheetFault]:
    """Yield links that lead nowhere, and notes that are not on the notes sheet."""
    names = {sheet.name for sheet in seen.sheets}
    notes = {
        marker
        for sheet in seen.sheets
        if sheet.name == "Notes"
        for word in _words(sheet)
        for marker in _NOTE.findall(word)
    }
    for sheet in seen.sheets:
        targets = {re.split(r"[.!]A", link)[0].strip("#'") for link in sheet.links}
        for target in sorted(targets - names):
            yield SheetFault(
                rule=f"a link leads to no sheet ({target})", where=sheet.name
            )
        used = {m for word in _words(sheet) for m in _NOTE.findall(word)}
        for marker in sorted(used - notes):
            yield SheetFault(rule=f"{marker} is not explained", where=sheet.name)
