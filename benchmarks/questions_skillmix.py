"""The eight questions through skillmix: Ibis expressions on its tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.cohorts.definitions import in_service, of_interest
from skillmix.derive.classified import AREA_SAYS, OCCUPATION_SAYS, in_post, look_up
from skillmix.derive.record_rules import in_year
from skillmix.engines.duckdb import DuckDbEngine
from skillmix.pipeline import Session
from skillmix.schema.derived import LeaverCount, YearPair
from skillmix.schema.lookups import (
    LOOKUP_TABLES,
    AreaOfWork,
    Employer,
    OccupationCode,
)
from skillmix.schema.scope import Scope
from skillmix.schema.staff import Leaver, StaffMonth
from skillmix.schema.values import SUPPORT_GROUPS
from skillmix.sources.inputs import Inputs

MONTH = dt.date(2020, 6, 1)


def open_questions(folder: Path) -> Mapping[str, Callable[[], list[tuple[Any, ...]]]]:
    """Return each question, ready to be asked."""
    editions = {
        StaffMonth: (next(folder.rglob("*staff-month.parquet")),),
        Leaver: (next(folder.rglob("*leaver.parquet")),),
    }
    engine = DuckDbEngine()
    session = Session(
        Inputs(readings=(), editions=editions), Scope(month=MONTH), engine
    )
    # Files are opened and code lists at hand before the clock starts, for all ways.
    for table in (StaffMonth, Leaver, *LOOKUP_TABLES):
        session.table(table)

    def rows(*expressions: ir.Table) -> list[tuple[Any, ...]]:
        return [tuple(row.values()) for e in expressions for row in engine.rows(e)]

    def posts() -> ir.Table:
        return _classified(session, in_post(session.table(StaffMonth)))

    def placed(posts: ir.Table) -> ir.Table:
        return look_up(posts, session.table(Employer), "employer", region="QZZ")

    return {
        "a": lambda: rows(_groups(posts())),
        "b": lambda: rows(_settings(placed(_now(posts())))),
        "c": lambda: rows(_bands(_now(posts()))),
        # From the year pairs, which the first of these three makes for all.
        "d": lambda: rows(_band_moves(session.table(YearPair))),
        "e": lambda: rows(_role_moves(session.table(YearPair))),
        "f": lambda: rows(
            _stability(session.table(YearPair)), _reasons(session.table(LeaverCount))
        ),
        "g": lambda: rows(_pay(_now(posts()))),
        "h": lambda: rows(_life_table(session)),
    }


def _classified(session: Session, posts: ir.Table) -> ir.Table:
    """Look up codes and areas; no question but one asks where an employer is."""
    codes, areas = session.table(OccupationCode), session.table(AreaOfWork)
    posts = look_up(posts, codes, "occupation_code", **OCCUPATION_SAYS)
    posts = look_up(posts, areas, "area_of_work", **AREA_SAYS)
    return posts.mutate(
        in_service=in_service(posts, session.scope),
        of_interest=of_interest(posts, session.scope),
    )


def _now(posts: ir.Table) -> ir.Table:
    return posts.filter(posts.month == ibis.literal(MONTH))


def _groups(posts: ir.Table) -> ir.Table:
    counts = posts.group_by("month", "staff_group", "in_service").agg(
        fte=lambda t: t.fte.sum().cast("float64")
    )
    return counts.mutate(month=counts.month.strftime("%Y-%m"))


def _settings(now: ir.Table) -> ir.Table:
    support = now.staff_group.isin(SUPPORT_GROUPS)
    return now.group_by("care_setting", "region").agg(
        support=now.fte.sum(where=support).cast("float64"),
        registered=now.fte.sum(where=now.registered & ~support).cast("float64"),
    )


def _bands(now: ir.Table) -> ir.Table:
    mine = now.filter(now.of_interest)
    return mine.group_by("employer", "band").agg(fte=mine.fte.sum().cast("float64"))


def _band_moves(pairs: ir.Table) -> ir.Table:
    mine = pairs.filter(pairs.of_interest & pairs.stayed)
    age = mine.age
    group = ibis.cases((age < 30, "under 30"), (age < 50, "30 to 49"), else_="50 up")
    return (
        mine.mutate(group=group)
        .group_by("in_service", "group", "band", "end_band")
        .agg(people=lambda t: t.count())
    )


def _role_moves(pairs: ir.Table) -> ir.Table:
    mine = pairs.filter(pairs.of_interest & pairs.stayed & pairs.in_service)
    return mine.group_by("job_role", "end_job_role").agg(people=mine.count())


def _stability(pairs: ir.Table) -> ir.Table:
    mine = pairs.filter(pairs.of_interest)
    still = mine.end_of_interest.fill_null(ibis.literal(value=False))
    return mine.group_by("employer_type").agg(
        people=mine.count(), still=still.cast("int64").sum()
    )


def _reasons(leavers: ir.Table) -> ir.Table:
    mine = leavers.filter(leavers.of_interest)
    counted = mine.group_by("reason_group").agg(people=mine.headcount.sum())
    return counted.mutate(nothing=ibis.literal(0))


def _pay(posts: ir.Table) -> ir.Table:
    now = posts.filter(posts.fte > 0, posts.basic_pay > 0)
    pay = now.mutate(full_time=now.basic_pay.cast("float64") / now.fte.cast("float64"))
    return pay.group_by("staff_group", "gender").agg(
        low=pay.full_time.quantile(0.25),
        middle=pay.full_time.quantile(0.5),
        high=pay.full_time.quantile(0.75),
    )


def _life_table(session: Session) -> ir.Table:
    """At risk and gone at each age, from month to month of the year."""
    scope = session.scope
    staff = in_year(session.table(StaffMonth), scope)
    main = staff.filter(staff.main_post)
    before = _classified(session, in_post(main))
    before = before.filter(before.of_interest & (before.month < ibis.literal(MONTH)))
    before = before.mutate(
        following=(before.month + ibis.interval(months=1)).cast("date")
    )
    after = main.select(end_person="person_id", end_month="month")
    both = before.left_join(
        after,
        [before.person_id == after.end_person, before.following == after.end_month],
    )
    return both.group_by("age", "in_service").agg(
        at_risk=both.count(), gone=both.end_person.isnull().cast("int64").sum()
    )
