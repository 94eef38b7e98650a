"""Flows balance for any record that holds together; others are refused with reasons."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmix.catalogue import find
from skillmix.derive.flows import balances
from skillmix.derive.record_rules import refuse_record
from skillmix.engines.duckdb import DuckDbEngine
from skillmix.errors import MonthsMissingError, RecordRefusedError
from skillmix.pipeline import Session
from skillmix.schema.careers import Flow, Movement
from skillmix.schema.derived import WorkforceCount
from skillmix.schema.scope import Scope
from skillmix.schema.staff import Leaver, StaffMonth
from skillmix.schema.way import way
from skillmix.sources.inputs import Inputs
from skillmix.synth.tables import months_from
from strategies import rows_of

THEN, NOW = dt.date(2019, 6, 1), dt.date(2020, 6, 1)
MONTHS = months_from(THEN, 13)
WORKER: Mapping[str, Any] = {
    "main_post": True,
    "employer": "RJ1",
    "occupation_code": "N9E",
    "area_of_work": "Mental Health",
    "job_role": "Healthcare Assistant",
    "job_title": None,
    "band": "2",
    "fte": Decimal(1),
    "contract_type": "permanent",
    "status": "active",
    "basic_pay": 150_000,
    "earnings": 170_000,
    "age": 40,
    "gender": "female",
    "ethnicity": "A",
    "disability": "no",
    "religion": "christianity",
    "orientation": "heterosexual",
}
GONE: Mapping[str, Any] = {
    "employer": "RJ1",
    "occupation_code": "N9E",
    "area_of_work": "Mental Health",
    "band": "2",
    "reason": "24",
}
Row = dict[str, Any]


def worker(person: int, month: dt.date, post: int | None = None, **more: Any) -> Row:
    keys = {"month": month, "person_id": person, "post_id": post or person}
    return {**WORKER, **keys, **more}


def leaver(person: int, month: dt.date, **more: Any) -> Row:
    return {**GONE, "month": month, "person_id": person, **more}


@contextmanager
def session(rows: Sequence[Row], leavers: Sequence[Row] = ()) -> Iterator[Session]:
    with tempfile.TemporaryDirectory() as folder:
        editions = {}
        for table, held in ((StaffMonth, rows), (Leaver, leavers)):
            path = Path(folder) / f"{table.name}.parquet"
            schema = table.arrow_schema()
            pq.write_table(pa.Table.from_pylist(list(held), schema=schema), path)
            editions[table] = (path,)
        engine = DuckDbEngine(threads=1)
        try:
            yield Session(
                Inputs(readings=(), editions=editions), Scope(month=NOW), engine
            )
        finally:
            engine.close()


POSTS = st.lists(
    rows_of(
        StaffMonth,
        month=st.sampled_from([THEN, NOW]),
        person_id=st.integers(1, 8),
        post_id=st.integers(100, 10**9),
        employer=st.sampled_from(["RQY", "RJ8", "RJ1"]),
        occupation_code=st.sampled_from(["N9E", "H1A", "N6A", "G2A", "001"]),
        area_of_work=st.sampled_from(["General Medicine", "Mental Health"]),
        fte=st.sampled_from([Decimal("0.2"), Decimal("0.33333"), Decimal("0.6")]),
        contract_type=st.sampled_from(["permanent", "permanent", "bank"]),
        status=st.sampled_from(["active", "active", "career_break"]),
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda row: (row["month"], row["post_id"]),
)


def settled(rows: list[Row]) -> list[Row]:
    """Mark main posts, those in post first; add somebody who is always there."""
    rows = [*rows, worker(99, THEN), worker(99, NOW)]
    people: dict[tuple[int, dt.date], list[Row]] = defaultdict(list)
    for row in rows:
        row["main_post"] = False
        people[row["person_id"], row["month"]].append(row)
    for held in people.values():
        best = [r for r in held if in_post(r)] or held
        best[0]["main_post"] = True
    return rows


def in_post(row: Row) -> bool:
    return row["status"] == "active" and row["contract_type"] == "permanent"


@settings(max_examples=8, deadline=None)
@given(POSTS)
def test_opening_and_flows_make_the_closing_stock(rows: list[Row]) -> None:
    posts = settled(rows)
    with session(posts) as asked:
        found = asked.rows(way(every_flow))
    groups: dict[tuple[str, str], list[Any]] = defaultdict(lambda: [0, Decimal(0)])
    for row in found:
        sign = -1 if row["flow"] == "closing" else 1
        groups[row["grouping"], row["group"]][0] += sign * row["people"]
        groups[row["grouping"], row["group"]][1] += sign * row["fte"]
    assert all(left == [0, 0] for left in groups.values())
    same_as_plain_python(posts, [row for row in found if row["group"] == "all"])


def every_flow(flows: Flow) -> ir.Table:
    return flows


def out_of_balance(moves: Movement, counts: WorkforceCount, scope: Scope) -> ir.Table:
    """Lose those who joined, and look whether the account still balances."""
    return balances(moves.filter(moves.flow != "joined"), counts, scope)


def same_as_plain_python(posts: list[Row], account: list[Row]) -> None:
    """Count the account of all staff by plain loops, and compare."""
    there = [r for r in posts if in_post(r)]
    people = {
        month: {r["person_id"] for r in there if r["month"] == month}
        for month in (THEN, NOW)
    }
    stayed = people[THEN] & people[NOW]
    sums: dict[str, list[Any]] = defaultdict(lambda: [0, Decimal(0)])
    for row in account:
        sums[row["flow"]][0] += row["people"]
        sums[row["flow"]][1] += row["fte"]

    def fte(month: dt.date, of: set[int]) -> Decimal:
        mine = (r for r in there if r["month"] == month and r["person_id"] in of)
        return sum((r["fte"] for r in mine), Decimal(0))

    joined, left = people[NOW] - people[THEN], people[THEN] - people[NOW]
    assert sums["opening"] == [len(people[THEN]), fte(THEN, people[THEN])]
    assert sums["closing"] == [len(people[NOW]), fte(NOW, people[NOW])]
    assert sums["joined"][0] == len(joined)
    assert sums["left"][0] == -len(left)
    assert sums["hours"][1] == fte(NOW, stayed) - fte(THEN, stayed)


def test_an_account_that_does_not_balance_names_the_group() -> None:
    rows = [worker(1, THEN), worker(1, NOW), worker(2, NOW), worker(3, NOW)]
    with session(rows) as asked:
        broken = asked.rows(way(out_of_balance))
    with pytest.raises(RecordRefusedError) as told:
        refuse_record(Flow, broken)
    message = str(told.value)
    assert "service in_service: 2" in message
    assert "people: opening stock and flows do not make the closing stock" in message


def contradictory() -> tuple[list[Row], list[Row]]:
    """A record with a gap, two people in two places and a leaver still in post."""
    kept = [m for m in MONTHS if m not in MONTHS[3:5]]
    rows = [worker(person, month) for person in range(1, 9) for month in kept]
    rows += [worker(1, m, post=901, main_post=False) for m in MONTHS[6:8]]
    rows += [worker(2, MONTHS[6], post=902, main_post=False)]
    leavers = [leaver(7654321, MONTHS[9]), leaver(3, MONTHS[9]), leaver(4, MONTHS[9])]
    return rows, leavers


def test_a_record_that_contradicts_itself_is_refused_with_every_fault() -> None:
    rows, leavers = contradictory()
    with (
        session(rows, leavers) as asked,
        pytest.raises(RecordRefusedError) as told,
    ):
        asked.run(find("progression.by_horizon"))
    message = str(told.value)
    assert "breaks 3 rules" in message
    assert "months are missing from the run of snapshots (2 in all" in message
    assert "a person is in two full-time places in a month (3 in all" in message
    assert "2019-12: 2, 2020-01: 1" in message
    assert "a leaver is still in post in the month of leaving (2 in all" in message
    assert "7654321" not in message


def test_a_person_with_two_main_posts_or_none_is_refused() -> None:
    rows = [worker(1, m) for m in MONTHS] + [worker(2, m) for m in MONTHS]
    rows[0]["main_post"] = False
    rows += [worker(2, MONTHS[2], post=77, fte=Decimal("0.2"))]
    with session(rows) as asked, pytest.raises(RecordRefusedError) as told:
        asked.run(find("progression.history"))
    assert "a person has two main posts in a month (1 in all" in str(told.value)
    assert "a person in post has no main post in a month (1 in all" in str(told.value)


def test_months_that_are_merely_missing_leave_other_questions_answered() -> None:
    rows = [worker(p, m) for p in range(1, 9) for m in (THEN, NOW)]
    with session(rows) as asked:
        with pytest.raises(MonthsMissingError):
            asked.run(find("progression.by_horizon"))
        names = ("progression.by_horizon", "progression.by_band")
        answers = list(asked.answers([find(name) for name in names]))
    assert answers[0].published is None
    assert "months are missing" in answers[0].missing[0]
    assert answers[1].published is not None


def test_leaving_and_coming_back_is_no_contradiction() -> None:
    months = [m for m in MONTHS if m not in MONTHS[4:7]]
    rows = [worker(1, m) for m in months] + [worker(2, m) for m in MONTHS]
    with session(rows, [leaver(1, MONTHS[4])]) as asked:
        found = asked.run_unprotected(find("progression.by_horizon"))
    last = found.one(month=NOW, band="2", in_service=True, measure="left_of_all")
    assert last is not None
    assert last.estimate == 0
