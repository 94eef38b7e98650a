"""Worksheets as text, with no macro run and no workbook trusted to be whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from python_calamine import CalamineWorkbook

from skillmix.errors import UnreadableFileError
from skillmix.sources.layout import Sheet

MOST_SHEETS = 60
Result = TypeVar("Result")


class Workbook:
    """An Excel or OpenDocument workbook, opened for its cells only."""

    def __init__(self, path: Path) -> None:
        self._book = _guarded(lambda: CalamineWorkbook.from_path(str(path)))
        self.names: tuple[str, ...] = tuple(self._book.sheet_names)[:MOST_SHEETS]

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, *_: object) -> None:
        _guarded(self._book.close)

    def sheets(self) -> Iterator[tuple[str, Sheet]]:
        """Yield each worksheet's name and cells, one at a time."""
        for name in self.names:
            yield name, self.sheet(name)

    def sheet(self, name: str) -> Sheet:
        """Return the cells of a worksheet as text."""
        rows = _guarded(
            lambda: self._book.get_sheet_by_name(name).to_python(skip_empty_area=True)
        )
        return [[cell_text(cell) for cell in row] for row in rows]


def cell_text(cell: object) -> str:
    """Return a cell as a text file would print it."""
    if type(cell) is str:
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        # The shortest text that gives the same number: what Excel meant to show.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else str(cell)
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell).strip()


def _guarded(work: Callable[[], Result]) -> Result:
    """Turn any failure of the Excel library into one error that users know."""
    try:
        return work()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:
        raise UnreadableFileError(
            "The workbook is damaged, cut short or protected by a password.",
            remedy="Open it, remove any password, and save it anew; or save as CSV.",
        ) from None
