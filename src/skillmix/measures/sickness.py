"""Sickness absence: FTE days lost over FTE days available."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from skillmix.measures.cells import cells


def absence_rate(
    days: ir.Table, *, by: Sequence[str], measure: str = "rate"
) -> ir.Table:
    """Give the sickness absence rate by the keys, month among them.

    Rows whose publisher suppressed the cell take no part in top or bottom, so both
    are of the same staff. The days of the month travel as `denominator_squares`,
    which `estimators.day_rate` needs to turn FTE days into FTE.
    """
    known = days.filter(
        days.fte_days_lost.notnull() & days.fte_days_available.notnull()
    )
    people = (
        known.headcount.sum() if "headcount" in known.columns else ibis.null("int64")
    )
    sums = known.group_by(list(by)).agg(
        lost=known.fte_days_lost.sum(),
        available=known.fte_days_available.sum(),
        people=people,
    )
    length = (
        (sums.month + ibis.interval(months=1))
        .cast("date")
        .delta(sums.month, unit="day")
    )
    return cells(
        sums,
        keys=by,
        measure=measure,
        numerator=sums.lost,
        denominator=sums.available,
        people=sums.people,
        denominator_squares=length,
    )
