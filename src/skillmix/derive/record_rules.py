"""What a staff record must keep for people to be followed through it.

Each check is an expression that gives one row a `place` (a month or a group, never a
person) and one column a rule, with how often it is broken there. All broken rules are
told at once, each with its count.
"""

from __future__ import annotations

import csv
import datetime as dt
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
# Two full-time posts at once: nobody can be in both places.
TWO_FULL_TIMES = 2
MONTHS = 12


def one_place(staff: StaffMonth, scope: Scope) -> ir.Table:
    """Find people of a month with no main post, or two, or in two full-time posts."""
    people = (
        in_post(_of_month(staff, scope))
        .group_by("person_id")
        .agg(
            main_posts=lambda t: t.main_post.cast("int64").sum(),
            fte=lambda t: t.fte.sum(),
            posts=lambda t: t.count(),
        )
    )
    full = (people.fte >= TWO_FULL_TIMES) & (people.posts > 1)
    return people.aggregate(
        two_main_posts=(people.main_posts > 1).cast("int64").sum(),
        no_main_post=(people.main_posts < 1).cast("int64").sum(),
        two_full_times=full.cast("int64").sum(),
    ).mutate(place=_place(scope))


def leavers_left(staff: StaffMonth, leavers: Leaver, scope: Scope) -> ir.Table:
    """Find a month's leavers who are still in post, or who leave twice in it."""
    gone = _of_month(leavers, scope).group_by("person_id").agg(n=lambda t: t.count())
    twice = gone.aggregate(leaver_twice=(gone.n > 1).cast("int64").sum())
    there = in_post(_of_month(staff, scope)).select("person_id")
    # The leavers are few: they are looked for in the posts, not the posts in them.
    still = there.semi_join(gone, "person_id").distinct()
    return (
        still.aggregate(leaver_still_in_post=still.count())
        .cross_join(twice)
        .mutate(place=_place(scope))
    )


def every_month(staff: StaffMonth, scope: Scope) -> ir.Table:
    """Find gaps between the snapshots of the year to the as-at month."""
    opening = year_before(as_at_month(scope))
    held = in_year(staff, scope).select("month").distinct()
    # The opening month stands in the list even if it has no rows, so that a record
    # that starts later shows a gap; one that has it shows it once, being distinct.
    first = held.aggregate(n=held.count()).select(month=ibis.literal(opening, "date"))
    listed = held.union(first).distinct()
    gaps = listed.mutate(following=lambda t: t.month.lead().over(order_by=t.month))
    years = gaps.following.year() - gaps.month.year()
    missing = years * MONTHS + gaps.following.month() - gaps.month.month() - 1
    return gaps.select(
        place=_month_text(gaps.month), months_missing=missing.cast("int64")
    )


def year_to(scope: Scope) -> list[dt.date]:
    """Return the as-at month and the twelve before it."""
    last = as_at_month(scope)
    start = year_before(last)
    count = [start.month - 1 + step for step in range(MONTHS + 1)]
    return [dt.date(start.year + n // MONTHS, n % MONTHS + 1, 1) for n in count]


def in_year(table: ir.Table, scope: Scope) -> ir.Table:
    """Keep the as-at month and the twelve before it."""
    month = as_at_month(scope)
    first, last = (ibis.literal(m, "date") for m in (year_before(month), month))
    return table.filter((table.month >= first) & (table.month <= last))


def refuse_record(table: type[Table], checked: Sequence[Mapping[str, Any]]) -> None:
    """Stop if any rule is broken, and tell every one with its count.

    Args:
        table: The table that would have been made.
        checked: Rows of `place` and one count for each rule looked at there.

    Raises:
        MonthsMissingError: If nothing is wrong but months that are not there.
        RecordRefusedError: If the record contradicts itself, or does not balance.
    """
    rules = rule_texts()
    broken = {
        rule: sorted((row["place"], int(row[rule])) for row in checked if row.get(rule))
        for rule in rules
    }
    told = [rule for rule in rules if broken[rule]]
    if not told:
        return
    kind = MonthsMissingError if told == ["months_missing"] else RecordRefusedError
    count = f"{len(told)} rule{'s' if len(told) > 1 else ''}"
    clauses = "; ".join(_clause(rule, broken[rule]) for rule in told)
    raise kind(
        f"The staff record breaks {count}: {clauses}.",
        where=table.name,
        remedy=" ".join(dict.fromkeys(rules[rule]["remedy"] for rule in told)),
    )


@cache
def rule_texts() -> Mapping[str, Mapping[str, str]]:
    """Return what each rule says and its remedy, in the order they are told."""
    text = files("skillmix.derive").joinpath("record_rules.csv").read_text("utf-8")
    return {row["rule"]: row for row in csv.DictReader(StringIO(text))}


def _clause(rule: str, broken: Sequence[tuple[str, int]]) -> str:
    named = ", ".join(f"{place}: {rows:,}" for place, rows in broken[:PLACES_NAMED])
    left = len(broken) - PLACES_NAMED
    more = f" and {left} more" if left > 0 else ""
    total = sum(rows for _, rows in broken)
    return f"{rule_texts()[rule]['says']} ({total:,} in all; {named}{more})"


def _of_month(table: ir.Table, scope: Scope) -> ir.Table:
    return table.filter(table.month == ibis.literal(as_at_month(scope), "date"))


def _place(scope: Scope) -> ir.StringValue:
    return ibis.literal(f"{as_at_month(scope):%Y-%m}")


def _month_text(month: ir.DateValue) -> ir.StringValue:
    text = month.cast("string")
    return text.substr(0, 7)
