"""The eight questions in pandas, on the same Parquet, columns read as needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from skillmix.cohorts.codes import lookup_rows
from skillmix.schema.lookups import AreaOfWork, Employer, LeavingReason, OccupationCode
from skillmix.schema.values import ACTIVE_STATUSES, CORE_CONTRACTS, SUPPORT_GROUPS

NOW, THEN = dt.date(2020, 6, 1), dt.date(2019, 6, 1)
CODES = ("occupation_code", "area_of_work", "status", "contract_type")
Rows = list[tuple[Any, ...]]


class Record:
    """The staff record's files, read column by column."""

    def __init__(self, folder: Path) -> None:
        self._staff = next(folder.rglob("*staff-month.parquet"))
        self._leaver = next(folder.rglob("*leaver.parquet"))
        self.codes = {t: rows.to_pandas() for t, rows in lookup_rows().items()}

    def read(self, columns: Sequence[str], month: dt.date | None = None) -> Any:
        """Read columns of all months, or of one."""
        where = [("month", "=", month)] if month else None
        table = pq.read_table(self._staff, columns=list(columns), filters=where)
        for place, name in enumerate(table.column_names):
            # Decimals would become Python objects, one by one.
            if pa.types.is_decimal(table.schema.field(name).type):
                table = table.set_column(place, name, table[name].cast(pa.float64()))
        return table.to_pandas(date_as_object=False)

    def leavers(self) -> Any:
        """Read the leavers."""
        return pq.read_table(self._leaver).to_pandas(date_as_object=False)

    def posts(self, columns: Sequence[str], month: dt.date | None = None) -> Any:
        """Read staff in post with what their codes say."""
        read = self.read([*dict.fromkeys([*columns, *CODES])], month)
        return self.coded(
            read[
                read.status.isin(ACTIVE_STATUSES)
                & read.contract_type.isin(CORE_CONTRACTS)
                & ~read.occupation_code.astype(str).str.startswith("Z")
            ]
        )

    def coded(self, rows: Any) -> Any:
        """Look up occupation codes and areas of work."""
        for table, key in (
            (OccupationCode, "occupation_code"),
            (AreaOfWork, "area_of_work"),
        ):
            rows = rows.astype({key: str}).merge(self.codes[table], on=key, how="left")
        flags = rows[["mental_health_code", "mental_health_area"]].astype("boolean")
        rows["in_service"] = flags.fillna(value=False).any(axis=1)
        rows["support"] = rows.staff_group.isin(SUPPORT_GROUPS)
        return rows


def open_questions(folder: Path) -> Mapping[str, Callable[[], Rows]]:
    """Return each question, ready to be asked."""
    record = Record(folder)
    return {
        name: lambda ask=ask: ask(record)
        for name, ask in zip(
            "abcdefgh",
            (_a, _b, _c, _d, _e, _f, _g, _h),
            strict=True,
        )
    }


def _rows(series: Any) -> Rows:
    frame = series.reset_index()
    return [
        tuple(None if pd.isna(v) else v for v in row)
        for row in frame.itertuples(index=False, name=None)
    ]


def _a(record: Record) -> Rows:
    posts = record.posts(["month", "fte"])
    posts["month"] = posts.month.dt.strftime("%Y-%m")
    return _rows(posts.groupby(["month", "staff_group", "in_service"]).fte.sum())


def _b(record: Record) -> Rows:
    posts = record.posts(["employer", "fte"], NOW).astype({"employer": str})
    posts = posts.merge(record.codes[Employer], on="employer", how="left")
    registered = posts.registered.astype(bool) & ~posts.support
    posts["top"] = posts.fte.where(posts.support)
    posts["bottom"] = posts.fte.where(registered)
    by = posts.groupby(["care_setting", "region"])
    return _rows(by[["top", "bottom"]].sum(min_count=1))


def _c(record: Record) -> Rows:
    posts = record.posts(["employer", "band", "fte"], NOW)
    mine = posts[posts.support].astype({"employer": str, "band": str})
    return _rows(mine.groupby(["employer", "band"]).fte.sum())


def _pairs(record: Record, how: str = "inner") -> Any:
    names = ["person_id", "main_post", "band", "job_role", "employer", "age"]
    start, end = record.posts(names, THEN), record.posts(names, NOW)
    start = start[start.main_post & start.support]
    texts = {"band": str, "job_role": str, "employer": str}
    start = start.astype(texts)[[*names, "in_service"]]
    groups = ["under 30", "30 to 49", "50 up"]
    cut = pd.cut(start.age, [0, 30, 50, 200], right=False, labels=groups)
    start["age_group"] = cut.astype(str)
    end = end[end.main_post].astype(texts)
    finish = end[["person_id", "band", "job_role", "support"]].rename(
        columns={"band": "end_band", "job_role": "end_role", "support": "still"}
    )
    return start.merge(finish, on="person_id", how=how)


def _d(record: Record) -> Rows:
    by = ["in_service", "age_group", "band", "end_band"]
    return _rows(_pairs(record).groupby(by).size())


def _e(record: Record) -> Rows:
    pairs = _pairs(record)
    return _rows(pairs[pairs.in_service].groupby(["job_role", "end_role"]).size())


def _f(record: Record) -> Rows:
    pairs = _pairs(record, "left").merge(
        record.codes[Employer], on="employer", how="left"
    )
    pairs["still"] = pairs.still.fillna(value=False).astype(int)
    stay = pairs.groupby("employer_type").still.agg(["size", "sum"])
    gone = record.coded(record.leavers())
    year = (gone.month > pd.Timestamp(THEN)) & (gone.month <= pd.Timestamp(NOW))
    mine = gone[year & gone.support].astype({"reason": str})
    mine = mine.merge(record.codes[LeavingReason], on="reason", how="left")
    reasons = mine.reason_group.fillna("unknown").value_counts()
    return _rows(stay) + [(k, v, 0) for k, v in reasons.items()]


def _g(record: Record) -> Rows:
    posts = record.posts(["fte", "basic_pay", "gender"], NOW)
    paid = posts[(posts.fte > 0) & (posts.basic_pay > 0)].astype({"gender": str})
    paid["full_time"] = paid.basic_pay / paid.fte
    quantiles = paid.groupby(["staff_group", "gender"]).full_time.quantile(
        [0.25, 0.5, 0.75]
    )
    return _rows(quantiles.unstack())


def _h(record: Record) -> Rows:
    main = record.read(["month", "person_id", "main_post"])
    after = main[main.main_post][["month", "person_id"]].assign(there=True)
    before = record.posts(["month", "person_id", "main_post", "age"])
    before = before[before.main_post & before.support]
    within = (before.month >= pd.Timestamp(THEN)) & (before.month < pd.Timestamp(NOW))
    before = before[within].copy()
    before["month"] = before.month + pd.offsets.MonthBegin(1)
    both = before.merge(after, on=["month", "person_id"], how="left")
    both["gone"] = both.there.isna()
    return _rows(both.groupby(["age", "in_service"]).gone.agg(["size", "sum"]))
