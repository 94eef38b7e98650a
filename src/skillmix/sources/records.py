"""Parquet files that already have a table's columns: used in place, never copied.

A national staff record has 25 million rows; recognising it reads its footer, and
large files are judged by the statistics there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from skillmix.errors import UnreadableFileError
from skillmix.schema.documents import DOCUMENT_TABLES
from skillmix.schema.published import PUBLISHED_TABLES
from skillmix.schema.staff import Absence, Bonus, Competence, Joiner, Leaver, StaffMonth
from skillmix.schema.supplied import SUPPLIED_TABLES
from skillmix.schema.table import Column, Table
from skillmix.sources.fields import literal, quoted
from skillmix.sources.reading import Fault

READER = "staff_record"
# Columns that date a row, the first that a table has.
DATED = ("month", "period_start", "vintage", "achieved_on")
# Up to so many rows, every value is checked; beyond, the statistics of the footer.
CHECKED_ROWS = 5_000_000
TABLES: tuple[type[Table], ...] = (
    *(StaffMonth, Absence, Leaver, Joiner, Bonus, Competence),
    *PUBLISHED_TABLES,
    *SUPPLIED_TABLES,
    *DOCUMENT_TABLES,
)
SYNTHETIC_KEY = b"skillmix.synthetic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """What a Parquet file says of itself, without reading its rows."""

    metadata: pq.FileMetaData
    schema: pa.Schema

    @property
    def rows(self) -> int:
        """The number of rows."""
        return self.metadata.num_rows

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.schema.names)

    @property
    def synthetic(self) -> bool:
        """Whether the file says that its figures are invented."""
        return (self.schema.metadata or {}).get(SYNTHETIC_KEY) == b"true"


def read_footer(path: Path) -> Footer:
    """Read a Parquet file's footer.

    Raises:
        UnreadableFileError: If the file is cut short or damaged.
    """
    try:
        with pq.ParquetFile(path) as file:
            return Footer(metadata=file.metadata, schema=file.schema_arrow)
    except (pa.ArrowException, OSError):
        raise UnreadableFileError(
            "The Parquet file is damaged or cut short.",
            remedy="Write or copy it again.",
        ) from None


def table_of(footer: Footer) -> type[Table] | None:
    """Return the table whose columns the file has, in any order."""
    names = set(footer.names)
    whole = [table for table in TABLES if set(table.columns()) <= names]
    return max(whole, key=lambda table: len(table.columns()), default=None)


def in_place(footer: Footer, table: type[Table]) -> bool:
    """Tell whether the file's types serve as they are."""
    return all(
        _serves(footer.schema.field(field.name).type, field.type)
        for field in table.arrow_schema()
    )


def _serves(has: pa.DataType, wanted: pa.DataType) -> bool:
    if pa.types.is_dictionary(has):
        has = has.value_type
    if pa.types.is_string(wanted):
        return pa.types.is_string(has) or pa.types.is_large_string(has)
    if pa.types.is_integer(wanted):
        return pa.types.is_integer(has)
    if pa.types.is_decimal(wanted):
        return pa.types.is_decimal(has) and has.scale <= wanted.scale
    return has == wanted


def months(footer: Footer, table: type[Table]) -> tuple[Any, Any]:
    """Return the first and last month, from the footer's statistics."""
    name = next((n for n in DATED if n in table.columns()), "")
    found = [s for s in _statistics(footer, name) if s.has_min_max]
    if not found:
        return None, None
    first, last = min(s.min for s in found), max(s.max for s in found)
    known = isinstance(first, dt.date) and isinstance(last, dt.date)
    return (first, last) if known else (None, None)


def quick_faults(
    database: duckdb.DuckDBPyConnection,
    path: Path,
    footer: Footer,
    table: type[Table],
) -> list[Fault]:
    """Judge a large file by its footer, and by its codes, which are quick to look up.

    A status that no list holds lies between others: bounds would not tell, and who is
    in post is told by what a status is not.
    """
    faults: list[Fault] = []
    for name, column in table.columns().items():
        statistics = list(_statistics(footer, name))
        nulls = sum(s.null_count or 0 for s in statistics if s.has_null_count)
        if nulls and not column.nullable:
            faults.append(_fault("a value is missing", name, nulls))
        bounds = [s for s in statistics if s.has_min_max]
        if bounds and (rule := _beyond(column, bounds)):
            faults.append(_fault(rule, name, 1))
        if column.vocabulary and name in footer.names:
            rule, unknown = _not_listed(name, column.vocabulary)
            [(rows,)] = database.execute(
                f"SELECT count(*) FROM read_parquet({literal(str(path))}) "  # noqa: S608
                f"WHERE {unknown}"
            ).fetchall()
            if rows:
                faults.append(_fault(rule, name, rows))
    return faults


