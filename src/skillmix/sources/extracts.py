"""Which extract of a staff record system a file is, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from skillmix.schema.staff import Absence, Bonus, Joiner, Leaver, StaffMonth
from skillmix.schema.table import Table
from skillmix.sources import esr, esr_events
from skillmix.sources.csvfile import hold, read_csv
from skillmix.sources.esr_event_items import (
    ABSENCE_ITEMS,
    BONUS_ITEMS,
    JOINER_ITEMS,
    LEAVER_ITEMS,
    SPELL_ITEMS,
)
from skillmix.sources.esr_items import ITEMS, Item
from skillmix.sources.fields import Check, Fields, literal, quoted
from skillmix.sources.layout import Sheet
from skillmix.sources.mapping import StaffMapping
from skillmix.sources.refine import Refined, refine
from skillmix.sources.sniff import Sniffed


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """An extract that was recognised: what it is and where its items stand."""

    reader: str
    layout: str
    table: type[Table]
    columns: Mapping[str, str]


def recognise(header: tuple[str, ...], mapping: StaffMapping) -> Extract | None:
    """Return what a file with this header is, or nothing if it is no extract.

    Raises:
        LayoutError: If it is nearly a staff record, but lacks columns it needs.
    """
    # A staff record can carry a reason for leaving: it goes before leavers.
    whole = _found(ITEMS, header, mapping)
    if whole is None:
        for reader, layout, table, items in _EVENTS:
            if found := _found(items, header, mapping):
                return Extract(reader=reader, layout=layout, table=table, columns=found)
        whole = esr.columns_of(header, mapping)
    if whole is None:
        return None
    return Extract(
        reader=esr.READER, layout=esr.LAYOUT, table=StaffMonth, columns=whole
    )


def read(
    database: duckdb.DuckDBPyConnection,
    path: Path,
    sniffed: Sniffed,
    extract: Extract,
    mapping: StaffMapping,
    *,
    sheet: Sheet | None = None,
) -> Refined:
    """Read an extract into a temporary table, people under pseudonyms.

    Only the mapped columns are read; a staff number is hashed in the same step that
    reads it, so none is ever stored, spilled to disk or shown.
    """
    if extract.table is StaffMonth:
        refined = esr.refiner(database, extract.columns, mapping)
    else:
        refined = _event_refiner(database, extract, mapping)
    if sniffed.kind == "parquet":
        cells = ", ".join(
            f"CAST({quoted(name)} AS VARCHAR) AS {quoted(name)}"
            for name in dict.fromkeys(extract.columns.values())
        )
        return refined(f"(SELECT {cells} FROM read_parquet({literal(str(path))}))")  # noqa: S608
    if sheet is not None:
        return refined(hold(database, sheet[0], sheet[1:]))
    return read_csv(database, path, sniffed, sniffed.first, refined)


def _found(
    items: Sequence[Item], header: tuple[str, ...], mapping: StaffMapping
) -> Mapping[str, str] | None:
    """Return the column of every item the file has, if it has all that are needed."""
    columns = {item.name: mapping.column(item, header) for item in items}
    if any(item.needed and not columns[item.name] for item in items):
        return None
    return {name: column for name, column in columns.items() if column}


def _event_refiner(
    database: duckdb.DuckDBPyConnection, extract: Extract, mapping: StaffMapping
) -> Callable[[str], Refined]:
    columns = extract.columns
    header = tuple(dict.fromkeys(columns.values()))
    fields: Fields
    checks: tuple[Check, ...] = ()
    if extract.table is Leaver:
        fields = esr_events.leaver_fields(columns, mapping)
    elif extract.table is Bonus:
        fields = esr_events.bonus_fields(columns)
    elif extract.table is Joiner:
        fields = esr_events.joiner_fields(columns)
    elif extract.layout == esr_events.SPELLS_LAYOUT:
        fields = esr_events.spell_fields(columns)
        checks = esr_events.spell_checks(columns)
        header = (*header, esr_events.SPELL_MONTH, esr_events.SPELL_DAYS)
    else:
        fields = esr_events.absence_fields(columns)

    def refined(source: str) -> Refined:
        if extract.layout == esr_events.SPELLS_LAYOUT:
            source = esr_events.spread(source, columns)
        made = refine(
            database,
            source,
            extract.table,
            fields,
            checks,
            header=header,
            personal=True,
            repeats=extract.table in _ADDED_UP,
        )
        if extract.table not in _ADDED_UP:
            return made
        # Two spells with one reason, or two bonuses, in one month are one row.
        database.execute(
            f"CREATE OR REPLACE TEMP TABLE added_up AS {_ADDED_UP[extract.table]}"
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
}
_EVENTS: tuple[tuple[str, str, type[Table], tuple[Item, ...]], ...] = (
    (
        esr_events.LEAVERS_READER,
        esr_events.LEAVERS_LAYOUT,
        Leaver,
        LEAVER_ITEMS,
    ),
    (
        esr_events.JOINERS_READER,
        esr_events.JOINERS_LAYOUT,
        Joiner,
        JOINER_ITEMS,
    ),
    (
        esr_events.BONUS_READER,
        esr_events.BONUS_LAYOUT,
        Bonus,
        BONUS_ITEMS,
    ),
    (
        esr_events.ABSENCE_READER,
        esr_events.ABSENCE_LAYOUT,
        Absence,
        ABSENCE_ITEMS,
    ),
    (
        esr_events.ABSENCE_READER,
        esr_events.SPELLS_LAYOUT,
        Absence,
        SPELL_ITEMS,
    ),
)
