"""Months that were counted stay counted: a new month costs its own counting alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from skillmix.catalogue import find
from skillmix.derive import DERIVATIONS
from skillmix.engines.duckdb import DuckDbEngine
from skillmix.errors import EngineError
from skillmix.memory import Memory
from skillmix.pipeline import Session, open_session
from skillmix.schema.derived import SicknessCount, WorkforceCount
from skillmix.schema.scope import Scope, parse_month
from skillmix.schema.table import Table
from skillmix.sources.inputs import Inputs, holds_month, open_inputs
from skillmix.sources.store import digest

BY_MONTH = [table for table, made in DERIVATIONS.items() if made.by_month]
JUNE, OCTOBER = parse_month("2020-06"), parse_month("2020-10")
FOLLOWED = "progression.by_horizon"


class Telling(DuckDbEngine):
    """An engine that tells which months it counted, and how many queries it ran."""

    def __init__(self) -> None:
        super().__init__()
        self.months: set[dt.date] = set()
        self.ran = 0

    def columns(self, expression: ir.Table) -> pa.Table:
        found = super().columns(expression)
        self.months |= set(found["month"].to_pylist())
        return found

    def rows(self, expression: ir.Table) -> list[dict[str, Any]]:
        self.ran += 1
        return super().rows(expression)


@pytest.fixture
def record(tiny_nhs: Path, tmp_path: Path) -> Path:
    """A staff record of a file a month, as employers send them."""
    folder = tmp_path / "record"
    folder.mkdir()
    for name in ("staff-month", "absence", "leaver"):
        (source,) = (tiny_nhs / "staff-record").glob(f"*-{name}.parquet")
        rows = duckdb.read_parquet(str(source))
        for (month,) in rows.select("month").distinct().fetchall():
            one = rows.filter(f"month = DATE '{month}'")
            one.write_parquet(str(folder / f"{name}-{month:%Y-%m}.parquet"))
    return folder


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "counted", digest)


def read(record: Path) -> Inputs:
    return open_inputs([record], store=record.parent / "store")


def held(session: Session, table: type[Table]) -> list[tuple[Any, ...]]:
    counting: Any = session
    found = counting._counting._engine.rows(session.table(table))
    return sorted(tuple(map(str, row.values())) for row in found)


@pytest.mark.parametrize("table", BY_MONTH)
def test_months_counted_apart_are_the_months_counted_together(record, memory, table):
    inputs, scope = read(record), Scope(month=JUNE)
    with open_session(inputs, scope) as plain:
        together = held(plain, table)
    # One month, then five more of other files, then all: counted in three runs.
    months = sorted(record.glob("staff-month-*.parquet"))
    for count in (1, 6):
        for path in months[count:]:
            path.rename(path.with_suffix(".later"))
        with open_session(read(record), Scope(), memory=memory) as session:
            held(session, table)
        for path in months[count:]:
            path.with_suffix(".later").rename(path)
    with open_session(inputs, scope, memory=memory) as session:
        assert held(session, table) == together


@pytest.mark.parametrize("table", BY_MONTH)
def test_no_table_that_is_kept_holds_a_person(table):
    assert not [name for name in table.columns() if name.endswith(("_id", "title"))]


def test_a_new_month_is_the_only_one_counted(record, memory):
    last = record / "staff-month-2020-10.parquet"
    apart = last.rename(record.parent / "later.parquet")
    with open_session(read(record), Scope(), Telling(), memory=memory) as session:
        session.table(SicknessCount)
    apart.rename(last)
    engine = Telling()
    with open_session(read(record), Scope(), engine, memory=memory) as session:
        session.table(SicknessCount)
    assert engine.months == {OCTOBER}


def test_a_corrected_month_is_counted_again_and_no_other(record, memory):
    with open_session(read(record), Scope(), memory=memory) as session:
        before = held(session, WorkforceCount)
    path = record / "staff-month-2020-03.parquet"
    rows = duckdb.read_parquet(str(path)).fetch_arrow_table()
    duckdb.from_arrow(rows).limit(50).write_parquet(str(path))
    engine = Telling()
    with open_session(read(record), Scope(), engine, memory=memory) as session:
        after = held(session, WorkforceCount)
    assert engine.months == {parse_month("2020-03")}
    assert before != after


def test_another_as_at_month_counts_no_month_again(record, memory):
    inputs = read(record)
    with open_session(inputs, Scope(month=JUNE), memory=memory) as session:
        session.table(SicknessCount)
    engine = Telling()
    with open_session(inputs, Scope(month=OCTOBER), engine, memory=memory) as session:
        session.table(SicknessCount)
    assert engine.months == set()


def test_another_place_is_counted_for_itself(record, memory):
    inputs = read(record)
    with open_session(inputs, Scope(month=JUNE), memory=memory) as session:
        everywhere = held(session, WorkforceCount)
    there = Scope(month=JUNE, region="Y56")
    with open_session(inputs, there, memory=memory) as session:
        here = held(session, WorkforceCount)
    assert 0 < len(here) < len(everywhere)


def test_a_record_that_was_found_whole_is_not_looked_at_again(record, memory):
    inputs = read(record)
    ran: list[int] = []
    for name in (FOLLOWED, "progression.by_setting"):
        engine = Telling()
        with open_session(inputs, Scope(month=JUNE), engine, memory=memory) as asked:
            asked.run(find(name))
        ran.append(engine.ran)
    # First the months, two rules by month, one of the year; then the question alone.
    assert ran == [5, 1]


@pytest.mark.parametrize("left", [b"", b"PAR1", b"PAR1 and no more PAR1"])
def test_a_month_cut_short_is_counted_again(record, memory, tmp_path, left):
    inputs = read(record)
    with open_session(inputs, Scope(month=JUNE), memory=memory) as session:
        before = held(session, WorkforceCount)
    for path in (tmp_path / "counted").glob("*.parquet"):
        path.write_bytes(left)
    with open_session(inputs, Scope(month=JUNE), memory=memory) as session:
        assert held(session, WorkforceCount) == before


def test_a_footer_tells_which_months_a_file_can_hold(tmp_path):
    path = tmp_path / "edition.parquet"
    told = "SELECT unnest([DATE '2020-01-01', DATE '2020-03-01']) AS month"
    duckdb.sql(told).write_parquet(str(path))
    assert [holds_month(path, dt.date(2020, m, 1)) for m in range(1, 6)] == [
        *(True, True, True, False, False)
    ]
    silent = tmp_path / "silent.parquet"
    duckdb.sql("SELECT 1 AS year").write_parquet(str(silent))
    assert holds_month(silent, dt.date(2020, 1, 1))


@pytest.mark.parametrize("left", [None, b"PAR1 cut short"])
def test_a_file_that_was_changed_meanwhile_is_told_by_who_reads_it(tmp_path, left):
    path = tmp_path / "edition.parquet"
    if left is not None:
        path.write_bytes(left)
    assert holds_month(path, dt.date(2020, 1, 1))


def test_a_file_lost_meanwhile_is_a_known_error(record, memory):
    inputs = read(record)
    with open_session(inputs, Scope(month=JUNE), memory=memory) as session:
        (record / "staff-month-2020-03.parquet").unlink()
        with pytest.raises(EngineError):
            session.table(WorkforceCount)
