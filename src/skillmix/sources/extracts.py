"""Which extract of a staff record system a file is, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from skillmix.errors import LayoutError
from skillmix.schema.staff import Absence, Bonus, Competence, Joiner, Leaver, StaffMonth
from skillmix.schema.table import Table
from skillmix.sources import esr, esr_competences, esr_events
from skillmix.sources.csvfile import hold, read_csv
from skillmix.sources.esr_items import ITEMS, Item, items_of
from skillmix.sources.fields import Check, Fields, literal, quoted
from skillmix.sources.layout import Sheet
from skillmix.sources.mapping import StaffMapping, always_column, nearest_column
from skillmix.sources.refine import Refined, refine
from skillmix.sources.sniff import HEADING_LINES, Sniffed
from skillmix.sources.strays import strays


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of extract.

    Attributes:
        reader: Name of the reader.
        layout: What it is, in words.
        table: The table it feeds.
        items: What a row says.
    """

    reader: str
    layout: str
    table: type[Table]
    items: tuple[Item, ...]

    @property
    def needed(self) -> tuple[Item, ...]:
        """The items without which it cannot be read."""
        return tuple(item for item in self.items if item.needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """An extract that was recognised: what it is and where its items stand."""

    kind: Kind
    columns: Mapping[str, str]
    header: tuple[str, ...]


def _kind(reader: str, layout: str, table: type[Table], items: str) -> Kind:
    return Kind(reader=reader, layout=layout, table=table, items=items_of(items))


# A staff record can carry a reason for leaving: it goes before leavers.
KINDS = (
    _kind(esr.READER, esr.LAYOUT, StaffMonth, "staff_in_post"),
    _kind(esr_events.LEAVERS_READER, esr_events.LEAVERS_LAYOUT, Leaver, "leavers"),
    _kind(esr_events.JOINERS_READER, esr_events.JOINERS_LAYOUT, Joiner, "joiners"),
    _kind(esr_events.BONUS_READER, esr_events.BONUS_LAYOUT, Bonus, "bonus"),
    _kind(
        *(esr_competences.READER, esr_competences.LAYOUT, Competence),
        "competences",
    ),
    _kind(
        *(esr_events.ABSENCE_READER, esr_events.ABSENCE_LAYOUT, Absence),
        "absence_months",
    ),
    _kind(
        *(esr_events.ABSENCE_READER, esr_events.SPELLS_LAYOUT, Absence),
        "absence_spells",
    ),
)
# So many of the needed columns, and a file is taken for an extract with faults.
NEARLY = 4
# Fewer do where one of them is of this kind alone.
NEARLY_TOLD = 3


def recognise(header: Sequence[str], mapping: StaffMapping) -> Extract | None:
    """Return what a file with this header is, or nothing if it is no extract."""
    names = distinct(header)
    for kind in KINDS:
        columns = {item.name: mapping.column(item, names) for item in kind.items}
        found = {item: column for item, column in columns.items() if column}
        whole = all(item.name in found for item in kind.needed)
        if whole and any(column in names for column in found.values()):
            return Extract(kind=kind, columns=found, header=names)
    return None


def refuse_nearly(header: Sequence[str], mapping: StaffMapping) -> None:
    """Say which columns are lacking where a header is nearly that of an extract.

    Raises:
        LayoutError: If it is, with the columns that may be meant.
    """
    names = distinct(header)
    of_staff = {item.name for item in ITEMS}
    nearly: list[tuple[int, Kind]] = []
    for kind in KINDS:
        had = [i for i in kind.needed if mapping.column(i, names) in names]
        told = kind.table is not StaffMonth and any(
            item.name not in of_staff for item in had
        )
        if len(had) >= (NEARLY_TOLD if told else NEARLY):
            nearly.append((len(kind.needed) - len(had), kind))
    if nearly:
        _, nearest = min(nearly, key=lambda one: one[0])
        raise _lacks(nearest, names, mapping)


def in_text(sniffed: Sniffed, mapping: StaffMapping) -> tuple[Extract, Sniffed] | None:
    """Find an extract in a text file, below titles if there are any."""
    for look in (sniffed, *sniffed.below()):
        if extract := recognise(look.first, mapping):
            return extract, look
    return None


def in_sheets(
    sheets: Iterable[Sheet], mapping: StaffMapping
) -> tuple[Extract, Sheet] | None:
    """Find the sheet of a workbook that holds an extract, below titles or not.

    Returns:
        The extract and its rows without the heading, or nothing.
    """
    for sheet in sheets:
        for place, header in enumerate(sheet[:HEADING_LINES]):
            if extract := recognise(header, mapping):
                return extract, sheet[place + 1 :]
    return None


def distinct(header: Sequence[str]) -> tuple[str, ...]:
    """Return a name of its own for every column, in order; none is empty."""
    names: list[str] = []
    seen: set[str] = set()
    for place, given in enumerate(header, 1):
        name = given.strip() or f"column {place}"
        # The engine does not tell capitals from small letters.
        if name.casefold() in seen:
            name = f"{name} (column {place})"
        seen.add(name.casefold())
        names.append(name)
    return tuple(names)


def read(
    database: duckdb.DuckDBPyConnection,
    path: Path,
    sniffed: Sniffed,
    extract: Extract,
    mapping: StaffMapping,
    *,
    rows: Sheet | None = None,
) -> Refined:
    """Read an extract into a temporary table, people under pseudonyms.

    Only the mapped columns are read; a staff number is hashed in the same step that
    reads it, so none is ever stored, spilled to disk or shown.
    """
    if extract.kind.table is StaffMonth:
        told = esr.refiner(database, extract.columns, mapping)
    else:
        told = _event_refiner(database, extract, mapping)
    always = "".join(
        f", {literal(value)} AS {quoted(always_column(name))}"
        for name, value in mapping.always.items()
    )

    def refined(source: str) -> Refined:
        return told(f"(SELECT *{always} FROM {source})")  # noqa: S608

    if sniffed.kind == "parquet":
        cells = ", ".join(
            f"CAST({quoted(name)} AS VARCHAR) AS {quoted(name)}"
            for name in dict.fromkeys(extract.columns.values())
            if name in extract.header
        )
        return refined(f"(SELECT {cells} FROM read_parquet({literal(str(path))}))")  # noqa: S608
    if rows is not None:
        return refined(hold(database, extract.header, rows))
    return read_csv(database, path, sniffed, extract.header, refined)


def _lacks(kind: Kind, header: tuple[str, ...], mapping: StaffMapping) -> LayoutError:
    """Say what an extract lacks, each with the column that may be meant."""
    lacking = [item for item in kind.needed if not mapping.column(item, header)]
    free = [
        name
        for name in header
        if name not in (mapping.column(item, header) for item in kind.items)
    ]
    told: list[str] = []
    for item in lacking:
        near = nearest_column(item, free)
        told.append(f"{item.name} (perhaps '{near}')" if near else item.name)
    return LayoutError(
        f"It looks like a {kind.layout.partition(',')[0]}, but no column was found "
        f"for {', '.join(told)}.",
        where=", ".join(item.name for item in lacking),
        remedy="Name the columns in a mapping file; draft one with "
        "`skillmix check --suggest-mapping FILE`.",
    )


def _event_refiner(
    database: duckdb.DuckDBPyConnection, extract: Extract, mapping: StaffMapping
) -> Callable[[str], Refined]:
    columns = extract.columns
    header = tuple(dict.fromkeys(columns.values()))
    fields: Fields
    checks: tuple[Check, ...] = strays(columns)
    if extract.kind.table is Leaver:
        fields = esr_events.leaver_fields(columns, mapping)
    elif extract.kind.table is Bonus:
        fields = esr_events.bonus_fields(columns)
    elif extract.kind.table is Joiner:
        fields = esr_events.joiner_fields(columns, mapping)
    elif extract.kind.table is Competence:
        fields = esr_competences.fields(columns, mapping)
        checks += esr_competences.checks(columns)
    elif extract.kind.layout == esr_events.SPELLS_LAYOUT:
        fields = esr_events.spell_fields(columns)
        checks += esr_events.spell_checks(columns)
        header = (*header, esr_events.SPELL_MONTH, esr_events.SPELL_DAYS)
    else:
        fields = esr_events.absence_fields(columns)

    def refined(source: str) -> Refined:
        if extract.kind.layout == esr_events.SPELLS_LAYOUT:
            source = esr_events.spread(source, columns)
        made = refine(
            database,
            source,
            extract.kind.table,
            fields,
            checks,
            header=header,
            personal=True,
            repeats=extract.kind.table in _ADDED_UP,
        )
        if extract.kind.table not in _ADDED_UP:
            return made
        # Two spells with one reason, or two bonuses, in one month are one row; so are
        # a competence and its renewals.
        database.execute(
            f"CREATE OR REPLACE TEMP TABLE added_up AS {_ADDED_UP[extract.kind.table]}"
        )
        return replace(made, kept="added_up")

    return refined


_ADDED_UP: Mapping[type[Table], str] = {
    Absence: (
        "SELECT month, post_id, reason, "
        "CAST(sum(fte_days_lost) AS DECIMAL(12, 5)) AS fte_days_lost "
        "FROM staged GROUP BY month, post_id, reason"
    ),
    Bonus: (
        "SELECT month, person_id, employer, CAST(sum(amount) AS BIGINT) AS amount "
        "FROM staged GROUP BY month, person_id, employer"
    ),
    Competence: (
        "SELECT person_id, employer, competence, min(achieved_on) AS achieved_on, "
        "max(started_on) AS started_on "
        "FROM staged GROUP BY person_id, employer, competence"
    ),
}
