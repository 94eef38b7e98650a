"""The eight questions as an analyst would write them in SQL, on the same Parquet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from skillmix.cohorts.codes import lookup_rows
from skillmix.schema.lookups import LOOKUP_TABLES
from skillmix.schema.values import ACTIVE_STATUSES, CORE_CONTRACTS, SUPPORT_GROUPS

_IN_POST = (
    f"status IN {ACTIVE_STATUSES} AND contract_type IN {CORE_CONTRACTS} "
    "AND occupation_code NOT LIKE 'Z%'"
)
_SUPPORT = f"o.staff_group IN {SUPPORT_GROUPS}"
_SERVICE = (
    "(coalesce(o.mental_health_code, false) OR coalesce(a.mental_health_area, false))"
)
_JOINS = (
    "LEFT JOIN occupation_code o USING (occupation_code) "
    "LEFT JOIN area_of_work a USING (area_of_work)"
)
_NOW, _THEN = "DATE '2020-06-01'", "DATE '2019-06-01'"
_AGES = (
    "CASE WHEN age < 30 THEN 'under 30' WHEN age < 50 THEN '30 to 49' ELSE '50 up' END"
)
_PAIRS = f"""
    WITH start AS (
        SELECT person_id, band, job_role, {_AGES} AS age_group, employer,
               {_SERVICE} AS in_service
        FROM staff {_JOINS}
        WHERE month = {_THEN} AND main_post AND {_IN_POST} AND {_SUPPORT}
    ), finish AS (
        SELECT person_id, band AS end_band, job_role AS end_role,
               {_SUPPORT} AS still
        FROM staff {_JOINS} WHERE month = {_NOW} AND main_post AND {_IN_POST}
    )
"""
SQL: Mapping[str, tuple[str, ...]] = {
    "a": (
        f"""SELECT strftime(month, '%Y-%m'), staff_group, in_service, fte FROM (
            SELECT month, o.staff_group, {_SERVICE} AS in_service,
                   CAST(sum(fte) AS DOUBLE) AS fte
            FROM staff {_JOINS} WHERE {_IN_POST} GROUP BY ALL)""",
    ),
    "b": (
        f"""SELECT o.care_setting, e.region,
            CAST(sum(fte) FILTER ({_SUPPORT}) AS DOUBLE),
            CAST(sum(fte) FILTER (o.registered AND NOT {_SUPPORT}) AS DOUBLE)
            FROM staff {_JOINS} LEFT JOIN employer e USING (employer)
            WHERE month = {_NOW} AND {_IN_POST} GROUP BY ALL""",
    ),
    "c": (
        f"""SELECT employer, band, CAST(sum(fte) AS DOUBLE)
            FROM staff {_JOINS} WHERE month = {_NOW} AND {_IN_POST} AND {_SUPPORT}
            GROUP BY ALL""",
    ),
    "d": (
        f"""{_PAIRS} SELECT in_service, age_group, band, end_band, count(*)
            FROM start JOIN finish USING (person_id) GROUP BY ALL""",
    ),
    "e": (
        f"""{_PAIRS} SELECT job_role, end_role, count(*)
            FROM start JOIN finish USING (person_id) WHERE in_service GROUP BY ALL""",
    ),
    "f": (
        f"""{_PAIRS} SELECT e.employer_type, count(*),
            count(*) FILTER (coalesce(still, false))
            FROM start LEFT JOIN finish USING (person_id)
            LEFT JOIN employer e USING (employer) GROUP BY ALL""",
        f"""SELECT coalesce(r.reason_group, 'unknown'), count(*), 0
            FROM leaver {_JOINS} LEFT JOIN leaving_reason r USING (reason)
            WHERE month > {_THEN} AND month <= {_NOW} AND {_SUPPORT} GROUP BY ALL""",
    ),
    "g": (
        f"""WITH pay AS (
                SELECT o.staff_group, gender,
                       CAST(basic_pay AS DOUBLE) / CAST(fte AS DOUBLE) AS full_time
                FROM staff {_JOINS}
                WHERE month = {_NOW} AND {_IN_POST} AND fte > 0 AND basic_pay > 0)
            SELECT staff_group, gender, quantile_cont(full_time, 0.25),
                   quantile_cont(full_time, 0.5), quantile_cont(full_time, 0.75)
            FROM pay GROUP BY ALL""",
    ),
    "h": (
        f"""WITH months AS (
                SELECT person_id, age,
                       (year(month) - 2019) * 12 + month(month) - 6 AS step,
                       {_IN_POST} AND {_SUPPORT} AS counted, {_SERVICE} AS in_service
                FROM staff {_JOINS}
                WHERE main_post AND month BETWEEN {_THEN} AND {_NOW})
            SELECT b.age, b.in_service, count(*), count(*) FILTER (n.person_id IS NULL)
            FROM months b LEFT JOIN months n
              ON n.person_id = b.person_id AND n.step = b.step + 1
            WHERE b.counted AND b.step < 12 GROUP BY ALL""",
    ),
}


def open_questions(folder: Path) -> Mapping[str, Callable[[], list[tuple[Any, ...]]]]:
    """Return each question, ready to be asked."""
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = false")
    for name, file in (("staff", "staff-month"), ("leaver", "leaver")):
        path = next(folder.rglob(f"*{file}.parquet"))
        connection.execute(
            f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')"
        )
    for table in LOOKUP_TABLES:
        if table in (rows := lookup_rows()):
            connection.register(f"arrow_{table.name}", rows[table])
            connection.execute(
                f"CREATE TABLE {table.name} AS SELECT * FROM arrow_{table.name}"
            )

    def ask(name: str) -> list[tuple[Any, ...]]:
        return [r for sql in SQL[name] for r in connection.execute(sql).fetchall()]

    return {name: lambda name=name: ask(name) for name in SQL}
