"""One month, one edition: where two files give the same figures, one of them counts.

Every file lists the parts it holds (month, level, employer). The preferred layout
goes first, then the later period, then the later name; a file that loses all of its
parts says by which it is superseded, and one that loses some is trimmed to the rest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from skillmix.schema.published import (
    Earnings,
    MentalHealthFte,
    MonthlyFte,
    TurnoverCount,
    WardHours,
)
from skillmix.schema.staff import Absence, Bonus, Competence, Joiner, Leaver, StaffMonth
from skillmix.schema.table import Table
from skillmix.sources.fields import literal
from skillmix.sources.main_post import MAIN_POST
from skillmix.sources.reading import Reading
from skillmix.sources.refine import write_edition
from skillmix.sources.store import EDITION, MANIFEST, Store

Database = Callable[[], duckdb.DuckDBPyConnection]
_MONTH = "strftime(month, '%Y-%m')"
_SLICES: Mapping[type[Table], str] = {
    TurnoverCount: (
        "level || CASE WHEN band = 'all_bands' AND age_band = 'all' THEN ''"
        " ELSE ' by grade and age' END || ' ' || strftime(period_start, '%Y-%m')"
        " || ' to ' || strftime(period_end, '%Y-%m')"
    ),
    MonthlyFte: f"level || ' ' || {_MONTH}",
    MentalHealthFte: f"level || ' ' || {_MONTH}",
    Earnings: (
        "CASE WHEN band = 'all_bands' AND grade_step = 'all' THEN 'groups '"
        f" ELSE 'bands ' END || {_MONTH}"
    ),
    WardHours: f"site || ' ' || {_MONTH}",
    StaffMonth: f"employer || ' ' || {_MONTH}",
}


def slice_of(table: type[Table]) -> str:
    """Return the expression of the part that a row belongs to; empty for none.

    Events (absences, leavers, joiners, bonuses, competences) name no part that two
    files may not share.
    """
    if table in (Absence, Bonus, Competence, Joiner, Leaver):
        return ""
    if "vintage" in table.columns():
        return "strftime(vintage, '%Y-%m')"
    if table.part:
        return " || ' ' || ".join(map(_as_text, table.part))
    return _SLICES.get(table, _MONTH)


def _as_text(name: str) -> str:
    dated = name == "month" or name.startswith("period_")
    return f"strftime({name}, '%Y-%m')" if dated else f"CAST({name} AS VARCHAR)"


def slices_in(
    database: duckdb.DuckDBPyConnection, table: type[Table], source: str
) -> tuple[str, ...]:
    """Return the parts that rows hold, in order."""
    part = slice_of(table)
    if not part:
        return ()
    rows = database.execute(
        f"SELECT DISTINCT {part} AS part FROM {source} ORDER BY 1"  # noqa: S608
    ).fetchall()
    return tuple(str(found) for (found,) in rows)


def settle(
    readings: Sequence[Reading], store: Store, database: Database
) -> tuple[tuple[Reading, ...], Mapping[type[Table], tuple[Path, ...]]]:
    """Decide which files count, and return the editions that the analyses read."""
    settled = {reading.path: reading for reading in readings}
    editions: dict[type[Table], tuple[Path, ...]] = {}
    for table in dict.fromkeys(r.table for r in readings if r.edition and r.table):
        rivals = [r for r in readings if r.table is table and r.edition]
        judged = _judge(table, rivals, store, database)
        settled.update({reading.path: reading for reading in judged})
        used = [r for r in judged if r.used and r.edition]
        paths = [r.edition for r in sorted(used, key=_order) if r.edition]
        if table is StaffMonth:
            paths = _joined(used, store, database)
        if paths:
            editions[table] = tuple(paths)
    return tuple(settled[reading.path] for reading in readings), editions


def _order(reading: Reading) -> tuple[str, str]:
    return (str(reading.period_start), reading.file)


def _judge(
    table: type[Table], rivals: list[Reading], store: Store, database: Database
) -> list[Reading]:
    ordered = sorted(
        rivals, key=lambda r: (r.preference, str(r.period_end), r.file), reverse=True
    )
    if len(rivals) > 1:
        ordered = [_with_slices(reading, database) for reading in ordered]
    taken: dict[str, str] = {}
    contents: dict[str, str] = {}
    judged: list[Reading] = []
    for reading in ordered:
        twin = contents.get(reading.sha256)
        rest = [part for part in reading.slices if part not in taken]
        lost = len(reading.slices) - len(rest)
        if twin is not None:
            judged.append(_superseded(reading, twin, "it has the same content"))
            continue
        if reading.slices and not rest:
            winner = taken[reading.slices[0]]
            judged.append(_superseded(reading, winner, "it gives the same months"))
            continue
        if not reading.slices and (winner := _shares(reading, judged, database)):
            judged.append(_superseded(reading, winner, "it gives the same rows"))
            continue
        contents[reading.sha256] = reading.file
        taken.update(dict.fromkeys(rest, reading.file))
        kept = _trimmed(reading, rest, store, database) if lost else reading
        judged.append(replace(kept, used=True))
    return judged


def _superseded(reading: Reading, winner: str, why: str) -> Reading:
    return replace(
        reading,
        used=False,
        error=f"superseded by '{winner}': {why}. Remove that file to use this one.",
    )


def _with_slices(reading: Reading, database: Database) -> Reading:
    """Look for the parts of a large file, now that there are others to compare."""
    if reading.slices or reading.table is None or reading.edition is None:
        return reading
    source = f"read_parquet({literal(str(reading.edition))})"
    return replace(reading, slices=slices_in(database(), reading.table, source))


def _shares(
    reading: Reading, judged: Sequence[Reading], database: Database
) -> str | None:
    """Name a file that holds rows with the same keys, for tables without parts."""
    if reading.table is None:
        return None
    keys = " AND ".join(f"a.{key} = b.{key}" for key in reading.table.key)
    for other in judged:
        if not other.used:
            continue
        shared = database().execute(
            f"SELECT 1 FROM read_parquet({literal(str(reading.edition))}) a "  # noqa: S608
            f"JOIN read_parquet({literal(str(other.edition))}) b ON {keys} LIMIT 1"
        )
        if shared.fetchall():
            return other.file
    return None


def _trimmed(
    reading: Reading, rest: list[str], store: Store, database: Database
) -> Reading:
    """Write the parts that no other file gives as an edition of their own."""
    if reading.table is None or reading.edition is None:
        return reading
    listed = ", ".join(map(literal, rest))
    rows = (
        f"(SELECT * FROM read_parquet({literal(str(reading.edition))}) "  # noqa: S608
        f"WHERE {slice_of(reading.table)} IN ({listed}))"
    )
    key = _key("trimmed", [reading.sha256, *rest])
    return replace(reading, edition=_made(store, key, reading.table, rows, database))


def _joined(used: list[Reading], store: Store, database: Database) -> list[Path]:
    """Join extracts of the same months, so that a person has one main post in all."""
    alone: list[Path] = []
    extracts: list[Reading] = []
    for reading in sorted(used, key=_order):
        if reading.edition is None:
            continue
        if reading.reader == "staff_record_extract":
            extracts.append(reading)
        else:
            alone.append(reading.edition)
    months = [part.split()[-1] for r in extracts for part in dict.fromkeys(r.slices)]
    per_file = sum(len({p.split()[-1] for p in r.slices}) for r in extracts)
    if per_file == len(set(months)):
        return [*alone, *(r.edition for r in extracts if r.edition)]
    listed = ", ".join(literal(str(r.edition)) for r in extracts)
    rows = (
        f"(SELECT * REPLACE ({MAIN_POST} AS main_post) "  # noqa: S608
        f"FROM read_parquet([{listed}]))"
    )
    key = _key("joined", [f"{r.sha256} {r.edition}" for r in extracts])
    return [*alone, _made(store, key, StaffMonth, rows, database)]


def _key(kind: str, parts: Sequence[str]) -> str:
    return f"{kind}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:32]}"


def _made(
    store: Store, key: str, table: type[Table], rows: str, database: Database
) -> Path:
    if store.find(key) is None:
        with store.making(key) as folder:
            write_edition(database(), table, rows, folder / EDITION)
            (folder / MANIFEST).write_text(
                f'{{"edition": true, "table": "{table.name}"}}',
                encoding="utf-8",
                newline="\n",
            )
    return store.edition(key)