def _statistics(footer: Footer, name: str) -> Iterator[Any]:
    if name not in footer.names:
        return
    meta = footer.metadata
    places = {meta.schema.column(n).path: n for n in range(meta.num_columns)}
    place = places.get(name)
    if place is None:
        return
    for group in range(meta.num_row_groups):
        found = meta.row_group(group).column(place).statistics
        if found is not None:
            yield found


def _beyond(column: Column, bounds: list[Any]) -> str:
    least, most = min(s.min for s in bounds), max(s.max for s in bounds)
    if column.minimum is not None and least < column.minimum:
        return f"a value under {column.minimum:g}"
    if column.maximum is not None and most > column.maximum:
        return f"a value over {column.maximum:g}"
    return ""


def _fault(rule: str, column: str, rows: int) -> Fault:
    return Fault(
        rule=rule,
        column=column,
        rows=rows,
        remedy="Correct the values where the file is made.",
    )


def all_faults(
    database: duckdb.DuckDBPyConnection, path: Path, table: type[Table]
) -> list[Fault]:
    """Check every value of a file, each rule counted."""
    source = f"read_parquet({literal(str(path))})"
    rules: list[tuple[str, str, str]] = []
    for name, column in table.columns().items():
        rules += [(rule, name, sql) for rule, sql in _rules(name, column)]
    counted = ", ".join(f"count_if({sql})" for _, _, sql in rules)
    row = database.execute(f"SELECT {counted} FROM {source}").fetchone() or ()  # noqa: S608
    faults = [
        _fault(rule, name, count)
        for (rule, name, _), count in zip(rules, row, strict=True)
        if count
    ]
    return faults + _key_faults(database, source, table)


def _rules(name: str, column: Column) -> list[tuple[str, str]]:
    own = quoted(name)
    rules: list[tuple[str, str]] = []
    if not column.nullable:
        rules.append(("a value is missing", f"{own} IS NULL"))
    if column.vocabulary:
        rules.append(_not_listed(name, column.vocabulary))
    if column.minimum is not None:
        least = column.minimum
        rules.append((f"a value under {least:g}", f"{own} < {least:g}"))
    if column.maximum is not None:
        most = column.maximum
        rules.append((f"a value over {most:g}", f"{own} > {most:g}"))
    if column.pattern:
        shape = f"NOT regexp_full_match({own}::VARCHAR, {literal(column.pattern)})"
        rules.append((f"a value not of the form {column.pattern}", shape))
    return rules


def _not_listed(name: str, codes: Iterable[str]) -> tuple[str, str]:
    listed = ", ".join(map(literal, codes))
    rule = "a value that is not in the code list"
    return rule, f"{quoted(name)}::VARCHAR NOT IN ({listed})"


def _key_faults(
    database: duckdb.DuckDBPyConnection, source: str, table: type[Table]
) -> list[Fault]:
    checks = [(f"rows share a {', '.join(table.key)}", ", ".join(table.key), "", "> 1")]
    if table is StaffMonth:
        checks.append(
            (
                "people with no main post, or several, in a month",
                "month, person_id",
                ", count_if(main_post) AS mains",
                "<> 1",
            )
        )
    faults: list[Fault] = []
    for rule, by, more, bad in checks:
        counted = "mains" if more else "n"
        # Fetched to the end: an open result would block the next query.
        [(count,)] = database.execute(
            f"SELECT count(*) FROM (SELECT count(*) AS n{more} FROM {source} "  # noqa: S608
            f"GROUP BY {by}) WHERE {counted} {bad}"
        ).fetchall()
        if count:
            faults.append(_fault(rule, by, count))
    return faults


def convert(
    database: duckdb.DuckDBPyConnection, path: Path, table: type[Table]
) -> None:
    """Cast a file's columns to the table's types, into the temporary table `converted`.

    Raises:
        UnreadableFileError: If a value does not fit its type.
    """
    kinds = {
        "int64": "BIGINT",
        "string": "VARCHAR",
        "double": "DOUBLE",
        "bool": "BOOLEAN",
        "date32[day]": "DATE",
    }
    columns = ", ".join(
        f"CAST({quoted(f.name)} AS {kinds.get(str(f.type), 'DECIMAL(12, 5)')})"
        f" AS {quoted(f.name)}"
        for f in table.arrow_schema()
    )
    try:
        database.execute(
            f"CREATE OR REPLACE TEMP TABLE converted AS SELECT {columns} "  # noqa: S608
            f"FROM read_parquet({literal(str(path))})"
        )
    except (duckdb.ConversionException, duckdb.InvalidInputException):
        raise UnreadableFileError(
            f"A value does not fit the types of {table.name}.",
            remedy="Compare the column types with the data dictionary.",
        ) from None
