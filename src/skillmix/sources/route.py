"""Which reader takes a file, and what it makes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import duckdb

from skillmix.errors import LayoutError, UnreadableFileError
from skillmix.schema.table import Table
from skillmix.sources import extracts, official, records
from skillmix.sources.fields import NOTHING_TO_DO, literal
from skillmix.sources.mapping import StaffMapping
from skillmix.sources.overlap import slices_in
from skillmix.sources.readers import is_prose
from skillmix.sources.reading import Fault
from skillmix.sources.refine import Refined, months_of
from skillmix.sources.sniff import HEADING_LINES, WORKBOOK_CAP, Sniffed, sniff
from skillmix.sources.workbook import Workbook

EMPLOYER = "the employer whose staff record it is"
TABLE_READER = "table"
RESTRICTED = "not published: the data controller's terms apply"


class Room(Protocol):
    """What reading needs."""

    @property
    def database(self) -> duckdb.DuckDBPyConnection:
        """The engine."""
        ...

    @property
    def mapping(self) -> StaffMapping:
        """Column names of staff-record extracts."""
        ...

    @property
    def thorough(self) -> bool:
        """Whether every value of large files is checked."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What a reader made of a file, before it is kept.

    Attributes:
        kept: Temporary table with the rows; empty if there is nothing to keep.
        in_place: Whether the file itself serves as the edition.
        error: Why it was not used.
        synthetic: Whether the file itself says that its figures are invented.
    """

    reader: str = ""
    layout: str = ""
    table: type[Table] | None = None
    publisher: str = ""
    licence: str = ""
    preference: int = 0
    rows: int = 0
    refused: int = 0
    faults: tuple[Fault, ...] = ()
    slices: tuple[str, ...] = ()
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    kept: str = ""
    in_place: bool = False
    error: str = ""
    synthetic: bool = False
    thorough: bool = True


def route(path: Path, room: Room) -> Route:
    """Recognise a file by what it holds, and read it.

    Raises:
        UnreadableFileError: If it is damaged, cut short or not safe to open.
        LayoutError: If it is nearly a known layout.
    """
    sniffed = sniff(path)
    if sniffed.kind == "empty":
        raise UnreadableFileError(
            "The file is empty.", remedy="Download or export it again."
        )
    if sniffed.kind == "other":
        return _not_read(sniffed.what)
    if sniffed.kind == "parquet":
        return _parquet(path, sniffed, room)
    if sniffed.kind == "workbook":
        return _workbook(path, sniffed, room)
    return _text(path, sniffed, room)


def _text(path: Path, sniffed: Sniffed, room: Room) -> Route:
    found = official.recognise_text(path, sniffed)
    if isinstance(found, official.Recognised):
        return _published(path, found, room)
    mapping = room.mapping.of_file(path.name)
    if extract := extracts.in_text(sniffed, mapping):
        told, look = extract
        made = extracts.read(room.database, path, look, told, mapping)
        return _staff(made, told, room)
    if found is not None:
        return _not_read(found.what)
    headings = [look.first for look in (sniffed, *sniffed.below())]
    _refuse_nearly(headings, mapping)
    if is_prose(sniffed.first, sniffed.start):
        return _not_read("prose, no table")
    return _unknown(headings)


def _workbook(path: Path, sniffed: Sniffed, room: Room) -> Route:
    if path.stat().st_size > WORKBOOK_CAP:
        raise UnreadableFileError(
            "The workbook is larger than 512 MB.", remedy="Save its sheet as CSV."
        )
    found = official.recognise_workbook(path, sniffed)
    if isinstance(found, official.Recognised):
        return _published(path, found, room)
    if found is not None:
        return _not_read(found.what)
    with Workbook(path) as book:
        sheets = [sheet for _, sheet in book.sheets()]
    mapping = room.mapping.of_file(path.name)
    if extract := extracts.in_sheets(sheets, mapping):
        told, rows = extract
        made = extracts.read(room.database, path, sniffed, told, mapping, rows=rows)
        return _staff(made, told, room)
    headings = [row for sheet in sheets for row in sheet[:HEADING_LINES]]
    _refuse_nearly(headings, mapping)
    return _unknown(headings)


def _parquet(path: Path, sniffed: Sniffed, room: Room) -> Route:
    footer = records.read_footer(path)
    table = records.table_of(footer)
    if table is not None:
        return _record(path, footer, table, room)
    mapping = room.mapping.of_file(path.name)
    extract = extracts.recognise(footer.names, mapping)
    if extract is None:
        _refuse_nearly([footer.names], mapping)
        return _unknown([footer.names])
    made = extracts.read(room.database, path, sniffed, extract, mapping)
    return _staff(made, extract, room, synthetic=footer.synthetic)


def _published(path: Path, found: official.Recognised, room: Room) -> Route:
    made = official.read(room.database, path, found)
    layout = found.layout
    if not made.rows:
        raise UnreadableFileError(
            f"It has the header of {layout.name}, and no rows.",
            remedy="Download it again.",
        )
    first, last = months_of(room.database, layout.table, made.kept)
    whole = Route(
        reader=layout.reader,
        layout=layout.name,
        table=layout.table,
        publisher=layout.publisher,
        licence=layout.licence,
        preference=layout.preference,
        rows=made.rows,
        refused=made.refused,
        faults=made.faults,
        slices=slices_in(room.database, layout.table, made.kept),
        period_start=first,
        period_end=last,
        kept=made.kept,
    )
    return _judged(whole, wrong=made.wrong)


def _staff(
    made: Refined, extract: extracts.Extract, room: Room, *, synthetic: bool = False
) -> Route:
    if not made.rows:
        raise UnreadableFileError(
            f"It has the header of a {extract.kind.layout}, and no rows.",
            remedy="Export it again.",
        )
    first, last = months_of(room.database, extract.kind.table, made.kept)
    whole = Route(
        reader=extract.kind.reader,
        layout=extract.kind.layout,
        table=extract.kind.table,
        publisher=EMPLOYER,
        licence=RESTRICTED,
        rows=made.rows,
        refused=made.refused,
        faults=made.faults,
        slices=slices_in(room.database, extract.kind.table, made.kept),
        period_start=first,
        period_end=last,
        kept=made.kept,
        synthetic=synthetic,
    )
    return _judged(whole, wrong=made.wrong)


def _record(
    path: Path, footer: records.Footer, table: type[Table], room: Room
) -> Route:
    """Take a Parquet file that already has the columns of a table."""
    if not footer.rows:
        raise UnreadableFileError(
            f"It has the columns of {table.name}, and no rows.",
            remedy="Write it again.",
        )
    serves = records.in_place(footer, table)
    if not serves:
        records.convert(room.database, path, table)
    small = footer.rows < records.CHECKED_ROWS
    if room.thorough or small:
        faults = records.all_faults(room.database, path, table)
    else:
        faults = records.quick_faults(room.database, path, footer, table)
    first, last = records.months(footer, table)
    about_people = "person_id" in table.columns()
    source = f"read_parquet({literal(str(path))})"
    whole = Route(
        reader=records.READER if about_people else TABLE_READER,
        layout=f"{table.name} as Parquet",
        table=table,
        publisher="the maker of the file",
        licence=RESTRICTED,
        rows=footer.rows,
        faults=tuple(faults),
        slices=slices_in(room.database, table, source) if small else (),
        period_start=first,
        period_end=last,
        kept="" if serves else "converted",
        in_place=serves,
        synthetic=footer.synthetic,
        thorough=room.thorough or small,
    )
    if not faults:
        return whole
    return replace(
        whole,
        kept="",
        in_place=False,
        error=f"It has the columns of {table.name}, but breaks its rules: "
        f"{_told(faults)}. Correct the values where the file is made.",
    )


def _judged(made: Route, *, wrong: int) -> Route:
    """Keep a file of which enough is right; else say every rule that it breaks.

    Sums over a file most of whose rows are wrong would mislead.
    """
    if made.refused < made.rows and 2 * wrong <= made.rows:
        return made
    share = "none" if made.refused == made.rows else "less than half"
    return replace(
        made,
        kept="",
        error=f"It has the columns of {made.layout}, but {share} of its rows can be "
        f"used: {_told(made.faults)}. {_remedies(made.faults)}",
    )


def _remedies(faults: Sequence[Fault]) -> str:
    """Return what to do about every fault, each said once."""
    needed = (f.remedy for f in faults if f.rows and f.remedy != NOTHING_TO_DO)
    return " ".join(dict.fromkeys(needed)) or LayoutError.default_remedy


def _told(faults: Sequence[Fault]) -> str:
    return "; ".join(
        f"{f.rule} ({f.column or 'line'}: {f.rows:,} rows)" for f in faults if f.rows
    )


def _not_read(what: str) -> Route:
    """Say what a file is that is not read, and what to do where that is known."""
    named, _, remedy = what.partition(": ")
    advice = f"{remedy[:1].upper()}{remedy[1:]}." if remedy else NOTHING_TO_DO
    return Route(layout=named, error=f"Not read: {named}. {advice}")


def _refuse_nearly(headings: Sequence[Sequence[str]], mapping: StaffMapping) -> None:
    """Say what is lacking where a line is nearly the heading of something known."""
    for heading in headings:
        extracts.refuse_nearly(heading, mapping)
        official.refuse_nearly(heading)


def _unknown(headings: Sequence[Sequence[str]]) -> Route:
    return Route(
        error=f"Not recognised: {official.nearest(headings)}. See "
        "`skillmix check --layouts` for the layouts of published files; for a staff "
        "record, draft a mapping with `skillmix check --suggest-mapping`."
    )
