"""Published files: recognised by what they hold, then read by their layout."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from skillmix.errors import LayoutError, UnreadableFileError
from skillmix.sources.csvfile import hold, read_csv
from skillmix.sources.layout import Layout, Sheet, plain
from skillmix.sources.readers import LAYOUTS, known_text, known_workbook
from skillmix.sources.reading import Fault
from skillmix.sources.refine import Refined, refine
from skillmix.sources.sniff import HEADING_LINES, Sniffed
from skillmix.sources.workbook import Workbook

# From this likeness of headings on, a file is told what it lacks; from the fainter
# one on, it is told what it is nearest to.
ALIKE = 0.6
FAINTLY = 0.25
SHOWN = 6
# Where a file without a header begins, this share of its first rows must fit.
SAMPLED_ROWS = 20
# Wide files are turned in memory.
WIDE_CAP = 64 * 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A file whose layout is known, with its cells if they were read to know it."""

    layout: Layout
    header: tuple[str, ...]
    sniffed: Sniffed
    rows: Sheet | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead:
    """A file that is recognised as something that is not read."""

    what: str


def recognise_text(path: Path, sniffed: Sniffed) -> Recognised | NotRead | None:
    """Find the layout of a text file from its first lines."""
    header = list(sniffed.first)
    if found := _tabulated(path, sniffed):
        return found
    if layout := _by_header(header):
        return Recognised(
            layout=layout,
            header=tuple(layout.renamed(header)),
            sniffed=sniffed,
            faults=_extra(layout, header),
        )
    if layout := _by_rows(sniffed):
        return Recognised(layout=layout, header=layout.header, sniffed=sniffed)
    if what := known_text(sniffed.first, sniffed.start):
        return NotRead(what=what)
    return None


def recognise_workbook(path: Path, sniffed: Sniffed) -> Recognised | NotRead | None:
    """Find the worksheet that holds a known layout, whatever the sheet's name.

    Raises:
        UnreadableFileError: If the workbook is damaged.
    """
    known = ""
    with Workbook(path) as book:
        if what := known_workbook(book.names, []):
            return NotRead(what=what)
        for place, (name, sheet) in enumerate(book.sheets()):
            if found := _in_sheet(name, sheet, sniffed):
                return found
            if not place:
                known = known_workbook(book.names, sheet)
    return NotRead(what=known) if known else None


def read(database: duckdb.DuckDBPyConnection, path: Path, found: Recognised) -> Refined:
    """Read a recognised file into the temporary table `staged`.

    Raises:
        UnreadableFileError: If it is cut short or a line is too long.
    """

    def refined(source: str) -> Refined:
        return _refined(database, found, source)

    if found.rows is not None:
        return refined(hold(database, found.header, found.rows))
    return read_csv(
        database,
        path,
        found.sniffed,
        found.header,
        refined,
        has_header=not found.layout.headerless,
    )


def _by_header(header: list[str]) -> Layout | None:
    whole = [x for x in LAYOUTS if not x.headerless and not x.lacking(header)]
    whole = [x for x in whole if x.tabulate is None]
    return max(whole, key=lambda x: x.likeness(header), default=None)


def _by_rows(sniffed: Sniffed) -> Layout | None:
    """Find the layout of a file without a header from the look of its rows."""
    lines = sniffed.start.splitlines()[:-1] or sniffed.start.splitlines()
    rows = list(csv.reader(lines[:SAMPLED_ROWS], delimiter=sniffed.delimiter))
    for layout in LAYOUTS:
        if layout.headerless and rows and all(_looks(layout, row) for row in rows):
            return layout
    return None


def _tabulated(path: Path, sniffed: Sniffed) -> Recognised | None:
    """Turn a wide text file into rows, if it is one that a layout is told by."""
    present = {plain(name) for name in sniffed.first}
    for layout in LAYOUTS:
        told = {plain(name) for name in layout.told_by}
        if not told or layout.tabulate is None or not told <= present:
            continue
        if path.stat().st_size > WIDE_CAP:
            raise UnreadableFileError(
                f"It looks like {layout.name}, but is larger than 64 MB.",
                remedy="Keep the rows of interest in a smaller file.",
            )
        with path.open(encoding=f"{sniffed.encoding}", newline="") as file:
            lines = csv.reader(file, delimiter=sniffed.delimiter)
            sheet = [[cell.strip() for cell in row] for row in lines]
        sheet[0][0] = sheet[0][0].lstrip("\ufeff")
        if made := layout.tabulate(sheet):
            header, rows = made
            return Recognised(
                layout=layout, header=tuple(header), sniffed=sniffed, rows=rows
            )
    return None


