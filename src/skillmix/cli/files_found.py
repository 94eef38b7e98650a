"""What was found in each file, on the terminal: a table, faults and a summary.

Files with the same to say are told together: fifteen months of one extract go wrong
in one way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from skillmix.schema.staff import StaffMonth
from skillmix.sources.reading import Reading

NAMED = 6


def print_files(
    files: Sequence[Mapping[str, Any]], readings: Sequence[Reading], console: Console
) -> None:
    """Print what each file is, what is wrong with it, and what all amount to.

    What is no file of any known kind stands under its reason alone: a folder may
    hold hundreds.

    Args:
        files: The files, as `check --format json` gives them.
        readings: The same, as they were read.
        console: Where to print.
    """
    if known := [file for file in files if file["reader"]]:
        console.print(_table(known))
    told: dict[tuple[str, ...], list[str]] = {}
    for file in files:
        if notes := _notes(file):
            told.setdefault(notes, []).append(str(file["file"]))
    for notes, names in told.items():
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        console.print()
        console.print(Text(", ".join(names[:NAMED]) + more, style="bold"))
        for note in notes:
            console.print(Padding(Text(note), (0, 0, 0, 2)))
    console.print()
    for line in _summary(files, readings):
        console.print(Text(line))


def _table(files: Sequence[Mapping[str, Any]]) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    table.add_column("File", overflow="fold", ratio=3)
    table.add_column("Read as", overflow="fold", ratio=2)
    table.add_column("Months", no_wrap=True)
    for name in ("Rows", "Left out"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Used", no_wrap=True)
    for file in files:
        table.add_row(
            Text(str(file["file"])),
            str(file["reader"]).replace("_", " "),
            str(file["period"] or "").replace(" to ", "\nto "),
            f"{file['rows']:,}",
            f"{file['refused']:,}",
            "yes" if file["used"] else "no",
        )
    return table


def _notes(file: Mapping[str, Any]) -> tuple[str, ...]:
    """Return why a file is not used, or else the rules that its rows break."""
    if file["error"]:
        return (str(file["error"]),)
    notes: list[str] = []
    for fault in file["faults"]:
        where = f"{fault['column']}: " if fault["column"] else ""
        rows = f" ({_count(fault['rows'], 'row')})" if fault["rows"] else ""
        notes.append(f"{where}{fault['rule']}{rows}. {fault['remedy']}")
    return tuple(notes)


def _summary(
    files: Sequence[Mapping[str, Any]], readings: Sequence[Reading]
) -> list[str]:
    used = sum(1 for file in files if file["used"])
    lines = [f"{_count(len(files), 'file')}, {used} used."]
    held = _months_held(readings)
    if held:
        missing = _between(held)
        lines.append(_record_line(held, missing))
        if missing:
            lines.append(
                "Questions that follow people from month to month need the months "
                "between; add the extracts of those that are missing."
            )
    return lines


def _record_line(held: set[dt.date], missing: Sequence[dt.date]) -> str:
    first, last = (f"{end(held):%Y-%m}" for end in (min, max))
    span = first if first == last else f"{first} to {last}"
    without = ", ".join(f"{month:%Y-%m}" for month in missing)
    return (
        f"The staff record holds {_count(len(held), 'month')}, {span}"
        f"{', without ' if missing else ''}{without}."
    )


def _months_held(readings: Sequence[Reading]) -> set[dt.date]:
    """Return the months of the staff record; a large file is taken to have no gap."""
    months: set[dt.date] = set()
    for reading in readings:
        if not reading.used or reading.table is not StaffMonth:
            continue
        if reading.slices:
            told = (part.rsplit(" ", 1)[-1] for part in reading.slices)
            months |= {dt.date.fromisoformat(f"{month}-01") for month in told}
        elif reading.period_start and reading.period_end:
            months |= {reading.period_start, reading.period_end}
            months |= set(_between({reading.period_start, reading.period_end}))
    return months


def _between(held: set[dt.date]) -> list[dt.date]:
    """Return the months that lie between those held and are not among them."""
    missing: list[dt.date] = []
    month, last = min(held), max(held)
    while month < last:
        month = (month + dt.timedelta(days=31)).replace(day=1)
        if month not in held:
            missing.append(month)
    return missing


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
