"""The engines' answers, beside the same questions asked in plain Python."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmix.catalogue import find
from skillmix.engines.duckdb import DuckDbEngine
from skillmix.pipeline import Session
from skillmix.schema.occupation import mental_health_areas, occupations
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.staff import StaffMonth
from skillmix.schema.values import ACTIVE_STATUSES, CORE_CONTRACTS, SUPPORT_GROUPS
from skillmix.sources.inputs import Inputs
from strategies import rows_of

THEN, NOW = dt.date(2019, 6, 1), dt.date(2020, 6, 1)
AREA = sorted(mental_health_areas())[0]
RECORD = st.lists(
    rows_of(
        StaffMonth,
        month=st.sampled_from([THEN, NOW]),
        person_id=st.integers(1, 9),
        post_id=st.integers(1, 10**9),
        employer=st.sampled_from(["RQY", "RJ8", "RJ1"]),
        occupation_code=st.sampled_from(["N9E", "H1A", "N6A", "Z2A", "001"]),
        area_of_work=st.sampled_from(["General Medicine", AREA]),
        band=st.sampled_from(["2", "3", "4", "5"]),
        contract_type=st.sampled_from(["permanent", "permanent", "bank"]),
        status=st.sampled_from(["active", "active", "career_break"]),
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda row: (row["month"], row["post_id"]),
)
Row = dict[str, Any]


def with_main_posts(rows: list[Row]) -> list[Row]:
    """Mark one post of each person and month: here, the first."""
    seen: set[tuple[Any, Any]] = set()
    for row in rows:
        key = (row["month"], row["person_id"])
        row["main_post"] = key not in seen
        seen.add(key)
    return rows


def ask(name: str, rows: list[Row]) -> Published:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "staff.parquet"
        pq.write_table(pa.Table.from_pylist(rows, StaffMonth.arrow_schema()), path)
        engine = DuckDbEngine(threads=1)
        try:
            inputs = Inputs(readings=(), editions={StaffMonth: (path,)})
            session = Session(inputs, Scope(month=NOW), engine)
            return session.run_unprotected(find(name))
        finally:
            engine.close()


def in_post(rows: list[Row]) -> list[Row]:
    return [
        r
        for r in rows
        if r["status"] in ACTIVE_STATUSES
        and r["contract_type"] in CORE_CONTRACTS
        and not r["occupation_code"].startswith("Z")
    ]


def support(row: Row) -> bool:
    return occupations()[row["occupation_code"]].staff_group in SUPPORT_GROUPS


def in_service(row: Row) -> bool:
    code = occupations()[row["occupation_code"]]
    return code.mental_health_by_code or row["area_of_work"] in mental_health_areas()


def both_months(rows: list[Row]) -> bool:
    return {THEN, NOW} <= {r["month"] for r in rows}


@given(RECORD)
@settings(deadline=None, max_examples=25)
def test_fte_by_staff_group_is_the_plain_sum(rows: list[Row]) -> None:
    rows = with_main_posts(rows)
    now = [r for r in in_post(rows) if r["month"] == NOW]
    if not now or not both_months(rows):
        return
    expected: dict[str, Decimal] = defaultdict(Decimal)
    for row in now:
        expected[occupations()[row["occupation_code"]].staff_group] += row["fte"]
    published = ask("workforce.staff_in_post", rows)
    found = {r["staff_group"]: r.numerator for r in published.where(measure="fte")}
    assert found == {group: float(fte) for group, fte in expected.items()}


@given(RECORD)
@settings(deadline=None, max_examples=25)
def test_people_who_moved_up_are_those_a_loop_finds(rows: list[Row]) -> None:
    rows = with_main_posts(rows)
    people: dict[dt.date, dict[int, Row]] = {THEN: {}, NOW: {}}
    for row in in_post(rows):
        if row["main_post"]:
            people[row["month"]][row["person_id"]] = row
    tried: Counter[tuple[str, bool]] = Counter()
    moved: Counter[tuple[str, bool]] = Counter()
    for person, before in people[THEN].items():
        after = people[NOW].get(person)
        if after is None or not support(before) or before["band"] == "5":
            continue
        key = (before["band"], in_service(before))
        tried[key] += 1
        moved[key] += after["band"] > before["band"]
    if not tried or not both_months(rows):
        return
    published = ask("progression.by_band", rows)
    found = {
        (r["band"], r["in_service"]): (r.numerator, r.denominator)
        for r in published.rows
    }
    assert found == {key: (moved[key], count) for key, count in tried.items()}


@given(RECORD, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=8)
def test_the_order_of_the_rows_changes_no_digit(rows: list[Row], random: Any) -> None:
    rows = with_main_posts(rows)
    if not both_months(rows) or not [r for r in in_post(rows) if r["month"] == NOW]:
        return
    shuffled = list(rows)
    random.shuffle(shuffled)
    for name in ("workforce.staff_in_post", "workforce.definition_gap"):
        try:
            first = ask(name, rows)
        except Exception as fault:
            assert type(fault).__name__ == "MissingInputError"  # noqa: PT017
            continue
        assert first.rows == ask(name, shuffled).rows