def _looks(layout: Layout, row: list[str]) -> bool:
    return len(row) == len(layout.header) and all(
        re.fullmatch(pattern, row[place].strip())
        for place, pattern in layout.headerless.items()
    )


def _in_sheet(name: str, sheet: Sheet, sniffed: Sniffed) -> Recognised | None:
    for layout in LAYOUTS:
        wide = layout.tabulate and not layout.told_by
        if wide and layout.tabulate and (made := layout.tabulate(sheet)):
            header, rows = made
            return Recognised(
                layout=layout,
                header=tuple(header),
                sniffed=sniffed,
                rows=rows,
                faults=_sheet_name(layout, name),
            )
    for place, header in enumerate(sheet[:HEADING_LINES]):
        if layout := _by_header(header):
            return Recognised(
                layout=layout,
                header=tuple(layout.renamed(header)),
                sniffed=sniffed,
                rows=[row for row in sheet[place + 1 :] if any(row)],
                faults=(*_sheet_name(layout, name), *_extra(layout, header)),
            )
    return None


def _sheet_name(layout: Layout, name: str) -> tuple[Fault, ...]:
    if not layout.sheet or layout.sheet == name:
        return ()
    return (
        Fault(
            rule=f"the worksheet is not named '{layout.sheet}', as the publisher does",
            column="",
            rows=0,
            remedy="Check that it is the publisher's sheet; it was read by content.",
        ),
    )


def _extra(layout: Layout, header: list[str]) -> tuple[Fault, ...]:
    names = [n for n in layout.renamed(header) if n not in layout.header]
    more = [name for name in names if not name.startswith("unnamed ")]
    if not more:
        return ()
    return (
        Fault(
            rule=f"{len(more)} more columns than the layout has; they were not read",
            column=", ".join(more[:5]),
            rows=0,
            remedy="Nothing to do, unless the publisher changed what others mean.",
        ),
    )


def refuse_nearly(header: Sequence[str]) -> None:
    """Say which columns are lacking where a header is nearly that of a layout.

    Raises:
        LayoutError: If it is; better than "not recognised".
    """
    best = max(_NAMED, key=lambda x: x.likeness(header))
    if best.likeness(header) >= ALIKE:
        lacking = best.lacking(header)
        named = f"column{'s' if len(lacking) > 1 else ''} {', '.join(lacking)}"
        others = [n for n in best.renamed([*header]) if n not in best.header]
        spelt = [name for name in others if not name.startswith("unnamed ")]
        instead = f"; it has {', '.join(spelt[:SHOWN])} instead" if spelt else ""
        raise LayoutError(
            f"It looks like {best.name}, but lacks the {named}{instead}.",
            where=", ".join(lacking),
        )


def nearest(headings: Sequence[Sequence[str]]) -> str:
    """Say which known layout is nearest, and how far off it is."""
    pairs = [(x.likeness(line), x, line) for line in headings for x in _NAMED]
    likeness, layout, line = max(pairs, key=lambda one: one[0], default=(0, None, ()))
    if layout is None or likeness < FAINTLY:
        return "no known layout has its columns"
    lacking = layout.lacking(line)
    more = f" and {len(lacking) - SHOWN} more" if len(lacking) > SHOWN else ""
    return (
        f"the nearest layout is {layout.name}, of whose {len(layout.header)} columns "
        f"it lacks {', '.join(lacking[:SHOWN])}{more}"
    )


_NAMED = tuple(x for x in LAYOUTS if not x.headerless and x.tabulate is None)


def _refined(
    database: duckdb.DuckDBPyConnection, found: Recognised, source: str
) -> Refined:
    layout = found.layout
    made = refine(
        database,
        source,
        layout.table,
        layout.fields,
        layout.checks,
        header=layout.header,
    )
    return replace(made, faults=(*found.faults, *made.faults))
