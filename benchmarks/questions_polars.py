"""The eight questions in Polars, lazily, on the same Parquet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from skillmix.cohorts.codes import lookup_rows
from skillmix.schema.lookups import AreaOfWork, Employer, LeavingReason, OccupationCode
from skillmix.schema.values import ACTIVE_STATUSES, CORE_CONTRACTS, SUPPORT_GROUPS

NOW, THEN = dt.date(2020, 6, 1), dt.date(2019, 6, 1)
SUPPORT = pl.col("staff_group").is_in(SUPPORT_GROUPS).fill_null(value=False)
IN_POST = (
    pl.col("status").is_in(ACTIVE_STATUSES)
    & pl.col("contract_type").is_in(CORE_CONTRACTS)
    & ~pl.col("occupation_code").str.starts_with("Z")
)
SERVICE = pl.col("mental_health_code").fill_null(value=False) | pl.col(
    "mental_health_area"
).fill_null(value=False)
TEXT = ("employer", "occupation_code", "area_of_work", "band", "job_role", "gender")
FTE = pl.col("fte").cast(pl.Float64)


def open_questions(folder: Path) -> Mapping[str, Callable[[], list[tuple[Any, ...]]]]:
    """Return each question, ready to be asked."""
    staff = pl.scan_parquet(next(folder.rglob("*staff-month.parquet")))
    gone = pl.scan_parquet(next(folder.rglob("*leaver.parquet")))
    codes = {t: pl.from_arrow(rows).lazy() for t, rows in lookup_rows().items()}

    def coded(rows: pl.LazyFrame) -> pl.LazyFrame:
        return rows.join(codes[OccupationCode], on="occupation_code", how="left").join(
            codes[AreaOfWork], on="area_of_work", how="left"
        )

    def texts(rows: pl.LazyFrame) -> pl.LazyFrame:
        names = (*TEXT, "status", "contract_type")
        return rows.with_columns(pl.col(n).cast(pl.String) for n in names)

    posts = coded(texts(staff)).filter(IN_POST)

    def at(month: dt.date) -> pl.LazyFrame:
        return coded(texts(staff.filter(pl.col("month") == month))).filter(IN_POST)

    def pairs(how: str = "inner") -> pl.LazyFrame:
        age = pl.col("age")
        start = at(THEN).filter(pl.col("main_post") & SUPPORT)
        start = start.select(
            *("person_id", "band", "job_role", "employer"),
            age_group=pl.when(age < 30)
            .then(pl.lit("under 30"))
            .when(age < 50)
            .then(pl.lit("30 to 49"))
            .otherwise(pl.lit("50 up")),
            in_service=SERVICE,
        )
        finish = at(NOW).filter(pl.col("main_post"))
        finish = finish.select(
            "person_id", end_band="band", end_role="job_role", still=SUPPORT
        )
        return start.join(finish, on="person_id", how=how)

    def rows(*frames: pl.LazyFrame) -> list[tuple[Any, ...]]:
        return [r for f in frames for r in f.collect().rows()]

    def groups() -> pl.LazyFrame:
        return posts.group_by(
            pl.col("month").dt.strftime("%Y-%m"), "staff_group", SERVICE.alias("s")
        ).agg(pl.col("fte").sum().cast(pl.Float64))

    def settings() -> pl.LazyFrame:
        now = at(NOW).join(codes[Employer], on="employer", how="left")
        registered = pl.col("registered") & ~SUPPORT
        return now.group_by("care_setting", "region").agg(
            *(
                pl.when(told.any())
                .then(pl.col("fte").filter(told).sum())
                .cast(float)
                .alias(name)
                for name, told in (("support", SUPPORT), ("registered", registered))
            )
        )

    def stability() -> pl.LazyFrame:
        both = pairs("left").join(codes[Employer], on="employer", how="left")
        return both.group_by("employer_type").agg(
            pl.len(), pl.col("still").fill_null(value=False).sum()
        )

    def reasons() -> pl.LazyFrame:
        names = ("occupation_code", "area_of_work", "reason")
        year = gone.filter(pl.col("month").is_between(THEN, NOW, closed="right"))
        mine = coded(year.with_columns(pl.col(n).cast(pl.String) for n in names))
        named = mine.filter(SUPPORT).join(codes[LeavingReason], on="reason", how="left")
        group = pl.col("reason_group").fill_null("unknown")
        return named.group_by(group).agg(pl.len(), pl.lit(0).first())

    def pay() -> pl.LazyFrame:
        paid = at(NOW).filter((pl.col("fte") > 0) & (pl.col("basic_pay") > 0))
        full = pl.col("basic_pay").cast(pl.Float64) / FTE
        return paid.group_by("staff_group", "gender").agg(
            *(full.quantile(q, "linear").alias(f"q{q}") for q in (0.25, 0.5, 0.75))
        )

    def life_table() -> pl.LazyFrame:
        year = staff.filter(pl.col("main_post") & pl.col("month").is_between(THEN, NOW))
        after = year.select("person_id", pl.col("month"), there=pl.lit(value=True))
        before = coded(texts(year.filter(pl.col("month") < NOW))).filter(
            IN_POST & SUPPORT
        )
        both = before.with_columns(following=pl.col("month").dt.offset_by("1mo")).join(
            after,
            left_on=["person_id", "following"],
            right_on=["person_id", "month"],
            how="left",
        )
        return both.group_by("age", SERVICE.alias("s")).agg(
            pl.len(), pl.col("there").is_null().sum()
        )

    def bands() -> pl.LazyFrame:
        mine = at(NOW).filter(SUPPORT)
        return mine.group_by("employer", "band").agg(pl.col("fte").sum().cast(float))

    def band_moves() -> pl.LazyFrame:
        by = ("in_service", "age_group", "band", "end_band")
        return pairs().group_by(*by).agg(pl.len())

    def role_moves() -> pl.LazyFrame:
        mine = pairs().filter(pl.col("in_service"))
        return mine.group_by("job_role", "end_role").agg(pl.len())

    return {
        "a": lambda: rows(groups()),
        "b": lambda: rows(settings()),
        "c": lambda: rows(bands()),
        "d": lambda: rows(band_moves()),
        "e": lambda: rows(role_moves()),
        "f": lambda: rows(stability(), reasons()),
        "g": lambda: rows(pay()),
        "h": lambda: rows(life_table()),
    }
