"""From a file's text columns to a table's rows: every rule counted, none silent.

A row that breaks a rule is left out and counted under that rule; the rules come from
the table's own declaration, the layout's checks and the label maps.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from skillmix.schema.table import Table
from skillmix.sources.fields import Check, Fields, literal, quoted
from skillmix.sources.labels import folded, label_map, shown
from skillmix.sources.reading import Fault
from skillmix.sources.records import DATED
from skillmix.sources.rules import Rule, checked, declared, looks_of

BATCH = 100_000
# A label shown in a message helps to correct a published file; five are enough.
SHOWN_LABELS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Refined:
    """What refining came to, before it is written.

    Attributes:
        rows: Rows read.
        refused: Rows left out.
        wrong: Of these, rows that break a rule, not those left out by definition.
        faults: The rules broken.
        kept: Temporary table with the rows that stay.
    """

    rows: int
    refused: int
    wrong: int
    faults: tuple[Fault, ...]
    kept: str


def refine(
    database: duckdb.DuckDBPyConnection,
    source: str,
    table: type[Table],
    fields: Fields,
    checks: Sequence[Check],
    *,
    header: Sequence[str],
    personal: bool = False,
    repeats: bool = False,
) -> Refined:
    """Turn text columns into a table's rows, kept as a temporary table.

    Args:
        database: Connection to work in.
        source: SQL that yields the file's columns as text.
        table: The table to make.
        fields: The table's columns, from the file's.
        checks: Rules beyond those the table declares.
        header: The file's columns that checks may name as `file_<column>`.
        personal: Whether rows are of people: then no printed label is shown or kept.
        repeats: Whether rows may repeat a key, because they are told apart later.
    """
    rules = [*declared(table, fields), *checked(checks)]
    kept = [] if personal else [n for n, field in fields.items() if field.labels]
    labels = [quoted(f"label_{name}") for name in kept]
    valued = _valued(source, table, fields, header)
    database.execute(_staging(valued, table, rules, labels))
    rows, refused, wrong, counts = _count(database, rules)
    broken = [rule for rule, count in zip(rules, counts, strict=True) if count]
    looks = looks_of(database, valued, broken)
    faults = [
        _fault(database, rule, count, looks.get(rule, ""), name=rule.target in kept)
        for rule, count in zip(rules, counts, strict=True)
        if count
    ]
    repeated = 0 if repeats else _drop_repeated(database, table, labels)
    if repeated:
        faults.append(
            Fault(
                rule="a row repeats the key of another; the first is kept",
                column=", ".join(table.key),
                rows=repeated,
                remedy="Remove the repeated rows, or tell which of them holds.",
            )
        )
    return Refined(
        rows=rows,
        refused=refused + repeated,
        wrong=wrong,
        faults=tuple(faults),
        kept="staged",
    )


def _valued(
    source: str, table: type[Table], fields: Fields, header: Sequence[str]
) -> str:
    """Return the SQL of the table `valued`: values, and cells as the file has them."""
    cleaned = ", ".join(
        f"nullif(trim({quoted(name)}), '') AS {quoted(name)}" for name in header
    )
    joins, values = _values(table, fields)
    raw = ", ".join(
        f"file.{quoted(name)} AS {quoted('file_' + name)}" for name in header
    )
    selected = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in values.items())
    return (
        f"WITH file AS (SELECT {cleaned} FROM {source}), "  # noqa: S608
        f"valued AS (SELECT {selected}, {raw} FROM file {joins})"
    )


def _staging(
    valued: str, table: type[Table], rules: Sequence[Rule], labels: Sequence[str]
) -> str:
    """Write the statement that makes values, and a bit for every rule broken."""
    bits = " | ".join(
        f"(coalesce({r.broken}, false)::HUGEINT << {n})" for n, r in enumerate(rules)
    )
    own = ", ".join([*(quoted(name) for name in table.columns()), *labels])
    return (
        f"CREATE OR REPLACE TEMP TABLE staged AS {valued} "  # noqa: S608
        f"SELECT {own}, {bits or '0::HUGEINT'} AS broken FROM valued"
    )


def _values(table: type[Table], fields: Fields) -> tuple[str, dict[str, str]]:
    """Return the joins to label maps, and the expression of every column."""
    joins: list[str] = []
    values: dict[str, str] = {}
    for name in table.columns():
        field = fields[name]
        if not field.labels:
            values[name] = field.sql
            continue
        alias = f"labels_{name}"
        more = {folded(label): slug for label, slug in field.more_labels.items()}
        listed = ", ".join(
            f"({literal(label)}, {literal(slug)})"
            for label, slug in {**label_map(field.labels), **more}.items()
        )
        key = f"lower(replace({field.sql}, '  ', ' '))"
        joins.append(
            f"LEFT JOIN (VALUES {listed}) AS {alias}(label, slug)"
            f" ON {key} = {alias}.label"
        )
        values[name] = f"{alias}.slug"
        values[f"label_{name}"] = field.sql
    return " ".join(joins), values


def _mask(rules: Sequence[Rule], *, intended: bool) -> int:
    chosen = (n for n, r in enumerate(rules) if r.refuses and r.intended == intended)
    return sum(1 << n for n in chosen)


def _count(
    database: duckdb.DuckDBPyConnection, rules: Sequence[Rule]
) -> tuple[int, int, int, list[int]]:
    """Count rows, refused, wrong, and those that break each rule; drop the refused.

    A row left out by definition is not counted under other rules too.
    """
    out, wrong = _mask(rules, intended=True), _mask(rules, intended=False)
    counted = [
        f"count(*) FILTER (broken & {1 << n}::HUGEINT <> 0"
        + ("" if rule.intended else f" AND broken & {out}::HUGEINT = 0")
        + ")"
        for n, rule in enumerate(rules)
    ]
    left = f"count(*) FILTER (broken & {out | wrong}::HUGEINT <> 0)"
    faulty = f"{left} - count(*) FILTER (broken & {out}::HUGEINT <> 0)"
    row = database.execute(
        f"SELECT {', '.join(['count(*)', left, faulty, *counted])} FROM staged"  # noqa: S608
    ).fetchone()
    rows, refused, wrong_rows, *counts = row or (0, 0, 0)
    database.execute(
        "CREATE OR REPLACE TEMP TABLE refused AS "  # noqa: S608
        f"SELECT * FROM staged WHERE broken & {out | wrong}::HUGEINT <> 0"
    )
    database.execute(f"DELETE FROM staged WHERE broken & {out | wrong}::HUGEINT <> 0")  # noqa: S608
    return rows, refused, wrong_rows, counts


def _fault(
    database: duckdb.DuckDBPyConnection,
    rule: Rule,
    rows: int,
    look: str,
    *,
    name: bool,
) -> Fault:
    """Word a fault; labels of published files are named, values of people never."""
    words = f"{rule.rule}; {look}" if look and not name else rule.rule
    if name and rule.target:
        label = quoted(f"label_{rule.target}")
        found = database.execute(
            f"SELECT DISTINCT {label} FROM refused WHERE {quoted(rule.target)} IS NULL"  # noqa: S608
            f" AND {label} IS NOT NULL ORDER BY 1 LIMIT {SHOWN_LABELS}"
        ).fetchall()
        words += ": " + ", ".join(shown(text) for (text,) in found)
    return Fault(rule=words, column=rule.column, rows=rows, remedy=rule.remedy)


def _drop_repeated(
    database: duckdb.DuckDBPyConnection, table: type[Table], labels: Sequence[str]
) -> int:
    """Drop rows that repeat a key; printed labels tell apart what slugs do not."""
    by = ", ".join([*(quoted(name) for name in table.key), *labels])
    if not table.key:
        return 0
    (repeated,) = database.execute(
        "SELECT coalesce(sum(n - 1), 0)::BIGINT FROM "  # noqa: S608
        f"(SELECT count(*) AS n FROM staged GROUP BY {by} HAVING count(*) > 1)"
    ).fetchone() or (0,)
    if repeated:
        database.execute(
            "DELETE FROM staged WHERE rowid NOT IN "  # noqa: S608
            f"(SELECT min(rowid) FROM staged GROUP BY {by})"
        )
    return repeated


def write_edition(
    database: duckdb.DuckDBPyConnection,
    table: type[Table],
    kept: str,
    target: Path,
    *,
    synthetic: bool = False,
) -> None:
    """Write rows as Parquet in the table's types, in the order of its key."""
    schema = table.arrow_schema()
    if synthetic:
        schema = schema.with_metadata({b"skillmix.synthetic": b"true"})
    columns = ", ".join(quoted(name) for name in table.columns())
    order = ", ".join(quoted(name) for name in table.key)
    reader = database.sql(
        f"SELECT {columns} FROM {kept} ORDER BY {order}"  # noqa: S608
    ).to_arrow_reader(BATCH)
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))


def months_of(
    database: duckdb.DuckDBPyConnection, table: type[Table], kept: str
) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last month of the rows kept."""
    names = table.columns()
    first = next((n for n in DATED if n in names), None)
    last = "period_end" if "period_end" in names else first
    if first is None and "year" in names:
        first, last = "make_date(year, 1, 1)", "make_date(year, 12, 1)"
    if first is None or last is None:
        return None, None
    # Fetched whole: DuckDB refuses other work while a result is unfinished.
    ((start, end),) = database.execute(
        f"SELECT min({first}), max({last}) FROM {kept}"  # noqa: S608
    ).fetchall()
    return start, end
