"""What a staff record must keep for people to be followed through it.

Each rule is an expression that gives a row (rule, place, rows) where it is broken:
`place` is a month or a group, never a person. All broken rules are told at once.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.derive.classified import as_at_month, in_post, year_before
from skillmix.errors import MonthsMissingError, RecordRefusedError
from skillmix.schema.scope import Scope
from skillmix.schema.staff import Leaver, StaffMonth
from skillmix.schema.table import Table

PLACES_NAMED = 5
MOST_FTE = 2


def posts_once(staff: StaffMonth, scope: Scope) -> ir.Table:
    """Find posts that stand twice in a month, and people in two places."""
    year = in_year(in_post(staff), scope)
    by_post = year.group_by("month", "post_id").agg(n=lambda t: t.count())
    by_person = year.group_by("month", "person_id").agg(
        main_posts=lambda t: t.main_post.cast("int64").sum(),
        fte=lambda t: t.fte.sum(),
    )
    return ibis.union(
        _broken(by_post.filter(by_post.n > 1), "post_twice"),
        _broken(by_person.filter(by_person.main_posts > 1), "two_main_posts"),
        _broken(by_person.filter(by_person.main_posts < 1), "no_main_post"),
        _broken(by_person.filter(by_person.fte > MOST_FTE), "beyond_two_full_times"),
    )


def leavers_left(staff: StaffMonth, leavers: Leaver, scope: Scope) -> ir.Table:
    """Find leavers who are still in post, or who leave twice in one month."""
    gone = in_year(leavers, scope)
    twice = gone.group_by("month", "person_id").agg(n=lambda t: t.count())
    present = in_post(staff).select("month", "person_id").distinct()
    still = twice.semi_join(present, ["month", "person_id"])
    return ibis.union(
        _broken(still, "leaver_still_in_post"),
        _broken(twice.filter(twice.n > 1), "leaver_twice"),
    )


def every_month(staff: StaffMonth, scope: Scope) -> ir.Table:
    """Find gaps between the snapshots of the year to the as-at month."""
    opening = year_before(as_at_month(scope))
    held = in_year(staff, scope).select("month").distinct()
    # The opening month stands in the list even if it has no rows, so that a record
    # that starts later shows a gap; one that has it shows it once, being distinct.
    with_opening = held.union(
        held.aggregate(month=ibis.literal(opening, "date").max())
    ).distinct()
    gaps = with_opening.mutate(
        following=lambda t: t.month.lead().over(order_by=t.month)
    )
    gaps = gaps.mutate(
        missing=lambda t: (
            (t.following.year() - t.month.year()) * 12
            + (t.following.month() - t.month.month())
            - 1
        ).cast("int64")
    )
    gaps = gaps.filter(gaps.missing > 0)
    return gaps.select(
        rule=ibis.literal("months_missing"),
        place=_month_text(gaps.month),
        rows=gaps.missing,
    )


def in_year(table: ir.Table, scope: Scope) -> ir.Table:
    """Keep the as-at month and the twelve before it."""
    month = as_at_month(scope)
    first, last = (ibis.literal(m, "date") for m in (year_before(month), month))
    return table.filter((table.month >= first) & (table.month <= last))


def refuse_record(table: type[Table], broken: Sequence[Mapping[str, Any]]) -> None:
    """Stop if any rule is broken, and tell every one with its count.

    Raises:
        MonthsMissingError: If nothing is wrong but months that are not there.
        RecordRefusedError: If the record contradicts itself, or does not balance.
    """
    if not broken:
        return
    rules = rule_texts()
    found = {row["rule"] for row in broken}
    told = [rule for rule in rules if rule in found]
    clauses = [_clause(rule, broken) for rule in told]
    remedy = " ".join(dict.fromkeys(rules[rule]["remedy"] for rule in told))
    kind = MonthsMissingError if told == ["months_missing"] else RecordRefusedError
    count = f"{len(told)} rule{'s' if len(told) > 1 else ''}"
    raise kind(
        f"The staff record breaks {count}: {'; '.join(clauses)}.",
        where=table.name,
        remedy=remedy,
    )


@cache
def rule_texts() -> Mapping[str, Mapping[str, str]]:
    """Return what each rule says and its remedy, in the order they are told."""
    text = files("skillmix.derive").joinpath("record_rules.csv").read_text("utf-8")
    return {row["rule"]: row for row in csv.DictReader(StringIO(text))}


def _clause(rule: str, broken: Sequence[Mapping[str, Any]]) -> str:
    mine = sorted(
        (row["place"], int(row["rows"])) for row in broken if row["rule"] == rule
    )
    named = ", ".join(f"{place}: {rows:,}" for place, rows in mine[:PLACES_NAMED])
    more = f" and {len(mine) - PLACES_NAMED} more" if len(mine) > PLACES_NAMED else ""
    total = sum(rows for _, rows in mine)
    return f"{rule_texts()[rule]['says']} ({total:,} in all; {named}{more})"


def _broken(faulty: ir.Table, rule: str) -> ir.Table:
    counted = faulty.group_by("month").agg(rows=lambda t: t.count())
    return counted.select(
        rule=ibis.literal(rule), place=_month_text(counted.month), rows=counted.rows
    )


def _month_text(month: ir.DateValue) -> ir.StringValue:
    text = month.cast("string")
    return text.substr(0, 7)
