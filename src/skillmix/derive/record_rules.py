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
    """Find people with no main post, or two, and people in two full-time posts."""
    posts = in_post(staff)
    last = as_at_month(scope)
    # Month by month: the people of one month fit in memory, those of all need a disk.
    months = [
        _places_of(posts.filter(posts.month == ibis.literal(month, "date")), month)
        for month in _months(year_before(last), last)
    ]
    return ibis.union(*months)


def leavers_left(staff: StaffMonth, leavers: Leaver, scope: Scope) -> ir.Table:
    """Find leavers who are still in post, or who leave twice in one month."""
    gone = in_year(leavers, scope).select("month", "person_id")
    twice = gone.group_by("month", "person_id").agg(n=lambda t: t.count())
    still = in_post(staff).select("month", "person_id")
    still = still.semi_join(gone, ["month", "person_id"]).distinct()
    none = ibis.literal(0, "int64")
    return (
        still.mutate(leaver_still_in_post=none + 1, leaver_twice=none)
        .union(
            twice.filter(twice.n > 1)
            .drop("n")
            .mutate(leaver_still_in_post=none, leaver_twice=none + 1)
        )
        .group_by(place=lambda t: _month_text(t.month))
        .agg(
            leaver_still_in_post=lambda t: t.leaver_still_in_post.sum(),
            leaver_twice=lambda t: t.leaver_twice.sum(),
        )
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


def _places_of(posts: ir.Table, month: dt.date) -> ir.Table:
    people = posts.group_by("person_id").agg(
        main_posts=lambda t: t.main_post.cast("int64").sum(),
        fte=lambda t: t.fte.sum(),
        posts=lambda t: t.count(),
    )
    full = (people.fte >= TWO_FULL_TIMES) & (people.posts > 1)
    return people.aggregate(
        two_main_posts=(people.main_posts > 1).cast("int64").sum(),
        no_main_post=(people.main_posts < 1).cast("int64").sum(),
        two_full_times=full.cast("int64").sum(),
    ).mutate(place=ibis.literal(f"{month:%Y-%m}"))


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    start = first.year * MONTHS + first.month - 1
    count = (last.year - first.year) * MONTHS + last.month - first.month + 1
    return [
        dt.date(n // MONTHS, n % MONTHS + 1, 1) for n in range(start, start + count)
    ]


def _month_text(month: ir.DateValue) -> ir.StringValue:
    text = month.cast("string")
    return text.substr(0, 7)
