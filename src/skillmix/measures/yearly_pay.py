"""Yearly earnings per FTE from published monthly means, and what is taken off them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.measures.cells import EXACT
from skillmix.schema.scope import Scope

CONSULTANTS = "consultants"
EARNINGS, BASIC, BASIC_PER_FTE = "earnings", "basic_pay", "basic_pay_per_fte"


def yearly_earnings(earnings: ir.Table, scope: Scope) -> ir.Table:
    """Return mean earnings per FTE of years that end in the as-at month.

    Published earnings are per person; times basic pay per FTE over basic pay per
    person they become earnings for a full-time post. A year is the sum of twelve
    months, and one with a month missing is left out.

    Args:
        earnings: Rows of `Earnings`.
        scope: Its month, or the latest of the table, is the month that years end in.

    Returns:
        `pay_group`, `month` (the last of the year), `amount` (pounds a year) and
        `people` (mean monthly sample).
    """
    whole = earnings.filter(
        (earnings.band == "all_bands") & (earnings.grade_step == "all")
    )
    named = whole.mutate(
        pay_group=whole.group_label.contains("Consultant").ifelse(
            CONSULTANTS, whole.staff_group
        )
    )
    named = named.filter(named.pay_group != "doctor_grade")
    kind, amount = named.payment_type, named.amount.cast("float64")
    monthly = named.group_by("month", "pay_group").agg(
        earned=amount.max(where=kind == EARNINGS),
        basic=amount.max(where=kind == BASIC),
        full=amount.max(where=kind == BASIC_PER_FTE),
        sample=named.sample_size.max(),
    )
    paid = monthly.filter(monthly.basic > 0).mutate(
        # Exact from here: sums in floating point depend on the order of the rows.
        rate=(monthly.earned * monthly.full / monthly.basic).round(5).cast(EXACT)
    )
    last = _last(earnings, scope)
    dated = paid.cross_join(last)
    later = (dated.month.month() > dated.last_month.month()).cast("int64")
    ends = dated.mutate(ending=dated.month.year().cast("int64") + later)
    years = ends.group_by("pay_group", "ending", "last_month").agg(
        amount=ends.rate.sum().cast("float64"),
        months=ends.rate.count(),
        people=ends["sample"].mean(),
    )
    whole_years = years.filter(years.months == 12)
    back = (
        whole_years.last_month.year().cast("int64") - whole_years.ending
    ).as_interval("Y")
    return whole_years.select(
        "pay_group",
        "amount",
        month=(whole_years.last_month - back).cast("date"),
        people=whole_years.people.round().cast("int64"),
    )


def deductions(paid: ir.Table, bands: ir.Table) -> ir.Table:
    """Return yearly pay with income tax and National Insurance taken off.

    Args:
        paid: Rows with `month` and `amount`, pounds a year.
        bands: Rows of `DeductionBand`; those of the tax year the month lies in hold.

    Returns:
        The rows with `taken` and `kept`; months before the first tax year that the
        register holds are left out.
    """
    keys = list(paid.columns)
    told = bands.select("from_month", "lower", "upper", "rate")
    both = paid.join(told, paid.month >= told.from_month)
    current = both.mutate(newest=both.from_month.max().over(ibis.window(group_by=keys)))
    held = current.filter(current.from_month == current.newest)
    top = ibis.least(held.amount, held.upper.fill_null(1e12))
    part = ibis.greatest(top - held.lower, ibis.literal(0.0)) * held.rate
    part = part.round(5).cast(EXACT)
    sums = (
        held.mutate(part=part)
        .group_by(keys)
        .agg(taken=lambda t: t.part.sum().cast("float64"))
    )
    return sums.mutate(kept=sums.amount - sums.taken)


def _last(earnings: ir.Table, scope: Scope) -> ir.Table:
    """Return one row with the month that years end in."""
    latest = earnings.agg(last_month=earnings.month.max())
    if scope.month is None:
        return latest
    return latest.mutate(last_month=ibis.literal(scope.month))
